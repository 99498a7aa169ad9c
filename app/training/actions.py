"""What a learner does to an attempt. Each verb stands in the database before anybody is told that it does."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events import actions as events
from app.events.kinds import ModuleFinished, ModuleStarted
from app.extensions import db
from app.training import releases
from app.training.catalogue import Module
from app.training.marking import Verdict, mark
from app.training.measures import actions as measures
from app.training.models import Answer, Attempt
from app.training.progress import FINISH, MODULE
from app.training.records import actions as records
from app.training.schema import Form, Question

LONGEST_PAUSE = 300
"""Seconds between two steps that still count as time spent; somebody who was away longer counts as having been here that long."""


def start(*, module: Module, council: str | None, practice: str | None, person: str | None = None) -> str:
    """Begin an attempt and return its token: 128 random bits, and, where nobody is signed in, the only key to it."""
    with db.writing() as session:
        token = _begun(session, module, MODULE, person, council, practice).token
        events.record(ModuleStarted(module=module.head.slug), council=council, practice=practice)
    return token


def follow_up(*, token: str, module: Module, part: Form) -> str:
    """Begin a follow-up of a finished attempt, or go back to the one that there is. Returns its token."""
    with db.writing() as session:
        first = _locked(session, token)
        known = session.scalar(select(Attempt.token).where(Attempt.follows == token, Attempt.part == part))
        if known:
            return known
        begun = _begun(session, module, part.value, first.person_id, first.council_code, first.practice_code)
        begun.follows = token
        return begun.token


def read_on(*, token: str, module: Module, page: str) -> None:
    """Go on from a page of text. Going on from a page that was left before changes nothing."""
    with db.writing() as session:
        attempt = _locked(session, token)
        if attempt.page == page:
            _touch(attempt)
            attempt.page = module.way(attempt.part).next(page)


def answer(*, token: str, module: Module, question: Question, given: Sequence[str], sure: int | None = None) -> bool:
    """Take the answer if this question comes next; False, and nothing changed, if it has been answered."""
    with db.writing() as session:
        attempt = _locked(session, token)
        if attempt.page != question.id:
            return False
        now = _touch(attempt)
        is_right = mark(question, given).verdict is Verdict.RIGHT
        session.add(
            Answer(
                token=token, question=question.id, form=question.form.value, given=list(given), is_right=is_right, sure=sure,
                answered_at=now,
            )
        )  # fmt: skip
        measures.count(session, attempt=attempt, module=module, answered=question)
        attempt.page = module.way(attempt.part).next(question.id)
        if attempt.page == FINISH:
            _finish(session, attempt, module, now)
    return True


def take_over(*, token: str, person: str) -> bool:
    """Make an attempt that is nobody's somebody's own; False where it is another's. It has no follow-ups yet: those need an owner."""
    with db.writing() as session:
        attempt = _locked(session, token)
        if attempt.person_id not in (None, person):
            return False
        attempt.person_id = person
        return True


def _begun(session: Session, module: Module, part: str, person: str | None, council: str | None, practice: str | None) -> Attempt:
    releases.keep(session, module)
    now = datetime.now(UTC)
    attempt = Attempt(
        token=secrets.token_hex(16), module=module.head.slug, version=module.head.version, release=module.release, part=part,
        person_id=person, council_code=council, practice_code=practice, started_at=now, touched_at=now, active_seconds=0,
        page=module.way(part).steps[0],
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    return attempt


def _touch(attempt: Attempt) -> datetime:
    now = datetime.now(UTC)
    attempt.active_seconds += min(max(0, round((now - attempt.touched_at).total_seconds())), LONGEST_PAUSE)
    attempt.touched_at = now
    return now


def _finish(session: Session, attempt: Attempt, module: Module, now: datetime) -> None:
    """The scores are written once, with the last answer, and count for the place where the attempt began."""
    session.flush()
    counted = select(Answer.form, func.count()).where(Answer.token == attempt.token).group_by(Answer.form)
    asked: dict[str, int] = {form: count for form, count in session.execute(counted)}
    right: dict[str, int] = {form: count for form, count in session.execute(counted.where(Answer.is_right))}
    last = Form.AFTER if attempt.part == MODULE else Form(attempt.part)
    attempt.finished_at = now
    attempt.right, attempt.asked = right.get(last, 0), asked[last]
    if attempt.part == MODULE:
        records.give(session, attempt, module, now)
        attempt.right_before, attempt.asked_before = right.get(Form.BEFORE, 0), asked.get(Form.BEFORE, 0)
        event = ModuleFinished(module=attempt.module, right=attempt.right, asked=attempt.asked)
        events.record(event, council=attempt.council_code, practice=attempt.practice_code)


def _locked(session: Session, token: str) -> Attempt:
    """The attempt, held against another request that would change it at the same moment."""
    return session.get_one(Attempt, token, with_for_update=True)
