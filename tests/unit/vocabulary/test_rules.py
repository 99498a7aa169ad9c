"""Every rule's own truth table: what it reads and what it passes over."""

from collections.abc import Callable

import pytest

from app.vocabulary import catalogue, lexicon
from app.vocabulary.assertion import State
from app.vocabulary.reading import Reading
from app.vocabulary.reading_schema import Rule
from tests.unit.vocabulary.conftest import CONTENT

KNOWN = catalogue.load(CONTENT)
RULES = lexicon.load(CONTENT, [*KNOWN.needs, *KNOWN.red_flags]).rules


def told(reading: Reading, rule: Rule) -> list[str]:
    """The rules that tell of the same thing in the same way: that it is there, or for a rule that denies, that it is not."""
    state = State.ABSENT if rule.denies else State.PRESENT
    return [cue.rule for cue in reading.cues if cue.gives == rule.gives and cue.state is state]


@pytest.mark.parametrize("identity", sorted(RULES))
def test_a_rule_reads_what_it_says_it_reads(identity: str, reading_of: Callable[..., Reading]) -> None:
    rule = RULES[identity]
    missed = [text for text in rule.reads if identity not in told(reading_of(text), rule)]
    assert missed == []


@pytest.mark.parametrize("identity", sorted(RULES))
def test_a_rule_passes_over_what_only_looks_like_it(identity: str, reading_of: Callable[..., Reading]) -> None:
    rule = RULES[identity]
    wrong = [text for text in rule.passes_over if told(reading_of(text), rule)]
    assert wrong == []


def test_every_need_and_red_flag_can_be_read() -> None:
    given = {rule.gives for rule in RULES.values()}
    assert sorted({*KNOWN.needs, *KNOWN.red_flags} - given) == []
