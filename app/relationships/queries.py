"""What other parts read of relationships."""

from app.relationships.agreed.catalogue import agreed
from app.relationships.agreed.queries import actions_done, planned, signatures
from app.relationships.agreed.schema import AgreedMeasure
from app.relationships.contacts.matching import nearest
from app.relationships.contacts.queries import Asked, published
from app.relationships.sessions.queries import leading
from app.relationships.sessions.steps import AGREE, ASK, READ, Step
from app.relationships.surveys.catalogue import surveys
from app.relationships.surveys.presenters import beside_then
from app.relationships.surveys.queries import FEWEST, PULSE, VOICE, Share, latest
from app.relationships.surveys.schema import Survey

__all__ = [
    "AGREE", "ASK", "READ", "AgreedMeasure", "Share", "Step", "actions_done", "agreed", "answered", "beside_then", "leading", "planned",
    "pulse", "share_of", "signatures",
]  # fmt: skip


def pulse() -> Survey:
    """The questions of the pulse."""
    return surveys()[PULSE]


def answered(council: str, text: str) -> list[Asked]:
    """What a council has answered in public that this text asks. The text is compared and forgotten."""
    known = published(council)
    return [known[place] for place in nearest(text, [one.question for one in known])]


def share_of(measure: AgreedMeasure, council: str) -> Share | None:
    """What the surveys say of a measure; None where it is none of theirs, or too few answered."""
    if measure.pulse:
        name, sides, item, places = PULSE, [measure.pulse.side], measure.pulse.item, None
    elif measure.voice:
        name, sides, item, places = VOICE, list(surveys()[VOICE].sides), measure.voice.item, frozenset(measure.voice.options)
    else:
        return None
    survey, now = surveys()[name], latest(name, council)
    found = next(one for one in survey.items if one.id == item)
    if sum(now.turnout(side) for side in sides) < FEWEST:
        return None
    return now.share(survey, sides, found, survey.favourable_of(found) if places is None else places)
