"""The fresh rounds: each scored once, as it was first read, before anything was changed for it.

    .venv/bin/python bench/rounds.py

The texts with their settled labels stand in tests/unit/assistant/rounds, what was read at the first run in bench/rounds; the
measures are those of ../shared/eval/assistant/score.py. The last line pools the last three rounds, with 95% intervals from
2,000 bootstrap samples of texts.
"""

import importlib.util
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    chance = random.Random(1)
    samples = [figures([chance.choice(pool) for _ in pool], score) for _ in range(2000)]
    for key, label in SHOWN.items():
        known = sorted(sample[key] for sample in samples if sample[key] is not None)
        print(f"  {label:16} {known[int(len(known) * 0.025)]:.3f} to {known[int(len(known) * 0.975)]:.3f}")


def judge(name: str, score: Any) -> list[dict[str, Any]]:
    """Every text of a round with the scorer's verdict on its first reading."""
    texts = [json.loads(line) for line in (ROOT / f"tests/unit/assistant/rounds/{name}.jsonl").read_text().splitlines()]
    read = {item["id"]: item for line in (ROOT / f"bench/rounds/{name}.jsonl").read_text().splitlines() for item in [json.loads(line)]}
    found = []
    for text in texts:
        prediction = {key: [i for i in read[text["id"]][key] if i in score.LISTS[key]] for key in ("needs", "red_flags", "alternatives")}
        found.append({**score.judge(text, prediction), "asked": bool(read[text["id"]]["question"])})
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
