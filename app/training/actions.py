"""What a learner does to an attempt. Each verb stands in the database before anybody is told that it does."""

import secrets
from collections.abc import Set
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events import actions as events
from app.events.kinds import ModuleFinished, ModuleStarted
from app.extensions import db
from app.training.catalogue import Module
from app.training.marking import Verdict, mark
from app.training.models import Answer, Attempt
from app.training.progress import FINISH
from app.training.schema import Question


def start(*, module: Module, council: str | None, practice: str | None) -> str:
    """Begin an attempt and return its token: 128 random bits, and the only key to it."""
    token = secrets.token_hex(16)
    with db.writing() as session:
        session.add(
            Attempt(
                token=token,
                module=module.head.slug,
                version=module.head.version,
                council_code=council,
                practice_code=practice,
                started_at=datetime.now(UTC),
                page=module.way.steps[0],
            )
        )
        events.record(ModuleStarted(module=module.head.slug), council=council, practice=practice)
    return token


def read_on(*, token: str, module: Module, page: str) -> None:
    """Go on from a page of text. Going on from a page that was left before changes nothing."""
    with db.writing() as session:
        attempt = _locked(session, token)
        if attempt.page == page:
            attempt.page = module.way.after(page)


def answer(*, token: str, module: Module, question: Question, chosen: Set[str]) -> bool:
    """Take the answer if this question comes next; False, and nothing changed, if it has been answered."""
    with db.writing() as session:
        attempt = _locked(session, token)
        if attempt.page != question.id:
            return False
        is_right = mark(question.right, chosen).verdict is Verdict.RIGHT
        now = datetime.now(UTC)
        session.add(Answer(token=token, question=question.id, chosen=sorted(chosen), is_right=is_right, answered_at=now))
        attempt.page = module.way.after(question.id)
        if attempt.page == FINISH:
            _finish(session, attempt, now)
    return True


def _finish(session: Session, attempt: Attempt, now: datetime) -> None:
    """The score is written once, with the last answer, and counts for the place where the attempt began."""
    marks = list(session.scalars(select(Answer.is_right).where(Answer.token == attempt.token)))
    attempt.finished_at = now
    attempt.right, attempt.asked = sum(marks), len(marks)
    event = ModuleFinished(module=attempt.module, right=attempt.right, asked=attempt.asked)
    events.record(event, council=attempt.council_code, practice=attempt.practice_code)


def _locked(session: Session, token: str) -> Attempt:
    """The attempt, held against another request that would change it at the same moment."""
    return session.get_one(Attempt, token, with_for_update=True)
