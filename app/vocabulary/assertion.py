"""Is what a cue says so now, of this household? Negated, uncertain, planned, past, or somebody else's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.vocabulary.matching import Match, PhraseTree
from app.vocabulary.reading_schema import AssertionWords, Rule
from app.vocabulary.tokens import Token, sentence_starts


class State(StrEnum):
    """How a cue stands in the text. Only PRESENT counts."""

    PRESENT = "present"
    ABSENT = "absent"
    PAST = "past"
    OTHER = "other"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Assertion:
    """A cue's state, and whether it was only suspected."""

    state: State
    uncertain: bool = False


@dataclass(frozen=True)
class Clause:
    """Tokens [start, end) that one trigger can reach."""

    start: int
    end: int


class Asserter:
    """Applies the assertion words of the content files to matches in a text."""

    def __init__(self, words: AssertionWords, written_out: Callable[[str], str]) -> None:
        """`written_out` expands the shorthand in a phrase, as it was expanded in the text."""
        self._scope = words.scope_tokens
        groups = {
            "end": words.terminators,
            "no": words.negation_before,
            "no_after": words.negation_after,
            "not_really": words.negation_not_really,
            "maybe": words.uncertain_before,
            "if": words.hypothetical_before,
            "past": words.past_before,
            "past_after": words.past_after,
            "now": words.current,
            "over": words.resolved_after,
            "refused": words.refused_before,
            "refused_after": words.refused_after,
            "not_if": words.not_really_hypothetical,
            "relative": words.relatives,
            "family_history": words.family_history,
            "parent": words.parents,
            "patient": words.patient_words,
            "my": words.my_words,
            "has": words.health_verbs,
            "had": words.past_health_verbs,
            "not_past": words.not_really_past,
        }
        self.tree = PhraseTree((written_out(phrase), name) for name, phrases in groups.items() for phrase in phrases)

    def triggers(self, tokens: Sequence[Token]) -> list[Match]:
        """Every assertion word in the text, without those inside a phrase that only looks like one."""
        found = self.tree.longest([token.text for token in tokens])
        masks = {name: [match for match in found if match.concept == name] for name in _MASKED.values()}
        kept = [m for m in found if not any(_inside(m, mask) for mask in masks.get(_MASKED.get(m.concept, ""), ()))]
        subject = _subject_of(tokens, kept)
        return [m for m in kept if m.concept not in _KIN or subject is None or tokens[m.end - 1].text != subject]

    def clauses(self, tokens: Sequence[Token], triggers: Sequence[Match]) -> list[Clause]:
        """The text cut at its terminators, and at commas that do not join a list after a negation."""
        cuts = {match.start for match in triggers if match.concept == "end"}
        starts = [0]
        for index, token in enumerate(tokens):
            if index in cuts or (token.text == "," and not self._list_comma(tokens, triggers, index)):
                starts.append(index)
        return [Clause(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]

    @staticmethod
    def sentences(tokens: Sequence[Token]) -> list[Clause]:
        """The text cut at full stops, semicolons and line ends only."""
        starts = sentence_starts(tokens)
        return [Clause(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]

    def _list_comma(self, tokens: Sequence[Token], triggers: Sequence[Match], comma: int) -> bool:
        """ "no falls, confusion or pain": a comma joins where a negation stands before it and an "or" soon after."""
        before = any(match.concept == "no" and 0 < comma - match.end + 1 <= self._scope for match in triggers)
        after = [token.text for token in tokens[comma + 1 : comma + 6]]
        stop = next((index for index, text in enumerate(after) if text in ".;:\n"), len(after))
        return before and any(text in ("or", "nor") for text in after[:stop])

    def judge(self, match: Match, parts: Sequence[Match], rule: Rule, clause: Clause, triggers: Sequence[Match]) -> Assertion:
        """The state of one part of a cue; words that are themselves `parts` of it decide nothing.

        A lexical cue carries its own negation; a lasting one is not past because a year stands beside it.
        """
        here = [t for t in triggers if clause.start <= t.start and t.end <= clause.end]
        near = [t for t in here if not any(_overlap(t, part) for part in parts)]
        before = [t for t in near if t.end <= match.start and match.start - t.end <= self._scope]
        after = [t for t in near if t.start >= match.end and t.start - match.end <= self._scope // 2]
        suspected = _last(before, "maybe")
        negated = _touching(before, match) if rule.lexical else _last(before, "no") or _adjacent(after, "no_after", match)
        if rule.refusable:
            negated = negated or _last(before, "refused") or _adjacent(after, "refused_after", match)
        uncertain = suspected is not None
        if negated and not (suspected and suspected.start > negated.start):
            return Assertion(State.ABSENT, uncertain)
        if self._is_anothers(match, rule, [t for t in here if t.start < match.start], near):
            return Assertion(State.OTHER, uncertain)
        if _last(before, "if"):
            return Assertion(State.HYPOTHETICAL, uncertain)
        if _adjacent(after, "over", match):
            return Assertion(State.PAST, uncertain)
        past = _last(before, "past") or _last(after, "past_after")
        if past and not rule.lasting and not any(t.concept == "now" for t in near):
            return Assertion(State.PAST, uncertain)
        return Assertion(State.PRESENT, uncertain)

    @staticmethod
    def _is_anothers(match: Match, rule: Rule, before: Sequence[Match], near: Sequence[Match]) -> bool:
        if rule.about != "patient":
            return False
        if any(t.concept == "family_history" and t.start <= match.start for t in near):
            return True
        had, has = _last(before, "had"), _last(before, "has")
        if had and has and has.start <= had.start and had.end <= has.end:
            had = None  # "has had" is of now.
        for verb, whose in ((has, ("relative",)), (had, ("relative", "parent"))):
            for name in whose:
                person = _last(before, name)
                if verb and person and 0 <= verb.start - person.end <= 1 and match.start - verb.end <= _FROM_VERB:
                    return not any(t.concept == "patient" and verb.end <= t.start for t in before)
        return False


_FROM_VERB = 5
"""Tokens between "neighbour has" and what the neighbour has."""

_KIN = ("relative", "parent")

_MASKED = {"no": "not_really", "no_after": "not_really", "past": "not_past", "past_after": "not_past", "if": "not_if"}
"""Which phrases make which triggers harmless: "no longer able" does not negate, "in the last year" is not the past."""


def _subject_of(tokens: Sequence[Token], triggers: Sequence[Match]) -> str | None:
    """The relative or neighbour that the text is about ("my uncle", "our son"), where no patient stands before them."""
    for trigger in triggers:
        if trigger.concept == "patient":
            return None
        mine = any(my.concept == "my" and 0 <= trigger.start - my.end <= 1 for my in triggers)
        if trigger.concept in _KIN and mine:
            return tokens[trigger.end - 1].text
    return None


def _inside(match: Match, mask: Match) -> bool:
    return mask.start <= match.start and match.end <= mask.end


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


def _last(matches: Sequence[Match], concept: str) -> Match | None:
    return next((match for match in reversed(matches) if match.concept == concept), None)


def _touching(before: Sequence[Match], cue: Match) -> Match | None:
    return next((match for match in before if match.concept == "no" and match.end == cue.start), None)


def _adjacent(matches: Sequence[Match], concept: str, cue: Match) -> Match | None:
    return next((match for match in matches if match.concept == concept and match.start - cue.end <= 2), None)
