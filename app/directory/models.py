"""Tables of the directory. Private to this package.

A service is never changed in place: a change is a new version, written under a publication that nobody sees yet.
Publishing gives the publication its place in the sequence, in one short transaction, and all of it is live at once.
"""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Boolean, Date, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, Moment
from app.tenancy import Grant, Guarded


class Publication(Base):
    """A set of changes that goes live at one moment. `sequence` is empty until then and only ever grows.

    `counts` stays empty until everything is staged, so that what a killed import left is never published. An id is never
    used again, so that an import whose publication was cleared away cannot write into another's.
    """

    __tablename__ = "publication"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    feed: Mapped[str] = mapped_column(String(200))
    started_by: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    sequence: Mapped[int | None] = mapped_column(Integer, unique=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)


class ServiceVersion(Base):
    """One state of a service's record. Live when its own publication is published and the one that retires it is not.

    `positions` are its sites as [latitude, longitude] in WGS84 degrees.
    """

    __tablename__ = "service_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    service_id: Mapped[str] = mapped_column(String(36))
    source: Mapped[str] = mapped_column(String(120))
    source_id: Mapped[str] = mapped_column(String(300))
    published_in: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    retired_in: Mapped[int | None] = mapped_column(ForeignKey("publication.id"), index=True)
    council_code: Mapped[str | None] = mapped_column(String(9))
    name: Mapped[str] = mapped_column(String(300))
    status: Mapped[str] = mapped_column(String(20))
    accepting: Mapped[bool | None] = mapped_column(Boolean)
    assured_on: Mapped[date | None] = mapped_column(Date)
    positions: Mapped[list[list[float]]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(32))
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    original: Mapped[str] = mapped_column(Text)


Index("ix_service_version_service", ServiceVersion.service_id)
Index("ix_service_version_source", ServiceVersion.source, ServiceVersion.source_id)
Index("ix_service_version_council", ServiceVersion.council_code)


class ServiceArea(Base):
    """A council that a version of a service says it serves, by GSS code; "E92000001" is all of England."""

    __tablename__ = "service_area"

    version_id: Mapped[int] = mapped_column(ForeignKey("service_version.id", ondelete="CASCADE"), primary_key=True)
    council_code: Mapped[str] = mapped_column(String(9), primary_key=True, index=True)


class ServiceAlternative(Base):
    """Which alternatives a version of a service provides, by the reviewed mapping in content/service_types."""

    __tablename__ = "service_alternative"

    version_id: Mapped[int] = mapped_column(ForeignKey("service_version.id", ondelete="CASCADE"), primary_key=True)
    alternative: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class ServiceAmendment(Guarded, Base):
    """What a council's editor says of a service instead of what its source says: `says` holds fields of the record and their
    values, `instead_of` the values that stood there when it was approved. A draft changes nothing until it is approved.
    Who did what to it stands in the audit trail alone."""

    __tablename__ = "service_amendment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    service_id: Mapped[str] = mapped_column(String(36), index=True)
    council_code: Mapped[str | None] = mapped_column(String(9), index=True)
    state: Mapped[str] = mapped_column(String(10))
    says: Mapped[dict[str, Any]] = mapped_column(JSON)
    instead_of: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    readers = (Grant("directory_editor", "council_code"), Grant("council_admin", "council_code"))
    writers = readers


class EntryReport(Guarded, Base):
    """That an entry is wrong, and how, as anybody said it: no words, nothing of who said it and nothing finer than the day. One
    row until it is settled: `times` counts the days on which it was said, `last_day` is the newest of them."""

    __tablename__ = "entry_report"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    service_id: Mapped[str] = mapped_column(String(36))
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    fault: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    times: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(10), default="open")
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)

    readers = (Grant("directory_editor", "council_code"), Grant("council_admin", "council_code"))
    writers = readers


OPEN_REPORT = EntryReport.settled_at.is_(None)
Index(
    "ix_entry_report_open", EntryReport.service_id, EntryReport.fault, unique=True, sqlite_where=OPEN_REPORT, postgresql_where=OPEN_REPORT
)


class CheckLink(Guarded, Base):
    """A link in a letter that says, once, that an entry is still right. `sent_to` is "editors" or "service"."""

    __tablename__ = "check_link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    service_id: Mapped[str] = mapped_column(String(36))
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    sent_to: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    readers = (Grant("directory_editor", "council_code"), Grant("council_admin", "council_code"))
    writers = readers


class CouncilFeed(Guarded, Base):
    """A feed that a council has named, by its address; `name` is what its publications are called after. `asked_at` is set while a pull
    is asked for or runs. `result` is a closed word for what came of the last one, `counts` how many records that was."""

    __tablename__ = "council_feed"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    address: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    nightly: Mapped[bool] = mapped_column(Boolean)
    publish_by_itself: Mapped[bool] = mapped_column(Boolean)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    pulled_at: Mapped[datetime | None] = mapped_column(Moment)
    result: Mapped[str] = mapped_column(String(20), default="")
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)

    readers = (Grant("directory_editor", "council_code"), Grant("council_admin", "council_code"))
    writers = (Grant("council_admin", "council_code"),)


class CouncilTerm(Guarded, Base):
    """Which alternatives a council says that a term of a vocabulary stands for, where the reviewed mapping does not know the term.
    Who said it stands in the audit trail."""

    __tablename__ = "council_term_mapping"
    __table_args__ = (UniqueConstraint("council_code", "vocabulary", "term"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    council_code: Mapped[str] = mapped_column(String(9), index=True)
    vocabulary: Mapped[str] = mapped_column(String(300))
    term: Mapped[str] = mapped_column(String(300))
    alternatives: Mapped[list[str]] = mapped_column(JSON)
    said_at: Mapped[datetime] = mapped_column(Moment)

    readers = (Grant("directory_editor", "council_code"), Grant("council_admin", "council_code"))
    writers = (Grant("council_admin", "council_code"),)


class ServiceTerm(Base):
    """A term that a version of a service carries in its feed. Ids are made of the names, see app/directory/oruk/ids.py."""

    __tablename__ = "service_term"

    version_id: Mapped[int] = mapped_column(ForeignKey("service_version.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True, index=True)
    vocabulary_id: Mapped[str] = mapped_column(String(36), index=True)
    vocabulary: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(300))


class ServiceHours(Base):
    """When a version of a service is open on one day of the week ("MO"), in minutes after midnight."""

    __tablename__ = "service_hours"

    version_id: Mapped[int] = mapped_column(ForeignKey("service_version.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[str] = mapped_column(String(2))
    opens: Mapped[int] = mapped_column(Integer)
    closes: Mapped[int] = mapped_column(Integer)


class ServiceSite(Base):
    """A place of a version of a service, in WGS84 degrees where they are known; the last one may be online."""

    __tablename__ = "service_site"

    version_id: Mapped[int] = mapped_column(ForeignKey("service_version.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[str] = mapped_column(String(36), index=True)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
