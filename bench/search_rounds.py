"""Fresh rounds for search: queries by somebody who knows neither the program nor its words, judged from shuffled pools.

    .venv/bin/python bench/search_rounds.py pool ROUND FOLDER
    .venv/bin/python bench/search_rounds.py score ROUND FOLDER

FOLDER lies outside the tree: the real pilot area is loaded into it once, and the pool goes there, for it holds the feed's text.
bench/search_rounds keeps of each round the queries (ROUND.jsonl), the result lists of the first run (ROUND.first.tsv: engine,
query, rank, service id) and the judgments (ROUND.qrels.tsv: query, service id, grade). Grades and measures are those of
../shared/eval/search: 3 is what was meant, 2 would help, 1 is marginal, 0 is wrong; relevant is 2 or 3; a service that nobody
judged counts 0. A query without a relevant service in the feed is left out of the averages; what is shown for it is counted.
"""

import argparse
import json
import math
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402
from app.directory import queries as directory  # noqa: E402
from app.directory.queries import LiveService  # noqa: E402
from app.places import queries as places  # noqa: E402
from app.places.geometry import kilometres  # noqa: E402
from app.places.queries import Point  # noqa: E402
from app.search.index import SHOWN  # noqa: E402
from app.search.queries import search  # noqa: E402
from config import Settings  # noqa: E402

DATA = ROOT.parent / "shared/data"
ROUNDS = ROOT / "bench/search_rounds"
DEPTH = 10
LOADED = "loaded"
MEASURES = ("nDCG@10", "success@3", "recall@10", "P@1", "no result")

Engine = Callable[[str, Point | None], list[str]]
Runs = dict[str, dict[str, list[str]]]
"""Service ids in order, by engine and query."""
Grades = dict[str, dict[str, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("pool", "score"))
    parser.add_argument("round")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    if ROOT in given.folder.resolve().parents:
        sys.exit("FOLDER has to lie outside the tree: the feed's text is not ours to keep in it")
    load(given.folder)
    with create_app(settings(given.folder)).app_context():
        services = [service for batch in directory.live_services() for service in batch if service.status in SHOWN]
        if given.command == "pool":
            write_pool(given.round, services, given.folder)
        else:
            score(given.round, services)


def settings(folder: Path) -> Settings:
    return Settings.from_environ({"DATA_DIR": str(folder)})


def load(folder: Path) -> None:
    """The real pilot area, as bench/run loads it, but for the practices: the queries name postcodes."""
    if not DATA.exists():
        sys.exit("../shared is not here: the feed is read from it")
    if (folder / LOADED).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for command in (
        ["db", "upgrade"],
        ["places", "import-councils", DATA / "councils/social_care_councils_england.csv"],
        ["places", "import-councils", DATA / "councils/local_authority_districts_gb.csv"],
        ["places", "import-postcodes", DATA / "postcodes/postcodes_gb.csv.gz"],
        ["directory", "import", DATA / "pilot/services.ndjson.gz", "--format", "oruk", "--council", "E08000004"],
    ):
        environment = {**os.environ, "DATA_DIR": str(folder), "FLASK_APP": "wsgi"}
        subprocess.run([sys.executable, "-m", "flask", *map(str, command)], cwd=ROOT, env=environment, check=True)
    (folder / LOADED).touch()


def engines(services: Sequence[LiveService]) -> dict[str, Engine]:
    peers = Peers(services)
    return {"fingerpost": ours, "fts5": peers.fts5, "fusion": peers.fusion}


def ours(text: str, near: Point | None) -> list[str]:
    return [hit.service.id for hit in search(text, near=near, limit=DEPTH).hits]


class Peers:
    """SQLite FTS5 (porter, any of the words, bm25), and the sum of that with character trigrams, weighed by distance."""

    def __init__(self, services: Sequence[LiveService]) -> None:
        self._services = services
        self._table = sqlite3.connect(":memory:")
        self._table.execute("create virtual table t using fts5(name, organisation, types, text, places, tokenize = 'porter unicode61')")
        self._table.executemany(
            "insert into t(rowid, name, organisation, types, text, places) values (?, ?, ?, ?, ?, ?)",
            [(row, *_columns(service)) for row, service in enumerate(services)],
        )
        held = [Counter(_trigrams(" ".join(_columns(service))[:400])) for service in services]
        used = Counter(trigram for counts in held for trigram in counts)
        self._rarity = {trigram: math.log(len(services) / count) for trigram, count in used.items()}
        self._vectors = [self._vector(counts) for counts in held]

    def fts5(self, text: str, near: Point | None) -> list[str]:  # noqa: ARG002  plain FTS5 knows no place
        best = sorted(self._bm25(text).items(), key=lambda item: -item[1])[:DEPTH]
        return [self._services[row].id for row, _ in best]

    def fusion(self, text: str, near: Point | None) -> list[str]:
        asked = self._vector(Counter(_trigrams(text)))
        likeness = {row: sum(share * vector.get(part, 0.0) for part, share in asked.items()) for row, vector in enumerate(self._vectors)}
        summed: dict[int, float] = defaultdict(float)
        for scores in (self._bm25(text), likeness):
            most = max(scores.values(), default=0.0) or 1.0
            for row, value in scores.items():
                summed[row] += value / most
        weighed = {row: value * _distance_weight(self._services[row], near) for row, value in summed.items() if value > 0}
        return [self._services[row].id for row in sorted(weighed, key=lambda row: -weighed[row])[:DEPTH]]

    def _bm25(self, text: str) -> dict[int, float]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", text.lower()))
        return {row: -rank for row, rank in self._table.execute("select rowid, bm25(t) from t where t match ?", [words])} if words else {}

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        weights = {trigram: (1 + math.log(count)) * self._rarity.get(trigram, 0.0) for trigram, count in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {trigram: weight / length for trigram, weight in weights.items()}


def _columns(service: LiveService) -> tuple[str, ...]:
    text = " ".join((service.summary, service.description, service.eligibility))
    where = " ".join((service.area_served, *(f"{site.name} {site.address} {site.postcode}" for site in service.sites)))
    return service.name, service.organisation, " ".join(service.types), text, where


def _trigrams(text: str) -> list[str]:
    return [f" {word} "[at : at + 3] for word in re.findall(r"[^\W_]+", text.lower()) for at in range(len(word))]


def _distance_weight(service: LiveService, near: Point | None) -> float:
    """1 at the door, half at 10 km; where the service is for the council's area, or has no place, never below a half."""
    km = distance(service, near)
    served = near is not None and near.council_code in service.council_codes
    near_by = 1.0 / (1.0 + (km or 0.0) / 10)
    return max(near_by, 0.5) if served or service.national else near_by


def distance(service: LiveService, near: Point | None) -> float | None:
    """Kilometres to the nearest site."""
    if near is None:
        return None
    sites = [(site.lat, site.lon) for site in service.sites if site.lat is not None and site.lon is not None]
    return min((kilometres(lat, lon, near.lat, near.lon) for lat, lon in sites), default=None)


def queries_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROUNDS / f"{name}.jsonl").read_text().splitlines()]


def run(queries: Sequence[dict[str, Any]], services: Sequence[LiveService]) -> Runs:
    found: Runs = {}
    for name, engine in engines(services).items():
        found[name] = {query["id"]: engine(query["q"], places.locate(query["near"])) for query in queries}
    return found


def write_pool(name: str, services: Sequence[LiveService], folder: Path) -> None:
    """The pool, and the first run's result lists where they are not kept yet."""
    queries = queries_of(name)
    runs = run(queries, services)
    first = ROUNDS / f"{name}.first.tsv"
    if not first.exists():
        first.write_text(
            "".join(
                f"{engine}\t{query}\t{rank}\t{identity}\n"
                for engine, lists in runs.items()
                for query, ids in lists.items()
                for rank, identity in enumerate(ids, 1)
            )
        )
    known = {service.id: service for service in services}
    with (folder / f"pool-{name}.jsonl").open("w") as file:
        for query in queries:
            near = places.locate(query["near"])
            ids = sorted({identity for lists in runs.values() for identity in lists[query["id"]]})
            random.Random(query["id"]).shuffle(ids)
            pool = [_shown(known[identity], near) for identity in ids]
            file.write(json.dumps({**query, "council": near and near.council_code, "pool": pool}) + "\n")


def _shown(service: LiveService, near: Point | None) -> dict[str, Any]:
    km = distance(service, near)
    return {
        "id": service.id,
        "name": service.name,
        "organisation": service.organisation,
        "types": service.types,
        "text": f"{service.summary} {service.description}".strip(),
        "eligibility": service.eligibility,
        "sites": [f"{site.address} {site.postcode}" for site in service.sites],
        "area": f"{service.area_served} {' '.join(service.council_codes)}{' national' if service.national else ''}",
        "status": service.status,
        "km": None if km is None else round(km, 1),
    }


def score(name: str, services: Sequence[LiveService]) -> None:
    """Each engine's figures as they were at the first run and as they are now; then those of all judged rounds together."""
    judged = sorted(path.name.split(".")[0] for path in ROUNDS.glob("*.qrels.tsv"))
    queries = {each: queries_of(each) for each in judged}
    runs = {"first run": {each: first_run(each) for each in judged}, "now": {each: run(queries[each], services) for each in judged}}
    grades = {each: grades_of(each) for each in judged}
    for names in ([name], judged) if len(judged) > 1 else ([name],):
        for when, found in runs.items():
            print(f"\n{'+'.join(names)}, {when}")
            for engine in runs["now"][name]:
                lists = [
                    (found[each][engine].get(query["id"], []), grades[each][query["id"]], query)
                    for each in names
                    for query in queries[each]
                ]
                print(f"  {engine:10} {figures(lists)}")


def first_run(name: str) -> Runs:
    found: Runs = defaultdict(lambda: defaultdict(list))
    for line in (ROUNDS / f"{name}.first.tsv").read_text().splitlines():
        engine, query, _, identity = line.split("\t")
        found[engine][query].append(identity)
    return found


def grades_of(name: str) -> Grades:
    found: Grades = defaultdict(dict)
    for line in (ROUNDS / f"{name}.qrels.tsv").read_text().splitlines():
        query, identity, grade = line.split("\t")
        found[query][identity] = int(grade)
    return found


def figures(results: Sequence[tuple[list[str], dict[str, int], dict[str, Any]]]) -> str:
    """One engine's line: the measures with the interval of nDCG, the kinds, the queries without an answer, the unjudged share."""
    answerable = [(measure(ids, grades), query) for ids, grades, query in results if max(grades.values(), default=0) >= 2]
    without = [len(ids) for ids, grades, _ in results if max(grades.values(), default=0) < 2]
    shown = [identity in grades for ids, grades, _ in results for identity in ids]
    means = {key: statistics.fmean(found[key] for found, _ in answerable) for key in MEASURES}
    low, high = interval([found["nDCG@10"] for found, _ in answerable])
    kinds = defaultdict(list)
    for found, query in answerable:
        kinds[query["kind"]].append(found["nDCG@10"])
    return (
        "  ".join(f"{key} {value:.3f}" + (f" ({low:.3f} to {high:.3f})" if key == "nDCG@10" else "") for key, value in means.items())
        + f"  unjudged {1 - statistics.fmean(shown):.3f}  of {len(answerable)}; {len(without)} without an answer show {without}\n{'':13}"
        + "  ".join(f"{kind} {statistics.fmean(values):.3f} (n={len(values)})" for kind, values in sorted(kinds.items()))
    )


def measure(ids: Sequence[str], grades: dict[str, int]) -> dict[str, float]:
    found = [grades.get(identity, 0) for identity in ids]
    good = sum(grade >= 2 for grade in grades.values())
    return {
        "nDCG@10": gain(found) / gain(sorted(grades.values(), reverse=True)[:DEPTH]),
        "success@3": float(any(grade >= 2 for grade in found[:3])),
        "recall@10": sum(grade >= 2 for grade in found) / min(DEPTH, good),
        "P@1": float(bool(found) and found[0] >= 2),
        "no result": float(not found),
    }


def gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95% of 2,000 bootstrap samples of queries."""
    chance = random.Random(1)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(2000))
    return means[50], means[1949]


if __name__ == "__main__":
    main()
