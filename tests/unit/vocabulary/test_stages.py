"""The stages of reading, each by itself: phrases with gaps, rules within a reach, slips, shorthand."""

import pytest

from app.vocabulary.abbreviations import Expander
from app.vocabulary.assertion import Clause
from app.vocabulary.composing import Places, RuleBook
from app.vocabulary.matching import Match, PhraseTree
from app.vocabulary.reading_schema import Abbreviation, Rule
from app.vocabulary.tokens import tokenise, words
from app.vocabulary.typos import Corrector


def found(phrase: str, text: str) -> list[str]:
    tokens = [token.text for token in tokenise(text)]
    return [" ".join(tokens[match.start : match.end]) for match in PhraseTree([(phrase, "X")]).longest(tokens)]


def test_a_gap_in_a_phrase_stands_for_up_to_three_words() -> None:
    assert found("leg … bath", "cannot get a leg over the bath") == ["leg over the bath"]
    assert found("leg … bath", "leg bath") == ["leg bath"]
    assert found("leg … bath", "leg up and over the bath") == []


def test_a_gap_does_not_reach_into_the_next_sentence() -> None:
    assert found("leg … bath", "ulcer on leg. Bath rail wanted") == []


def holds(rule: Rule, *matches: Match, tokens: int = 20) -> bool:
    return bool(list(RuleBook([rule]).compose("clause", [Clause(0, tokens)], Places(matches), ())))


def test_a_class_of_none_blocks_only_within_its_window() -> None:
    rule = Rule(id="falls.x", gives="falls", all=("FELL",), none=("ASLEEP",), none_window=2)
    assert not holds(rule, Match("FELL", 0, 1), Match("ASLEEP", 2, 3))
    assert holds(rule, Match("FELL", 0, 1), Match("ASLEEP", 9, 10))


def test_parts_of_an_ordered_rule_may_share_words_but_not_stand_inside_one_another() -> None:
    rule = Rule(id="mobility.x", gives="mobility", all=("CANNOT_GET", "GET_UP"), ordered=True)
    assert holds(rule, Match("CANNOT_GET", 0, 3), Match("GET_UP", 2, 5))
    assert not holds(rule, Match("CANNOT_GET", 0, 3), Match("GET_UP", 1, 3))
    assert not holds(rule, Match("CANNOT_GET", 3, 5), Match("GET_UP", 0, 2))


def across(rule: Rule, *matches: Match) -> list[tuple[int, ...]]:
    """Where the parts of what is read over two sentences of ten tokens begin."""
    read = RuleBook([rule]).compose_across([Clause(0, 10), Clause(10, 20)], Places(matches), ())
    return [tuple(part.start for part in composed.parts) for composed in read]


def test_a_rule_of_the_whole_text_is_not_tried_in_a_clause() -> None:
    rule = Rule(id="falls.x", gives="falls", all=("FLOOR", "STUCK"), reach="text", window=20)
    parts = (Match("FLOOR", 0, 1), Match("STUCK", 12, 13))
    assert across(rule, *parts) == [(0, 12)] and not holds(rule, *parts)


def test_a_rule_of_the_whole_text_holds_in_either_order_of_the_sentences() -> None:
    rule = Rule(id="falls.x", gives="falls", all=("FLOOR", "STUCK"), reach="text", ordered=True, window=8)
    assert across(rule, Match("STUCK", 2, 3), Match("FLOOR", 18, 19)) == [(18, 2)]
    assert across(rule, Match("STUCK", 2, 3), Match("FLOOR", 8, 9)) == []  # one sentence stays as it is


def test_what_is_read_in_both_orders_is_read_once() -> None:
    rule = Rule(id="falls.x", gives="falls", all=("FLOOR", "STUCK"), reach="text", window=20)
    assert across(rule, Match("FLOOR", 2, 3), Match("STUCK", 4, 5)) == [(2, 4)]


def corrector() -> Corrector:
    ours = ["mum", "fell", "wandering", "chair", "not", "denies", "dementia", "dimentia", "stairs", "stars", "working", "parkinsons"]
    return Corrector(ours, frozenset({"cart", "horse", "choir", "carthorse", "dementia", "stairs", "stars", "working"}), ["not", "denies"])


@pytest.mark.parametrize(
    ("wrote", "read_as"),
    [
        ("wnadering", "wandering"),
        ("wandring", "wandering"),
        ("mumfell", "mum fell"),
        ("dmentia", "dementia"),  # "dimentia" is as near, but no English
        ("stirs", "stairs"),  # a letter left out before another letter
        ("dneies", "denies"),
    ],
)
def test_one_slip_is_read_through(wrote: str, read_as: str) -> None:
    read, typos = corrector().correct(tokenise(wrote))
    assert " ".join(token.text for token in read) == read_as
    assert [(typo.wrote, typo.read_as) for typo in typos] == [(wrote, read_as)]


@pytest.mark.parametrize("word", ["carthorse", "choir", "wanderring!x"[:5], "fellnot", "notchair", "wndrng", "wandrign", "deniess"])
def test_english_two_slips_and_negations_are_left_alone(word: str) -> None:
    read, typos = corrector().correct(tokenise(word))
    assert not typos and [token.text for token in read] == [word]


def test_a_slip_that_may_be_one_of_two_words_is_left_alone() -> None:
    known = Corrector(["falls", "fills"], frozenset(), [])
    assert known.correct(tokenise("fxlls"))[1] == []
    assert [typo.read_as for typo in Corrector(["falls"], frozenset(), []).correct(tokenise("fxlls"))[1]] == ["falls"]


def test_a_run_of_letters_longer_than_any_word_is_no_slip() -> None:
    known = Corrector(["physiotherapist", "carers", "housekeeping"], frozenset(), [])
    assert [typo.read_as for typo in known.correct(tokenise("physiotherapistcarers"))[1]] == ["physiotherapist carers"]
    assert known.correct(tokenise("physiotherapisthousekeeping"))[1] == []


@pytest.mark.parametrize(("text", "slips"), [("Son in Woking.", []), ("Woking.", ["working"]), ("Has Parkinsens", ["parkinsons"])])
def test_a_short_name_is_no_slip(text: str, slips: list[str]) -> None:
    assert [typo.read_as for typo in corrector().correct(tokenise(text))[1]] == slips


def test_a_corrected_word_keeps_its_capital() -> None:
    assert corrector().correct(tokenise("Has Parkinsens"))[0][1].initial


def expanded(text: str) -> str:
    expander = Expander([Abbreviation(short="w", long="wife", capital=True), Abbreviation(short="cant", long="can not")])
    return " ".join(token.text for token in expander.expand(tokenise(text)))


def test_a_capital_is_read_only_as_a_word_in_capitals() -> None:
    assert expanded("W shattered") == "wife shattered"
    assert expanded("walks w frame") == "walks w frame"
    assert expanded("on ward W7") == "on ward w 7"
    assert expanded("WALKS W FRAME") == "walks w frame"


def test_a_phrase_keeps_its_gap_when_its_shorthand_is_written_out() -> None:
    expander = Expander([Abbreviation(short="cant", long="can not")])
    assert words(expander.phrase("cant … bath")) == ("can", "not", "…", "bath")
