"""Reading a text: what it says about needs and dangers, in which words, by which rule, and how sure.

Pure. Stages, each a small function: blank identifiers, tokenise, expand shorthand, correct slips, match classes,
compose them by rules within a clause, judge each cue, gather needs and red flags over the turns of a conversation.
Spans are (turn, start, end): character offsets in that turn's text; turn 0 is the oldest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.vocabulary import identifiers
from app.vocabulary.asking import Asked
from app.vocabulary.assertion import ABSENT, Assertion, Scope, State
from app.vocabulary.composing import Composed, Places
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.matching import Match, Spotted, find
from app.vocabulary.tokens import Token, tokenise
from app.vocabulary.typos import Typo

Span = tuple[int, int, int]

STRONG, TWO_WEAK, UNCERTAIN = 1.0, 0.6, 0.5
"""How much a need counts in the ranking by how it was read."""


class Cue(NamedTuple):
    """Words of the text that a rule read as a need or red flag, and how they stand."""

    id: str
    gives: str
    rule: str
    span: Span
    state: State
    uncertain: bool
    strong: bool
    flipped: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A need or red flag read as present: the cues that say so and how much it counts, 0 to 1."""

    id: str
    cues: tuple[Cue, ...]
    certainty: float


@dataclass(frozen=True, slots=True)
class NotPresent:
    """A need or red flag that the text mentions, but not as present."""

    id: str
    state: State
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Turn:
    """One message as read: its tokens after shorthand and slips, the classes found in them, its cues, what it asks,
    what was not understood, and what it does to earlier messages."""

    cues: tuple[Cue, ...]
    typos: tuple[Typo, ...]
    attributes: Mapping[str, str]
    not_understood: tuple[tuple[int, int], ...]
    identifiers: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    matches: tuple[Match, ...]
    asked: tuple[Asked, ...]
    lays_aside: bool
    takes_out: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """Everything read from a conversation."""

    needs: tuple[Found, ...]
    red_flags: tuple[Found, ...]
    not_present: tuple[NotPresent, ...]
    cues: tuple[Cue, ...]
    turns: tuple[Turn, ...]
    attributes: Mapping[str, str]
    first: int = 0
    """The turn from which on the conversation is about this person."""


def read(texts: Sequence[str], lexicon: Lexicon, red_flag_ids: Iterable[str], flipped: Mapping[str, str] | None = None) -> Reading:
    """Read the turns of a conversation, oldest first. `flipped` sets a cue's state by its id, as the GP
    corrected it; the bare id of a need puts that need in."""
    flags = frozenset(red_flag_ids)
    turns = tuple(read_turn(number, text, lexicon) for number, text in enumerate(texts))
    first = max((number for number, turn in enumerate(turns) if turn.lays_aside), default=0)
    flips = flipped or {}
    added = tuple(_added(identity, state, len(texts) - 1) for identity, state in flips.items() if ":" not in identity)
    standing = [_settled(cue, turns, lexicon, flags) for turn in turns[first:] for cue in turn.cues]
    cues = (*(_flip(cue, flips) for cue in standing), *added)
    present, not_present = _gather(cues, flags)
    attributes: dict[str, str] = {}
    for turn in turns[first:]:
        attributes.update(turn.attributes)
    return Reading(
        needs=tuple(found for found in present if found.id not in flags),
        red_flags=tuple(found for found in present if found.id in flags),
        not_present=tuple(not_present),
        cues=cues,
        turns=turns,
        attributes=attributes,
        first=first,
    )


def read_turn(number: int, text: str, lexicon: Lexicon) -> Turn:
    """Read one message."""
    personal = identifiers.find(text)
    raw = tokenise(identifiers.blank(text) if personal else text)
    corrected, typos = lexicon.corrector.correct(raw)
    tokens = lexicon.expander.expand(corrected)
    found = find(lexicon.tree, [token.text for token in tokens])
    triggers = lexicon.asserter.triggers(tokens, found.assertions)
    clauses = lexicon.asserter.clauses(tokens, triggers)
    denials = {trigger.start for trigger in triggers if trigger.concept in ("no", "refused")}
    sentences = lexicon.asserter.sentences(tokens)
    places = Places(found.classes)
    composed = [
        *lexicon.book.compose("clause", clauses, places, denials),
        *lexicon.book.compose("sentence", sentences, places, denials),
        *lexicon.book.compose_across(sentences, places, denials),
    ]
    asked = lexicon.asking.questions(tokens, found.asking)
    scopes = lexicon.asserter.scopes(clauses, tokens, triggers, asked)
    return Turn(
        cues=_once(cue for each in composed if (cue := _cue(number, each, scopes, tokens, lexicon))),
        typos=tuple(typos),
        attributes=lexicon.attributes.read(text, found.attributes),
        not_understood=_strange(tokens, found, lexicon),
        identifiers=tuple(personal),
        tokens=tuple(tokens),
        matches=tuple(found.classes),
        asked=tuple(asked),
        lays_aside=number > 0 and lexicon.turns.lays_aside(found.turns),
        takes_out=frozenset(lexicon.turns.taken_out(tokens, found.turns, found.classes) if number else ()),
    )


def _strange(tokens: Sequence[Token], found: Spotted, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """The characters of words that are neither English nor ours, and in no phrase that was found."""
    unknown = lexicon.corrector.unknown(tokens)
    if not unknown:
        return ()
    kinds = (found.classes, found.assertions, found.attributes)
    gaps = [match for matches in kinds for match in matches if match.end - match.start > 2]  # No phrase has them as its own words.
    read = {index for match in gaps for index in range(match.start + 1, match.end - 1)}
    return tuple((tokens[i].start, tokens[i].end) for i in unknown if i not in read and len(tokens[i].text) > 2)


def _cue(number: int, composed: Composed, scopes: Sequence[Scope], tokens: Sequence[Token], lexicon: Lexicon) -> Cue | None:
    """The cue as it stands; None where what denies something is itself denied, past or another's."""
    rule = composed.rule
    verdicts = [lexicon.asserter.judge(part, composed.parts, rule, scopes[part.start]) for part in composed.parts]
    verdict = ABSENT if composed.denied else min(verdicts, key=_presence) if len(verdicts) > 1 else verdicts[0]
    if rule.denies:
        if verdict.state is not State.PRESENT:
            return None
        verdict = ABSENT
    start, end = tokens[composed.start].start, tokens[composed.end - 1].end
    return Cue(
        id=f"{rule.gives}:{number}:{start}",
        gives=rule.gives,
        rule=rule.id,
        span=(number, start, end),
        state=verdict.state,
        uncertain=True in [verdict.uncertain for verdict in verdicts],
        strong=rule.strength == "strong",
        asked=True in [verdict.asked for verdict in verdicts],
    )


_LEAST_PRESENT_FIRST = [State.ABSENT, State.OTHER, State.PAST, State.HYPOTHETICAL, State.PRESENT]


def _presence(verdict: Assertion) -> int:
    return _LEAST_PRESENT_FIRST.index(verdict.state)


def _once(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """One cue for one thing said at one place: a present one before others, strong before weak, longer before shorter."""
    best: dict[str, Cue] = {}
    for cue in cues:
        other = best.get(cue.id)
        if other is None or _weight(cue) > _weight(other):
            best[cue.id] = cue
    return tuple(sorted(best.values(), key=lambda cue: (cue.span, cue.gives)))


def _weight(cue: Cue) -> tuple[bool, bool, int]:
    return cue.state is State.PRESENT, cue.strong, cue.span[2]


def _settled(cue: Cue, turns: Sequence[Turn], lexicon: Lexicon, red_flags: frozenset[str]) -> Cue:
    """A danger is raised though it is only asked about, and nothing takes it out. What is sought counts though asked about,
    where the message tells of somebody, too. "Forget the stairs" takes out what a rule read with that word, there and in
    earlier messages."""
    if cue.gives in red_flags:
        return cue._replace(state=State.PRESENT, asked=False) if cue.asked else cue
    rule = lexicon.rules[cue.rule]
    if cue.asked and rule.sought and any(c.state is State.PRESENT and c.strong for c in turns[cue.span[0]].cues):
        return cue._replace(state=State.PRESENT, asked=False)
    taken_out = any(turn.takes_out.intersection(rule.all) for turn in turns[cue.span[0] :])
    return cue._replace(state=State.ABSENT) if taken_out else cue


def _flip(cue: Cue, flips: Mapping[str, str]) -> Cue:
    state = flips.get(cue.id)
    return cue._replace(state=State(state), uncertain=False, flipped=True) if state else cue


def _added(identity: str, state: str, turn: int) -> Cue:
    """A need that the GP put in by hand; it has no words in the text."""
    return Cue(identity, identity, "by_hand", (turn, 0, 0), State(state), uncertain=False, strong=True, flipped=True)


def _gather(cues: Iterable[Cue], red_flags: frozenset[str]) -> tuple[list[Found], list[NotPresent]]:
    """Needs and flags in the order first said.

    A later turn that denies a need clears it. Nothing said later clears a danger: only the GP's own flip of its cue does.
    """
    by_id: dict[str, list[Cue]] = defaultdict(list)
    for cue in cues:
        by_id[cue.gives].append(cue)
    present: list[Found] = []
    not_present: list[NotPresent] = []
    for identity, said in by_id.items():
        standing = [cue for cue in said if cue.state is State.PRESENT]
        taken_back = [cue for cue in said if cue.state is not State.PRESENT]
        last_said = max((cue.span[0] for cue in standing), default=-1)
        denied = any(cue.span[0] > last_said and cue.state is State.ABSENT for cue in taken_back)
        cleared = denied and identity not in red_flags
        certainty = 0.0 if cleared else _certainty(standing)
        if certainty:
            present.append(Found(identity, tuple(standing), certainty))
        elif taken_back:
            not_present.append(NotPresent(identity, taken_back[-1].state, tuple(taken_back)))
    return present, not_present


def _certainty(cues: Sequence[Cue]) -> float:
    if any(cue.strong and not cue.uncertain for cue in cues):
        return STRONG
    if any(cue.strong for cue in cues):
        return UNCERTAIN
    return TWO_WEAK if len({cue.span for cue in cues}) > 1 else 0.0
