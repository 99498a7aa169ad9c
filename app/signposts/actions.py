"""Giving a signpost, and saying what came of it."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.actions import new_token
from app.accounts.queries import hashed
from app.audit.actions import Deed, note
from app.directory import queries as directory
from app.extensions import db
from app.places.queries import Council, Practice
from app.signposts.models import DigestWish, Signpost
from app.signposts.outcomes import Later, Outcome, Reason
from app.signposts.queries import own_of
from app.signposts.sheet import Line
from app.tenancy import EVERYTHING, acting
from app.ui.numbers import in_groups, new_number
from app.vocabulary import queries as vocabulary

EXACT = timedelta(days=30)
"""How long the day itself is kept; then it becomes the Monday of its week."""


class Unlisted(ValueError):
    """An id is on none of our lists; its text names the field."""


class NotFound(LookupError):
    """No signpost that this council may answer has this code."""


def give(
    *, pressed: str, council: Council, practice: Practice | None, alternatives: Sequence[str], services: Sequence[str], needs: Sequence[str]
) -> str:
    """Make a signpost and give back its code in groups; the same one where `pressed` was sent before. Raises Unlisted, and then
    nothing is kept."""
    _check(alternatives, services, needs)
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    new = dialect.insert(Signpost).values(
        code=new_number(), pressed=hashed(pressed), council_code=council.code, practice_code=practice.ods_code if practice else None,
        given_on=_today(), alternatives=list(alternatives), services=list(services), needs=list(needs),
    )  # fmt: skip
    with acting(EVERYTHING), db.writing() as session:  # Anybody may give one; its code is said to whoever did.
        session.execute(new.on_conflict_do_nothing(index_elements=["pressed"]))
        return in_groups(session.scalars(select(Signpost.code).where(Signpost.pressed == hashed(pressed))).one())


def answer(*, code: str, council: str, outcome: Outcome, reason: Reason | None, lacking: Collection[str] = (), by: str) -> None:
    """Say what came of a signpost; a later answer takes the place of an earlier one. Of a referral that said too little, `lacking` are
    the ids of what it lacked. Raises NotFound."""
    missed = tuple(item.id for item in vocabulary.every_told() if item.id in lacking and reason is Reason.TOO_LITTLE_SAID)
    with db.writing():
        _fill(_own(code, council), Line(0, code, outcome, reason if outcome is Outcome.NOT_SUITABLE else None, None, missed))
        note(by=by, what=Deed.SIGNPOST_ANSWERED, about="signpost", council=council)


def follow(*, code: str, council: str, later: Later, by: str) -> None:
    """Say where the person was some months on. Raises NotFound."""
    with db.writing():
        _fill(_own(code, council), Line(0, code, None, None, later))
        note(by=by, what=Deed.SIGNPOST_ANSWERED, about="signpost", council=council)


def answer_all(*, lines: Sequence[Line], council: str, by: str) -> set[str]:
    """Say what came of many signposts, in one transaction, and give back the codes that this council may answer."""
    with db.writing() as session:
        wanted = own_of([line.code for line in lines], council)
        rows = {row.code: row for row in session.scalars(wanted.with_for_update())}
        for line in lines:
            if row := rows.get(line.code):
                _fill(row, line)
        if rows:
            note(by=by, what=Deed.SIGNPOST_ANSWERED, about="signposts", council=council)
    return set(rows)


def wish_digest(*, wanted: bool, by: str) -> None:
    """Whether a monthly letter goes to this person. Saying the same again changes nothing."""
    with db.writing() as session:
        if not wanted:
            session.execute(delete(DigestWish).where(DigestWish.person_id == by))
        elif session.get(DigestWish, by) is None:
            session.add(DigestWish(person_id=by, token=new_token(), since=datetime.now(UTC)))


def end_digest(*, token: str) -> bool:
    """No more letters to whoever the letter with this link went to. False where the link is none of ours."""
    with acting(EVERYTHING), db.writing() as session:
        return session.scalar(delete(DigestWish).where(DigestWish.token == token).returning(DigestWish.person_id)) is not None


def coarsen() -> None:
    """Make the Monday of its week of every day that is older than 30 days. Run again it changes nothing."""
    for column in (Signpost.given_on, Signpost.answered_on, Signpost.later_on):
        with db.writing() as session:
            days = session.scalars(select(column).where(column < _today() - EXACT).distinct()).all()
            for day in filter(None, days):
                if day.weekday():
                    session.execute(update(Signpost).where(column == day).values({column.key: day - timedelta(days=day.weekday())}))


def _check(alternatives: Sequence[str], services: Sequence[str], needs: Sequence[str]) -> None:
    known = vocabulary.alternatives().keys()
    if not alternatives or not known >= set(alternatives):
        raise Unlisted("alternatives")
    if not vocabulary.needs().keys() >= set(needs):
        raise Unlisted("needs")
    if any(directory.service_or_none(service) is None for service in services):
        raise Unlisted("services")


def _fill(row: Signpost, line: Line) -> None:
    if line.outcome:
        row.outcome, row.reason, row.answered_on = line.outcome.value, line.reason.value if line.reason else None, _today()
        row.lacking = list(line.lacking)
    if line.later:
        row.later, row.later_on = line.later.value, _today()


def _own(code: str, council: str) -> Signpost:
    row = db.session.scalar(own_of([code], council).with_for_update())
    if row is None:
        raise NotFound
    return row


def _today() -> date:
    return datetime.now(UTC).date()
