"""The pilot feed whole, the same again, and every line of the dirty feed as its key says."""

import csv
import re
from collections import defaultdict

from bench.directory_databases import PILOT, SHARED, Databases, Place, state, table
from bench.directory_feed import pilot

DIRTY = SHARED / "data/pilot/services_dirty.ndjson.gz"
KEY = SHARED / "data/pilot/dirty_key.csv"
GRAVITY = ("accept", "accept-with-repair", "reject")
UNSEEN = "blank_line"
"""A line of the dirty feed that holds no record."""


def measured(databases: Databases, kind: str) -> None:
    """Import the three, and show how many records were treated as they should be."""
    with databases.fresh(kind) as place, place.app():
        first = _counts(place.imports(PILOT).output)
        live = state()
        again = _counts(place.imports(PILOT).output)
        same = state() == live
    with databases.fresh(kind) as place:
        place.imports(DIRTY)
        found = _verdicts(place)
    with KEY.open() as file:
        key = list(csv.DictReader(file))
    wrong = [row for row in key if found[int(row["line"])] != (GRAVITY[0] if row["fault"] == UNSEEN else row["verdict"])]
    for row in wrong:
        print(f"line {row['line']} ({row['fault']}): {found[int(row['line'])]} instead of {row['verdict']}")
    rows: list[tuple[object, ...]] = [
        ("pilot feed: valid records taken", f"{first['new']} of {len(pilot(SHARED))}"),
        ("the same again: new, changed and vanished", again["new"] + again["changed"] + again["vanished"]),
        ("the same again: the directory", "the same" if same else "ANOTHER"),
        ("dirty feed: lines treated as the key says", f"{len(key) - len(wrong)} of {len(key)}"),
    ]
    table(f"{kind}: pilot and dirty feed", ("", ""), rows)


def _verdicts(place: Place) -> dict[int, str]:
    """The gravest verdict on each line that the report names; every other line was accepted."""
    found: dict[int, str] = defaultdict(lambda: GRAVITY[0])
    with (place.folder / "report.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found[int(row["line"])] = max(found[int(row["line"])], row["verdict"], key=GRAVITY.index)
    return found


def _counts(output: str) -> dict[str, int]:
    return {name: int(number) for number, name in re.findall(r"(\d+) (new|changed|unchanged|vanished|rejected)\b", output)}
