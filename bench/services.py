"""Makes any number of realistic services and puts them, published and indexed, into a folder that is kept.

    .venv/bin/python bench/services.py 10000

A service is a real one of the pilot feed, as the directory's own import reads it, under a new id, with another name, moved to where
a real GP practice is anywhere in England, and with words added until the vocabulary is near 18,000 words, distributed as Zipf
found. Versions are written in batches by what the import writes with, for reading half a million records takes a quarter of an
hour. The same number always gives the same services. The folder is fingerpost-bench/NUMBER in the temporary folder.
"""

import csv
import gzip
import json
import os
import random
import re
import sys
import time
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from tempfile import gettempdir
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared/data"
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402

from app import create_app  # noqa: E402
from app.content.kinds import load_all  # noqa: E402
from app.directory import catalogue, staging  # noqa: E402
from app.directory.actions import publish  # noqa: E402
from app.directory.feeds import entries  # noqa: E402
from app.directory.models import Publication  # noqa: E402
from app.directory.record import Reading, Setting, read  # noqa: E402
from app.directory.service import LiveService, Site  # noqa: E402
from app.extensions import db  # noqa: E402
from app.places import actions as places  # noqa: E402
from app.schema import upgrade  # noqa: E402
from app.search import index  # noqa: E402
from app.search.actions import rebuild  # noqa: E402
from app.vocabulary.lexicon import english_words  # noqa: E402
from config import Settings  # noqa: E402

PILOT = SHARED / "pilot/services.ndjson.gz"
ADDED_WORDS = 12_000
NATIONAL, SEVERAL_SITES, TWO_COUNCILS = 0.003, 0.05, 0.08
TODAY = date(2026, 11, 22)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LANGUAGES = ("Punjabi", "Urdu", "Polish", "Bengali", "Gujarati", "Arabic")
COSTS = ("", "", "", "free", "free", "means_tested", "charge", "mixed")
PILOT_TOWNS = re.compile(
    r"\b(Greater Manchester|Manchester|Oldham|Trafford|Salford|Sale|Altrincham|Stretford|Urmston|Chadderton|Royton|Hounslow|Isleworth"
    r"|Feltham|Brentford|Chiswick|Shropshire|Shrewsbury|Telford(?: and Wrekin)?|Oswestry|Bolton|Rochdale|Bury|Timperley|Hale)\b"
)


class Generator:
    """Services from one seed."""

    def __init__(self, pilot: list[LiveService], seed: int = 1) -> None:
        self._pilot, self._seed = pilot, seed
        self._places: dict[str, list[Site]] = defaultdict(list)
        with gzip.open(SHARED / "gp_practices/gp_practices_active_2026-02.csv.gz", "rt") as file:
            for row in csv.DictReader(file):
                if row["council_code"] and row["lat"]:
                    town = row["address"].rpartition(",")[2].strip().title()
                    self._places[row["council_code"]].append(Site("", town, row["postcode"], float(row["lat"]), float(row["lon"])))
        with (SHARED / "councils/social_care_councils_england.csv").open() as file:
            weight = {row["council_code"]: int(row["postcodes"]) for row in csv.DictReader(file) if row["council_code"] in self._places}
        self._councils, self._weights = list(weight), list(accumulate(weight.values()))
        known = sorted(word for word in english_words() if word.isalpha() and 4 <= len(word) <= 12)
        self._words = random.Random(seed).sample(known, ADDED_WORDS)
        self._ranks = list(accumulate(1 / (rank + 20) for rank in range(ADDED_WORDS)))

    def services(self, number: int) -> Iterator[LiveService]:
        for position in range(number):
            yield self._service(random.Random(f"{self._seed} {position}"), position)

    def _word(self, chance: random.Random) -> str:
        return self._words[bisect(self._ranks, chance.random() * self._ranks[-1])]

    def _service(self, chance: random.Random, position: int) -> LiveService:
        base = chance.choice(self._pilot)
        council = self._councils[bisect(self._weights, chance.random() * self._weights[-1])]
        number = chance.randint(2, 4) if chance.random() < SEVERAL_SITES else 1
        sites = tuple(_site(chance, chance.choice(self._places[council])) for _ in range(number) if chance.random() < 0.95)
        town = sites[0].address.rpartition(", ")[2] if sites else self._places[council][0].address
        name = self._name(chance, base.name, town)
        national = chance.random() < NATIONAL
        second = [chance.choice(self._councils)] if chance.random() < TWO_COUNCILS else []
        codes = () if national else tuple(dict.fromkeys((council, *second)))
        other = chance.choice(chance.choice(self._pilot).description.split(". ")).strip(".")
        added = " ".join(self._word(chance) for _ in range(chance.randint(4, 16))).capitalize()
        return replace(
            base,
            id=str(uuid5(NAMESPACE_URL, f"https://example.org/bench/{self._seed}/{position}")),
            source="bench",
            source_id=str(position),
            name=name,
            organisation=name if base.organisation == base.name else self._name(chance, base.organisation, town),
            summary=PILOT_TOWNS.sub(town, base.summary),
            description=PILOT_TOWNS.sub(town, f"{base.description} {other}. {added}."),
            council_code=codes[0] if codes else None,
            council_codes=codes,
            area_served=PILOT_TOWNS.sub(town, base.area_served),
            national=national,
            accepting=chance.choice((None, None, True, True, True, False)),
            assured_on=chance.choice((None, TODAY - timedelta(days=chance.randrange(700)))),
            lat=sites[0].lat if sites else None,
            lon=sites[0].lon if sites else None,
            sites=sites,
            phone=f"01632 960{chance.randrange(1000):03}",
            cost_kind=chance.choice(COSTS),
            self_referral=chance.choice((None, True, False)),
            professional_referral=chance.choice((None, True)),
            opening=tuple(f"{day}, 9.30am to 4pm" for day in WEEKDAYS if chance.random() < 0.25),
            languages=(chance.choice(LANGUAGES),) if chance.random() < 0.1 else (),
        )

    def _name(self, chance: random.Random, name: str, town: str) -> str:
        moved = PILOT_TOWNS.sub(town, name)
        if moved == name and chance.random() < 0.6:
            moved = f"{name} {town}"
        if chance.random() < 0.5:
            moved = f"{self._word(chance).title()} {moved}"
        return f"{moved} {chance.randint(2, 99)}" if chance.random() < 0.1 else moved


def _site(chance: random.Random, place: Site) -> Site:
    """Some way from the practice."""
    street = f"{chance.randint(1, 200)} {chance.choice(('High', 'Church', 'Station', 'Park', 'Mill', 'Queen'))} Street"
    lat, lon = place.lat or 0.0, place.lon or 0.0
    moved = (round(lat + chance.gauss(0, 0.01), 5), round(lon + chance.gauss(0, 0.015), 5))
    return Site("", f"{street}, {place.address}", place.postcode, *moved)


def application(number: int) -> Flask:
    """The application over that many services, which are made and indexed first where they are not there yet."""
    folder = Path(gettempdir()) / "fingerpost-bench" / str(number)
    os.environ |= {"DATA_DIR": str(folder), "SECRET_KEY": "for measuring only"}
    os.environ.pop("DATABASE_URL", None)
    app = create_app(Settings.from_environ(os.environ))
    with app.app_context():
        load_all(app)
        upgrade(app.extensions["database"])
        if not (folder / "loaded").exists():
            _import_places()
            timed(f"{number:,} services written", lambda: _publish(number))
            (folder / "loaded").touch()
        if not list((folder / "index").glob(f"{index.VERSION}*/current")):
            seconds = timed(f"{number:,} services indexed", lambda: rebuild(progress=lambda _written: None))
            (folder / "built").write_text(f"{seconds:.0f}")
    return app


def _import_places() -> None:
    for name, work in (
        ("councils/social_care_councils_england.csv", places.import_councils),
        ("councils/local_authority_districts_gb.csv", places.import_councils),
        ("postcodes/postcodes_gb.csv.gz", places.import_postcodes),
        ("gp_practices/gp_practices_active_2026-02.csv.gz", places.import_practices),
    ):
        work(path=SHARED / name, by="command line", progress=lambda _share: None)


def _pilot() -> list[LiveService]:
    """The pilot area's services with the alternatives that they provide."""
    types = catalogue.load(ROOT / "content")
    setting = Setting("bench", None, TODAY, lambda _postcode: None, lambda code: code, lambda _code: ())
    readings = [read(entry.raw, setting) for entry in entries(PILOT)]
    found = [(reading.service, reading.terms) for reading in readings if reading.service and reading.service.status == "active"]
    made = []
    for one, terms in found:
        summary = f"{one.name}\n{one.summary}"
        made.append(replace(one, alternatives=types.alternatives_of(terms, summary, f"{summary}\n{one.description}")))
    return made


def _publish(number: int) -> None:
    identity = staging.begin("bench", "bench")
    for batch in _batches(Generator(_pilot()).services(number)):
        prepared = [staging.prepared(Reading(), service, service, 0) for service in batch]
        originals = [replace(each, reading=Reading(original=json.dumps(each.record))) for each in prepared]
        staging.stage(identity, originals, ())
    with db.writing() as session:
        session.get_one(Publication, identity).counts = {"new": number, "held": 0}
    publish(publication_id=identity, by="command line")


def _batches(services: Iterable[LiveService]) -> Iterator[list[LiveService]]:
    services = iter(services)
    while batch := list(islice(services, staging.BATCH)):
        yield batch


def timed(what: str, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    print(f"{what} in {seconds:.0f} s", flush=True)
    return seconds


if __name__ == "__main__":
    application(int(sys.argv[1]))
