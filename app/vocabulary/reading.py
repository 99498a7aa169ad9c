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
from app.vocabulary.reading_schema import Rule
from app.vocabulary.tokens import Token, tokenise
from app.vocabulary.turns import NOTHING, TakenBack, TurnReader, part_of
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
    what was not understood, what it does to earlier messages, and the words of turns, wishes and
    answers in it."""

    cues: tuple[Cue, ...]
    typos: tuple[Typo, ...]
    attributes: Mapping[str, str]
    not_understood: tuple[tuple[int, int], ...]
    identifiers: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    matches: tuple[Match, ...]
    asked: tuple[Asked, ...]
    lays_aside: bool
    takes_back: TakenBack
    turn_words: tuple[Match, ...]
    wishes: tuple[Match, ...]
    answers: tuple[Match, ...]


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
    return gathered(read_turns(texts, lexicon), lexicon, red_flag_ids, flipped or {})


def read_turns(texts: Sequence[str], lexicon: Lexicon) -> tuple[Turn, ...]:
    """Read each message for itself."""
    return tuple(read_turn(number, text, lexicon) for number, text in enumerate(texts))


def gathered(turns: Sequence[Turn], lexicon: Lexicon, red_flag_ids: Iterable[str], flips: Mapping[str, str]) -> Reading:
    """What messages that were read say together."""
    flags = frozenset(red_flag_ids)
    first = max((number for number, turn in enumerate(turns) if turn.lays_aside), default=0)
    added = tuple(_added(identity, state, len(turns) - 1) for identity, state in flips.items() if ":" not in identity)
    not_so = _last_said_not_so(turns, first)
    standing = [_settled(cue, turns, not_so, lexicon, flags) for turn in turns[first:] for cue in turn.cues]
    cues = (*(_flip(cue, flips) for cue in standing), *added)
    present, not_present = _gather(cues, flags, frozenset(number for number, turn in enumerate(turns) if turn.takes_back.corrects))
    attributes: dict[str, str] = {}
    for turn in turns[first:]:
        attributes.update(turn.attributes)
    return Reading(
        needs=tuple(found for found in present if found.id not in flags),
        red_flags=tuple(found for found in present if found.id in flags),
        not_present=tuple(not_present),
        cues=cues,
        turns=tuple(turns),
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
        takes_back=lexicon.turns.taken_back(tokens, found.turns, found.classes) if number else NOTHING,
        turn_words=tuple(found.turns),
        wishes=tuple(found.wishes),
        answers=tuple(found.answers),
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


def _last_said_not_so(turns: Sequence[Turn], first: int) -> frozenset[str]:
    """The cues that "no, that was last year" speaks of: those in the last part of the message before that holds any."""
    found: set[str] = set()
    for before, turn in zip(turns[first:], turns[first + 1 :], strict=False):
        if turn.takes_back.last_said and before.cues:
            start = before.tokens[part_of(before.tokens, *before.cues[-1].span[1:])[0]].start
            found |= {cue.id for cue in before.cues if cue.span[2] > start}
    return frozenset(found)


def _settled(cue: Cue, turns: Sequence[Turn], not_so: frozenset[str], lexicon: Lexicon, red_flags: frozenset[str]) -> Cue:
    """A danger is raised though it is only asked about, and nothing takes it out. What is sought counts though asked about,
    where the message tells of somebody, too. "Forget the stairs" takes out what a rule read with that word in earlier messages,
    and before it in its own."""
    if cue.gives in red_flags:
        return cue._replace(state=State.PRESENT, asked=False) if cue.asked else cue
    rule = lexicon.rules[cue.rule]
    number = cue.span[0]
    said = turns[number]
    if cue.asked and rule.sought and any(c.state is State.PRESENT and c.strong for c in said.cues):
        return cue._replace(state=State.PRESENT, asked=False)
    taking = [turn.takes_back for turn in turns[number + 1 :] if turn.takes_back.spans]
    if said.takes_back.spans and cue.span[1] < said.tokens[said.takes_back.spans[-1][1] - 1].end:
        taking.append(said.takes_back)
    return cue._replace(state=State.ABSENT) if cue.id in not_so or any(_takes_out(each, cue, rule, said) for each in taking) else cue


def _takes_out(taking: TakenBack, cue: Cue, rule: Rule, said: Turn) -> bool:
    """True where what is taken out of a message has this cue in it."""
    here = TurnReader.people(said.tokens, said.turn_words, *part_of(said.tokens, *cue.span[1:]))
    return taking.takes_out(rule, here, TurnReader.people(said.tokens, said.turn_words, 0, len(said.tokens)))


def _flip(cue: Cue, flips: Mapping[str, str]) -> Cue:
    state = flips.get(cue.id)
    return cue._replace(state=State(state), uncertain=False, flipped=True) if state else cue


def _added(identity: str, state: str, turn: int) -> Cue:
    """A need that the GP put in by hand; it has no words in the text."""
    return Cue(identity, identity, "by_hand", (turn, 0, 0), State(state), uncertain=False, strong=True, flipped=True)


def _gather(cues: Iterable[Cue], red_flags: frozenset[str], correcting: frozenset[int]) -> tuple[list[Found], list[NotPresent]]:
    """Needs and flags in the order first said.

    A later turn that denies a need clears it; so does one that puts something right and says that it is past or another's.
    Nothing said later clears a danger: only the GP's own flip of its cue does.
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
        later = [cue for cue in taken_back if cue.span[0] > last_said]
        denied = any(c.state is State.ABSENT or (c.span[0] in correcting and c.state is not State.HYPOTHETICAL) for c in later)
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
