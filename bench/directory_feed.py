"""A feed of any number of services for measuring imports: the pilot feed's own records, each many times and elsewhere.

Every copy has ids of its own, a name and words of its own, and lies in a real postcode of England, one of 100,000, so that an import
has to look up about one postcode for five services. Nothing else is changed: fields, terms, contacts and lengths are those of the
pilot feed. The same number always gives the same file.
"""

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

PLACES = 100_000
WORDS_ADDED = 12
SOURCE = "bench"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def written(number: int, shared: Path, folder: Path) -> Path:
    """The file with that many services as NDJSON; made first where it is not there yet."""
    path = folder / f"feed-{number}.ndjson"
    if not path.exists():
        half = path.with_suffix(".half")
        with half.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines(number, shared))
        half.rename(path)
    return path


def pilot(shared: Path) -> list[str]:
    """The pilot feed, a record a line."""
    with gzip.open(shared / "data/pilot/services.ndjson.gz", "rt", encoding="utf-8") as file:
        return [line.strip() for line in file]


def lines(number: int, shared: Path) -> Iterator[str]:
    """The records, a line each."""
    chance = random.Random(number)
    originals = pilot(shared)
    words = sorted(set(re.findall(r"[a-z]{4,12}", " ".join(originals))))
    places = _places(shared, chance)
    for position in range(number):
        record = json.loads(_with_own_ids(originals[position % len(originals)], position))
        place = chance.choice(places)
        added = " ".join(chance.choices(words, k=WORDS_ADDED))
        record |= {"source": SOURCE, "source_id": str(position), "name": f"{record['name']} {position}"}
        record["description"] = f"{record.get('description', '')} {added.capitalize()}."
        _move(record, place)
        yield json.dumps(record, ensure_ascii=False)


def _with_own_ids(line: str, position: int) -> str:
    """Every id another one, the same wherever it stands in the record."""
    shift = int.from_bytes(blake2b(str(position).encode(), digest_size=16).digest(), "big")
    return _UUID.sub(lambda match: str(UUID(int=UUID(match[0]).int ^ shift)), line)


def _places(shared: Path, chance: random.Random) -> list[dict[str, str]]:
    with gzip.open(shared / "data/postcodes/postcodes_gb.csv.gz", "rt") as file:
        english = [row for row in csv.DictReader(file) if row["lad_code"].startswith("E")]
    return chance.sample(english, PLACES)


def _move(record: dict[str, Any], place: dict[str, str]) -> None:
    for area in record.get("service_areas", ()):
        area["extent"] = place["lad_code"]
    for entry in record.get("service_at_locations", ()):
        location = entry["location"]
        if "latitude" in location:
            location |= {"latitude": float(place["lat"]), "longitude": float(place["lon"])}
        for address in location.get("addresses", ()):
            address["postal_code"] = place["postcode"]
