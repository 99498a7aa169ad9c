"""Sayings: many ways in which people say one thing, and near misses, by the need or danger in whose file they stand.

They are heavy in odd idiom, and the classes keep to what many would say; the floors only see to it that what was once learnt
stays.
"""

import json
from collections.abc import Callable
from pathlib import Path

from app.vocabulary.reading import Reading

FOLDER = Path(__file__).parent / "sayings"
SAYINGS = [(path.stem, json.loads(line)) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text().splitlines()]


def test_most_sayings_are_read_and_few_near_misses(reading_of: Callable[..., Reading]) -> None:
    read = missed = near = wrong = 0
    for identity, saying in SAYINGS:
        reading = reading_of(saying["text"])
        found = identity in {item.id for item in (*reading.needs, *reading.red_flags)}
        if identity in (*saying["needs"], *saying["red_flags"]):
            read, missed = read + found, missed + (not found)
        elif identity in saying["absent"]:
            near, wrong = near + 1, wrong + found
    assert read / (read + missed) >= 0.71
    assert wrong / near <= 0.08
