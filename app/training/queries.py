"""What training can be read for: the modules, and how far an attempt has come."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select

from app.content.kinds import held
from app.content.problems import ContentError
from app.content.schema import Reviewed
from app.extensions import db
from app.training import catalogue
from app.training.catalogue import Module, figures_without_source
from app.training.models import Answer, Attempt
from app.vocabulary import queries as vocabulary
from app.vocabulary.catalogue import support_of

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class AttemptState:
    """An attempt as it stands. `page` is the step that comes next; `answers` has the options chosen, by question."""

    token: str
    module: str
    version: str
    page: str
    stopped_at: datetime
    finished_at: datetime | None
    right: int | None
    asked: int | None
    answers: dict[str, frozenset[str]]


def modules(app: Flask | None = None) -> dict[str, Module]:
    """Every module by its slug, read once for an application. Raises ContentError."""
    app = app or current_app
    words = vocabulary.vocabulary(app)
    return held(app, "modules", lambda: catalogue.load(app.config["MODULES_DIR"], sources=words.sources, alternatives=words.alternatives))


def heads(app: Flask) -> dict[Path, Reviewed]:
    """The reviewed heads of every file of every module, for the content check; every figure in them has a source."""
    support = support_of(vocabulary.vocabulary(app))
    if problems := [problem for module in modules(app).values() for problem in figures_without_source(module, support)]:
        raise ContentError(problems)
    return {path: head for module in modules(app).values() for path, head in module.heads.items()}


def attempt_or_none(token: str) -> AttemptState | None:
    """The attempt with this token. Anything that is not a token finds nothing."""
    attempt = db.session.get(Attempt, token) if _TOKEN.fullmatch(token) else None
    if attempt is None:
        return None
    answers = list(db.session.scalars(select(Answer).where(Answer.token == token)))
    return AttemptState(
        token=token,
        module=attempt.module,
        version=attempt.version,
        page=attempt.page,
        stopped_at=max((answer.answered_at for answer in answers), default=attempt.started_at),
        finished_at=attempt.finished_at,
        right=attempt.right,
        asked=attempt.asked,
        answers={answer.question: frozenset(answer.chosen) for answer in answers},
    )
