"""What is wrong with the reading rules as a whole: what is never used, can never fire, or contradicts something else.

Slower than loading, so it is for `flask content check` and the tests, not for the start.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from app.content.problems import Problem
from app.content.schema import Reviewed
from app.vocabulary.assertion import State
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.matching import LONGEST_PHRASE, phrases_by_class
from app.vocabulary.reading import read
from app.vocabulary.reading_schema import AnswerWords, AskingWords, ClassFile, Rule, RuleFile, TurnWords
from app.vocabulary.schema import Question
from app.vocabulary.tokens import GAP, words
from app.vocabulary.wordings import OneOf


def problems(
    entries: Mapping[Path, Reviewed],
    lexicon: Lexicon,
    red_flags: Iterable[str],
    alternatives: Iterable[str],
    needs: Iterable[str],
    questions: Mapping[str, Question],
) -> list[Problem]:
    """Everything, with the file and the line of its class or rule; the ids and questions are those that the files may name."""
    flags = frozenset(red_flags)
    found = [*_unused(entries, lexicon), *_empty_or_long(entries, lexicon), *_asked_in_vain(entries, frozenset(alternatives))]
    found += [*_taken_back_in_vain(entries, frozenset(needs)), *_answered_in_vain(entries, questions)]
    for path, rule in _rules(entries):
        found += [Problem(path, line_of(path, rule.id), what, fix) for what, fix in _dead(rule)]
        found += [Problem(path, line_of(path, rule.id), what, fix) for what, fix in _untrue(rule, lexicon, flags)]
    return [*found, *_contradicting(entries)]


def line_of(path: Path, identity: str) -> int:
    """The line on which a class or rule begins, from 1; 0 where it does not stand in the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() == f"- id: {identity}"), 0)


def _rules(entries: Mapping[Path, Reviewed]) -> Iterator[tuple[Path, Rule]]:
    for path, entry in entries.items():
        if isinstance(entry, RuleFile):
            yield from ((path, rule) for rule in entry.rules)


def _unused(entries: Mapping[Path, Reviewed], lexicon: Lexicon) -> Iterator[Problem]:
    used = {name for rule in lexicon.rules.values() for name in (*rule.all, *rule.none, *rule.not_inside)}
    used |= {other for concept in lexicon.classes.values() for other in concept.includes}
    for path, entry in entries.items():
        for concept in entry.classes if isinstance(entry, ClassFile) else ():
            if concept.id not in used:
                what = f"No rule uses class {concept.id}, so its members are never read."
                yield Problem(path, line_of(path, concept.id), what, "Use it in a rule or take it out.")


def _asked_in_vain(entries: Mapping[Path, Reviewed], alternatives: frozenset[str]) -> Iterator[Problem]:
    for path, entry in entries.items():
        for other in entry.for_others if isinstance(entry, AskingWords) else ():
            if other.alternative not in alternatives:
                what = f"{other.phrases[0]!r} asks for alternative {other.alternative!r}, which does not exist."
                yield Problem(path, 0, what, "Mend the id.")


def _taken_back_in_vain(entries: Mapping[Path, Reviewed], needs: frozenset[str]) -> Iterator[Problem]:
    for path, entry in entries.items():
        for subject in entry.subjects if isinstance(entry, TurnWords) else ():
            for need in set(subject.needs) - needs:
                yield Problem(path, 0, f"{subject.named[0]!r} takes back {need!r}, which is no need.", "Mend the id.")


def _answered_in_vain(entries: Mapping[Path, Reviewed], questions: Mapping[str, Question]) -> Iterator[Problem]:
    known = {(question.id, option.id) for question in questions.values() for option in question.options}
    for path, entry in entries.items():
        for answer in entry.answers if isinstance(entry, AnswerWords) else ():
            if (answer.question, answer.option) not in known:
                what = f"{answer.said_as[0]!r} answers {answer.question} with {answer.option!r}, which does not exist."
                yield Problem(path, 0, what, "Mend the ids.")


def _empty_or_long(entries: Mapping[Path, Reviewed], lexicon: Lexicon) -> Iterator[Problem]:
    spelt = phrases_by_class(lexicon.classes, lexicon.sets, OneOf())
    for path, entry in entries.items():
        for concept in entry.classes if isinstance(entry, ClassFile) else ():
            phrases = spelt[concept.id]
            line = line_of(path, concept.id)
            if not phrases:
                yield Problem(path, line, f"Class {concept.id} has no members.", "Add some or take it out.")
            for phrase in phrases:
                tokens = words(phrase)
                if not tokens or tokens[0] == GAP or tokens[-1] == GAP:
                    yield Problem(
                        path, line, f"{concept.id}: {phrase!r} begins or ends with a gap, or is empty.", "Begin and end with a word."
                    )
                if len(tokens) + 3 * tokens.count(GAP) > LONGEST_PHRASE:
                    yield Problem(path, line, f"{concept.id}: {phrase!r} is too long to be found.", "Shorten it.")


def _dead(rule: Rule) -> Iterator[tuple[str, str]]:
    """What makes a rule impossible by its form."""
    blocked = [name for name in rule.all if name in rule.none or name in rule.not_inside]
    if blocked:
        yield f"{rule.id} can never fire: it needs {blocked[0]} and is blocked by it.", "Take it out of one of the two."
    if not rule.reads:
        yield f"{rule.id} has no line that it reads, so nobody knows whether it can fire.", "Add a line to reads."
    if rule.none_window != 99 and not rule.none:
        yield f"{rule.id} has a none_window but nothing in none.", "Take none_window out."
    if len(rule.all) == 1 and (rule.ordered or (rule.reach != "clause" and not rule.none)):
        yield f"{rule.id} has one class, so ordered and reach do nothing.", "Take them out."


def _untrue(rule: Rule, lexicon: Lexicon, flags: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Lines of its truth table that do not hold."""
    if rule.denies and rule.gives in flags:
        yield f"{rule.id} denies a danger, which no rule may.", "Guard the rules of the danger in place of it."
    state = State.ABSENT if rule.denies else State.PRESENT
    for text in rule.reads:
        if not any(cue.rule == rule.id and cue.state is state for cue in read([text], lexicon, flags).cues):
            yield f"{rule.id} does not read {text!r}.", "Mend the rule, its classes or the line; flask assistant explain shows the stages."
    for text in rule.passes_over:
        other = next((c for c in read([text], lexicon, flags).cues if c.gives == rule.gives and c.state is state), None)
        if other:
            yield f"{rule.id} should pass over {text!r}, but {other.rule} reads it.", "Guard that rule or mend the line."


def _contradicting(entries: Mapping[Path, Reviewed]) -> Iterator[Problem]:
    """A line that one rule has to read and another of the same need has to pass over; two rules of one form that differ in how."""
    reads: dict[tuple[str, str], str] = {}
    forms: dict[tuple[object, ...], Rule] = {}
    passed: dict[tuple[str, str], list[tuple[Path, str]]] = defaultdict(list)
    for path, rule in _rules(entries):
        reads |= {(rule.gives, text): rule.id for text in rule.reads}
        for text in rule.passes_over:
            passed[rule.gives, text].append((path, rule.id))
        form = (rule.gives, frozenset(rule.all) if not rule.ordered else rule.all, rule.reach, rule.none, rule.not_inside)
        other = forms.setdefault(form, rule)
        if other is not rule:
            what = f"{rule.id} needs the same classes as {other.id}" + (
                " but says it differently." if _manner(rule) != _manner(other) else "."
            )
            yield Problem(path, line_of(path, rule.id), what, "Keep one of the two.")
    for (gives, text), places in passed.items():
        for path, identity in places:
            if (gives, text) in reads:
                what = f"{identity} should pass over {text!r}, which {reads[gives, text]} should read."
                yield Problem(path, line_of(path, identity), what, "Take the line out of one of the two.")


def _manner(rule: Rule) -> tuple[object, ...]:
    return rule.denies, rule.strength, rule.lexical, rule.lasting, rule.refusable, rule.about, rule.window, rule.none_window
