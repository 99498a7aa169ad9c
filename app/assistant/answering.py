"""From the turns of a conversation to the whole answer. Pure; the page, the API and the command line all start here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.assistant.codes import CodeFile
from app.assistant.questions import choose
from app.assistant.ranking import Ranking, Situation, order, rank
from app.assistant.saying import said_answers
from app.assistant.schema import RankFile
from app.assistant.wishing import named, wished
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.conditions import Facts
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.matching import PhraseTree
from app.vocabulary.reading import Cue, Reading, Turn, gathered, read_turns
from app.vocabulary.schema import Option, Question, RedFlag
from app.vocabulary.tokens import words


@dataclass(frozen=True)
class Knowledge:
    """All content that an answer is made from."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    ranking: RankFile
    mentions: PhraseTree
    codes: CodeFile


@dataclass(frozen=True)
class Conversation:
    """What the page or program sends: the turns oldest first, answers to questions, and cues that were flipped."""

    turns: tuple[str, ...]
    answers: Mapping[str, str]
    flipped: Mapping[str, str]


@dataclass(frozen=True)
class RaisedFlag:
    """A danger, the words that raised it, or the answer that did."""

    flag: RedFlag
    cues: tuple[Cue, ...]
    by_answer: str = ""


@dataclass(frozen=True)
class Change:
    """What the last turn changed: something "added" or "removed", or an alternative "moved" (places from and to, from 1)."""

    what: str
    id: str
    change: str
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class Answer:
    """The answer before local services are put to it."""

    reading: Reading
    needs: Mapping[str, float]
    red_flags: tuple[RaisedFlag, ...]
    ranking: Ranking
    question: Question | None
    changed: tuple[Change, ...]
    facts: Facts


def mention_tree(vocabulary: Vocabulary) -> PhraseTree:
    """The names people use for alternatives, to tell what a question asks about."""
    return PhraseTree(
        (phrase, alternative.id)
        for alternative in vocabulary.alternatives.values()
        for phrase in (*alternative.asked_for_as, alternative.label, alternative.short_label)
    )


def answer(conversation: Conversation, knowledge: Knowledge, unavailable: frozenset[str] = frozenset()) -> Answer:
    """Read, raise dangers, rank, choose at most one question, and say what the last turn changed. Alternatives that are
    `unavailable` are not offered."""
    turns = read_turns(conversation.turns, knowledge.lexicon)

    def after(number: int, said: Mapping[str, str]) -> Answer:
        heard = Conversation(conversation.turns[:number], {**said, **conversation.answers}, conversation.flipped)
        return _answer(heard, turns[:number], knowledge, unavailable)

    said = said_answers(turns, lambda number, given: after(number, given).question)
    made = after(len(turns), said[-1])
    if len(turns) < 2:
        return made
    changed = _changes(after(len(turns) - 1, said[-2]), made, knowledge.ranking.shown_first)
    return replace(made, changed=changed)


def _answer(conversation: Conversation, turns: Sequence[Turn], knowledge: Knowledge, unavailable: frozenset[str]) -> Answer:
    vocabulary, file = knowledge.vocabulary, knowledge.ranking
    reading = gathered(turns, knowledge.lexicon, vocabulary.red_flags, conversation.flipped)
    wishes = wished(turns[reading.first :], knowledge.mentions, reading.attributes)
    chosen = _chosen(conversation.answers, vocabulary.questions)
    needs_read = {found.id: found.certainty for found in reading.needs}
    strong = frozenset(found.id for found in reading.needs if any(cue.strong for cue in found.cues))

    flags = _raised(reading, chosen, vocabulary.red_flags)

    def situation(options: Sequence[tuple[Question, Option]]) -> Situation:
        known = _facts(needs_read, strong, reading.attributes, options, flags)
        situated = _situation(conversation.turns, reading, options, flags, known, knowledge, unavailable)
        return replace(situated, wished=wishes)

    def first_if(question: Question, option: Option) -> Sequence[str]:
        """No danger is new then: a question that could raise one is chosen before others are compared."""
        return order(situation([*chosen, (question, option)]), vocabulary, file, ranking.order).core[: file.shown_first]

    now = situation(chosen)
    ranking = rank(now, vocabulary, file)
    asked = None
    needs = {need: certainty for need, certainty in now.needs.items() if need not in now.wondered}
    if needs:
        standing = first(ranking, file.shown_first)
        asked = choose(vocabulary.questions, now.facts, conversation.answers, standing, first_if, file.question_threshold)
    return Answer(reading, needs, flags, ranking, asked, (), now.facts)


def first(ranking: Ranking, number: int) -> list[str]:
    """Ids of the first alternatives, as shown."""
    return [ranked.id for ranked in ranking.core[:number]]


def _chosen(answers: Mapping[str, str], questions: Mapping[str, Question]) -> list[tuple[Question, Option]]:
    return [
        (questions[identity], option)
        for identity, picked in answers.items()
        if identity in questions
        for option in questions[identity].options
        if option.id == picked
    ]


def _raised(reading: Reading, chosen: Sequence[tuple[Question, Option]], flags: Mapping[str, RedFlag]) -> tuple[RaisedFlag, ...]:
    raised = {found.id: RaisedFlag(flags[found.id], found.cues) for found in reading.red_flags}
    for question, option in chosen:
        for identity in option.red_flags:
            raised.setdefault(identity, RaisedFlag(flags[identity], (), question.id))
    return tuple(sorted(raised.values(), key=lambda item: (item.flag.level, item.flag.id)))


def _facts(
    needs_read: Mapping[str, float],
    strong: frozenset[str],
    attributes_read: Mapping[str, str],
    chosen: Sequence[tuple[Question, Option]],
    flags: Sequence[RaisedFlag],
) -> tuple[dict[str, float], Facts]:
    needs, attributes = dict(needs_read), dict(attributes_read)
    for _, option in chosen:
        needs |= {need: 1.0 for need in option.affirms}
        if option.attribute:
            name, value = option.attribute.split("=", 1)
            attributes[name] = value
    attributes["needs_read"] = str(len(needs))
    levels = {item.flag.id: item.flag.level for item in flags}
    return needs, Facts(frozenset(needs), strong, dict(levels), attributes)


def _situation(
    turns: Sequence[str],
    reading: Reading,
    chosen: Sequence[tuple[Question, Option]],
    flags: Sequence[RaisedFlag],
    known: tuple[dict[str, float], Facts],
    knowledge: Knowledge,
    unavailable: frozenset[str],
) -> Situation:
    needs, facts = known
    wondered = [] if needs else list(dict.fromkeys(cue.gives for cue in reading.cues if cue.asked))
    if wondered:
        needs, facts = dict.fromkeys(wondered, 1.0), replace(facts, needs=frozenset(wondered), strong=frozenset(wondered))
    return Situation(
        needs=needs,
        wondered=wondered,
        facts=facts,
        raised=[identity for _, option in chosen for identity in option.raises],
        lowered=[identity for _, option in chosen for identity in option.lowers],
        flags=[item.flag.id for item in flags],
        asked_about=asked_about(turns[-1:], knowledge) if wondered or not needs else [],
        unavailable=unavailable,
    )


def asked_about(turns: Sequence[str], knowledge: Knowledge) -> list[str]:
    """Alternatives that the text names, in the order of naming; longer names hide shorter ones inside them."""
    return list(dict.fromkeys(match.concept for text in turns for match in named(knowledge.mentions, words(text))))


def _changes(before: Answer, after: Answer, number: int) -> tuple[Change, ...]:
    changes = [Change("need", need, "added") for need in after.needs if need not in before.needs]
    changes += [Change("need", need, "removed") for need in before.needs if need not in after.needs]
    had = {item.flag.id for item in before.red_flags}
    changes += [Change("red_flag", item.flag.id, "added") for item in after.red_flags if item.flag.id not in had]
    old, new = first(before.ranking, number), first(after.ranking, number)
    for place, identity in enumerate(new, 1):
        was = old.index(identity) + 1 if identity in old else 0
        if was != place:
            changes.append(Change("alternative", identity, "moved" if was else "added", was, place))
    changes += [Change("alternative", identity, "removed", old.index(identity) + 1) for identity in old if identity not in new]
    return tuple(changes)
