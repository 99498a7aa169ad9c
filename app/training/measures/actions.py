"""Counting what was answered, in the transaction that takes the last answer of a form."""

from collections import Counter

from sqlalchemy import exists, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.training.catalogue import Module
from app.training.measures.models import TrainingCount
from app.training.measures.tallies import Given, Key, of_course, of_finish, of_form
from app.training.models import Answer, Attempt
from app.training.progress import MODULE
from app.training.schema import Choice, Form, Question


def count(session: Session, *, attempt: Attempt, module: Module, answered: Question) -> None:
    """Count a form when its last question has been answered; any other question changes nothing.

    A signed-in learner's first attempt at a module counts, with its follow-ups, and no other of theirs: they have read it. Attempts of
    nobody count each, because nobody knows whose they are.
    """
    form = answered.form
    if answered.id != module.form(form)[-1].id:
        return
    session.flush()
    first = session.get_one(Attempt, attempt.follows) if attempt.follows else attempt
    if not _is_first(session, first):
        return
    given = _given(session, attempt, module, form)
    found = of_form(form, given)
    if form is Form.AFTER:
        found += of_course(form, _given(session, attempt, module, Form.BEFORE), given)
        found += of_finish(attempt.touched_at.date()) if attempt.person_id else Counter()
    elif attempt.follows and first.version == attempt.version:
        found += of_course(form, *(_given(session, first, module, one) for one in (Form.BEFORE, Form.AFTER)), given)
    add(session, module=module.head.slug, version=attempt.version, counted=found)


def add(session: Session, *, module: str, version: str, counted: Counter[Key]) -> None:
    """Add to the counts of a version. In the order of the keys, as everybody adds, or two could wait for each other for ever."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(TrainingCount)
    key = ("module", "version", *Key._fields)
    upsert = insert.on_conflict_do_update(index_elements=key, set_={"number": TrainingCount.number + insert.excluded.number})
    rows = [{"module": module, "version": version, **one._asdict(), "number": number} for one, number in sorted(counted.items())]
    session.execute(upsert, rows)


def _is_first(session: Session, attempt: Attempt) -> bool:
    """Whether this person began no other attempt at the module earlier."""
    if attempt.person_id is None:
        return True
    earlier = select(Attempt.token).where(
        Attempt.person_id == attempt.person_id,
        Attempt.module == attempt.module,
        Attempt.part == MODULE,
        tuple_(Attempt.started_at, Attempt.token) < tuple_(attempt.started_at, attempt.token),
    )
    return not session.scalar(select(exists(earlier)))


def _given(session: Session, attempt: Attempt, module: Module, form: Form) -> list[Given]:
    """The answers to a form in the order of its questions; one that is missing is left out."""
    answers = {
        answer.question: answer for answer in session.scalars(select(Answer).where(Answer.token == attempt.token, Answer.form == form))
    }
    return [_one(question, answers[question.id]) for question in module.form(form) if question.id in answers]


def _one(question: Question, answer: Answer) -> Given:
    chosen = tuple(answer.given) if isinstance(question, Choice) else ()
    return Given(question.id, question.outcome, answer.is_right, chosen, answer.sure)
