"""What councils say that terms of their feeds stand for, where the reviewed mapping does not know them. The program reads what every
council says: it applies to whatever is imported."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.directory.models import CouncilTerm
from app.extensions import db
from app.tenancy import EVERYTHING, acting

Said = Mapping[tuple[str, str, str], tuple[str, ...]]
"""Alternatives by council, vocabulary and term."""


def in_force() -> Said:
    """What all councils say."""
    with acting(EVERYTHING):
        rows = db.session.scalars(select(CouncilTerm)).all()
    return {_key(row.council_code, (row.vocabulary, row.term)): tuple(row.alternatives) for row in rows}


def alternatives_of(terms: Iterable[tuple[str, str]], council: str | None, said: Said) -> set[str]:
    """What a council's service of these (vocabulary, term) pairs provides by its council's word."""
    return {name for term in terms if council for name in said.get(_key(council, term), ())}


def _key(council: str, term: tuple[str, str]) -> tuple[str, str, str]:
    return council, term[0].casefold(), term[1].casefold()
