"""Rows of the open data files into our tables."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.places.models import Council, District, Postcode, Practice
from app.places.rows import Cells, Refused, council_row, district_row, postcode_row, practice_row
from app.places.succeeding import successor
from app.places.tables import Numbered
from app.places.upserting import Tally, upsert

KeptOut = Callable[[int, str, Refused], None]
"""Told of each row that is kept out: its line, its id and why."""


def store_councils(rows: Iterable[Numbered], kept_out: KeptOut) -> Tally:
    """Councils with adult social care duties. A council that gave its own file keeps the name that stands there."""
    named = select(Council.code, Council.name, Council.contacts)
    own = {code: name for code, name, contacts in db.session.execute(named) if contacts}
    good = (row for _, row in _good(rows, council_row, "council_code", kept_out))
    return upsert(Council, (row | {"name": own.get(row["code"], row["name"])} for row in good))


def store_districts(rows: Iterable[Numbered], kept_out: KeptOut) -> Tally:
    """Districts and the council with social care duties in each; a council that is not there yet is made."""
    good = _good(rows, district_row, "lad_code", kept_out)
    return upsert(District, _with_council(good, "social_care_council_name"))


def store_practices(rows: Iterable[Numbered], kept_out: KeptOut) -> Tally:
    """GP practices; a council that is not there yet is made."""
    good = _good(rows, practice_row, "practice_code", kept_out)
    return upsert(Practice, _with_council(good, "council_name"))


def store_postcodes(rows: Iterable[Numbered], kept_out: KeptOut) -> Tally:
    """Postcodes with their position and district."""
    return upsert(Postcode, (row for _, row in _good(rows, postcode_row, "postcode", kept_out)))


def _good(
    rows: Iterable[Numbered], as_row: Callable[[Cells], dict[str, Any]], key: str, kept_out: KeptOut
) -> Iterator[tuple[Cells, dict[str, Any]]]:
    """The rows that can be used, with the cells that they came from."""
    for line, cells in rows:
        if isinstance(cells, Refused):
            kept_out(line, "", cells)
            continue
        try:
            yield cells, as_row(cells)
        except Refused as refused:
            kept_out(line, cells[key], refused)


def _with_council(good: Iterable[tuple[Cells, dict[str, Any]]], name: str) -> Iterator[dict[str, Any]]:
    """The rows, each with its council in place; `name` is the column that a missing council takes its name from. Data from before a
    council ended put nothing back into it."""
    known = {code: successor(code) or code for code in db.session.scalars(select(Council.code)).all()}
    for cells, row in good:
        code = row["council_code"]
        if code and code not in known:
            upsert(Council, [{"code": code, "name": cells[name].strip()[:120]}])
            known[code] = code
        yield row | {"council_code": known[code] if code else None}
