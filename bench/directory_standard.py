"""Our own Open Referral UK output, asked of the running server: by the compiled schemas, and back into an empty directory.

Two directories are the same where they have the same services, and each service says the same: every field of `LiveService`, as
`to_record` writes it, without exception.
"""

import json
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator

from app.directory import queries
from app.directory.service import to_record
from bench.directory_databases import PILOT, SHARED, Databases, Place, table
from tests.journeys.server import Server

STANDARD = SHARED / "standards/open-referral/oruk-3.0/compiled"
SCHEMAS = {"page": "service_list", "place": "service_at_location_list", "service": "service", "place in full": "service_at_location"}
MOST_PER_PAGE = 200


def measured(databases: Databases, kind: str) -> None:
    """Serve the pilot area, hold every answer against its schema, pull all of it into an empty directory and compare the two."""
    with databases.fresh(kind) as place, databases.fresh(kind) as other:
        place.imports(PILOT)
        ours = _services(place)
        with Server(place.folder, **place.environ) as server:
            address = f"{server.url}/api/oruk/v3"
            rows, faults = _held_against_schemas(address)
            said = other.flask("directory", "import", address, "--format", "oruk", "--source", "back").output
        theirs = _services(other)
    differing = Counter(
        name
        for key in ours.keys() & theirs.keys()
        for name in ours[key].keys() | theirs[key].keys()
        if ours[key].get(name) != theirs[key].get(name)
    )
    rows.append(("pulled back: services on one side only", len(ours.keys() ^ theirs.keys()), f"of {len(ours)}"))
    rows.append(("pulled back: fields that differ", differing.total(), dict(differing) or ""))
    print("\n".join(faults[:10]) or next(line for line in said.splitlines() if " new, " in line))
    table(f"{kind}: our own output", ("", "", ""), rows)


def _services(place: Place) -> dict[str, dict[str, Any]]:
    with place.app():
        return {service.id: to_record(service) for batch in queries.live_services() for service in batch}


def _held_against_schemas(address: str) -> tuple[list[tuple[object, ...]], list[str]]:
    """For each kind of answer how many are as the schema says; and every fault in words."""
    found: dict[str, list[bool]] = {name: [] for name in SCHEMAS}
    faults = []
    for name, item in _answers(address):
        errors = [f"{name} {error.instance_path}: {error.message}" for error in _validator(name).iter_errors(item)]
        found[name].append(not errors)
        faults += errors
    return [(f"{name}: valid", sum(valid), f"of {len(valid)}") for name, valid in found.items()], faults


_VALIDATORS: dict[str, Draft202012Validator] = {}


def _validator(name: str) -> Draft202012Validator:
    if name not in _VALIDATORS:
        schema = json.loads((STANDARD / f"{SCHEMAS[name]}.json").read_text())
        _VALIDATORS[name] = Draft202012Validator(schema, validate_formats=True)
    return _VALIDATORS[name]


def _answers(address: str) -> Iterator[tuple[str, Any]]:
    """What stands on each page of both lists, and each service and each place by itself."""
    for path, listed, single in (("services", "page", "service"), ("service_at_locations", "place", "place in full")):
        number, last = 0, False
        while not last:
            number += 1
            page = _asked(f"{address}/{path}?page={number}&per_page={MOST_PER_PAGE}")
            last = page["last_page"]
            for item in page["contents"]:
                yield listed, item
                yield single, _asked(f"{address}/{path}/{item['id']}")


def _asked(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return json.load(answer)
