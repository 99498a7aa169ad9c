"""What the editors' desk shows: a council's services, its changes with who made them, and what may be entered twice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.access import Audience
from app.audit import queries as audit
from app.directory import queries
from app.directory.amending import APART_FROM, MERGED_INTO, WITHDRAWN
from app.directory.amendments import APPROVED
from app.directory.desk import duplicates
from app.directory.desk.actions import DRAFT, trail_name
from app.directory.models import Publication, ServiceAmendment, ServiceVersion
from app.directory.queries import CHECKED_LATELY, LiveService, live
from app.directory.service import from_record
from app.extensions import db
from app.tenancy import EVERYTHING, acting, current

A_PAGE = 50
EDITORS = (Audience.DIRECTORY_EDITOR, Audience.COUNCIL_ADMIN)


class State(StrEnum):
    """What the list of services is narrowed to."""

    LIVE = "live"
    DRAFTS = "drafts"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Row:
    """A service in the list; `assured_on` is empty where no day of checking is known."""

    id: str
    name: str
    status: str
    assured_on: date | None


@dataclass(frozen=True)
class Step:
    """What somebody did to a change; `by` is a person's id, or "command line"."""

    by: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Change:
    """An amendment with the name of its service, and who did what to it, oldest first."""

    id: str
    service_id: str
    name: str
    state: str
    says: Mapping[str, Any]
    instead_of: Mapping[str, Any]
    drafted_at: datetime
    steps: tuple[Step, ...] = ()

    @property
    def drafted_by(self) -> str:
        """Whose change it is; nobody where the trail does not say."""
        return self.steps[0].by if self.steps else ""


def is_editor(council: str | None) -> bool:
    """Whether whoever asks keeps this council's entries."""
    return council is not None and any(council in current().owners(role) for role in EDITORS)


def is_administrator(council: str) -> bool:
    """Whether whoever asks administers this council."""
    return council in current().owners(Audience.COUNCIL_ADMIN)


def services(council: str, words: str, state: State, page: int) -> tuple[list[Row], int]:
    """A page of a council's live services by name, and how many there are in all."""
    unchecked = or_(ServiceVersion.assured_on.is_(None), ServiceVersion.assured_on < date.today() - CHECKED_LATELY)
    narrowed: dict[State, ColumnElement[bool]] = {
        State.CLOSED: ServiceVersion.status == "temporarily closed",
        State.UNCHECKED: unchecked,
    }
    conditions = [ServiceVersion.council_code == council, ServiceVersion.name.icontains(words, autoescape=True)]
    conditions += [narrowed[state]] if state in narrowed else []
    columns = (ServiceVersion.service_id, ServiceVersion.name, ServiceVersion.status, ServiceVersion.assured_on)
    wanted = live(*columns).where(*conditions).order_by(ServiceVersion.name, ServiceVersion.service_id)
    rows = db.session.execute(wanted.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return [Row(*row) for row in rows], db.session.scalar(live(func.count()).where(*conditions)) or 0


def drafts(council: str, words: str = "") -> list[Change]:
    """The changes that wait for approval, oldest first."""
    return _named(_amendments(council, ServiceAmendment.state == DRAFT), words)


def waiting(council: str) -> tuple[list[Change], int]:
    """The oldest changes that wait for approval, with who drafted them, and how many wait in all."""
    rows = _amendments(council, ServiceAmendment.state == DRAFT)
    return _with_steps(rows[:A_PAGE]), len(rows)


def withdrawn(council: str, words: str) -> list[Change]:
    """The services that are out of the directory, each by the change that took it out."""
    return _named([row for row in _amendments(council, ServiceAmendment.state == APPROVED) if row.says.get(WITHDRAWN)], words)


def change_or_none(council: str, amendment_id: str) -> Change | None:
    """One change of a council's, with who did what to it."""
    rows = _amendments(council, ServiceAmendment.id == amendment_id)
    return _with_steps(rows)[0] if rows else None


def history(council: str, service_id: str) -> list[Change]:
    """Every change of a service, the newest first, with who did what to it."""
    return _with_steps(_amendments(council, ServiceAmendment.service_id == service_id))[::-1]


def own_service(council: str, service_id: str) -> LiveService | None:
    """The live service, where it is this council's."""
    found = queries.service_or_none(service_id)
    return found if found and found.council_code == council else None


def live_of(council: str) -> dict[str, LiveService]:
    """All live services of a council by their ids, in the order of their names."""
    own = live(ServiceVersion.record).where(ServiceVersion.council_code == council)
    records = db.session.scalars(own.order_by(ServiceVersion.name, ServiceVersion.service_id))
    return {record["id"]: from_record(record) for record in records}


def name_of(service_id: str) -> str:
    """What a service is called, or was when it was last published; nothing where it never was."""
    return names({service_id}).get(service_id, "")


def possible_duplicates(council: str) -> list[duplicates.Pair]:
    """Pairs of live services that may be one, but for those that somebody has judged or that a draft is about to merge."""
    records = db.session.scalars(live(ServiceVersion.record).where(ServiceVersion.council_code == council))
    entries = [_compared(record) for record in records]
    judged = _amendments(council, ServiceAmendment.state.in_((DRAFT, APPROVED)))
    apart = {frozenset({row.service_id, row.says[key]}) for row in judged for key in (APART_FROM, MERGED_INTO) if key in row.says}
    return duplicates.pairs(entries, apart)


def _compared(record: Mapping[str, Any]) -> duplicates.Entry:
    positions = [(site["lat"], site["lon"]) for site in record.get("sites", ()) if site["lat"] is not None]
    return duplicates.Entry(record["id"], record["name"], record.get("organisation", ""), record.get("phone", ""), positions)


def _amendments(council: str, condition: ColumnElement[bool]) -> list[ServiceAmendment]:
    wanted = select(ServiceAmendment).where(ServiceAmendment.council_code == council, condition)
    return list(db.session.scalars(wanted.order_by(ServiceAmendment.drafted_at, ServiceAmendment.id)))


def _named(rows: Collection[ServiceAmendment], words: str = "") -> list[Change]:
    known = names({row.service_id for row in rows})
    found = [_change(row, known) for row in rows]
    return [change for change in found if words.casefold() in change.name.casefold()]


def _with_steps(rows: Collection[ServiceAmendment]) -> list[Change]:
    known = names({row.service_id for row in rows})
    return [_change(row, known, steps_of(trail_name(row.id))) for row in rows]


def steps_of(about: str) -> tuple[Step, ...]:
    """From the trail, of which editors otherwise see nothing: who did what to this, oldest first. `about` as in the trail."""
    with acting(EVERYTHING):
        entries = audit.entries(of=about)
    return tuple(Step(entry.by, entry.what, entry.at) for entry in reversed(entries))


def _change(row: ServiceAmendment, known: Mapping[str, str], steps: tuple[Step, ...] = ()) -> Change:
    name = known.get(row.service_id) or row.says.get("name", "")
    return Change(row.id, row.service_id, name, row.state, row.says, row.instead_of, row.drafted_at, steps)


def names(ids: Collection[str]) -> dict[str, str]:
    """The last published name of each of these services; one that never was published is not among them."""
    published = select(Publication.id).where(Publication.sequence.is_not(None))
    wanted = select(ServiceVersion.service_id, ServiceVersion.name).where(
        ServiceVersion.service_id.in_(ids), ServiceVersion.published_in.in_(published)
    )
    return {row.service_id: row.name for row in db.session.execute(wanted.order_by(ServiceVersion.id))}
