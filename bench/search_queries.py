"""Queries as GPs make them, over the services that `services.py` made: 300 of six kinds, each from a real practice."""

import json
import random
import sqlite3
import string
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402

from app.places.queries import Point  # noqa: E402
from app.search.understanding import words_known  # noqa: E402
from app.search.words import words  # noqa: E402
from app.vocabulary import queries as vocabulary  # noqa: E402

EACH = 50
SHORTEST = 6
"""Letters of a word that gets a typo."""


@dataclass(frozen=True)
class Query:
    """A text, the practice where it is asked, and a category to narrow by; `right` is the text without its typo."""

    kind: str
    text: str
    practice: str
    near: Point
    category: str
    right: str


def queries(app: Flask, seed: int) -> list[Query]:
    """The same ones for the same services and seed."""
    chance = random.Random(seed)
    database = sqlite3.connect(app.config["DATA_DIR"] / "fingerpost.sqlite3")
    (last,) = database.execute("SELECT max(id) FROM service_version").fetchone()
    practices: dict[str, list[tuple[str, Point]]] = {}
    for ods_code, name, code, lat, lon in database.execute(
        "SELECT ods_code, name, council_code, lat, lon FROM practice WHERE lat IS NOT NULL ORDER BY ods_code"
    ):
        practices.setdefault(code, []).append((ods_code, Point(lat, lon, name, code)))
    categories = [row[0] for row in database.execute("SELECT DISTINCT alternative FROM service_alternative ORDER BY 1")]
    alternatives, needs = vocabulary.alternatives(), vocabulary.vocabulary(app).needs
    asked = sorted({text for each in (*alternatives.values(), *needs.values()) for text in each.asked_for_as})
    ignored = words_known(app).ignored
    made = []
    for kind in ("one word", "three words", "need phrase", "name", "typo", "place"):
        while sum(query.kind == kind for query in made) < EACH:
            (record,) = database.execute("SELECT record FROM service_version WHERE id = ?", (chance.randint(1, last),)).fetchone()
            service = json.loads(record)
            spoken = [word for word in words(f"{service['name']} {service['description']}") if len(word) > 3 and word not in ignored]
            if not service.get("council_code") or not service.get("sites") or len(spoken) < 3:
                continue
            text = right = {
                "one word": chance.choice(spoken),
                "three words": " ".join(chance.sample(spoken, 3)),
                "name": service["name"],
                "place": f"{chance.choice(asked)} {service['sites'][0]['address'].rpartition(',')[2].strip()}",
            }.get(kind, chance.choice(asked))
            if kind == "typo":
                text = with_typo(chance, right)
                if text == right:
                    continue
            made.append(Query(kind, text, *chance.choice(practices[service["council_code"]]), chance.choice(categories), right))
    return made


def with_typo(chance: random.Random, text: str) -> str:
    """The text with one slip in one of its longer words: a letter lost, doubled, wrong, too many, or two swapped."""
    long = [word for word in text.split() if len(word) >= SHORTEST and word.isalpha()]
    if not long:
        return text
    word = chance.choice(long)
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice(string.ascii_lowercase)
    slipped = chance.choice((
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ))  # fmt: skip
    return text.replace(word, slipped, 1)
