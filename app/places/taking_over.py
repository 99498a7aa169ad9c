"""Councils end and others take over: districts, postcodes, practices and neighbourhoods go along."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.extensions import db
from app.places.locating import locate
from app.places.models import Council, CouncilSuccession, District, Neighbourhood, Postcode, Practice
from app.places.succeeding import became
from app.places.succession import Succession


class NotPossible(Exception):
    """What a file asks for cannot be done; the id of the message that says why, and the codes."""

    def __init__(self, reason: str, codes: list[str]) -> None:
        super().__init__(reason)
        self.reason, self.codes = reason, codes


@dataclass
class Moved:
    """What went to the successors: how many rows of each table, and what nothing says where to put, by its table."""

    rows: Counter[str] = field(default_factory=Counter)
    left: dict[str, list[str]] = field(default_factory=dict)


def is_done(plan: Succession) -> bool:
    """Whether these councils have ended and become those already."""
    return all(set(became(code)) == {now for one in plan.codes for now in became(one)} for code in plan.ended)


def take_over(*, plan: Succession) -> Moved:
    """Let the councils of the file end. Of what belongs to nobody yet, `left` says what it is: then nothing is to be kept, and the
    caller gives the transaction up. Raises NotPossible."""
    moved = Moved()
    with db.writing() as session:
        _refuse(session, plan)
        for number, one in enumerate(plan.successors):
            for code in plan.ended:
                session.add(_succession(plan, code, one.code, number, list(one.services)))
        session.flush()
        _move_districts(session, plan, moved)
        _move_practices(session, plan, moved)
    return moved


def _refuse(session: Session, plan: Succession) -> None:
    there = set(session.scalars(select(Council.code)))
    gone = set(session.scalars(select(CouncilSuccession.ended_code)))
    if unknown := sorted({*plan.ended, *plan.codes} - there):
        raise NotPossible("succession_unknown", unknown)
    if ended := sorted({*plan.ended, *plan.codes} & gone):
        raise NotPossible("succession_ended", ended)
    below = set(session.scalars(select(District.code).where(District.council_code.in_(plan.ended))))
    if foreign := sorted({code for one in plan.successors for code in one.districts} - below):
        raise NotPossible("succession_not_below", foreign)


def _succession(plan: Succession, ended: str, new: str, number: int, services: list[str]) -> CouncilSuccession:
    return CouncilSuccession(ended_code=ended, new_code=new, number=number, day=plan.day, services=services)


def _move_districts(session: Session, plan: Succession, moved: Moved) -> None:
    """The districts end as well, for a council that takes over is one tier; their postcodes are in it from then on."""
    named = {code: one.code for one in plan.successors for code in one.districts}
    below = session.scalars(select(District).where(District.council_code.in_(plan.ended))).all()
    in_ended = Postcode.lad_code.in_({*plan.ended, *(row.code for row in below)})
    for one in plan.successors:
        for part in one.postcodes:
            _move_postcodes(session, (in_ended, _begins(part)), one.code, moved)
    for row in below:
        new = named.get(row.code) if plan.divides else plan.codes[0]
        session.delete(row)
        if new:
            moved.rows["district"] += 1
            _move_postcodes(session, (Postcode.lad_code == row.code,), new, moved)
            if row.code not in plan.ended:
                session.add(_succession(plan, row.code, new, 0, []))
        elif row.code not in plan.ended:
            moved.left.setdefault("district", []).append(row.code)
    if not plan.divides:
        _move_postcodes(session, (in_ended,), plan.codes[0], moved)
    for code in plan.codes:
        session.merge(District(code=code, name=session.get_one(Council, code).name, council_code=code))
    session.flush()
    over = session.scalars(select(func.substr(Postcode.postcode, 1, func.length(Postcode.postcode) - 2)).where(in_ended).distinct())
    if sectors := sorted(f"{sector[:-1]} {sector[-1]}" for sector in over):
        moved.left["postcode"] = sectors


def _begins(part: str) -> ColumnElement[bool]:
    """The postcodes of an outcode or a sector: after an outcode come three signs, after a sector two."""
    key, rest = part.replace(" ", ""), 2 if " " in part else 3
    return Postcode.postcode.between(key, f"{key}ZZZ") & (func.length(Postcode.postcode) == len(key) + rest)


def _move_postcodes(session: Session, which: tuple[ColumnElement[bool], ...], new: str, moved: Moved) -> None:
    done = session.execute(update(Postcode).where(*which).values(lad_code=new).execution_options(synchronize_session=False))
    moved.rows["postcode"] += done.rowcount  # type: ignore[attr-defined]


def _move_practices(session: Session, plan: Succession, moved: Moved) -> None:
    new_one = _by_postcode(plan) if plan.divides else lambda _row: plan.codes[0]
    for row in session.scalars(select(Practice).where(Practice.council_code.in_(plan.ended)).order_by(Practice.ods_code)):
        new = new_one(row)
        if new is None:
            moved.left.setdefault("practice", []).append(row.ods_code)
            continue
        row.council_code = new
        moved.rows["practice"] += 1
        for group in session.scalars(select(Neighbourhood).where(Neighbourhood.practice_code == row.ods_code)):
            group.council_code = new
            moved.rows["neighbourhood"] += 1
    session.flush()


def _by_postcode(plan: Succession) -> Callable[[Practice], str | None]:
    def found(practice: Practice) -> str | None:
        point = locate(practice.postcode)
        return point.council_code if point and point.council_code in plan.codes else None

    return found
