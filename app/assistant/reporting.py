"""A report that an answer is wrong: ids of fixed lists and stamps of versions, and never a word that was typed. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from app.assistant.answering import Answer, Knowledge, first

LISTS = ("needs", "red_flags", "rules", "alternatives")
"""The fields of a report that hold several ids; a form sends each once for each id."""


class Fault(StrEnum):
    """What can be wrong with an answer."""

    DANGER_MISSED = "danger_missed"
    DANGER_NOT_THERE = "danger_not_there"
    READ_WRONGLY = "read_wrongly"
    HELP_TOO_LOW = "help_too_low"
    UNSUITABLE = "unsuitable"
    TEXT_WRONG = "text_wrong"
    SERVICE_WRONG = "service_wrong"


class Outcome(StrEnum):
    """What came of a report."""

    RULE_CHANGED = "rule_changed"
    CONTENT_CHANGED = "content_changed"
    DATA_CHANGED = "data_changed"
    NOTHING_TO_CHANGE = "nothing_to_change"


class Unlisted(ValueError):
    """A report lacks a field, or holds what is on none of our lists; its text names the field."""


class Report(BaseModel):
    """All that a report holds. `rules` are those that read a word or moved an alternative, `alternatives` the first ones shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Fault
    needs: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    question: str = ""
    council: str = ""
    rules_version: str
    content_version: str


def of_answer(answer: Answer, knowledge: Knowledge, council: str, versions: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a report on this answer, all but the fault."""
    ranking = answer.ranking
    fired = [cue.rule for cue in answer.reading.cues if cue.rule in knowledge.lexicon.rules]
    fired += [knowledge.ranking.rules[place].id for place in sorted(ranking.order.holding)]
    return {
        "needs": list(answer.needs),
        "red_flags": [item.flag.id for item in answer.red_flags],
        "rules": list(dict.fromkeys(fired)),
        "alternatives": first(ranking, knowledge.ranking.shown_first),
        "question": answer.question.id if answer.question else "",
        "council": council,
        "rules_version": versions["rules"],
        "content_version": versions["content"],
    }


def read_report(sent: object) -> Report:
    """What a page or program sent, in the shape of a report. Raises Unlisted."""
    try:
        return Report.model_validate(sent)
    except ValidationError as error:
        raise Unlisted(str(next(iter(error.errors()[0]["loc"]), ""))) from None


def check(report: Report, knowledge: Knowledge, versions: Mapping[str, str]) -> None:
    """Raises Unlisted unless the versions are those in use now and every id, the council's apart, is one of theirs, given once."""
    vocabulary = knowledge.vocabulary
    for field, stamp in (("rules_version", versions["rules"]), ("content_version", versions["content"])):
        if getattr(report, field) != stamp:
            raise Unlisted(field)
    for field, ids, listed in (
        ("needs", report.needs, vocabulary.needs.keys()),
        ("red_flags", report.red_flags, vocabulary.red_flags.keys()),
        ("rules", report.rules, knowledge.lexicon.rules.keys() | {rule.id for rule in knowledge.ranking.rules}),
        ("alternatives", report.alternatives, vocabulary.alternatives.keys()),
    ):
        if not listed >= set(ids) or len(ids) > len(set(ids)):
            raise Unlisted(field)
    if len(report.alternatives) > knowledge.ranking.shown_first:
        raise Unlisted("alternatives")
    if report.question and report.question not in vocabulary.questions:
        raise Unlisted("question")
