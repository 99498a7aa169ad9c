"""How long a search takes, beside SQLite's FTS5 and PostgreSQL, in one process and one run over the same services and queries.

    .venv/bin/python bench/search_speed.py 10000
    .venv/bin/python bench/search_speed.py 500000

The services are those of `services.py` (made first where they are not there yet). A search is the whole of app.search.queries.search
with the services read from the database, 20 hits; a peer gives ids alone. Each engine is warmed up with other queries, then asked each
query once. "any" joins the words of a query by OR, which is what our search does before it ranks; "all" by AND.

Times are of the processor (for PostgreSQL of its server process and of ours together), which is what a search costs and what a
machine with nothing else to do would take; they do not depend on who else uses the machine.
"""

import gc
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from search_queries import Query, queries  # noqa: E402
from search_rivals import Fts5, Postgres, Rival  # noqa: E402
from services import application  # noqa: E402

from app.places.queries import Point  # noqa: E402
from app.search import retrieval, sync  # noqa: E402
from app.search.facets import CATEGORY, EVERYTHING, Narrowing  # noqa: E402
from app.search.queries import search, suggest  # noqa: E402
from app.search.ranking import Where  # noqa: E402
from app.search.understanding import knowledge, understand, words_known  # noqa: E402
from app.search.words import words  # noqa: E402
from tests.postgres import PostgresServer  # noqa: E402

SCOPES = ("council", "council and category", "England")
TOP = 10
Work = Callable[[Query], object]


def main(number: int) -> None:
    app = application(number)
    folder: Path = app.config["DATA_DIR"]
    with app.app_context():
        asked, others = queries(app, 1), queries(app, 2)
    before = memory()
    with app.app_context():
        knowledge(sync.keeper().opened())
    gc.collect()
    gc.freeze()  # As the server does.

    def timed(
        work: Callable[[Query], object], sample: Sequence[Query] = asked, clock: Callable[[], float] = time.thread_time
    ) -> list[float]:
        taken = []
        for query in sample:
            with app.app_context():
                started = clock()
                work(query)
                taken.append((clock() - started) * 1000)
        return taken

    print(f"{number:,} services, {len(asked)} queries; p50 and p95 in ms")
    ours: dict[str, list[float]] = {}
    for scope in SCOPES:
        timed(lambda query, scope=scope: find(query, scope), others)
        ours[scope] = timed(lambda query, scope=scope: find(query, scope))
    after = memory()
    for scope in SCOPES:
        print(f"{'Fingerpost':18} {scope:22} {spread(ours[scope])}")
        for kind in dict.fromkeys(query.kind for query in asked):
            print(f"    {kind:36} {spread([taken for taken, query in zip(ours[scope], asked, strict=True) if query.kind == kind])}")
    extras(asked, timed)
    index = next((folder / "index").glob("*/current"))
    size = sum(file.stat().st_size for file in (index.parent / index.read_text()).rglob("*"))
    built = (folder / "built").read_text()
    print(f"index {size / 1e6:.0f} MB, built in {built} s; memory by opening and searching: {difference(before, after)}")
    with tempfile.TemporaryDirectory() as logs, PostgresServer(Path(logs)) as server, app.app_context():
        rivals: tuple[Rival, ...] = (Fts5(folder), Postgres(server.owner_url))
        for rival in rivals:
            print(f"{rival.name}: {rival.megabytes:.0f} MB, built in {rival.seconds:.0f} s")
            for every in (True, False):
                for scope in SCOPES:
                    ask = rival_search(rival, every, scope)
                    timed(ask, others[::5])
                    theirs = timed(ask, asked, rival.clock)
                    ratio = [percentile(theirs, share) / percentile(ours[scope], share) for share in (0.5, 0.95)]
                    name = f"{rival.name} {'all' if every else 'any'}"
                    print(f"{name:18} {scope:22} {spread(theirs)}   ours times {ratio[0]:.2f} and {ratio[1]:.2f}", flush=True)


def find(query: Query, scope: str, *, exact: bool = False) -> list[str]:
    near: Point | None = None if scope == "England" else query.near
    narrowing = Narrowing(values={CATEGORY: query.category}) if "category" in scope else EVERYTHING
    return [hit.service.id for hit in search(query.text, near=near, narrowing=narrowing, exact=exact).hits]


def rival_search(rival: Rival, every: bool, scope: str) -> Callable[[Query], list[str]]:
    """The words that say something, as our own search keeps them."""

    def ask(query: Query) -> list[str]:
        spoken = words(query.text)
        kept = [word for word in spoken if word not in words_known().ignored] or spoken
        council = None if scope == "England" else query.near.council_code
        return rival.find(kept, every, council, query.category if "category" in scope else None)

    return ask


def extras(asked: Sequence[Query], timed: Callable[..., list[float]]) -> None:
    """Type-ahead, correction, and how much of the top ten stands if everything in the council is ranked."""
    named = [query for query in asked if query.kind in ("name", "need phrase", "one word")]
    typed = {length: [prefix(query, length) for query in named if len(query.text) >= length] for length in range(2, 7)}
    for where in ("council", "England"):
        taken = [
            each
            for texts in typed.values()
            for each in timed(lambda query: suggest(query.text, council=query.near.council_code if where == "council" else None), texts)  # noqa: B023
        ]
        print(f"{'suggest':18} {where:22} {spread(taken)}")
    slips = [query for query in asked if query.kind == "typo"]
    right = timed(lambda query: read(query, exact=True), slips)
    timed(lambda _query: knowledge(sync.keeper().opened()).speller.corrected.cache_clear(), slips[:1])
    wrong = timed(lambda query: read(query, exact=False), slips)
    print(f"{'correction':18} {'extra of 50 typos':22} {spread([b - a for a, b in zip(right, wrong, strict=True)])}")
    shown: list[list[str]] = []
    timed(lambda query: shown.append(find(query, "council")[:TOP]))
    kept = retrieval.MOST
    retrieval.MOST = 1_000_000
    whole: list[list[str]] = []
    timed(lambda query: whole.append(find(query, "council")[:TOP]))
    retrieval.MOST = kept
    shares = [len(set(a) & set(b)) / len(b) for a, b in zip(shown, whole, strict=True) if b]
    same = sum(a == b for a, b in zip(shown, whole, strict=True))
    overlap = sum(shares) / len(shares)
    print(f"top {TOP} beside the ranking of all that match: overlap {overlap:.3f}, {same} of {len(whole)} alike to the last")


def read(query: Query, *, exact: bool) -> object:
    where = Where((query.near.lat, query.near.lon), query.near.council_code)
    return understand(query.text, sync.keeper().opened(), where, exact=exact)


def prefix(query: Query, length: int) -> Query:
    return replace(query, text=query.text[:length])


def percentile(taken: Sequence[float], share: float) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def spread(taken: Sequence[float]) -> str:
    return f"{percentile(taken, 0.5):8.2f} {percentile(taken, 0.95):8.2f}"


def memory() -> dict[str, float]:
    """Resident megabytes: the process's own, and those of files that it maps."""
    status = Path(f"/proc/{os.getpid()}/status").read_text()
    return {name: int(re.search(rf"{key}:\s+(\d+)", status)[1]) / 1024 for name, key in (("own", "RssAnon"), ("mapped files", "RssFile"))}  # type: ignore[index]


def difference(before: dict[str, float], after: dict[str, float]) -> str:
    return ", ".join(f"{after[name] - before[name]:.0f} MB {name}" for name in before)


if __name__ == "__main__":
    main(int(sys.argv[1]))
