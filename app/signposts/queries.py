"""Reading signposts: one by its code, and a practice's own."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Select, select

from app.extensions import db
from app.signposts.models import Signpost
from app.signposts.outcomes import Later, Outcome, Reason

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
    answered_on: date | None
    later: Later | None

    @property
    def is_silent(self) -> bool:
        """True where nobody has said anything for too long."""
        return self.outcome is None and self.given_on <= datetime.now(UTC).date() - SILENT


@dataclass(frozen=True)
class Sum:
    """What came of a practice's signposts, in numbers."""

    given: int
    by_outcome: Counter[Outcome]
    silent: int


def own(code: str, council: str) -> Select[Signpost]:
    """The signpost that has this code, where this council may still answer it."""
    since = datetime.now(UTC).date() - ANSWERABLE
    return select(Signpost).where(Signpost.code == code, Signpost.council_code == council, Signpost.given_on >= since)


def by_code(code: str, council: str) -> Given | None:
    """The signpost with this code. None for one of another council, too old or that nobody made: a stranger learns no difference."""
    row = db.session.scalar(own(code, council))
    return _given(row) if row else None


def of_practices(practices: Collection[str]) -> list[Given]:
    """What these practices have given, the newest first."""
    wanted = select(Signpost).where(Signpost.practice_code.in_(practices)).order_by(Signpost.given_on.desc(), Signpost.code)
    return [_given(row) for row in db.session.scalars(wanted.limit(SHOWN))]


def summed(given: Collection[Given]) -> Sum:
    """The same in numbers."""
    return Sum(len(given), Counter(one.outcome for one in given if one.outcome), sum(one.is_silent for one in given))


def _given(row: Signpost) -> Given:
    return Given(
        row.code, row.practice_code, row.given_on, tuple(row.alternatives), tuple(row.services), tuple(row.needs),
        Outcome(row.outcome) if row.outcome else None, Reason(row.reason) if row.reason else None, row.answered_on,
        Later(row.later) if row.later else None,
    )  # fmt: skip
