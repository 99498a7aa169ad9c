"""The whole trace of an answer in lines of text, stage by stage, for those who change the rules. Pure."""

from collections.abc import Iterator

from app.assistant.answering import Answer, Conversation, Knowledge, answer
from app.assistant.ranking import Ranked
from app.vocabulary.reading import Turn


def explained(text: str, knowledge: Knowledge) -> Iterator[str]:
    """Lines that name every stage's result, each with the words, rule and source that gave it."""
    made = answer(Conversation((text,), {}, {}), knowledge)
    turn = made.reading.turns[0]
    yield from _words(text, turn)
    yield from _cues(text, made, knowledge)
    yield from _ranking(made)


def _words(text: str, turn: Turn) -> Iterator[str]:
    yield "WORDS"
    yield "  read as: " + " ".join(token.text if token.text != "\n" else "/" for token in turn.tokens)
    for typo in turn.typos:
        yield f"  slip: {typo.wrote} read as {typo.read_as}"
    for start, end in turn.identifiers:
        yield f"  blanked: characters {start + 1} to {end}"
    for start, end in turn.not_understood:
        yield f"  not known: {text[start:end]}"
    for question in turn.asked:
        said = " ".join(token.text for token in turn.tokens[question.start : question.end])
        yield f"  asks ({', '.join(question.topics) or 'no known topic'}): {said}"
    yield "CLASSES"
    for match in turn.matches:
        yield f"  {match.concept}: {' '.join(token.text for token in turn.tokens[match.start : match.end])}"


def _cues(text: str, made: Answer, knowledge: Knowledge) -> Iterator[str]:
    yield "CUES (characters, words: what, how it stands, rule, source)"
    for cue in made.reading.cues:
        rule = knowledge.lexicon.rules[cue.rule]
        sure = ("" if cue.strong else ", weak") + (", suspected" if cue.uncertain else "") + (", asked" if cue.asked else "")
        _, start, end = cue.span
        yield f"  {start + 1}-{end} {text[start:end]!r}: {cue.gives} {cue.state}{sure}, {cue.rule}, {rule.source or '-'}"
    yield "ATTRIBUTES"
    for name, value in made.facts.attributes.items():
        yield f"  {name}={value}"
    yield "DANGERS"
    for item in made.red_flags:
        yield f"  level {item.flag.level} {item.flag.id}: {', '.join(cue.rule for cue in item.cues)}"
    yield "NEEDS"
    for identity, certainty in made.needs.items():
        yield f"  {identity} (counts {certainty:g})"


def _ranking(made: Answer) -> Iterator[str]:
    yield "ALTERNATIVES (points: reasons)"
    for place, ranked in enumerate(made.ranking.core, 1):
        yield f"  {place:2} {ranked.id} {ranked.score:g}: {_reasons(ranked)}"
    yield "ADD-ONS"
    for ranked in made.ranking.support:
        yield f"     {ranked.id} {ranked.score:g}: {_reasons(ranked)}"
    yield "NOT LISTED"
    for item in made.ranking.not_listed:
        yield f"     {item.id}: {item.rule}, {item.text}"
    yield f"QUESTION {made.question.id if made.question else 'none'}"


def _reasons(ranked: Ranked) -> str:
    given = [f"{reason.kind} {reason.id} {reason.weight:g}" for reason in ranked.reasons]
    return "; ".join(given)
