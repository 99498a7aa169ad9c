"""Tables of places. Private to this package."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.places import records
from app.tenancy import Grant, Guarded


class Council(Guarded, Base):
    """A council with adult social care duties, by its GSS code."""

    __tablename__ = "council"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    is_demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    asc_name: Mapped[str | None] = mapped_column(String(120))
    contacts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    alternatives: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    thresholds: Mapped[str] = mapped_column(String(600), default="", server_default="")
    checklist: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)

    reading = True
    writers = (Grant("council_admin", "code"), Grant("platform_admin"))

    def record(self) -> records.Council:
        """What other parts know of it."""
        return records.Council(
            self.code,
            self.name,
            self.is_demonstration,
            self.asc_name,
            self.contacts,
            self.lat,
            self.lon,
            self.alternatives,
            self.thresholds,
            tuple(self.checklist),
        )


class District(Guarded, Base):
    """A local authority district and the council with social care duties there; the same one in a unitary area."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    council_code: Mapped[str | None] = mapped_column(ForeignKey("council.code"), index=True)
    duties: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    number: Mapped[str | None] = mapped_column(String(30))

    reading = True
    writers = (Grant("council_admin", "council_code"),)


class CouncilSuccession(Base):
    """A council, or a district below one, that ended on a day, and one that took over from it, in the order of the file that said so.
    `services` are those that were given to it by name."""

    __tablename__ = "council_succession"

    ended_code: Mapped[str] = mapped_column(String(9), primary_key=True)
    new_code: Mapped[str] = mapped_column(ForeignKey("council.code"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    day: Mapped[date] = mapped_column(Date)
    services: Mapped[list[str]] = mapped_column(JSON)


class Neighbourhood(Guarded, Base):
    """Which neighbourhood a practice is in, where its council has said so."""

    __tablename__ = "neighbourhood"

    practice_code: Mapped[str] = mapped_column(ForeignKey("practice.ods_code"), primary_key=True)
    council_code: Mapped[str] = mapped_column(ForeignKey("council.code"), index=True)
    name: Mapped[str] = mapped_column(String(80))

    reading = True
    writers = (Grant("council_admin", "council_code"),)


class Town(Base):
    """A named place that a council's directory uses, so that a place name in a search has a position."""

    __tablename__ = "town"

    council_code: Mapped[str] = mapped_column(ForeignKey("council.code"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)


class Practice(Base):
    """A GP practice by its ODS code. `patients_65plus` is a count of registered patients."""

    __tablename__ = "practice"

    ods_code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(8))
    phone: Mapped[str] = mapped_column(String(30), default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    council_code: Mapped[str | None] = mapped_column(ForeignKey("council.code"), index=True)
    pcn_code: Mapped[str] = mapped_column(String(9), default="")
    pcn_name: Mapped[str] = mapped_column(String(160), default="")
    list_size: Mapped[int | None] = mapped_column(Integer)
    patients_65plus: Mapped[int | None] = mapped_column(Integer)
    opened: Mapped[date | None] = mapped_column(Date)

    def record(self) -> records.Practice:
        """What other parts know of it."""
        return records.Practice(
            self.ods_code, self.name, self.address, self.postcode, self.phone, self.lat, self.lon,
            self.council_code, self.pcn_code, self.pcn_name, self.list_size, self.patients_65plus,
        )  # fmt: skip


class Postcode(Base):
    """A postcode without its space ("OL99HH"), its position (WGS84 degrees) and its district's GSS code."""

    __tablename__ = "postcode"
    __table_args__ = {"sqlite_with_rowid": False}

    postcode: Mapped[str] = mapped_column(String(7), primary_key=True)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    lad_code: Mapped[str] = mapped_column(String(9))


Index("ix_practice_postcode", Practice.postcode)
