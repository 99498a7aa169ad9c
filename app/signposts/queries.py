"""Reading signposts: one by its code, and a practice's own."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from app.disclosure.control import UNKNOWN_PRACTICE, Count, Practices, Published, publish
from app.extensions import db
from app.signposts.models import DigestWish, Signpost
from app.signposts.outcomes import Later, Outcome, Reason
from app.tenancy import EVERYTHING, acting

ANSWERABLE = timedelta(days=365)
"""How long a code is taken."""

SILENT = timedelta(days=14)
"""After how long a signpost without an answer is called silent."""

SHOWN = 200
"""Signposts on the page of a practice, the newest of them."""


@dataclass(frozen=True)
class Given:
    """A signpost as the people of its practice, and those who answer it, see it."""

    code: str
    practice: str | None
    given_on: date
    alternatives: tuple[str, ...]
    services: tuple[str, ...]
    needs: tuple[str, ...]
    outcome: Outcome | None
    reason: Reason | None
    lacking: tuple[str, ...]
    answered_on: date | None
    later: Later | None

    @property
    def is_silent(self) -> bool:
        """True where nobody has said anything for too long."""
        return self.outcome is None and self.given_on <= datetime.now(UTC).date() - SILENT


@dataclass(frozen=True)
class Returned:
    """How often something was not suitable, by reason, and what referrals that said too little lacked, by id."""

    reasons: Mapping[Reason, Published]
    lacking: Mapping[str, Published]


@dataclass(frozen=True)
class Sum:
    """What came of a practice's signposts, in numbers."""

    given: int
    by_outcome: Counter[Outcome]
    by_reason: Counter[Reason]
    lacking: Counter[str]
    silent: int


def own_of(codes: Collection[str], council: str) -> Select[Signpost]:
    """The signposts that have these codes, where this council may still answer them."""
    since = datetime.now(UTC).date() - ANSWERABLE
    return select(Signpost).where(Signpost.code.in_(codes), Signpost.council_code == council, Signpost.given_on >= since)


def by_code(code: str, council: str) -> Given | None:
    """The signpost with this code. None for one of another council, too old or that nobody made: a stranger learns no difference."""
    row = db.session.scalar(own_of([code], council))
    return _given(row) if row else None


def of_practices(practices: Collection[str]) -> list[Given]:
    """What these practices have given, the newest first."""
    wanted = select(Signpost).where(Signpost.practice_code.in_(practices)).order_by(Signpost.given_on.desc(), Signpost.code)
    return [_given(row) for row in db.session.scalars(wanted.limit(SHOWN))]


def of_month(practice: str, month: date) -> list[Given]:
    """What a practice gave in the weeks whose Monday lies in the month that begins with this day. Weeks, because after a while no more
    is known of a day than its week."""
    mondays = [month + timedelta(days=day) for day in range(7 - month.weekday(), 7 - month.weekday() + 35, 7)]
    first = month if month.weekday() == 0 else mondays[0]
    last = max(day for day in (first, *mondays) if (day.year, day.month) == (month.year, month.month)) + timedelta(days=6)
    wanted = select(Signpost).where(Signpost.practice_code == practice, Signpost.given_on.between(first, last))
    return [_given(row) for row in db.session.scalars(wanted)]


def wishes_digest(person: str) -> bool:
    """Whether this person asked for a monthly letter."""
    return db.session.get(DigestWish, person) is not None


def own_data(person: str) -> dict[str, Any]:
    """What is kept of this person's wish for letters, for them to read."""
    row = db.session.get(DigestWish, person)
    return {"since": row.since.isoformat(), "sent_for": row.sent_for.isoformat() if row.sent_for else None} if row else {}


def has_digest(token: str) -> bool:
    """Whether the link of a letter still ends something."""
    with acting(EVERYTHING):
        return db.session.scalar(select(DigestWish.person_id).where(DigestWish.token == token)) is not None


def to_be_written_to(month: date) -> list[str]:
    """The people who asked for letters and had none about the month that begins with this day."""
    due = select(DigestWish.person_id).where((DigestWish.sent_for.is_(None)) | (DigestWish.sent_for < month))
    return list(db.session.scalars(due.order_by(DigestWish.person_id)))


def totals(council: str) -> tuple[Count, Count, Count]:
    """Signposts of the last twelve months in a council: given, with an answer and without one. True counts, to be published or not."""
    since = datetime.now(UTC).date() - ANSWERABLE
    split = (Signpost.practice_code, Signpost.outcome.is_not(None))
    wanted = select(*split, func.count()).group_by(*split)
    with acting(EVERYTHING):
        rows = db.session.execute(wanted.where(Signpost.council_code == council, Signpost.given_on >= since)).all()
    counted = (Counter[str](), Counter[str](), Counter[str]())
    for practice, is_answered, number in rows:
        for each in (counted[0], counted[1 if is_answered else 2]):
            each[practice or UNKNOWN_PRACTICE] += number
    given, answered, unanswered = (Count(each.total(), Practices(each)) for each in counted)
    return given, answered, unanswered


def returned(council: str) -> Returned:
    """Why what was offered came to nothing, over all practices of a council, in the last twelve months: published values."""
    since = datetime.now(UTC).date() - ANSWERABLE
    reasons: dict[Reason, Counter[str]] = {reason: Counter() for reason in Reason}
    lacking: dict[str, Counter[str]] = {}
    wanted = select(Signpost.practice_code, Signpost.reason, Signpost.lacking)
    with acting(EVERYTHING):
        rows = db.session.execute(wanted.where(Signpost.council_code == council, Signpost.reason.is_not(None), Signpost.given_on >= since))
    for practice, reason, lacked in rows:
        reasons[Reason(str(reason))][practice or UNKNOWN_PRACTICE] += 1
        for item in lacked:
            lacking.setdefault(item, Counter())[practice or UNKNOWN_PRACTICE] += 1
    return Returned(
        reasons={reason: _published(given) for reason, given in reasons.items()},
        lacking={item: _published(given) for item, given in lacking.items()},
    )


def said_too_little(council: str) -> Published:
    """How many of them came back because the referral said too little to act on."""
    return returned(council).reasons[Reason.TOO_LITTLE_SAID]


def _published(given: Counter[str]) -> Published:
    return publish(Count(given.total(), Practices(given)))


def summed(given: Collection[Given]) -> Sum:
    """The same in numbers."""
    return Sum(
        given=len(given),
        by_outcome=Counter(one.outcome for one in given if one.outcome),
        by_reason=Counter(one.reason for one in given if one.reason),
        lacking=Counter(item for one in given for item in one.lacking),
        silent=sum(one.is_silent for one in given),
    )


def _given(row: Signpost) -> Given:
    return Given(
        row.code, row.practice_code, row.given_on, tuple(row.alternatives), tuple(row.services), tuple(row.needs),
        Outcome(row.outcome) if row.outcome else None, Reason(row.reason) if row.reason else None, tuple(row.lacking), row.answered_on,
        Later(row.later) if row.later else None,
    )  # fmt: skip
