"""The fresh rounds: each scored once, as it was first read, before anything was changed for it.

    .venv/bin/python bench/rounds.py

The texts with their settled labels stand in tests/unit/assistant/rounds, what was read at the first run in bench/rounds; the
measures are those of ../shared/eval/assistant/score.py. Then the last three rounds pooled, with 95% intervals from 2,000
bootstrap samples of texts, and beside them a peer on the same texts: the taxonomy's own cues and triggers as plain keywords,
with the five commonest alternatives.
"""

import importlib.util
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT.parent / "shared/eval/assistant/score.py"
SHOWN = {
    "needs_f1": "needs F1",
    "needs_recall": "recall",
    "absent_needs_false_alarm": "absent, false",
    "red_flag_recall": "flag recall",
    "level_1": "level 1",
    "red_flag_false_alarm_items": "falsely flagged",
    "ndcg@5": "nDCG@5",
    "grade3_recall@5": "grade 3",
    "unsuitable": "unsuitable",
    "asked": "asked",
}
LEVEL_1 = {
    "immediate_danger_999", "carer_breakdown_now", "urgent_2h_response", "suicide_risk", "missing_or_at_risk_outside",
    "end_of_life_crisis",
}  # fmt: skip


def main() -> None:
    if not SCORER.exists():
        sys.exit("../shared is not here: the scorer is read from it")
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    names = sorted((path.stem for path in (ROOT / "bench/rounds").glob("r*.jsonl")), key=lambda name: int(name[1:]))
    judged = {name: judge(name, score) for name in names}
    print("round     texts  " + "  ".join(SHOWN.values()))
    for name, items in judged.items():
        print(f"{name:9} {len(items):5}  " + row(figures(items, score)))
    pool = [item for name in names[-3:] for item in judged[name]]
    print(f"{'+'.join(names[-3:]):9} {len(pool):5}  " + row(figures(pool, score)))
    print(f"keywords  {len(pool):5}  " + row(figures(keywords(names[-3:], score), score)))
    chance = random.Random(1)
    samples = [figures([chance.choice(pool) for _ in pool], score) for _ in range(2000)]
    for key, label in SHOWN.items():
        known = sorted(sample[key] for sample in samples if sample[key] is not None)
        print(f"  {label:16} {known[int(len(known) * 0.025)]:.3f} to {known[int(len(known) * 0.975)]:.3f}")


def judge(name: str, score: Any) -> list[dict[str, Any]]:
    """Every text of a round with the scorer's verdict on its first reading."""
    texts = texts_of(name)
    read = {item["id"]: item for line in (ROOT / f"bench/rounds/{name}.jsonl").read_text().splitlines() for item in [json.loads(line)]}
    found = []
    for text in texts:
        prediction = {key: [i for i in read[text["id"]][key] if i in score.LISTS[key]] for key in ("needs", "red_flags", "alternatives")}
        found.append({**score.judge(text, prediction), "asked": bool(read[text["id"]]["question"])})
    return found


def texts_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / f"tests/unit/assistant/rounds/{name}.jsonl").read_text().splitlines()]


def keywords(names: Sequence[str], score: Any) -> list[dict[str, Any]]:
    """The same texts read by a flat match of the taxonomy's cues."""
    taxonomy = yaml.safe_load((ROOT.parent / "shared/domain/taxonomy.yaml").read_text())
    cues = {need["id"]: [*need.get("strong", []), *need.get("weak", [])] for need in taxonomy["needs"]}
    flags = {flag["id"]: flag.get("triggers", []) for flag in taxonomy["red_flags"]}
    commonest = ["care_needs_assessment", "carers_assessment", "telecare", "equipment_adaptations", "home_care"]

    def said(text: str, phrases: Sequence[str]) -> bool:
        return any(re.search(rf"(?<![a-z]){re.escape(phrase.lower())}(?![a-z])", text.lower()) for phrase in phrases)

    found = []
    for text in (text for name in names for text in texts_of(name)):
        prediction = {
            "needs": [need for need, phrases in cues.items() if need in score.NEEDS and said(text["text"], phrases)],
            "red_flags": [flag for flag, phrases in flags.items() if flag in score.RED_FLAGS and said(text["text"], phrases)],
            "alternatives": commonest,
        }
        found.append({**score.judge(text, prediction), "asked": False})
    return found


def figures(items: Sequence[dict[str, Any]], score: Any) -> dict[str, float | None]:
    first = [(len(LEVEL_1 & set(item["rf_tp"])), len(LEVEL_1 & set(item["rf_fn"]))) for item in items]
    labelled = sum(hit + missed for hit, missed in first)
    return {
        **score.summary(items),
        "level_1": sum(hit for hit, _ in first) / labelled if labelled else None,
        "unsuitable": score.summary(items)["unsuitable_in_top5"],
        "asked": sum(item["asked"] for item in items) / len(items),
    }


def row(figure: dict[str, float | None]) -> str:
    return "  ".join(f"{figure[key]:.3f}".rjust(len(label)) if figure[key] is not None else "-" for key, label in SHOWN.items())


if __name__ == "__main__":
    main()
