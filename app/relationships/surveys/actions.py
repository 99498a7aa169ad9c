"""Opening a round, answering once, and closing it."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.actions import new_token
from app.accounts.queries import hashed, professionals_of, public_url
from app.audit.actions import Deed, note
from app.content.messages import say
from app.extensions import Base, db
from app.jobs.actions import send
from app.places.queries import council_or_none, practices_of
from app.relationships.surveys.catalogue import surveys
from app.relationships.surveys.closing import ASKED, TURNOUT, WHOLE, Cell, closed
from app.relationships.surveys.models import SurveyCount, SurveyFigure, SurveyRound, SurveyTicket
from app.relationships.surveys.queries import GP, PULSE, SOCIAL_WORK, VOICE
from app.relationships.surveys.schema import Survey
from app.tenancy import EVERYTHING, acting
from app.ui import long_date

APART = timedelta(days=150)
"""Between the openings of two rounds of one survey in one council: what a person answers twice tells more of them than once."""
LASTS = timedelta(days=42)
MOST_LINKS = 200


class TooSoon(Exception):
    """The last round of this survey is not long enough ago."""


class NotOpen(LookupError):
    """No round is open that this belongs to."""


class Used(Exception):
    """This link, or this sheet, was answered before."""


def open_pulse(*, council: str, by: str) -> str:
    """Open a round, and write to everybody of both professions who has an account. Gives back the round's id. Raises TooSoon."""
    today = _today()
    with db.writing() as session:
        last = session.scalar(_rounds(PULSE, council).order_by(SurveyRound.opens_on.desc()).limit(1).with_for_update())
        if last and last.opens_on > today - APART:
            raise TooSoon
        made = _new_round(PULSE, council, today, today + LASTS)
        session.add(made)
        session.flush()
        note(by=by, what=Deed.SURVEY_OPENED, about=made.id, council=council)
        areas = _areas(council)
        for address, practice in professionals_of(council):
            _write(address, council, made, _ticket(made.id, SOCIAL_WORK if practice is None else GP, areas.get(practice, WHOLE)))
    return made.id


def make_links(*, council: str, side: str, practice: str | None, number: int, by: str) -> list[str]:
    """Links for people without an account, each for one sheet. Raises NotOpen."""
    with db.writing():
        found = db.session.scalar(_open(PULSE, council))
        if found is None or side not in surveys()[PULSE].sides:
            raise NotOpen
        note(by=by, what=Deed.SURVEY_OPENED, about=found.id, council=council)
        area = _areas(council).get(practice, WHOLE) if side == GP else WHOLE
        return [public_url("surveys.answer", token=_ticket(found.id, side, area)) for _ in range(min(number, MOST_LINKS))]


def answer(*, token: str, answers: Mapping[str, int]) -> None:
    """Count a sheet, once for a link. Nothing joins it to the link but that both exist. Raises NotOpen, and Used."""
    with acting(EVERYTHING), db.writing() as session:
        row = session.scalar(
            update(SurveyTicket).where(SurveyTicket.token_hash == hashed(token), SurveyTicket.is_used.is_(False))
            .values(is_used=True).returning(SurveyTicket)
        )  # fmt: skip
        if row is None:
            raise Used if session.get(SurveyTicket, hashed(token)) else NotOpen
        _count(session.get_one(SurveyRound, row.round_id), row.side, row.area, answers)


def answer_openly(*, council: str, side: str, pressed: str, answers: Mapping[str, int]) -> None:
    """Count a sheet of older people's voice, once for what the form sent. Raises Used."""
    today = _today()
    begins = date(today.year, 1 if today.month < 7 else 7, 1)
    ends = date(today.year, 6, 30) if today.month < 7 else date(today.year, 12, 31)
    with acting(EVERYTHING), db.writing() as session:
        made = session.merge(_new_round(VOICE, council, begins, ends))
        session.flush()
        key = hashlib.sha256(f"{made.id} {pressed}".encode()).hexdigest()
        new = _insert(SurveyTicket).values(token_hash=key, round_id=made.id, side=side, area=WHOLE, is_used=True)
        if session.execute(new.on_conflict_do_nothing().returning(SurveyTicket.token_hash)).first() is None:
            raise Used
        _count(made, side, WHOLE, answers)


def close_rounds() -> None:
    """Close every round whose last day is over: publish what may be of it and remove the rest. A job, run once a day."""
    with acting(EVERYTHING):
        due = select(SurveyRound.id).where(SurveyRound.is_closed.is_(False), SurveyRound.closes_on < _today())
        for identity in db.session.scalars(due).all():
            with db.writing() as session:
                row = session.get_one(SurveyRound, identity, with_for_update=True)
                if not row.is_closed:
                    _close(row)


def _close(row: SurveyRound) -> None:
    session, survey = db.session, surveys()[row.survey]
    counts = session.scalars(select(SurveyCount).where(SurveyCount.round_id == row.id))
    true = Counter({Cell(one.side, one.area, one.item, one.option): one.number for one in counts})
    areas = {name for _, name in practices_of(row.council_code) if name} if survey.favourable else set()
    areas |= set(session.scalars(select(SurveyTicket.area).where(SurveyTicket.round_id == row.id)))
    for cell, number in closed(survey, true, areas).items():
        session.add(SurveyFigure(round_id=row.id, **cell._asdict(), number=number))
    asked = select(SurveyTicket.side, func.count()).where(SurveyTicket.round_id == row.id).group_by(SurveyTicket.side)
    for side, number in session.execute(asked).all() if row.survey == PULSE else ():
        session.add(SurveyFigure(round_id=row.id, side=side, area=WHOLE, item=ASKED, option=0, number=number))
    for table in (SurveyCount, SurveyTicket):
        session.execute(delete(table).where(table.round_id == row.id))
    row.is_closed = True


def _count(row: SurveyRound, side: str, area: str, answers: Mapping[str, int]) -> None:
    survey = surveys()[row.survey]
    if row.is_closed or row.closes_on < _today():
        raise NotOpen
    chosen = [(item.id, answers[item.id]) for item in survey.asked(side) if _is_option(survey, item.id, answers.get(item.id))]
    for item, option in [(TURNOUT, 0), *chosen]:
        new = _insert(SurveyCount).values(round_id=row.id, side=side, area=area, item=item, option=option, number=1)
        keys = ["round_id", "side", "area", "item", "option"]
        db.session.execute(new.on_conflict_do_update(index_elements=keys, set_={"number": SurveyCount.number + 1}))


def _new_round(survey: str, council: str, opens: date, closes: date) -> SurveyRound:
    """The id follows from the rest, so that two who begin one at once begin the same."""
    identity = hashlib.sha256(f"{survey} {council} {opens}".encode()).hexdigest()[:32]
    return SurveyRound(id=identity, survey=survey, council_code=council, opens_on=opens, closes_on=closes, is_closed=False)


def _rounds(survey: str, council: str) -> Select[SurveyRound]:
    return select(SurveyRound).where(SurveyRound.survey == survey, SurveyRound.council_code == council)


def _open(survey: str, council: str) -> Select[SurveyRound]:
    return _rounds(survey, council).where(SurveyRound.is_closed.is_(False), SurveyRound.closes_on >= _today())


def _ticket(round_id: str, side: str, area: str) -> str:
    token = new_token()
    db.session.add(SurveyTicket(token_hash=hashed(token), round_id=round_id, side=side, area=area, is_used=False))
    return token


def _areas(council: str) -> dict[str | None, str]:
    """The neighbourhood of each practice that is in one."""
    return {practice.ods_code: name for practice, name in practices_of(council) if name}


def _write(address: str, council: str, made: SurveyRound, token: str) -> None:
    found = council_or_none(council)
    link = public_url("surveys.answer", token=token)
    words = {"council": found.name if found else "", "link": link, "until": long_date(made.closes_on)}
    send(to=address, subject=say("letter.pulse_subject", **words), body=say("letter.pulse_body", **words))


def _insert(table: type[Base]) -> Any:
    return (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(table)


def _today() -> date:
    return datetime.now(UTC).date()


def _is_option(survey: Survey, item: str, place: int | None) -> bool:
    found = next(one for one in survey.items if one.id == item)
    return place is not None and 0 <= place < len(survey.options_of(found))
