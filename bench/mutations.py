"""Small changes that must not change the reading: case, one typo, the order of sentences.

    .venv/bin/python bench/mutations.py

For each kind: the share of the written texts whose needs or dangers change, and how many dangers of level 1 are lost.
"""

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.assistant.answering import Answer, Conversation, Knowledge, answer, mention_tree  # noqa: E402
from app.assistant.codes import read_codes  # noqa: E402
from app.assistant.knowledge import read_ranking  # noqa: E402
from app.vocabulary import catalogue, lexicon  # noqa: E402

CHANCE = random.Random(7)


def typo(text: str) -> str:
    """Two neighbouring letters of one long word, not the first, change places."""
    words = [match for match in re.finditer(r"[a-z]{6,}", text)]
    if not words:
        return text
    word = CHANCE.choice(words)
    at = CHANCE.randrange(word.start() + 1, word.end() - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def turned(text: str) -> str:
    """The sentences in the reverse order. The last, now before others, is closed if it was not; "d. Friday" is not torn."""
    sentences = re.split(r"(?<=[.!?])(?<!\b[A-Za-z]\.)\s+", text.strip())
    return " ".join(sentence if sentence[-1:] in tuple(".!?") else f"{sentence}." for sentence in reversed(sentences))


CHANGES: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "lower case": str.lower,
    "one typo": typo,
    "sentences turned round": turned,
}


def main() -> None:
    content = ROOT / "content"
    known = catalogue.load(content)
    words = lexicon.load(content, [*known.needs, *known.red_flags])
    knowledge = Knowledge(known, words, read_ranking(content, known), mention_tree(known), read_codes(content))
    folders = (ROOT / "tests/unit/assistant/rounds", ROOT / "tests/unit/assistant/development")
    rounds = sorted(path for folder in folders for path in folder.glob("[or]*.jsonl"))
    texts = [json.loads(line)["text"] for path in rounds for line in path.read_text().splitlines()]

    def read(text: str) -> Answer:
        return answer(Conversation((text,), {}, {}), knowledge)

    for name, change in CHANGES.items():
        changed = lost = 0
        for text in texts:
            before, after = read(text), read(change(text))
            flags = {item.flag.id: item.flag.level for item in before.red_flags}
            still = {item.flag.id for item in after.red_flags}
            changed += (set(before.needs), set(flags)) != (set(after.needs), still)
            lost += sum(level == 1 and flag not in still for flag, level in flags.items())
        print(f"{name:24} {changed / len(texts):.3f} of {len(texts)} readings changed, {lost} dangers of level 1 lost")


if __name__ == "__main__":
    main()
