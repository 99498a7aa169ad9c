"""GIFT: what we write is read again as the same questions, and what others wrote as far as our questions go."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.training import catalogue
from app.training.interchange import banks, drafts, gift
from app.training.interchange.drafts import Lost
from app.training.interchange.gift import Broken, GiftError, Kind
from app.training.interchange.told import bank_of, weights
from app.training.schema import Choice, Question, QuestionFile
from app.vocabulary import catalogue as vocabulary
from tests.unit.training.made import choice, question

ROOT = Path(__file__).resolve().parents[3]
WORDS = vocabulary.load(ROOT / "content")
MODULES = catalogue.load(ROOT / "training_modules", sources=WORDS.sources, alternatives=WORDS.alternatives)
ALLOWED = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}
"""The shares of a mark that Moodle's import takes, below nothing as well."""

HOSTILE = [
    "{", "}", "~", "=", "#", ":", "\\", "\n", "\n\n", "->", "%50%", "%", "[html]", "[", "//", "$CATEGORY: x", "####", "::", "\\n", "T",
    "ü", "老", "\u2028", "\x0b", "\x1c", '"', "<b>", "&&058;", " ",
]  # fmt: skip
SIGNS = st.sampled_from(HOSTILE) | st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
KINDS = ["single", "multiple", "ordering", "matching"]


def hostile(least: int, most: int) -> st.SearchStrategy[str]:
    """Text of signs that mean something in GIFT, and of any others but NUL, carriage returns and half signs."""
    texts = st.lists(SIGNS, max_size=12).map("".join)
    return texts.map(lambda text: text.strip()[:most].strip()).map(lambda text: text.ljust(least, "x"))


@st.composite
def any_question(draw: st.DrawFn) -> Question:
    """A question of any kind and any text, but for its ids and letters."""
    kind = draw(st.sampled_from(KINDS))
    parts = [{"id": letter, "text": draw(hostile(3, 60)), "feedback": draw(hostile(20, 80))} for letter in "cbad"]
    made: dict[str, Any] = {"options": [one | {"right": at < (1 if kind == "single" else 2)} for at, one in enumerate(parts)]}
    if kind == "ordering":
        made = {"steps": parts}
    if kind == "matching":
        answers = draw(st.lists(hostile(2, 40), min_size=6, max_size=6, unique_by=str.strip))
        made = {"pairs": [one | {"answer": answer} for one, answer in zip(parts, answers, strict=False)], "others": answers[4:]}
    texts = {"about": draw(hostile(1, 40)), "vignette": draw(hostile(40, 120)), "stem": draw(hostile(10, 80))}
    return question(**texts, **made, kind=kind)


def as_gift(*bank: Question) -> str:
    return banks.write(QuestionFile.model_construct(cases=(), questions=bank), lambda form: ("Fingerpost", "a/b", form))


@given(any_question())
def test_a_question_of_any_text_comes_back_as_it_was(made: Question) -> None:
    draft = drafts.read(as_gift(made))
    assert draft.remarks == []
    assert [TypeAdapter(Question).validate_python(one) for one in draft.questions] == [made]


@pytest.mark.parametrize(
    "text",
    [
        "// no comment", "$CATEGORY: none", "%50% of people", "[html] is a format", "a {b} ~c =d #e :f \\ g", "one\n\ntwo",
        "ends with a \\", "####", "::name::", "\\n is no new line", "TRUE", "-> to ->", "\u2192 and ->",
        "line\u2028separator", "&&058; stays",
        "\x1cat the edge",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_signs_that_mean_something_in_gift_are_only_text(kind: str, text: str) -> None:
    why = f"{text}: that is why it is so, in more words."
    parts = [
        {"id": letter, "text": f"{text} {letter}", "feedback": why, "right": letter == "b" or (kind == "multiple" and letter == "c")}
        for letter in "cba"
    ]
    made = {
        "ordering": {"steps": [{name: one for name, one in part.items() if name != "right"} for part in parts]},
        "matching": {
            "pairs": [{"id": one["id"], "text": one["text"], "feedback": why, "answer": f"{text} {one['id']}"} for one in parts],
            "others": [text],
        },
    }.get(kind, {"options": parts})
    told = question(kind=kind, about=text, vignette=f"{text}\n\n{text} {'x' * 40}\n{text}", stem=f"{text}\n\n{text} or not?", **made)
    draft = drafts.read(as_gift(told, told.model_copy(update={"id": "another"})))
    assert draft.remarks == []
    assert TypeAdapter(Question).validate_python(draft.questions[0]) == told
    assert len(draft.questions) == 2


def test_a_case_is_told_with_each_of_its_questions_and_kept_once() -> None:
    bank = bank_of(MODULES["before-the-care-home"])
    case = bank.cases[0]
    text = banks.write(bank, lambda form: ("Fingerpost", form))
    asked = [one for one in bank.questions if one.case == case.id]
    assert text.count(gift.escaped(case.vignette)) == len(asked) > 1
    changed = text.replace(gift.escaped(case.vignette), "Another story altogether", 1)
    assert [(one.name, one.what) for one in drafts.read(changed).remarks] == [(asked[1].id, Lost.CASE)]


@pytest.mark.parametrize("right", [1, 2, 3, 4, 5])
def test_the_weights_are_of_those_that_moodle_takes_and_to_choose_everything_gives_nothing(right: int) -> None:
    for options in range(max(3, right + 1), 7):
        told = choice("abcdef"[:right], "abcdef"[:options])
        assert isinstance(told, Choice)
        item = gift.parse(list(gift.blocks(as_gift(told)))[-1])
        assert {abs(one.weight) for one in item.answers} <= ALLOWED
        assert item.whole is (right == 1)
        assert abs(sum(weights(told).values())) < 0.001 or right == 1


@pytest.mark.parametrize("slug", MODULES)
def test_every_bank_of_ours_comes_back_as_it_was(slug: str) -> None:
    bank = bank_of(MODULES[slug])
    draft = drafts.read(banks.write(bank, lambda form: ("Fingerpost", slug, form)))
    assert (draft.remarks, draft.left) == ([], [])
    assert QuestionFile.model_validate(draft.bank) == bank


# What others wrote


def only(text: str) -> gift.Item:
    """The one question in a file."""
    (block,) = gift.blocks(text)
    return gift.parse(block)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Just to be read.", Kind.DESCRIPTION, "Just to be read."),
        ("Tell us more. {}", Kind.ESSAY, "Tell us more."),
        ("How many? {#4:1}", Kind.NUMERICAL, "How many?"),
        ("How many? {# =4:0 =%50%4:2 ~#No}", Kind.NUMERICAL, "How many?"),
        ("Which? {~one =two}", Kind.CHOICE, "Which?"),
        ("The {~one =two} of them", Kind.CHOICE, "The _____ of them"),
        ("Match. {=a -> 1 =b -> 2}", Kind.MATCHING, "Match."),
        ("True? {T}", Kind.TRUE_FALSE, "True?"),
        ("True? {FALSE#why}", Kind.TRUE_FALSE, "True?"),
        ("True? {true}", Kind.SHORT_ANSWER, "True?"),
        ("Name it. {=this =that}", Kind.SHORT_ANSWER, "Name it."),
        ("Name it. {=a \\~ b}", Kind.SHORT_ANSWER, "Name it."),
    ],
)
def test_the_type_is_found_as_moodle_finds_it(text: str, kind: Kind, said: str) -> None:
    assert (only(text).kind, only(text).text) == (kind, said)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("One brace { only", Broken.BRACES),
        ("The wrong } way { round", Broken.BRACES),
        ("One answer {~only}", Broken.TOO_FEW),
        ("One pair {=a -> b}", Broken.TOO_FEW),
        ("No arrow {=a -> b =c}", Broken.NO_ARROW),
    ],
)
def test_what_moodle_refuses_is_refused(text: str, why: Broken) -> None:
    with pytest.raises(GiftError) as refused:
        only(text)
    assert refused.value.why is why


def test_names_formats_weights_and_feedback_are_read() -> None:
    item = only("// aside\n::A \\: name::[markdown]Which *two*?{\n~%50%one#good\n ~%-50%[plain]two # bad \n~%50%\\=three####In all\n}")
    assert (item.name, item.text, item.markup, item.general, item.whole) == ("A : name", "Which *two*?", "markdown", "In all", False)
    assert [(one.text, one.feedback, one.weight) for one in item.answers] == [("one", "good", 50), ("two", "bad", -50), ("=three", "", 50)]


def test_an_unknown_format_stays_in_the_text() -> None:
    assert only("[wiki]Which? {~one =two}").text == "[wiki]Which?"


def test_of_a_true_or_false_the_wrong_feedback_stands_first() -> None:
    answers = only("So? {TRUE#no#yes####all}").answers
    assert [(one.text, one.weight, one.feedback) for one in answers] == [("T", 100, "yes"), ("F", 0, "no")]


FOREIGN = """
$CATEGORY: somewhere/else

::Who pays?::<p>She has &pound;9,000.</p> Who pays?{~She does#No =The council#Yes}

[html]<p>She has &pound;9,000.</p><p>Who <b>pays</b>?</p>{~She does =The council ~%50%Both}

::Who pays?::Choose two.

{~%50%a ~%50%b ~%-100%c}

Say more {}

Match {=Help to wash -> Home care =A ramp -> Adaptations = -> A gift ####It depends}

Free for all {F#Only some}

How old? {#85}

Unfinished { here
"""


def test_of_what_others_wrote_everything_is_taken_that_fits_and_the_rest_is_told_and_kept() -> None:
    draft = drafts.read(FOREIGN)
    assert [(one["id"], one["kind"]) for one in draft.questions] == [
        ("who-pays", "single"), ("she-has-9-000-who-pays", "single"), ("question", "multiple"), ("match", "matching"),
        ("free-for-all", "single"),
    ]  # fmt: skip
    assert draft.questions[0]["options"] == [
        {"id": "a", "text": "She does", "feedback": "No"}, {"id": "b", "text": "The council", "right": True, "feedback": "Yes"},
    ]  # fmt: skip
    assert draft.questions[1]["stem"] == "She has £9,000.\nWho pays?"
    assert draft.questions[3]["pairs"][1] == {"id": "b", "text": "A ramp", "answer": "Adaptations"}
    assert draft.questions[3]["others"] == ["A gift"]
    assert [(one.line, one.what) for one in draft.remarks] == [
        (6, Lost.MARKUP), (6, Lost.WEIGHTS), (8, Lost.DESCRIPTION), (12, Lost.ESSAY), (14, Lost.GENERAL),
        (16, Lost.TRUE_FALSE), (18, Lost.NUMERICAL), (20, Lost.BRACES),
    ]  # fmt: skip
    assert [raw for raw in draft.left if "Unfinished" in raw or "Say more" in raw] == ["Say more {}", "Unfinished { here"]


def test_a_comment_of_ours_that_was_damaged_or_fits_no_more_is_told() -> None:
    text = as_gift(choice("b"))
    damaged = drafts.read(text.replace('"letters"', '"lettres"'))
    assert [one.what for one in damaged.remarks] == [Lost.COMMENT]
    shortened = drafts.read(text.replace("\n}", "\n\t~One more\n}"))
    assert [one.what for one in shortened.remarks] == [Lost.COMMENT]
    assert [len(draft.questions[0]["options"]) for draft in (damaged, shortened)] == [4, 5]


@given(
    st.lists(SIGNS, max_size=60).map("".join)
    | st.lists(st.sampled_from(["{", "}", "=", "~", "->", "\n\n", "#", "T", "a", "// fingerpost: {}"]), max_size=30).map("".join)
)
def test_text_of_any_kind_is_taken_or_told(text: str) -> None:
    draft = drafts.read(text)
    written = [block for block in gift.blocks(text) if block.text and not block.text.startswith("$CATEGORY:")]
    assert len(draft.questions) + len({one.line for one in draft.remarks}) >= len(written)
    for raw in draft.left:
        assert raw in text.replace("\r\n", "\n")
