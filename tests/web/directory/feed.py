"""A small feed for tests, and importing it."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.directory import actions
from app.directory.actions import Outcome
from app.directory.feeds import from_objects
from app.directory.queries import LiveService, live_services
from app.directory.report import Report

COUNCIL = "E99000001"


def id_of(number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://example.org/{number}"))


def a_service(number: int, **changes: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": id_of(number),
        "name": f"Service {number}",
        "status": "active",
        "description": f"What service {number} does.",
        "organization": {"id": id_of(10_000 + number), "name": f"Trust {number}", "description": "A charity."},
        "service_areas": [{"name": "Marlshire", "extent": COUNCIL}],
        "attributes": [{"taxonomy_term": {"name": "Home care", "taxonomy": "pilot-service-type"}}],
        "source": "the-source",
        "source_id": str(number),
    }
    return record | changes


def at(lat: float, lon: float) -> list[dict[str, Any]]:
    return [{"location": {"location_type": "physical", "name": "Hall", "latitude": lat, "longitude": lon}}]


def imported(records: Iterable[dict[str, Any]], path: Path, **options: Any) -> Outcome:
    """Import these records; the report goes to `path`."""
    defaults: dict[str, Any] = {"feed": "test-feed", "council": None, "source": None, "by": "command line", "progress": lambda _count: None}
    with Report(path) as report:
        return actions.import_feed(lines=from_objects(records), report=report, **(defaults | options))


def reported(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_live() -> dict[str, LiveService]:
    return {service.source_id: service for batch in live_services() for service in batch}
