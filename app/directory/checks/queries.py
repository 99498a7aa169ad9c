"""A council's queue: what people say is wrong with its entries, and which entries are due for checking."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.queries import hashed
from app.directory.ageing import DUE_AFTER, OLD_AFTER
from app.directory.desk.queries import Step, names, steps_of
from app.directory.models import OPEN_REPORT, CheckLink, EntryReport, ServiceVersion
from app.directory.queries import live
from app.extensions import db
from app.tenancy import EVERYTHING, acting

A_PAGE = 50
DAYS_TO_SHOW = 2
RUNNING = ("active", "temporarily closed")


@dataclass(frozen=True)
class Report:
    """What was said of an entry, with the name of its service and who did what about it, oldest first."""

    id: str
    service_id: str
    name: str
    fault: str
    day: date
    last_day: date
    times: int
    state: str
    owner_id: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Due:
    """An entry to be checked; `assured_on` is empty where no day of checking is known, `asked_on` where the service was not asked."""

    service_id: str
    name: str
    assured_on: date | None
    email: str
    asked_on: date | None


def open_reports(council: str) -> list[Report]:
    """What waits, the oldest first."""
    wanted = select(EntryReport).where(EntryReport.council_code == council, OPEN_REPORT)
    return _reports(wanted.order_by(EntryReport.day, EntryReport.id))


def settled_reports(council: str) -> list[Report]:
    """The newest of those that are settled."""
    wanted = select(EntryReport).where(EntryReport.council_code == council, ~OPEN_REPORT)
    return _reports(wanted.order_by(EntryReport.settled_at.desc(), EntryReport.id).limit(A_PAGE))


def said_of(service_id: str) -> list[tuple[str, int]]:
    """What several people, or one on several days, say is wrong with an entry and nobody has answered: the fault, and on how many days
    it was said, most often first. What was said once is not shown: one press of a stranger is no news of a service."""
    wanted = select(EntryReport.fault, EntryReport.times).where(EntryReport.service_id == service_id, OPEN_REPORT)
    with acting(EVERYTHING):
        rows = db.session.execute(wanted.where(EntryReport.times >= DAYS_TO_SHOW).order_by(EntryReport.times.desc(), EntryReport.fault))
        return [(row.fault, row.times) for row in rows]


def report_or_none(council: str, report_id: str) -> Report | None:
    """One report of a council's, settled or not."""
    found = _reports(select(EntryReport).where(EntryReport.council_code == council, EntryReport.id == report_id))
    return found[0] if found else None


def due(council: str, *, after: timedelta = DUE_AFTER, page: int = 1, length: int = A_PAGE) -> tuple[list[Due], int]:
    """A page of a council's entries whose check is older than `after`, and how many there are in all. Those of which no day of
    checking is known come first, then the oldest."""
    columns = (ServiceVersion.service_id, ServiceVersion.name, ServiceVersion.assured_on, ServiceVersion.record["email"].as_string())
    conditions = (ServiceVersion.council_code == council, *_unchecked(after))
    order = (ServiceVersion.assured_on.is_not(None), ServiceVersion.assured_on, ServiceVersion.name, ServiceVersion.service_id)
    rows = db.session.execute(live(*columns).where(*conditions).order_by(*order).limit(length).offset((page - 1) * length)).all()
    asked_on = asked(council)
    found = [Due(row[0], row[1], row[2], row[3] or "", asked_on.get(row[0])) for row in rows]
    return found, db.session.scalar(live(func.count()).where(*conditions)) or 0


def councils_with_entries_due() -> list[str]:
    """The codes of councils of which an entry is due for checking."""
    wanted = live(ServiceVersion.council_code).where(ServiceVersion.council_code.is_not(None), *_unchecked(DUE_AFTER))
    return [code for code in db.session.scalars(wanted.distinct().order_by(ServiceVersion.council_code)) if code]


def old(council: str, *, length: int) -> tuple[list[Due], int]:
    """The same of entries that nobody has checked for a year."""
    return due(council, after=OLD_AFTER, length=length)


def asked(council: str) -> dict[str, date]:
    """The services that were asked whether their entry is still right and have not answered yet, and when."""
    wanted = select(CheckLink.service_id, CheckLink.made_at).where(CheckLink.council_code == council, CheckLink.sent_to == "service")
    rows = db.session.execute(wanted.where(CheckLink.used_at.is_(None), CheckLink.ends_at > datetime.now(UTC)))
    return {row.service_id: row.made_at.date() for row in rows}


def offered(token: str) -> CheckLink | None:
    """The link behind a token, where it can still be used."""
    with acting(EVERYTHING):
        link = db.session.scalar(select(CheckLink).where(CheckLink.token_hash == hashed(token)))
    return link if link and not link.used_at and link.ends_at > datetime.now(UTC) else None


def trail_name(report_id: str) -> str:
    """What a report is called in the audit trail."""
    return f"entry_report:{report_id}"


def _unchecked(after: timedelta) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    unchecked = or_(ServiceVersion.assured_on.is_(None), ServiceVersion.assured_on < date.today() - after)
    return unchecked, ServiceVersion.status.in_(RUNNING)


def _reports(wanted: Any) -> list[Report]:
    rows = db.session.scalars(wanted).all()
    known = names({row.service_id for row in rows})
    return [
        Report(
            row.id, row.service_id, known.get(row.service_id, ""), row.fault, row.day, row.last_day, row.times, row.state, row.owner_id,
            steps_of(trail_name(row.id)),
        )
        for row in rows
    ]  # fmt: skip
