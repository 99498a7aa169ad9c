"""Reading counts. True values, for `app.disclosure` to make publishable; raw events are never read here."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from app.disclosure.control import Count, Practices
from app.extensions import db
from app.insights.models import DailyCount
from app.insights.periods import Period


@dataclass(frozen=True)
class Counts:
    """The counts of one council, by measure and subject."""

    by_practice: dict[tuple[str, str], dict[str, int]]

    def of(self, measure: str, subject: str = "") -> Count:
        """How often, with each practice's contribution; unsigned use, so practices stand behind it."""
        contributions = self.by_practice.get((measure, subject), {})
        return Count(sum(contributions.values()), Practices(contributions))

    def difference(self, whole: str, part: str, subject: str) -> Count:
        """What is left of a measure when another, which is a part of it, is taken away."""
        parts = self.by_practice.get((part, subject), {})
        left = {practice: number - parts.get(practice, 0) for practice, number in self.by_practice.get((whole, subject), {}).items()}
        return Count(sum(left.values()), Practices(left))

    def subjects(self, measure: str) -> list[str]:
        """What a measure was counted for, by id."""
        return sorted(subject for counted, subject in self.by_practice if counted == measure)


def counts(council: str, period: Period) -> Counts:
    """Everything counted for a council in whole months."""
    number = func.sum(DailyCount.count)
    columns = (DailyCount.measure, DailyCount.subject, DailyCount.practice_code)
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for measure, subject, practice, total in db.session.execute(
        select(*columns, number)
        .where(DailyCount.council_code == council, DailyCount.day.between(period.first, period.last))
        .group_by(*columns)
    ):
        found[measure, subject][practice] = int(total)
    return Counts(dict(found))
