"""What the content check finds in the reading rules: file, line, what is wrong, what to do."""

import shutil
from pathlib import Path

import pytest

from app.content.problems import ContentError
from app.vocabulary import checking, lexicon
from app.vocabulary.catalogue import Vocabulary
from tests.unit.vocabulary.conftest import CONTENT

HEAD = "author: Fingerpost content\nsources: [cssg]\nreviewed: 2026-11-22\nnext_review: 2027-05-22\n"
CLASSES = "classes:\n  - id: ZEBRA\n    means: a striped horse\n    members: [zebra, striped horse]\n"
RULE = "rules:\n  - id: falls.zebra\n    gives: falls\n    all: [ZEBRA]\n    reads: [fell off a zebra]\n"


def found(
    tmp_path: Path,
    vocabulary: Vocabulary,
    classes: str = CLASSES,
    rules: str = RULE,
    without: str = "",
) -> list[str]:
    """Problems of a reading folder that holds only the named class and rule beside the words that turn a cue. `without` is the
    id of an alternative, need or question that is not there."""
    (tmp_path / "reading" / "classes").mkdir(parents=True)
    (tmp_path / "reading" / "rules").mkdir()
    for path in (CONTENT / "reading").glob("*.yaml"):
        shutil.copy(path, tmp_path / "reading")
    (tmp_path / "reading" / "classes" / "zoo.yaml").write_text(HEAD + classes)
    (tmp_path / "reading" / "rules" / "zoo.yaml").write_text(HEAD + rules)
    compiled = lexicon.load(tmp_path, [*vocabulary.needs, *vocabulary.red_flags])
    alternatives, needs = set(vocabulary.alternatives) - {without}, set(vocabulary.needs) - {without}
    questions = {identity: question for identity, question in vocabulary.questions.items() if identity != without}
    problems = checking.problems(lexicon.heads(tmp_path), compiled, ["fire_risk"], alternatives, needs, questions)
    return [str(problem).replace(str(tmp_path), "") for problem in problems]


def test_a_sound_class_and_rule_give_no_problem(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert found(tmp_path, vocabulary) == []


UNUSED = CLASSES + "  - id: LION\n    means: a cat\n    members: [lion]\n"
EMPTY = CLASSES + "  - id: LION\n    means: a cat\n"
GAP_AT_END = CLASSES.replace("striped horse]", '"striped …"]')


@pytest.mark.parametrize(
    ("classes", "rules", "expected"),
    [
        (UNUSED, RULE, "/reading/classes/zoo.yaml:9: No rule uses class LION"),
        (EMPTY, RULE + "    none: [LION]\n", "/reading/classes/zoo.yaml:9: Class LION has no members"),
        (GAP_AT_END, RULE, "begins or ends with a gap"),
        (CLASSES, RULE + "    none: [ZEBRA]\n", "/reading/rules/zoo.yaml:6: falls.zebra can never fire"),
        (CLASSES, RULE.replace("    reads: [fell off a zebra]\n", ""), "falls.zebra has no line that it reads"),
        (CLASSES, RULE.replace("a zebra]", "a horse]"), "falls.zebra does not read 'fell off a horse'"),
        (CLASSES, RULE + "    passes_over: [rode a zebra]\n", "should pass over 'rode a zebra', but falls.zebra reads it"),
        (
            CLASSES,
            RULE + "    passes_over: [fell off a zebra]\n",
            "falls.zebra should pass over 'fell off a zebra', which falls.zebra should read",
        ),
        (
            CLASSES,
            RULE + RULE.removeprefix("rules:\n").replace("falls.zebra", "falls.again") + "    lexical: true\n",
            "/reading/rules/zoo.yaml:10: falls.again needs the same classes as falls.zebra but says it differently",
        ),
        (CLASSES, RULE + "    none_window: 3\n", "falls.zebra has a none_window but nothing in none"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_fix(
    classes: str, rules: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    problems = found(tmp_path, vocabulary, classes, rules)
    assert any(expected in problem for problem in problems), problems


def test_a_set_of_words_that_does_not_exist_is_named_with_its_class(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(ContentError, match="ZEBRA uses the set <STRIPED>"):
        found(tmp_path, vocabulary, classes=CLASSES.replace("[zebra", '[zebra, "<STRIPED> horse"'))


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("carers_assessment", "asks for alternative 'carers_assessment', which does not exist"),
        ("alcohol", "takes back 'alcohol', which is no need"),
        ("q_home", "answers q_home with "),
    ],
)
def test_what_the_lists_name_has_to_exist(without: str, said: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    problems = found(tmp_path, vocabulary, without=without)
    assert problems and all(said in problem for problem in problems)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("striped|spotted horse", "brackets of 'striped|spotted horse' do not fit"),
        (
            "(a b|c d|e f)(a b|c d|e f)(a b|c d|e f)(a b|c d|e f)(a b|c d|e f)(a b|c d|e f)(a b|c d|e f) horse",
            "stands for more than 1500 phrases",
        ),
    ],
)
def test_a_member_that_cannot_be_spelt_out_is_refused(tmp_path: Path, vocabulary: Vocabulary, member: str, words: str) -> None:
    with pytest.raises(ContentError, match=words.replace("|", r"\|")):
        found(tmp_path, vocabulary, classes=CLASSES.replace("[zebra", f'[zebra, "{member}"'))


def test_no_rule_may_deny_a_danger(tmp_path: Path, vocabulary: Vocabulary) -> None:
    denying = RULE.replace("gives: falls", "gives: fire_risk\n    denies: true").replace("falls.zebra", "fire_risk.zebra")
    assert any("fire_risk.zebra denies a danger, which no rule may" in problem for problem in found(tmp_path, vocabulary, rules=denying))


@pytest.mark.parametrize(("file", "key"), [("assertion.yaml", "negation_before:"), ("asking.yaml", "asks:")])
def test_a_bracket_left_open_in_the_words_that_turn_or_ask_is_refused(tmp_path: Path, vocabulary: Vocabulary, file: str, key: str) -> None:
    found(tmp_path, vocabulary)
    path = tmp_path / "reading" / file
    text = path.read_text(encoding="utf-8")
    start = text.index("[", text.index(f"\n{key}")) + 1
    path.write_text(text[:start] + '"(no|without sign of", ' + text[start:], encoding="utf-8")
    with pytest.raises(ContentError, match=r"brackets of '\(no\|without sign of' do not fit"):
        lexicon.load(tmp_path, [*vocabulary.needs, *vocabulary.red_flags])
