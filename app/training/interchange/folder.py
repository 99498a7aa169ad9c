"""The folder of a module that is being written, from a draft of its questions."""

from pathlib import Path

import yaml
from flask import current_app

from app.training.interchange.drafts import Draft

LEFT_OVER = "left-over.gift"
"""Holds, as they stood, the questions that were not taken over whole."""


class Taken(Exception):
    """There is a module in the folder already."""


def write(folder: Path, draft: Draft) -> None:
    """Make the folder with module.yaml to be filled in, questions.yaml and what was left over. Raises Taken, and OSError."""
    if any((folder / name).exists() for name in ("module.yaml", "questions.yaml", LEFT_OVER)):
        raise Taken
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = dict.fromkeys(one["outcome"] for one in draft.questions if "outcome" in one)
    head = current_app.jinja_env.get_template("training/draft/module.yaml").render(slug=folder.resolve().name, outcomes=outcomes)
    (folder / "module.yaml").write_text(head + "\n", encoding="utf-8")
    questions = yaml.safe_dump(draft.bank, allow_unicode=True, sort_keys=False, width=120)
    (folder / "questions.yaml").write_text(questions, encoding="utf-8")
    if draft.left:
        (folder / LEFT_OVER).write_text("\n\n".join(draft.left) + "\n", encoding="utf-8")
