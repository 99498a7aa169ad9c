"""kill -9 at random moments: half while records are read and staged, half around the publication."""

import json
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from app.directory import actions
from app.extensions import db
from bench.directory_databases import SHARED, Databases, Place, state, table
from bench.directory_feed import lines

RECORDS = 1_200
AROUND_PUBLICATION = 0.1
"""Seconds after everything is staged, within which half of the kills come."""
NAMED = ("--source", "bench")
"""Both feeds are one, whose services have changed."""


def measured(databases: Databases, kind: str, kills: int) -> None:
    """Kill an import so many times; after each, hold the directory against the old and the new one, and let an import finish."""
    outcomes: Counter[str] = Counter()
    chance = random.Random(7)
    with databases.fresh(kind) as place, place.app():
        feeds = _feeds(place.folder)
        directories = {}
        for name in ("new", "old"):
            whole = place.imports(feeds[name], *NAMED)
            directories[state()] = name
        for number in range(kills):
            before = directories[state()]
            feed = feeds[_other(before)]
            importing = number % 2 == 0
            alive = _killed(place, feed, whole.seconds * chance.random()) if importing else _killed_publishing(place, feed, chance)
            found = directories.get(state(), "NEITHER")
            moment = "while importing" if importing else "around the publication"
            outcomes[f"killed {moment}" if alive else "ended before the kill"] += 1
            outcomes["directory " + ("as before" if found == before else "the new one" if found in feeds else "NEITHER")] += 1
            place.imports(feeds[_other(found)], *NAMED)
            outcomes["the next import finished"] += directories.get(state()) == _other(found)
    title = f"{kind}: {kills} kills, two directories of {RECORDS:,} services, each import {whole.seconds:.1f} s"
    table(title, ("what came of it", "times"), sorted(outcomes.items()))


def _other(name: str) -> str:
    return "new" if name == "old" else "old"


def _feeds(folder: Path) -> dict[str, Path]:
    """Two feeds; in the second a third of the records is changed, and a tenth of each is not in the other."""
    records = [json.loads(line) for line in lines(RECORDS * 11 // 10, SHARED)]
    new = [record | ({"name": f"{record['name']} anew"} if place % 3 == 0 else {}) for place, record in enumerate(records)]
    found = {}
    for name, kept in (("old", records[:RECORDS]), ("new", new[-RECORDS:])):
        found[name] = folder / f"{name}.ndjson"
        found[name].write_text("\n".join(map(json.dumps, kept)))
    return found


def _started(place: Place, feed: Path) -> subprocess.Popen[bytes]:
    return place.start("directory", "import", str(feed), "--format", "oruk", "--report", str(place.folder / "report.csv"), *NAMED)


def _killed(place: Place, feed: Path, moment: float) -> bool:
    """Kill an import when it is that many seconds old, but not before it has said how many records it has read. True where it was
    still running."""
    process, started = _started(place, feed), time.perf_counter()
    while process.poll() is None and not (place.folder / "said.txt").stat().st_size:
        time.sleep(0.005)
    time.sleep(max(0.0, moment - time.perf_counter() + started))
    return _kill(process)


def _killed_publishing(place: Place, feed: Path, chance: random.Random) -> bool:
    """Kill an import shortly after all of it is staged. True where it was still running."""
    process = _started(place, feed)
    while process.poll() is None and not actions.staged_imports():
        db.session.rollback()
        time.sleep(0.002)
    time.sleep(chance.uniform(0.0, AROUND_PUBLICATION))
    return _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> bool:
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive
