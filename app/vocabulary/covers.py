"""Stretches of a text in which whatever is said does not count: somebody who lives elsewhere, what is long over,
what the next sentence takes back, and what is only asked. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.vocabulary.matching import Match
from app.vocabulary.tokens import Token

OPENING = 3
"""Tokens at the start of a sentence in which a word that takes back the sentence before may stand."""

FROM_PERSON = 4
"""Tokens between a relative and the words that put them elsewhere."""


NOWHERE = Match("", 0, 0)
"""For a cover that no single words say."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Tokens [start, end), why they do not count ("elsewhere", "over", "taken_back" or "asked"), and the words that say so."""

    start: int
    end: int
    why: str
    said_by: Match


def covers(tokens: Sequence[Token], triggers: Sequence[Match], starts: Sequence[int]) -> list[Cover]:
    """The covers of a text whose sentences begin at `starts`; the triggers are in order."""
    places = [trigger.start for trigger in triggers]
    found: list[Cover] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(tokens)
        here = triggers[bisect_left(places, start) : bisect_left(places, end)]
        if not here:
            continue
        before = starts[number - 1] if number else start
        found += _elsewhere(tokens, here, end)
        over = [trigger for trigger in here if trigger.concept == "for_good"]
        if over:
            opens = tokens[start].text == "since" or over[0].start < start + OPENING
            begins = before if opens else start
            found.append(Cover(begins, over[-1].start, "over", over[-1]))
        back = next((t for t in here if t.concept == "took_back" and t.start < start + OPENING), None)
        if back:
            found.append(Cover(before, start, "taken_back", back))
    return found


def _elsewhere(tokens: Sequence[Token], here: Sequence[Match], end: int) -> Iterator[Cover]:
    for number, person in enumerate(here):
        if person.concept not in ("relative", "parent", "family_history"):
            continue
        following = here[number + 1 :]
        far = any(t.concept == "elsewhere" and t.start - person.end <= FROM_PERSON for t in following)
        if person.concept == "family_history":
            until = next((t.start for t in following if t.concept == "patient_named"), end)
            yield Cover(person.start, until, "elsewhere", person)
        elif far or _in_a_town(tokens, person.end):
            until = next((t.start for t in following if t.concept in ("patient_named", "relative") and t.start > person.end), end)
            yield Cover(person.start, until, "elsewhere", person)


def _in_a_town(tokens: Sequence[Token], at: int) -> bool:
    """ "sister in Leeds": a name with a capital letter after the word "in"."""
    return at + 1 < len(tokens) and tokens[at].text == "in" and tokens[at + 1].initial
