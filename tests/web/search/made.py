"""Invented services, practices and places for the tests of search."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import current_app

from app.directory.actions import import_feed
from app.directory.feeds import Entry
from app.directory.findings import Notebook
from app.directory.report import Report
from app.extensions import db
from app.places import actions as places
from app.places.actions import CouncilFile

MARLSHIRE = "E99000001"
OTHERSHIRE = "E99000002"
MARLBURY = (54.4000, 0.6000)
KELDERBY = (54.5200, 0.5600)
"""13.6 km north of Marlbury."""

POSTCODES = {"Marlbury": "ZZ1 1AA", "Kelderby": "ZZ2 2BB", "Farport": "ZZ9 9ZZ"}
VOCABULARY = "pilot-service-type"


def place_the_council() -> None:
    """Marlshire with two towns, one practice in each, and a council beside it that has neither."""
    number = {"number": "01632 960100", "hours": "Monday to Friday", "note": ""}
    towns = [{"name": "Marlbury", "lat": MARLBURY[0], "lon": MARLBURY[1]}, {"name": "Kelderby", "lat": KELDERBY[0], "lon": KELDERBY[1]}]
    file = {"code": MARLSHIRE, "name": "Marlshire Council", "asc_name": "Marlshire Adult Social Care", "contacts": {"asc_day": number}}
    places.load_council(council=CouncilFile.model_validate({**file, "is_demonstration": True, "towns": towns}), by="command line")
    other = {"code": OTHERSHIRE, "name": "Othershire Council", "contacts": {}, "is_demonstration": True, "towns": []}
    places.load_council(council=CouncilFile.model_validate(other), by="command line")
    practices = [("Z99001", "Beck Lane Surgery", "ZZ1 1AA", MARLBURY), ("Z99002", "Kelder Surgery", "ZZ2 2BB", KELDERBY)]
    places.upsert_practices(
        rows=[
            {"ods_code": code, "name": name, "postcode": postcode, "lat": lat, "lon": lon, "council_code": MARLSHIRE}
            for code, name, postcode, (lat, lon) in practices
        ],
        by="command line",
    )
    postcodes = [{"postcode": postcode, "lat": lat, "lon": lon, "lad_code": MARLSHIRE} for _, _, postcode, (lat, lon) in practices]
    places.upsert_postcodes(rows=postcodes, by="command line")


def service(
    name: str,
    description: str = "",
    *,
    terms: tuple[str, ...] = (),
    at: tuple[float, float] | None = None,
    town: str = "Marlbury",
    council: str = MARLSHIRE,
    **more: Any,
) -> dict[str, Any]:
    """A record as a feed gives it."""
    identity = str(uuid5(NAMESPACE_URL, name))
    record: dict[str, Any] = {
        "id": identity,
        "name": name,
        "description": description or name,
        "status": "active",
        "assured_date": date.today().isoformat(),
        "organization": {"id": str(uuid5(NAMESPACE_URL, "marl")), "name": "Marl Trust", "description": "Invented"},
        "service_areas": [{"id": identity, "name": "Marlshire", "extent": council}],
        "attributes": [
            {"id": identity, "taxonomy_term": {"id": identity, "name": term, "taxonomy": VOCABULARY, "description": term}} for term in terms
        ],
        **more,
    }
    if at:
        address = {
            "id": identity,
            "address_1": "1 High Street",
            "city": town,
            "postal_code": POSTCODES[town],
            "country": "GB",
            "address_type": "physical",
        }
        location = {"id": identity, "location_type": "physical", "latitude": at[0], "longitude": at[1], "addresses": [address]}
        record["service_at_locations"] = [{"id": identity, "location": location}]
    return record


def publish(*records: dict[str, Any], feed: str = "test") -> None:
    """Import the records as the whole of a feed and publish them."""
    entries = [Entry(line, record, Notebook()) for line, record in enumerate(records, 1)]
    with Report(Path(current_app.config["DATA_DIR"]) / "reports" / "test.csv") as report:
        outcome = import_feed(
            lines=entries,
            feed=feed,
            council=MARLSHIRE,
            source=feed,
            report=report,
            by="command line",
            progress=lambda _: None,
            allow_vanished=True,
        )
    assert outcome.tally.rejected == 0
    db.session.rollback()


def id_of(name: str) -> str:
    """The id of the service with this name."""
    return str(uuid5(NAMESPACE_URL, name))
