"""Attempts as statements of the Experience API, version 1.0.3. Nobody is named: an account's name is a keyed hash. Pure.

A statement has the same id each time, as long as its attempt belongs to the same person and the key and the address are the same.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.training.catalogue import Module
from app.training.marking import right_answer
from app.training.progress import MODULE
from app.training.schema import Choice, Ordering, Question

Statement = dict[str, Any]
_ADL = "http://adlnet.gov/expapi"
_LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Answered:
    """An answer as it was kept. `sure` is how sure the learner said they were, from 1 to 3."""

    question: str
    given: tuple[str, ...]
    is_right: bool
    sure: int | None
    at: datetime


@dataclass(frozen=True)
class Recorded:
    """An attempt as it was kept. `learner` is the id of a person, or the token of the first attempt of somebody without an account;
    `score` how many were right of how many, of a finished one."""

    token: str
    learner: str
    part: str
    started_at: datetime
    finished_at: datetime | None
    active_seconds: int
    score: tuple[int, int] | None
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Teller:
    """Tells attempts under the address of this Fingerpost, with a key that nobody else has."""

    address: str
    secret: str

    def statements(self, attempt: Recorded, module: Module) -> Iterator[Statement]:
        """That it was begun, each answer in turn, and, where it is finished, the score."""
        kind = "module" if attempt.part == MODULE else "assessment"
        whole = _activity(self._place(module, attempt.part), kind, {"name": _said(module.head.title)})
        yield self._statement(attempt, module, "initialized", attempt.started_at, whole)
        for answer in attempt.answers:
            if question := module.question(answer.question):
                yield self._answered(attempt, module, answer, question)
        if attempt.finished_at and attempt.score:
            right, asked = attempt.score
            score = {"scaled": round(right / asked, 4), "raw": right, "min": 0, "max": asked}
            result = {"completion": True, "duration": f"PT{attempt.active_seconds}S", "score": score}
            yield self._statement(attempt, module, "completed", attempt.finished_at, whole, result)

    def _answered(self, attempt: Recorded, module: Module, answer: Answered, question: Question) -> Statement:
        definition = {"name": _said(question.about), "description": _said(question.stem)} | _interaction(question)
        about = _activity(f"{self._place(module, MODULE)}/questions/{question.id}", "cmi.interaction", definition)
        result: Statement = {"success": answer.is_right, "response": _response(answer.given)}
        if answer.sure:
            result["extensions"] = {f"{self.address}/xapi/sure": answer.sure}
        return self._statement(attempt, module, "answered", answer.at, about, result)

    def _statement(
        self, attempt: Recorded, module: Module, verb: str, at: datetime, about: Statement, result: Statement | None = None
    ) -> Statement:
        name = self._hash("learner", attempt.learner)
        of_attempt = self._hash("attempt", attempt.token)
        space = uuid5(NAMESPACE_URL, self.address)
        context: Statement = {
            "registration": str(uuid5(space, of_attempt)), "revision": module.head.version, "platform": "Fingerpost", "language": _LANGUAGE,
        }  # fmt: skip
        if about["definition"]["type"].endswith("cmi.interaction"):
            context["contextActivities"] = {"parent": [{"objectType": "Activity", "id": self._place(module, attempt.part)}]}
        statement = {
            "id": str(uuid5(space, f"{name} {of_attempt} {verb} {about['id']}")),
            "actor": {"objectType": "Agent", "account": {"homePage": self.address, "name": name}},
            "verb": {"id": f"{_ADL}/verbs/{verb}", "display": _said(verb)},
            "object": about,
            "context": context,
            "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        }
        return statement | ({"result": result} if result else {})

    def _place(self, module: Module, part: str) -> str:
        """The address of a module, or of a follow-up of it."""
        return f"{self.address}/training/{module.head.slug}" + ("" if part == MODULE else f"/{part}")

    def _hash(self, what: str, id: str) -> str:
        """What stands for an id outside: 64 hex digits from which nobody finds the id without the key."""
        key = hmac.new(self.secret.encode(), b"experience api", sha256).digest()
        return hmac.new(key, f"{what} {id}".encode(), sha256).hexdigest()


def _interaction(question: Question) -> Statement:
    """How a question is answered, in the words of SCORM's interactions."""
    pattern = [_response(right_answer(question))]
    if isinstance(question, Choice):
        return {"interactionType": "choice", "correctResponsesPattern": pattern, "choices": _listed(question.options)}
    if isinstance(question, Ordering):
        steps = sorted(question.steps, key=lambda step: step.id)
        return {"interactionType": "sequencing", "correctResponsesPattern": pattern, "choices": _listed(steps)}
    targets = [{"id": str(number), "description": _said(answer)} for number, answer in enumerate(question.answers, start=1)]
    return {"interactionType": "matching", "correctResponsesPattern": pattern, "source": _listed(question.pairs), "target": targets}


def _listed(parts: Any) -> list[Statement]:
    return [{"id": part.id, "description": _said(part.text)} for part in parts]


def _response(given: tuple[str, ...]) -> str:
    """An answer as one text: parts by [,] and the two of a pair by [.]."""
    return "[,]".join(one.replace(".", "[.]") for one in given)


def _activity(id: str, kind: str, definition: Mapping[str, Any]) -> Statement:
    return {"objectType": "Activity", "id": id, "definition": {"type": f"{_ADL}/activities/{kind}", **definition}}


def _said(text: str) -> dict[str, str]:
    return {_LANGUAGE: text}
