"""Is what a cue says so now, of this household? Negated, uncertain, planned, past, or somebody else's."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.vocabulary.asking import Asked
from app.vocabulary.covers import LONGEST_ITEM, NOWHERE, Cover, by_token, covers
from app.vocabulary.matching import LONGEST_PHRASE, Match
from app.vocabulary.reading_schema import AssertionWords, Rule
from app.vocabulary.tokens import ENDS, Token, sentence_starts
from app.vocabulary.wordings import wordings


class State(StrEnum):
    """How a cue stands in the text. Only PRESENT counts."""

    PRESENT = "present"
    ABSENT = "absent"
    PAST = "past"
    OTHER = "other"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Assertion:
    """A cue's state, whether it was only suspected, and whether it was only asked about or held against a case."""

    state: State
    uncertain: bool = False
    asked: bool = False


PRESENT, ABSENT = Assertion(State.PRESENT), Assertion(State.ABSENT)


@dataclass(frozen=True)
class Clause:
    """Tokens [start, end) that one trigger can reach."""

    start: int
    end: int


class Scope:
    """A clause with the assertion words in it, in order, so that only those near a cue are looked at."""

    def __init__(self, clause: Clause, inside: Sequence[Match], covers: Mapping[int, Sequence[Cover]], *, is_list: bool) -> None:
        """`inside` are the assertion words that begin in the clause."""
        self.is_list = is_list
        self._covers = covers
        self._triggers = [trigger for trigger in inside if trigger.end <= clause.end]
        kinds = {trigger.concept for trigger in self._triggers}
        self._turns = not (kinds.isdisjoint(_TURNS) and (kinds.isdisjoint(_GIVES) or kinds.isdisjoint(_KIN)))

    def leaves(self, match: Match) -> bool:
        """True where nothing in the clause can keep what begins here from being present, as in most clauses."""
        return not self._turns and match.start not in self._covers

    def around(self, match: Match, tokens: int) -> Sequence[Match]:
        """The assertion words that begin at most so many tokens before the match, or after it, and a phrase more."""
        first = bisect_left(self._triggers, match.start - tokens - LONGEST_PHRASE, key=_start)
        return self._triggers[first : bisect_right(self._triggers, match.end + tokens, key=_start)]

    def says(self, concept: str, parts: Sequence[Match]) -> bool:
        """True where the clause has such an assertion word ("now", "year") outside the cue's own words."""
        return any(t.concept == concept and not _in_any(t, parts) for t in self._triggers)

    def covered(self, match: Match, parts: Sequence[Match]) -> set[str]:
        """Why the place of the match does not count, if it does not; its cue's own `parts` are no reason."""
        return {cover.why for cover in self._covers.get(match.start, ()) if not _in_any(cover.said_by, parts)}


class Asserter:
    """Applies the assertion words of the content files to matches in a text."""

    def __init__(self, words: AssertionWords, written_out: Callable[[str], str], years_past: Sequence[int]) -> None:
        """`written_out` expands the shorthand in a phrase, as it was expanded in the text. What happened in one of the
        `years_past` is over."""
        self._scope = words.scope_tokens
        groups = {
            "end": words.terminators,
            "no": words.negation_before,
            "no_after": words.negation_after,
            "no_all": words.negation_of_clause,
            "breaks_list": words.list_breaks,
            "not_really": words.negation_not_really,
            "maybe": words.uncertain_before,
            "if": words.hypothetical_before,
            "past": words.past_before,
            "past_after": words.past_after,
            "now": words.current,
            "over": words.resolved_after,
            "refused": words.refused_before,
            "refused_after": words.refused_after,
            "mooted": words.mooted_after,
            "if_ever": words.conditions,
            "not_if": words.not_really_hypothetical,
            "relative": words.relatives,
            "family_history": words.family_history,
            "late": words.dead_or_parted,
            "parent": words.parents,
            "patient": words.patient_words,
            "patient_named": words.patient_named,
            "for_good": [*words.over_for_good, *(f"{until} {year}" for until in ("until", "till", "til") for year in years_past)],
            "took_back": words.takes_back,
            "elsewhere": words.elsewhere,
            "outsider": words.outsiders,
            "not_outsider": [f"{word} {person}" for word in words.not_subject_after for person in words.outsiders],
            "who": words.who_words,
            "reports": words.reporting,
            "fine_now": words.fine_now,
            "was": [*words.was_words, *(f"{whose} {year}" for whose in ("his", "her", "the") for year in years_past)],
            "case": words.case_words,
            "would": words.would_words,
            "year": [f"in {year}" for year in years_past] + [f"back in {year}" for year in years_past],
            "my": words.my_words,
            "has": words.health_verbs,
            "had": words.past_health_verbs,
            "not_past": words.not_really_past,
        }
        spelt = [(wording, name) for name, phrases in groups.items() for phrase in phrases for wording in wordings(phrase, {})]
        self.phrases = [(written_out(wording), name) for wording, name in spelt]
        self.turning = {phrase for phrase, name in self.phrases if name in _TAKES_AWAY}

    @staticmethod
    def triggers(tokens: Sequence[Token], found: Sequence[Match]) -> list[Match]:
        """Of the assertion words found in the text those that stand, without those inside a phrase that only looks like one."""
        masked: dict[str, set[int]] = {name: set() for name in _MASKED.values()}
        for match in found:
            if match.concept in masked:
                masked[match.concept].update(range(match.start, match.end))
        kept = [m for m in found if m.concept not in _MASKED or not masked[_MASKED[m.concept]].issuperset(range(m.start, m.end))]
        subject = _subject_of(tokens, kept)
        return [m for m in kept if m.concept not in _KIN or subject is None or tokens[m.end - 1].text != subject]

    def clauses(self, tokens: Sequence[Token], triggers: Sequence[Match]) -> list[Clause]:
        """The text cut at its terminators, and at commas that do not join a list after a negation."""
        cuts = {match.start for match in triggers if match.concept == "end"}
        negations = [match.end for match in triggers if match.concept == "no"]
        starts, in_list = [0], 0
        for index, token in enumerate(tokens):
            if token.text == "," and index not in cuts:
                near = bisect_right(negations, index) > bisect_left(negations, index + 1 - self._scope)
                if index < in_list or (near and (in_list := _list_end(tokens, index))):
                    continue
            if index in cuts or token.text == ",":
                starts.append(index)
        return [Clause(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]

    @staticmethod
    def sentences(tokens: Sequence[Token]) -> list[Clause]:
        """The text cut at full stops, semicolons and line ends only."""
        starts = sentence_starts(tokens)
        return [Clause(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]

    @staticmethod
    def scopes(clauses: Sequence[Clause], tokens: Sequence[Token], triggers: Sequence[Match], asked: Sequence[Asked]) -> list[Scope]:
        """What can decide over cues at each token."""
        covering = covers(tokens, triggers, sentence_starts(tokens))
        people = [trigger.start for trigger in triggers if trigger.concept in ("patient", "patient_named", "parent")]
        for question in asked:
            of_somebody = bisect_left(people, question.start) < bisect_left(people, question.end)
            if question.topics and not of_somebody:
                covering.append(Cover(question.opens, question.end, "asked", NOWHERE))
        commas = [index for index, token in enumerate(tokens) if token.text == ","]
        starts = [trigger.start for trigger in triggers]
        covered = by_token(covering)
        at_token: list[Scope] = []
        for clause in clauses:
            inside = triggers[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
            is_list = bisect_left(commas, clause.end) > bisect_right(commas, clause.start)
            at_token += [Scope(clause, inside, covered, is_list=is_list)] * (clause.end - clause.start)
        return at_token

    def judge(self, match: Match, parts: Sequence[Match], rule: Rule, scope: Scope) -> Assertion:
        """The state of one part of a cue; words that are themselves `parts` of it decide nothing.

        A lexical cue carries its own negation; a lasting one is not past because a year stands beside it.
        """
        if scope.leaves(match):
            return PRESENT
        reach = self._scope * _LIST_REACH if scope.is_list else self._scope
        around = scope.around(match, reach)
        near = [t for t in around if not _in_any(t, parts)]
        before = {t.concept: t for t in near if t.end <= match.start and match.start - t.end <= reach}
        after = [t for t in near if t.start >= match.end and t.start - match.end <= self._scope // 2]
        covered = scope.covered(match, parts)
        suspected = before.get("maybe")
        negated = before.get("no_all") or _adjacent(after, "no_after", match, within=0 if rule.lexical else 2)
        negated = negated or (_touching(near, match) if rule.lexical else before.get("no"))
        if rule.refusable:
            negated = negated or before.get("refused") or _adjacent(after, "refused_after", match)
        uncertain = suspected is not None
        if negated and not (suspected and suspected.start > negated.start):
            return Assertion(State.ABSENT, uncertain)
        if "taken_back" in covered or "listed" in covered:
            return Assertion(State.ABSENT, uncertain)
        if rule.about != "carer" and ("elsewhere" in covered or _is_outsiders(match, parts, around)):
            return Assertion(State.OTHER, uncertain)
        if rule.about == "patient" and _is_anothers(match, around):
            return Assertion(State.OTHER, uncertain)
        case = _if_after(around, after, match)
        mooted = _adjacent(after, "mooted", match) and not rule.sought
        if "if" in before or _framed(match, parts, around) or "asked" in covered or "possible" in covered or case or mooted:
            return Assertion(State.HYPOTHETICAL, uncertain, "asked" in covered or case)
        if "over" in covered or _adjacent(after, "over", match):
            return Assertion(State.PAST, uncertain)
        past = "past" in before or any(t.concept == "past_after" for t in after) or scope.says("year", parts)
        if past and not rule.lasting and not scope.says("now", parts):
            return Assertion(State.PAST, uncertain)
        return Assertion(State.PRESENT, uncertain)


def _is_anothers(match: Match, around: Sequence[Match]) -> bool:
    """ "Her neighbour has dementia": a relative or neighbour, a verb that gives them something, and no patient between."""
    before = [trigger for trigger in around if trigger.start < match.start]
    last = {trigger.concept: trigger for trigger in before}
    had, has = last.get("had"), last.get("has")
    if had and has and has.start <= had.start and had.end <= has.end:
        had = None  # "has had" is of now.
    for verb, whose in ((has, ("relative",)), (had, ("relative", "parent"))):
        for name in whose:
            person = last.get(name)
            if verb and person and 0 <= verb.start - person.end <= _TO_VERB and match.start - verb.end <= _FROM_VERB:
                return not any(t.concept == "patient" and verb.end <= t.start for t in before)
    return False


def _is_outsiders(match: Match, parts: Sequence[Match], around: Sequence[Match]) -> bool:
    """ "Man opposite screams": somebody from outside stands just before, and nothing of it is done to the patient."""
    for person in around:
        if person.concept == "outsider" and 0 <= match.start - person.end <= _FROM_OUTSIDER:
            own = _in_any(person, parts) or any(t.concept == "reports" and person.end <= t.start < match.start for t in around)
            end = max(part.end for part in parts) + _OBJECT
            if not own and not any(
                t.concept in ("patient", "patient_named", "parent", "my") and person.end <= t.start < end for t in around
            ):
                return True
    return False


def _framed(match: Match, parts: Sequence[Match], around: Sequence[Match]) -> bool:
    """ "If the carers were ever rough with her": the condition begins before all of the cue and ends in its words. A fear that
    does so ("afraid he might end it all") is no mere condition."""
    first = min(part.start for part in parts)
    return any(t.concept == "if_ever" and t.start < first and t.end > match.start for t in around)


def _if_after(around: Sequence[Match], after: Sequence[Match], match: Match) -> bool:
    """ "He would be isolated if the club closed", "couldn't work his inhalers if his hands were weak"."""
    return any(t.concept == "would" and t.start < match.end for t in around) and bool(_adjacent(after, "if", match))


_OBJECT = 2
"""Tokens behind a cue in which the patient may stand as its object ("lodger is bullying her")."""

_FROM_OUTSIDER = 2
"""Tokens between "man opposite" and what he does."""

_TO_VERB = 3
"""Tokens between "grandson at uni" and "is"."""

_FROM_VERB = 5
"""Tokens between "neighbour has" and what the neighbour has."""

_LONGEST_LIST = 50
"""Tokens of a whole such list."""

_LIST_REACH = 3
"""How many times further a negation reaches over a list."""

_KIN = ("relative", "parent", "outsider")

_GIVES = ("has", "had")
"""Verbs that give something to the relative before them."""

_TURNS = frozenset(
    (
        "no",
        "no_all",
        "no_after",
        "refused",
        "refused_after",
        "maybe",
        "if",
        "if_ever",
        "mooted",
        "over",
        "past",
        "past_after",
        "year",
        "outsider",
    )
)
"""Groups without a word of which, or a verb that gives something to a relative, a clause leaves a cue as it is."""

_TAKES_AWAY = ("no", "no_after", "if", "past", "past_after", "over", "refused", "refused_after", "took_back", "for_good", "fine_now")
"""Groups of which a single word keeps a cue from counting."""

_MASKED = {
    "outsider": "not_outsider",
    "case": "not_if",
    "no": "not_really",
    "no_after": "not_really",
    "past": "not_past",
    "past_after": "not_past",
    "if": "not_if",
}
"""Which phrases make which triggers harmless: "no longer able" does not negate, "in the last year" is not the past."""


def _subject_of(tokens: Sequence[Token], triggers: Sequence[Match]) -> str | None:
    """The relative or neighbour that the text is about ("my uncle", "our son"), where no patient stands before them."""
    after_my = {my.end + between for my in triggers if my.concept == "my" for between in (0, 1)}
    for trigger in triggers:
        if trigger.concept == "patient":
            return None
        if trigger.concept in _KIN and trigger.start in after_my:
            return tokens[trigger.end - 1].text
    return None


def _list_end(tokens: Sequence[Token], comma: int) -> int:
    """Where the last item of a list begins ("no clutter, loose rugs, leads or damp"), or 0 where the comma begins no list."""
    since = 0
    for index in range(comma + 1, min(comma + _LONGEST_LIST, len(tokens))):
        text = tokens[index].text
        if text in ("or", "nor"):
            return index
        since = 0 if text == "," else since + 1
        if since > LONGEST_ITEM or text in ENDS or text == ":":
            return 0
    return 0


def _start(match: Match) -> int:
    return match.start


def _in_any(one: Match, others: Sequence[Match]) -> bool:
    """True where it shares words with any of them."""
    return any(one.start < other.end and other.start < one.end for other in others)


def _touching(before: Sequence[Match], cue: Match) -> Match | None:
    return next((match for match in before if match.concept == "no" and match.end == cue.start), None)


def _adjacent(matches: Sequence[Match], concept: str, cue: Match, within: int = 2) -> Match | None:
    return next((match for match in matches if match.concept == concept and match.start - cue.end <= within), None)
