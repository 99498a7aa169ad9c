"""Short conversations in ten voices: a wish, a thing taken back, a question in context, a danger said later, an answer in words.

How they were read at first is in bench/RESULTS.md; these floors only see to it that what was once learnt stays. Dangers have
none: every one is raised.
"""

import json
from collections import Counter
from pathlib import Path

from tests.unit.assistant.test_answering import ask, first

FOLDER = Path(__file__).parent / "conversations"
CONVERSATIONS = [json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text().splitlines()]
FLOORS = {"needs_present": 0.93, "needs_not_present": 0.95, "red_flags": 1.0, "red_flags_not": 1.0, "top5_includes": 0.97}


def test_conversations_are_read_as_they_were_meant() -> None:
    wanted, held = Counter[str](), Counter[str]()
    for conversation in CONVERSATIONS:
        said: list[str] = []
        for turn in conversation["turns"]:
            said.append(turn["text"])
            made = ask(*said)
            read = {"needs": set(made.needs), "red_flags": {item.flag.id for item in made.red_flags}, "top5": set(first(made))}
            for kind in FLOORS:
                found = read[kind.removesuffix("_present").removesuffix("_not").removesuffix("_includes")]
                wanted[kind] += len(turn["expect"][kind])
                held[kind] += sum((identity in found) is not kind.endswith(("_not", "not_present")) for identity in turn["expect"][kind])
    short = {kind: f"{held[kind]} of {wanted[kind]}" for kind, floor in FLOORS.items() if held[kind] < floor * wanted[kind]}
    assert not short
