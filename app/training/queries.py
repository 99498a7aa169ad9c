"""What training can be read for: the modules, and how far an attempt has come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import func, inspect, select

from app.content.kinds import held
from app.content.problems import ContentError
from app.content.schema import Reviewed
from app.extensions import Base, db
from app.training import catalogue
from app.training.catalogue import Module, figures_without_source
from app.training.kits.queries import meeting_of
from app.training.kits.schema import Meeting, Vignette
from app.training.marking import Given
from app.training.models import Answer, Attempt
from app.training.releases import release
from app.vocabulary import queries as vocabulary
from app.vocabulary.catalogue import support_of

__all__ = ["Meeting", "Module", "Vignette", "meeting_of"]

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class AttemptState:
    """An attempt as it stands. `page` is the step that comes next; by question, `answers` has what was answered, and `sure` how sure the
    learner said that they were, from 1 to 3, where they said it."""

    token: str
    module: str
    version: str
    release: str
    part: str
    follows: str | None
    person: str | None
    council: str | None
    page: str
    started_at: datetime
    stopped_at: datetime
    active_seconds: int
    finished_at: datetime | None
    right_before: int | None
    asked_before: int | None
    right: int | None
    asked: int | None
    answers: dict[str, Given]
    sure: dict[str, int]


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
    return _states([attempt])[0] if attempt else None


def attempts_of(person: str) -> list[AttemptState]:
    """Somebody's attempts and follow-ups, the last touched first."""
    own = select(Attempt).where(Attempt.person_id == person).order_by(Attempt.touched_at.desc(), Attempt.token)
    return _states(db.session.scalars(own).all())


def module_of(attempt: AttemptState) -> Module:
    """The module as it was when the attempt began."""
    now = modules().get(attempt.module)
    return now if now and now.release == attempt.release else release(attempt.release)


def own_data(person: str) -> list[dict[str, Any]]:
    """Everything that training keeps about somebody: each attempt with its answers. Its release is not about them."""
    own = db.session.scalars(select(Attempt).where(Attempt.person_id == person).order_by(Attempt.started_at, Attempt.token)).all()
    answers = _answers(own)
    return [
        _told(attempt, "person_id", "release") | {"answers": [_told(one, "token") for one in answers[attempt.token]]} for attempt in own
    ]


def sureness(person: str) -> dict[tuple[int, bool], int]:
    """How many of somebody's first answers were right or wrong, by how sure they said that they were, from 1 to 3."""
    mine = (Attempt.person_id == person, Answer.sure.is_not(None))
    wanted = select(Answer.sure, Answer.is_right, func.count()).join(Attempt, Attempt.token == Answer.token).where(*mine)
    counted = db.session.execute(wanted.group_by(Answer.sure, Answer.is_right))
    return {(sure, right): number for sure, right, number in counted if sure}


def _told(row: Base, *left_out: str) -> dict[str, Any]:
    every = {column.key: getattr(row, column.key) for column in inspect(row).mapper.columns if column.key not in left_out}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in every.items()}


def _answers(attempts: Sequence[Attempt]) -> dict[str, list[Answer]]:
    """The answers of attempts, by their tokens, in the order in which they were given."""
    found: dict[str, list[Answer]] = {attempt.token: [] for attempt in attempts}
    wanted = select(Answer).where(Answer.token.in_(found)).order_by(Answer.answered_at, Answer.question)
    for answer in db.session.scalars(wanted):
        found[answer.token].append(answer)
    return found


def _states(attempts: Sequence[Attempt]) -> list[AttemptState]:
    answers = _answers(attempts)
    return [_state(attempt, answers[attempt.token]) for attempt in attempts]


def _state(attempt: Attempt, answers: Sequence[Answer]) -> AttemptState:
    return AttemptState(
        token=attempt.token, module=attempt.module, version=attempt.version, release=attempt.release, part=attempt.part,
        follows=attempt.follows, person=attempt.person_id, council=attempt.council_code, page=attempt.page,
        started_at=attempt.started_at, stopped_at=attempt.touched_at, active_seconds=attempt.active_seconds,
        finished_at=attempt.finished_at, right_before=attempt.right_before, asked_before=attempt.asked_before, right=attempt.right,
        asked=attempt.asked, answers={answer.question: tuple(answer.given) for answer in answers},
        sure={answer.question: answer.sure for answer in answers if answer.sure},
    )  # fmt: skip
