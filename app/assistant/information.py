"""What a message asks to know, and which part of our own content says it. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.assistant.answering import Answer, Knowledge, asked_about
from app.assistant.clauses import asks, is_note
from app.assistant.wishing import for_another, wished
from app.vocabulary.asking import Asked
from app.vocabulary.reading import Turn
from app.vocabulary.turns import TurnReader

MOST = 4
"""Passages given to one message."""

BEST = 2
"""Passages given to one question."""

NEARLY = 0.85
"""The share of the best passage's fit from which on a second one is given, too."""

SURE = 3.0
"""How well a passage has to fit to stand before the text of the alternative that a question points at, and to be given
where a clinician noted a case."""

TOLD = 2.3
"""How well a passage has to fit to be given where somebody's situation was told in plain words and no question seen."""

SHORT = 4
"""Tokens up to which a question without a subject ("is it free?", "waiting times?") is about what was spoken of last; two more
where something was."""

SAME_DAY = 2
"""The level up to which a danger has to be acted on the same day."""

_PLACES = {"1": 0, "one": 0, "first": 0, "top": 0, "2": 1, "two": 1, "second": 1, "3": 2, "three": 2, "third": 2}
_OF_SOMETHING = frozenset(("wait", "lasts", "refer", "write", "runs"))
"""Topics that are always asked of something: what was spoken of last, where nothing is named."""

_OF_HELP = frozenset(("what", "refer", "runs"))
"""Topics that may be asked of a trouble in place of a help."""

_POINTING = frozenset(("it", "that", "this", "them", "those", "these", "they"))


@dataclass(frozen=True)
class Wanted:
    """What says it: the passage with this id, a danger, or an alternative and the topic (an id of content/reading/asking.yaml)
    asked about it."""

    passage: str = ""
    danger: str = ""
    alternative: str = ""
    topic: str = ""


Answering = Callable[[str], Mapping[str, float]]
"""From a plain question to the passages that answer it, each with how well it fits; none for what is not asked of us."""


def wanted(answer: Answer, knowledge: Knowledge, texts: Sequence[str], answering: Answering) -> list[Wanted]:
    """What answers the last message, best first: our passages and the parts of alternatives that it names. "It" is what was
    last asked about, else the first alternative listed. A message is taken whole, and only where that finds nothing are its
    questions taken alone; what says too little even so is taken with the question before."""
    last: list[str] = []
    topics: tuple[str, ...] = ()
    own: list[Wanted] = []
    said: list[str] = []
    pointing = False
    listed = [ranked.id for ranked in answer.ranking.core]
    first = answer.reading.first
    before = ""
    for turn, text in zip(answer.reading.turns[first:], texts[first:], strict=True):
        before = said[-1] if said else before
        own, said, pointing = [], [], False
        last = wished([turn], knowledge.mentions, answer.reading.attributes) or last
        for question in turn.asked:
            named = _named(turn, question, knowledge)
            about = for_another(question, answer.reading.attributes) or named or _for_need(turn, question, answer)
            dangers = [] if about or last else _dangers(question, answer)
            about = about or ([] if dangers else _pointed_at(turn, question, last, listed))
            last = about or last
            topics = question.topics or (topics if question.for_other or _goes_on(turn, question) else ()) or ("what",)
            own += [Wanted(danger=identity) for identity in dangers]
            own += [Wanted(alternative=identity, topic=topic) for identity in about for topic in topics]
            whole = question.end - question.start == len(turn.tokens)
            pointing = pointing or bool(dangers) or (bool(about) and not named and whole and _points(_words(turn, question)))
            said.append(text[turn.tokens[question.start].start : turn.tokens[question.end - 1].end])
    held = _best([answering(texts[-1])]) or _best(map(answering, said))
    told = not said and bool(answer.reading.turns[-1].cues) and not asks(texts[-1])
    if told:  # A situation, unless it fits what somebody asks too well to be one; what is offered for it is listed anyway.
        enough = SURE if is_note(texts[-1]) else TOLD
        held = {identity: fit for identity, fit in held.items() if fit >= enough and not _of(identity).alternative}
    if said and not held and not own:
        held = _best([answering(f"{before} {said[-1]}")])
    best = max(held.values(), default=0.0)
    passages = [_of(identity) for identity in list(held)[:BEST] if held[identity] >= NEARLY * best]
    return list(dict.fromkeys([*own, *passages] if pointing and best < SURE else [*passages, *own]))[:MOST]


def _of(identity: str) -> Wanted:
    alternative, _, topic = identity.rpartition(".")
    return Wanted(alternative=alternative, topic=topic) if alternative else Wanted(passage=identity)


def _points(said: Sequence[str]) -> bool:
    """By its place in the list, or as "it" in a question that says little more."""
    return _place(said) is not None or len(said) <= SHORT + 2


def _best(found: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """What several wordings of a question found, the best fit first."""
    fits: dict[str, float] = {}
    for each in found:
        for identity, fit in each.items():
            fits[identity] = max(fit, fits.get(identity, 0.0))
    return dict(sorted(fits.items(), key=lambda fit: -fit[1]))


def unanswered(answer: Answer, given: Sequence[Wanted]) -> bool:
    """True where the last message only asks something, and nothing that we hold speaks of it."""
    turn = answer.reading.turns[-1]
    return bool(turn.asked) and not turn.cues and not given


def _for_need(turn: Turn, question: Asked, answer: Answer) -> list[str]:
    """ "Who sorts the aggression?": what helps most with a need that was read and that the question names by a plain word."""
    if not _OF_HELP.intersection(question.topics) or _POINTING.intersection(_words(turn, question)):
        return []
    needs = [need for need in TurnReader.needs(turn.turn_words, question.start, question.end) if need in answer.needs]
    helps = [(reason.weight, ranked.id) for ranked in answer.ranking.core for reason in ranked.reasons if reason.id in needs]
    return [identity for _, identity in sorted(helps, key=lambda each: -each[0])[:1]]


def _dangers(question: Asked, answer: Answer) -> list[str]:
    """ "Who do I ring?", asked of no help in particular, is asked about the dangers that were raised, the first to act on."""
    urgent = [raised.flag.id for raised in answer.red_flags if raised.flag.level <= SAME_DAY]
    return urgent[:BEST] if "refer" in question.topics else []


def _goes_on(turn: Turn, question: Asked) -> bool:
    """ "And the second?", "and befriending?" ask of something else what was asked before."""
    return question.start == 0 and turn.tokens[0].text in ("and", "or")


def _words(turn: Turn, question: Asked) -> list[str]:
    return [token.text for token in turn.tokens[question.start : question.end]]


def _named(turn: Turn, question: Asked, knowledge: Knowledge) -> list[str]:
    return asked_about([" ".join(_words(turn, question))], knowledge)


def _pointed_at(turn: Turn, question: Asked, last: Sequence[str], listed: Sequence[str]) -> list[str]:
    said = _words(turn, question)
    place = _place(said)
    if place is not None:
        choice = last if len(last) > 1 else listed
        return list(choice[place : place + 1])
    if not question.topics and _POINTING.intersection(said):
        return list(last[:1])
    if _OF_SOMETHING.intersection(question.topics) or (
        question.topics and (_POINTING.intersection(said) or len(said) <= (SHORT + 2 if last else SHORT))
    ):
        return list(last[:1] or listed[:1])
    return []


def _place(said: Sequence[str]) -> int | None:
    """ "Number 1 on your list", "the second one"."""
    for before, word, after in zip(["", *said], said, [*said[1:], ""], strict=False):
        if word in _PLACES and (before == "number" or after == "one" or (before == "the" and word not in ("one", "1", "2", "3", "top"))):
            return _PLACES[word]
    return None
