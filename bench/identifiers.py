"""How long the guard takes to look through 100,000 characters for identifiers, and how that grows.

    .venv/bin/python bench/identifiers.py

Clean lines and identifiers of tests/unit/vocabulary/identifiers, joined by line breaks, then hostile texts; processor time, the
best of five, for 50,000 and 100,000 characters. Where something is found the blanked text is looked through once more.
"""

import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.vocabulary.identifiers import find, identify  # noqa: E402
from tests.unit.vocabulary.identifiers.corpus import clean, lists, unmarked  # noqa: E402

HOSTILE = ("0 ", "1/1/", "a@", "one ", "14 Oak Tree ", "9\u200b")


def main() -> None:
    r = random.Random(1)
    marked = [line for lines in lists("hard").values() for line in lines]
    texts = {
        "clean lines": "\n".join(r.choices(clean(), k=4000)),
        "identifiers": "\n".join(unmarked(line)[0] for line in r.choices(marked, k=4000)),
    }
    texts |= {f"hostile {part!r}": part * 100_000 for part in HOSTILE}
    for name, text in texts.items():
        half, whole = best(text[:50_000]), best(text[:100_000])
        print(f"{name:24} refusing {half[0]:5.0f} {whole[0]:5.0f} ms   blanking {half[1]:5.0f} {whole[1]:5.0f} ms")


def best(text: str) -> tuple[float, float]:
    """Milliseconds to identify and to find what is blanked."""
    return timed(identify, text), timed(find, text)


def timed(work: object, text: str) -> float:
    taken = []
    for _ in range(5):
        started = time.process_time()
        work(text)  # type: ignore[operator]
        taken.append(time.process_time() - started)
    return min(taken) * 1000


if __name__ == "__main__":
    main()
