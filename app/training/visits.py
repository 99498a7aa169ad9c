"""An attempt that somebody has come back to, and whether it is theirs."""

from dataclasses import dataclass

from flask import abort, make_response, render_template, url_for
from flask_security import current_user

from app.training import queries
from app.training.catalogue import Module
from app.training.progress import FINISH, MODULE, Way
from app.training.queries import AttemptState
from app.training.schema import Form, Question


@dataclass(frozen=True)
class Visit:
    """An attempt and the module as it was when the attempt began."""

    attempt: AttemptState
    module: Module

    @property
    def way(self) -> Way:
        return self.module.way(self.attempt.part)

    @property
    def today(self) -> Module | None:
        """The module as it is now; None where it was taken out."""
        return queries.modules().get(self.attempt.module)

    @property
    def is_module(self) -> bool:
        """False for a follow-up."""
        return self.attempt.part == MODULE

    @property
    def is_recorded(self) -> bool:
        """Whether there is a record of completion: of a module that is finished."""
        return self.is_module and self.attempt.finished_at is not None

    def address(self, step: str) -> str:
        if step == FINISH:
            return url_for("training.finish", token=self.attempt.token)
        return url_for("training.step", token=self.attempt.token, page=step)

    def question(self, id: str) -> Question | None:
        """The question of this attempt with this id."""
        return self.module.question(id) if id in self.way.questions else None

    def told(self, question: Question) -> bool:
        """Whether the learner may know by now what is right: of the questions before reading, only at the end."""
        return question.form is not Form.BEFORE or self.attempt.finished_at is not None


def person() -> str | None:
    """The id of whoever is signed in."""
    return current_user.id if current_user.is_authenticated else None


def visit_or_404(token: str) -> Visit:
    """The attempt, where it is nobody's or belongs to whoever asks; else a page that says what to do."""
    attempt = queries.attempt_or_none(token)
    if attempt is None or attempt.person not in (None, person()):
        abort(make_response(render_template("training/no_attempt.html"), 404))
    return Visit(attempt, queries.module_of(attempt))
