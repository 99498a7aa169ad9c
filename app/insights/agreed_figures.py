"""The figures of the pledge and of the plan: each through disclosure control, or from a survey that is published with an error."""

from datetime import UTC, datetime
from typing import Any

from app.content.messages import say
from app.disclosure.control import THRESHOLDS, Published, publish, share
from app.insights.periods import closed_by
from app.insights.presenters import too_few
from app.insights.queries import counts
from app.places.queries import council_or_none, practice_or_none
from app.relationships import queries as relationships
from app.relationships.queries import AgreedMeasure, Share
from app.signposts import queries as signposts
from app.training import queries as training


def pledge_page(council: str) -> dict[str, Any]:
    """What pledge.html shows."""
    content, found = relationships.agreed(), figures(council)
    measures = {measure.id: measure for measure in content.measures}
    points = [(point, [(measures[name], found[name]) for name in point.measures]) for point in content.points]
    signed = [(_name_of(one.signer), one.since) for one in relationships.signatures(council)]
    return {"points": points, "signed": signed, "then": relationships.beside_then(council), "has_signed": _is_signed(council)}


def figures(council: str) -> dict[str, str]:
    """Every measure of content/agreed.yaml in words."""
    counted = _counted(council)
    return {measure.id: counted.get(measure.id) or _of_survey(measure, council) for measure in relationships.agreed().measures}


def _counted(council: str) -> dict[str, str]:
    given, answered, unanswered = signposts.totals(council)
    finished, right, wrong = _training(council)
    done, every = relationships.actions_done(council)
    return {
        "signposts_given": _number(publish(given)),
        "signposts_answered": _percent(share(answered, unanswered)),
        "returned_too_little": _number(signposts.said_too_little(council)),
        "modules_finished": finished,
        "answers_right": _of(right, wrong),
        "actions_done": say("plan.done_of", done=done, all=every),
    }


def _training(council: str) -> tuple[str, int, int]:
    """Modules finished, and right and wrong answers, of published cells alone."""
    found = counts(council, closed_by(datetime.now(UTC).date()))
    finished = [publish(found.of("modules_finished", slug)).value or 0 for slug in training.modules()]
    right = [publish(found.of("answers_right", slug)).value or 0 for slug in training.modules()]
    wrong = [publish(found.difference("questions_asked", "answers_right", slug)).value or 0 for slug in training.modules()]
    pairs = [(one, other) for one, other in zip(right, wrong, strict=True) if one and other]
    return f"{sum(finished):,}" if any(finished) else too_few(), sum(one for one, _ in pairs), sum(other for _, other in pairs)


def _of_survey(measure: AgreedMeasure, council: str) -> str:
    found = relationships.share_of(measure, council)
    return say("plan.too_few") if found is None else in_words(found)


def in_words(found: Share) -> str:
    """A share with its interval."""
    return say("plan.share", percent=round(found.percent), low=round(found.low), high=round(found.high))


def _number(cell: Published) -> str:
    return too_few() if cell.value is None else f"{cell.value:,}"


def _percent(cell: Published) -> str:
    return too_few() if cell.value is None else say("insights.percentage", value=cell.value)


def _of(part: int, rest: int) -> str:
    return say("insights.percentage", value=round(100 * part / (part + rest))) if part + rest >= THRESHOLDS.share_of else too_few()


def _name_of(signer: str) -> str:
    found = practice_or_none(signer) or council_or_none(signer)
    return found.name if found else signer


def _is_signed(council: str) -> bool:
    return any(one.signer == council for one in relationships.signatures(council))
