"""Stretches of a text in which whatever is said does not count: what is told of somebody outside the household, what is
long over, what is only possible, what the next sentence takes back, what a list denies, and what is only asked. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.vocabulary.matching import Match
from app.vocabulary.tokens import ENDS, Token

OPENING = 3
"""Tokens at the start of a sentence in which a word that takes back the sentence before, or makes it a mere case, may stand."""

LONGEST = 60
"""Tokens after which what is told of somebody else ends in any case, so that long texts stay quick to read."""

LONGEST_ITEM = 4
"""Tokens of one item of a list after a negation."""

FROM_PERSON = 4
"""Tokens between somebody and the words that put them elsewhere or begin what is told of them (", who ...")."""

_HOUSEHOLD = ("patient", "patient_named", "parent", "my", "reports")
"""What stands in no sentence that tells of an outsider only ("neighbour is worried", "neighbour has found him")."""

_PEOPLE = ("relative", "parent", "outsider", "family_history", "late")
"""Of whom something may be told that is not of the household."""

_ENDED = ("for_good", "fine_now")

_STOPS = ENDS | {","}

_WHOSE = frozenset(("her", "his", "their", "patients", "wifes", "husbands"))

NOWHERE = Match("", 0, 0)
"""For a cover that no single words say."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Tokens [start, end), why they do not count ("elsewhere", "over", "possible", "taken_back", "listed" or "asked"),
    and the words that say so."""

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
        kinds = {trigger.concept for trigger in here}
        if not kinds.isdisjoint(_PEOPLE):
            found += _others(tokens, here, end)
        if not kinds.isdisjoint(_ENDED):
            found += _over(tokens, here, before, start)
        if "case" in kinds:
            found += _possible(here, start, end)
        if "no" in kinds:
            found += _listed(tokens, here, end)
        if "took_back" in kinds:
            found += _taken_back(tokens, here, before, start)
    return found


def _taken_back(tokens: Sequence[Token], here: Sequence[Match], before: int, start: int) -> Iterator[Cover]:
    back = next((t for t in here if t.concept == "took_back" and t.start < start + OPENING and _closes(tokens, t.end)), None)
    if back:
        yield Cover(before, start, "taken_back", back)


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """ "Never happened." takes back what was said; "Ruled out by nobody so far" does not."""
    return at >= len(tokens) or tokens[at].text in _STOPS


def _others(tokens: Sequence[Token], here: Sequence[Match], end: int) -> Iterator[Cover]:
    """ "Sister in Leeds ...", "the lady next door, who ...,", "FH: ..."."""
    named = [t.start for t in here if t.concept == "patient_named"]
    next_people = [t.start for t in here if t.concept in ("patient_named", "relative")]
    places = [t.start for t in here]
    for person in here:
        if person.concept == "family_history":
            yield Cover(person.start, _next(named, person.start + 1, end), "elsewhere", person)
        if person.concept == "late":
            yield Cover(person.start, _comma(tokens, person.end, end), "elsewhere", person)
        if person.concept not in ("relative", "parent", "outsider"):
            continue
        if person.concept == "parent" and (person.start == 0 or tokens[person.start - 1].text not in _WHOSE):
            continue  # "Dad in Lancaster" is who the text is about; "her mother in Lahore" is not.
        near = here[bisect_left(places, person.end) : bisect_right(places, person.end + FROM_PERSON)]
        told = next((t for t in near if t.concept == "who"), None)
        if _in_a_town(tokens, person.end) or any(t.concept == "elsewhere" for t in near):
            yield Cover(person.start, _next(next_people, person.end + 1, end), "elsewhere", person)
        if told and person.concept == "outsider":
            yield Cover(person.start, _comma(tokens, told.end + 1, end), "elsewhere", person)
        elif person.concept == "outsider" and any(t.concept in ("has", "had") and t.start <= person.end + 1 for t in near):
            stop = _comma(tokens, person.end, end)
            if not any(t.concept in _HOUSEHOLD and t.start < stop for t in here[bisect_left(places, person.end) :]):
                yield Cover(person.start, stop, "elsewhere", person)


def _next(places: Sequence[int], after: int, end: int) -> int:
    at = bisect_left(places, after)
    return min(places[at] if at < len(places) else end, after + LONGEST)


def by_token(found: Sequence[Cover]) -> dict[int, list[Cover]]:
    """The covers of each token that has any."""
    at: dict[int, list[Cover]] = defaultdict(list)
    for cover in found:
        for token in range(cover.start, cover.end):
            at[token].append(cover)
    return at


def _comma(tokens: Sequence[Token], start: int, end: int) -> int:
    end = min(end, start + LONGEST)
    return next((at for at in range(start, end) if tokens[at].text == ","), end)


def _in_a_town(tokens: Sequence[Token], at: int) -> bool:
    """ "sister in Leeds": a name with a capital letter after the word "in"."""
    return at + 1 < len(tokens) and tokens[at].text == "in" and tokens[at + 1].initial


def _over(tokens: Sequence[Token], here: Sequence[Match], before: int, start: int) -> Iterator[Cover]:
    """What stands before "dry since" or "until 2015"; and before "speech now normal" where it was told as past."""
    for_good = [trigger for trigger in here if trigger.concept == "for_good"]
    if for_good:
        opens = tokens[start].text == "since" or for_good[0].start < start + OPENING
        yield Cover(before if opens else start, for_good[-1].start, "over", for_good[-1])
    fine = next((trigger for trigger in reversed(here) if trigger.concept == "fine_now"), None)
    if fine:
        begins = before if fine.start < start + OPENING else start
        told = range(begins, fine.start)
        if any(t.concept == "was" and t.start in told for t in here) or any(_is_past(tokens[at].text) for at in told):
            yield Cover(begins, fine.start, "over", fine)


def _is_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed")


def _possible(here: Sequence[Match], start: int, end: int) -> Iterator[Cover]:
    """ "If she lost capacity, who would decide?": a sentence that opens with a case and speaks of what would be."""
    case = next((t for t in here if t.concept == "case" and t.start < start + OPENING), None)
    if case and any(t.concept == "would" and t.start > case.start for t in here):
        yield Cover(start, end, "possible", case)


def _listed(tokens: Sequence[Token], here: Sequence[Match], end: int) -> Iterator[Cover]:
    """ "Not low, anxious or lonely": where each item of a list after a negation begins that "or" joins to it. An item between
    commas may be told anew ("no family, suicidal or low")."""
    breaks = {t.start for t in here if t.concept in ("end", "breaks_list", "no")}
    for negation in (t for t in here if t.concept == "no"):
        begins: list[int] = []
        long = 0
        for at in range(negation.end, end):
            joins, comma = tokens[at].text in ("or", "nor"), tokens[at].text == ","
            if joins:
                begins.append(at + 1)
            long = 0 if joins or comma else long + 1
            if long > LONGEST_ITEM or at in breaks or (comma and begins):
                break
        yield from (Cover(at, at + 1, "listed", negation) for at in begins)
