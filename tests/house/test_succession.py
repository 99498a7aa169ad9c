"""When councils end, every table that names a council is moved, or says why it stays."""

from flask import Flask

from app.extensions import Base
from tests.web.places.succeeded import MOVES, STAYS

SAYS_WHOSE = {"council", "council_code", "organisation", "lad_code"}


def names_a_council() -> set[str]:
    """The columns that hold a council's code: by their names, and those that refer to a council."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return {
        f"{column.table.name}.{column.name}"
        for column in columns
        if column.name in SAYS_WHOSE or any(key.target_fullname == "council.code" for key in column.foreign_keys)
    }


def test_a_table_that_names_a_council_is_moved_or_says_why_it_stays(app: Flask) -> None:
    assert names_a_council() == MOVES.keys() | STAYS.keys()
    assert not MOVES.keys() & STAYS.keys()
