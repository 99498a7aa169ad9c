"""How long the assistant takes for one text, without the web: reading alone, and the whole answer with its question.

    .venv/bin/python bench/engine.py

Texts of 150 to 220 characters from tests/unit/assistant, each the best of five; then texts of 4,000 characters made of several,
and hostile ones of 1,000, 4,000 and 16,000 characters, where four times the length should take about four times as long.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.assistant.answering import Conversation, Knowledge, answer, mention_tree  # noqa: E402
from app.assistant.codes import read_codes  # noqa: E402
from app.assistant.knowledge import read_ranking  # noqa: E402
from app.vocabulary import catalogue, lexicon  # noqa: E402
from app.vocabulary.reading import read  # noqa: E402

HOSTILE = ("no ", "he ", "she cannot get up the stairs and ", "wife, ", "not not not, ", "?", "a" * 39 + " ")


def main() -> None:
    started = time.perf_counter()
    content = ROOT / "content"
    known = catalogue.load(content)
    words = lexicon.load(content, [*known.needs, *known.red_flags])
    knowledge = Knowledge(known, words, read_ranking(content, known), mention_tree(known), read_codes(content))
    gc.freeze()
    print(f"loaded in {time.perf_counter() - started:.1f} s")

    def reading(text: str) -> object:
        return read([text], words, known.red_flags)

    def whole(text: str) -> object:
        return answer(Conversation((text,), {}, {}), knowledge)

    texts = [json.loads(line)["text"] for path in sorted((ROOT / "tests/unit/assistant").glob("*/[ro]*.jsonl")) for line in path.open()]
    short = [text for text in texts if 150 <= len(text) <= 220]
    long = [" ".join(texts[n : n + 40])[:4000] for n in range(0, len(texts) - 40, 40)]
    for name, work in (("reading", reading), ("whole answer", whole)):
        for kind, sample in ((f"{len(short)} of 150 to 220 characters", short), (f"{len(long)} of 4,000", long)):
            taken = sorted(best(work, text) for text in sample)
            print(f"{name:13} {kind:30} p50 {taken[len(taken) // 2]:.2f} ms  p95 {taken[int(len(taken) * 0.95)]:.2f} ms")
    for seed in HOSTILE:
        at = [best(whole, (seed * 16_000)[:size]) for size in (1_000, 4_000, 16_000)]
        print(f"hostile {seed[:20]!r:24} {at[0]:.1f} {at[1]:.1f} {at[2]:.1f} ms: times {at[1] / at[0]:.1f}, {at[2] / at[1]:.1f}")


def best(work: Callable[[str], object], text: str, of: int = 5) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(of):
        started = time.perf_counter()
        work(text)
        taken.append(time.perf_counter() - started)
    return min(taken) * 1000


if __name__ == "__main__":
    main()
