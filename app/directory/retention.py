"""Which states of directory entries are old. Of a withdrawn service its id stays, so that its page still says that it is gone and
every search index learns of it; what the entry said is emptied."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.audit.actions import Deed, note
from app.directory import report
from app.directory.models import CheckLink, EntryReport, Publication, ServiceVersion
from app.jobs.retention import Keeping

EMPTY = {"name": "", "positions": [], "record": {}, "original": ""}


def _retired(before: datetime) -> ColumnElement[bool]:
    return ServiceVersion.retired_in.in_(select(Publication.id).where(Publication.published_at < before))


def _came_later() -> ColumnElement[bool]:
    """Whether there is a later published state of the same service."""
    later, publication = aliased(ServiceVersion), aliased(Publication)
    found = select(later.id).join(publication, later.published_in == publication.id)
    same = (later.service_id == ServiceVersion.service_id, later.id > ServiceVersion.id, publication.sequence.is_not(None))
    return found.where(*same).correlate(ServiceVersion).exists()


def _superseded(before: datetime) -> Select[Any]:
    return select(ServiceVersion).where(_retired(before), _came_later())


def _withdrawn(before: datetime) -> Select[Any]:
    return select(ServiceVersion).where(_retired(before), ServiceVersion.original != "", ~_came_later())


def _publications(before: datetime) -> Select[Any]:
    """Of which nothing is left, apart from the newest, whose place in the sequence the next one follows."""
    newest = select(func.max(Publication.sequence)).scalar_subquery()
    named = or_(ServiceVersion.published_in == Publication.id, ServiceVersion.retired_in == Publication.id)
    left = select(ServiceVersion.id).where(named).correlate(Publication).exists()
    return select(Publication).where(Publication.published_at < before, Publication.sequence < newest, ~left)


def _links(before: datetime) -> Select[Any]:
    return select(CheckLink).where(or_(CheckLink.used_at < before, CheckLink.ends_at < before))


def _reported(before: datetime) -> Select[Any]:
    """Whose report is still there."""
    return select(Publication).where(Publication.started_at < before, Publication.id.in_(report.kept()))


def _forget_report(publication_id: Any, by: str) -> None:
    report.forget(publication_id)
    note(by=by, what=Deed.RETENTION_RUN, about=f"publication_report:{publication_id}")


RULES = (
    Keeping("entry_report", lambda before: select(EntryReport).where(EntryReport.settled_at < before)),
    Keeping("check_link", _links),
    Keeping("service_version_superseded", _superseded),
    Keeping("service_version_withdrawn", _withdrawn, EMPTY),
    Keeping("publication_report", _reported, each=_forget_report),
    Keeping("publication", _publications),
)
