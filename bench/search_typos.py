"""Typos over the words of services: how often the first result of the right spelling is still among the first three.

    .venv/bin/python bench/search_typos.py 10000

200 words of names and types of the services of `services.py`, each with one slip (a letter lost, doubled, wrong or too many, or two
swapped), each searched from a practice in the council of a service that bears the word.
"""

import json
import random
import sqlite3
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from search_queries import SHORTEST, with_typo  # noqa: E402
from services import application  # noqa: E402

from app.places.queries import Point  # noqa: E402
from app.search import queries as search  # noqa: E402
from app.search.words import words  # noqa: E402

TYPOS, FIRST = 200, 3


def main(number: int) -> None:
    app = application(number)
    chance = random.Random(1)
    database = sqlite3.connect(app.config["DATA_DIR"] / "fingerpost.sqlite3")
    (last,) = database.execute("SELECT max(id) FROM service_version").fetchone()
    kept, lost, failures = 0, Counter[str](), []
    asked = 0
    while asked < TYPOS:
        (record,) = database.execute("SELECT record FROM service_version WHERE id = ?", (chance.randint(1, last),)).fetchone()
        service = json.loads(record)
        heads = words(" ".join((service["name"], *service.get("types", ()))))
        long = [word for word in heads if len(word) >= SHORTEST and word.isalpha()]
        if not long or not service.get("council_code") or service.get("lat") is None:
            continue
        word = chance.choice(long)
        typo = with_typo(chance, word)
        near = Point(service["lat"], service["lon"], "", service["council_code"])
        with app.app_context():
            right = search.search(word, near=near).hits[:1]
            found = search.search(typo, near=near)
        if not right or typo == word:
            continue
        asked += 1
        if right[0].service.id in [hit.service.id for hit in found.hits[:FIRST]]:
            kept += 1
        else:
            read = "left as it was" if found.corrected is None else "put right" if found.corrected == word else "taken for another word"
            lost[read] += 1
            failures.append(f"{word} {typo} {found.corrected or '-'}")
    print(f"{kept / TYPOS:.3f} of {TYPOS} typos; of the others {dict(lost)}")
    print("; ".join(failures))


if __name__ == "__main__":
    main(int(sys.argv[1]))
