"""Writes of places. Each says by whom, and run again it changes nothing."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from flask import current_app
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.audit.actions import Deed, note
from app.content.messages import say
from app.extensions import db
from app.places import storing
from app.places.models import Council, District, Neighbourhood, Postcode, Practice, Town
from app.places.reports import Report
from app.places.schema import CouncilFile, CouncilWords, DistrictEntry, Duty, LocalAlternative, NeighbourhoodEntry
from app.places.setting_up import Changed, NotOurs, save_alternative, save_checklist, save_districts, save_neighbourhoods, save_words, stamp
from app.places.succession import Succession
from app.places.tables import Numbered, Table, TableError, open_table
from app.places.taking_over import Moved, NotPossible, is_done, take_over
from app.places.upserting import Tally, upsert

__all__ = [
    "CouncilWords", "DistrictEntry", "Duty", "LocalAlternative", "NeighbourhoodEntry",
    "Changed", "NotOurs", "save_alternative", "save_checklist", "save_districts", "save_neighbourhoods", "save_words", "stamp",
    "Moved", "NotPossible", "Succession", "is_done", "take_over",
    "CouncilFile", "FileProblem", "Outcome", "Progress", "Tally", "import_councils", "import_postcodes", "import_practices",
    "load_council", "still_missing", "upsert_postcodes", "upsert_practices",
]  # fmt: skip
log = logging.getLogger(__name__)
Progress = Callable[[float], None]
"""Told from time to time which share of a file has been read."""
COUNCILS = frozenset({"council_code", "council_name", "lat", "lon"})
DISTRICTS = frozenset({"lad_code", "lad_name", "country", "social_care_council_code", "social_care_council_name"})
POSTCODES = frozenset({"postcode", "lat", "lon", "lad_code"})
PRACTICES = frozenset(
    {"practice_code", "name", "address", "postcode", "phone", "open_date", "pcn_code_2023", "pcn_name_2023"}
    | {"council_code", "council_name", "lat", "lon", "list_size", "patients_65plus"}
)  # fmt: skip
_STORE = {
    COUNCILS: ("councils", storing.store_councils),
    DISTRICTS: ("districts", storing.store_districts),
    POSTCODES: ("postcodes", storing.store_postcodes),
    PRACTICES: ("practices", storing.store_practices),
}


class FileProblem(Exception):
    """A file that cannot be used, or not to its end. Its text says what is wrong and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What an import did. `report` names the file about the rows that were kept out, if any; `broken` why it ended early."""

    subject: str
    tally: Tally
    kept_out: int
    report: Path | None
    broken: str


def load_council(*, council: CouncilFile, by: str) -> Tally:
    """Bring a council's name, numbers, towns, districts and neighbourhoods to what its file says. Raises NotOurs."""
    row: dict[str, Any] = {
        "code": council.code,
        "name": council.name,
        "is_demonstration": council.is_demonstration,
        "asc_name": council.asc_name,
        "contacts": council.kept_contacts(),
        "alternatives": council.kept_alternatives(),
        "thresholds": council.thresholds,
        "checklist": list(council.checklist),
    }
    with db.writing() as session:
        tally = upsert(Council, [row])
        kept = session.get_one(Council, council.code)
        if council.towns and kept.lat is None:
            kept.lat = fmean(town.lat for town in council.towns)
            kept.lon = fmean(town.lon for town in council.towns)
        changed = _towns_changed(session, council)
        changed |= bool(council.districts) and save_districts(code=council.code, entries=council.districts, by=by)
        changed |= bool(council.neighbourhoods) and save_neighbourhoods(code=council.code, entries=council.neighbourhoods, by=by)
        if changed:
            tally = tally if tally.new else Tally(changed=1)
        if tally.new or tally.changed:
            note(by=by, what=Deed.COUNCIL_LOADED, about=council.code, council=council.code)
    return _noted("council", tally, by)


def import_councils(*, path: Path, by: str, progress: Progress) -> Outcome:
    """Councils with social care duties, or districts and their councils: the heading says which. Raises FileProblem."""
    return _import(path, by, progress, COUNCILS, DISTRICTS)


def import_practices(*, path: Path, by: str, progress: Progress) -> Outcome:
    """GP practices; councils that are not there yet are made. A practice that has changed its council is in no neighbourhood of
    the old one. Raises FileProblem."""
    outcome = _import(path, by, progress, PRACTICES)
    still_there = exists().where(Practice.ods_code == Neighbourhood.practice_code, Practice.council_code == Neighbourhood.council_code)
    with db.writing() as session:
        session.execute(delete(Neighbourhood).where(~still_there))
    return outcome


def import_postcodes(*, path: Path, by: str, progress: Progress) -> Outcome:
    """Postcodes with their position and district. Raises FileProblem."""
    return _import(path, by, progress, POSTCODES)


def upsert_practices(*, rows: Iterable[dict[str, Any]], by: str) -> Tally:
    """Practices that are already in our own columns, as the demonstration's are; all with the same columns."""
    return _noted("practices", upsert(Practice, rows), by)


def upsert_postcodes(*, rows: Iterable[dict[str, Any]], by: str) -> Tally:
    """Postcodes that are already in our own columns: postcode (a space in it is taken out), lat, lon, lad_code."""
    return _noted("postcodes", upsert(Postcode, (row | {"postcode": row["postcode"].replace(" ", "")} for row in rows)), by)


def still_missing() -> list[str]:
    """What has to be imported yet before a postcode gives its council, in words."""
    unplaced = db.session.scalar(select(Postcode.postcode).limit(1)) and not db.session.scalar(select(District.code).limit(1))
    return [say("places.no_districts")] if unplaced else []


def _towns_changed(session: Session, council: CouncilFile) -> bool:
    """Bring the council's towns to those of its file; False where they are the same already."""
    there = {tuple(row) for row in session.execute(select(Town.name, Town.lat, Town.lon).where(Town.council_code == council.code))}
    towns = {(town.name, town.lat, town.lon) for town in council.towns}
    if there == towns:
        return False
    session.execute(delete(Town).where(Town.council_code == council.code))
    session.add_all(Town(council_code=council.code, name=name, lat=lat, lon=lon) for name, lat, lon in towns)
    return True


def _import(path: Path, by: str, progress: Progress, *headings: frozenset[str]) -> Outcome:
    try:
        with open_table(path, *headings) as table:
            return _import_table(table, by, progress)
    except TableError as error:
        raise FileProblem(say(f"places.{error.reason}", **error.detail)) from None


def _import_table(table: Table, by: str, progress: Progress) -> Outcome:
    subject, store = _STORE[table.heading]
    with Report(current_app.config["DATA_DIR"] / "reports", subject) as report:
        tally = _noted(subject, store(_watched(table, progress), report.add), by)
    broken = say(f"places.{table.broken.reason}", **table.broken.detail) if table.broken else ""
    return Outcome(subject, tally, report.count, report.path if report.count else None, broken)


def _watched(table: Table, progress: Progress) -> Iterator[Numbered]:
    for number, row in enumerate(table.rows()):
        if number % 5000 == 0:
            progress(table.bytes_read() / table.size)
        yield row
    progress(1.0)


def _noted(what: str, tally: Tally, by: str) -> Tally:
    log.info("%s by %s: %d new, %d changed, %d unchanged", what, by, tally.new, tally.changed, tally.unchanged)
    return tally
