"""Plain questions find the passage that answers them, and a question that we cannot answer finds none."""

import json
import shutil
from pathlib import Path

import pytest

from app.content.problems import ContentError
from app.search import catalogue, concepts, lexicon
from app.search.concepts import ConceptFile, Reader
from app.search.passages import ENOUGH, PassageIndex, askable
from app.search.phrasing import Phrasing
from app.vocabulary import catalogue as vocabulary
from app.vocabulary.lexicon import english_words
from config import ROOT

CONTENT = ROOT / "content"
KNOWN = vocabulary.load(CONTENT)
WORDS = lexicon.build(catalogue.load(CONTENT).values(), KNOWN.alternatives, KNOWN.needs)
ASKABLE = askable(KNOWN)
INDEX = PassageIndex(ASKABLE, concepts.load(CONTENT).values(), WORDS, english_words())
QUESTIONS = [
    json.loads(line) for path in sorted((ROOT / "tests/content/questions").glob("*.jsonl")) for line in path.read_text().splitlines()
]
HEAD = {"author": "Fingerpost content", "sources": ["fingerpost"], "reviewed": "2026-11-22", "next_review": "2027-05-22"}


def first(question: str) -> str | None:
    return next((fit.id for fit in INDEX.answers(question)), None)


def test_nine_in_ten_of_the_written_questions_find_their_passage_first() -> None:
    right = sum(first(question["question"]) in question["passages"] for question in QUESTIONS)
    assert right / len(QUESTIONS) >= 0.9


def test_every_written_question_names_passages_that_exist() -> None:
    assert {identity for question in QUESTIONS for identity in question["passages"]} <= KNOWN.passages.keys()


def test_every_way_of_asking_that_a_passage_lists_finds_it_among_the_first_three() -> None:
    asked = [(identity, wording) for identity, passage in KNOWN.passages.items() for wording in passage.asked_as]
    missed = [wording for identity, wording in asked if identity not in [fit.id for fit in INDEX.ranked(wording)[:3]]]
    assert len(missed) / len(asked) < 0.02


@pytest.mark.parametrize(
    "question",
    [
        "which antibiotic for a chest infection",
        "how do I renew my passport",
        "how much maternity pay do I get",
        "who won the football on saturday",
        "is there stamp duty on a second home",
        "what is the dose of metformin when the eGFR is 40",
        "purple monkeys juggling teapots",
        "where do I get a boiler serviced",
        "is my landlord allowed to put the rent up",
        "can I take my tablets on a plane",
        "my son has been excluded from school, what are his rights",
        "how long do eggs keep in the fridge",
        "do I need a visa for Turkey",
    ],
)
def test_a_question_on_what_we_do_not_hold_finds_nothing(question: str) -> None:
    assert first(question) is None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("what is atendance alowance", "attendance_allowance"),
        ("how long does a power of atorney take", "lpa"),
        ("who pays for a stairlfit", "disabled_facilities_grant"),
        ("deffered payment intrest", "deferred_cost"),
    ],
)
def test_a_slip_of_the_keys_finds_the_same(question: str, passage: str) -> None:
    assert first(question) == passage


@pytest.mark.parametrize(
    "question", ["", " ", "?", "the of and", "£££", "a" * 5000, "pay " * 2000, "\x00\ud7ff", "مرحبا", "1 2 3", "d/c w/o ?"]
)
def test_no_input_breaks_it(question: str) -> None:
    assert len(INDEX.answers(question)) <= 3


def test_a_question_is_answered_though_a_story_stands_around_it() -> None:
    story = "Hospital rang, they want dad out tomorrow but he can't do the stairs and I work full time. Can I say no"
    assert first(story) == "discharge_disagree"


def test_small_words_tell_passages_of_one_subject_apart() -> None:
    own = Phrasing([("who", ["who", "pays", "for", "it"]), ("when", ["when", "pay", "for", "it"])])
    for small in ("who", "when"):
        likeness = own.likeness([small, "is", "paying", "for", "it"])
        assert max(likeness, key=lambda identity: likeness[identity]) == small


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("who could trim an old man's toenails", "everyday_health_at_home.refer"),
        ("do they deliver pads for incontinence on the nhs, how do I get them", "community_nursing.refer"),
        ("what would a handyman charge to fit a key safe", "handyperson.cost"),
    ],
)
def test_a_part_of_an_alternative_is_found_though_the_question_does_not_name_it(question: str, part: str) -> None:
    assert first(question) == part


def test_words_that_we_never_speak_of_raise_the_fit_that_is_enough() -> None:
    fit = INDEX.ranked("can I park outside the surgery")[0]
    assert fit.score >= ENOUGH
    assert first("can I park outside the surgery") is None


def test_no_words_are_like_none() -> None:
    assert set(Phrasing([("who", ["who", "pays"])]).likeness([]).values()) == {0.0}


def reader(**parts: object) -> Reader:
    return Reader([ConceptFile.model_validate({**HEAD, **parts})])


def test_the_longest_phrase_is_read_and_what_is_within_it_counts_less() -> None:
    read = reader(concepts={"care_home": ["care home"], "house": ["home"]}, nothing=["a"]).read("a care home")
    assert read["CARE_HOME"] > read["HOUSE"] > 0
    assert "a" not in read


def test_a_word_is_read_by_its_stem_but_one_that_says_nothing_is_not() -> None:
    own = reader(concepts={"sell": ["selling"], "rent_out": ["letting"]}, nothing=["let"])
    assert "SELL" in own.read("to sell it")
    assert "RENT_OUT" not in own.read("let us know")


def test_one_word_for_the_person_stands_for_another_within_a_phrase() -> None:
    own = reader(concepts={"sell": ["sell her house"]}, somebody=["her", "mums", "nans"])
    assert "SELL" in own.read("Will they sell Nan's house?")
    assert "SELL" not in own.read("sell a house")


def test_a_subject_of_somebody_else_within_our_own_phrase_does_not_count() -> None:
    own = reader(concepts={"kept": ["funeral plan"]}, elsewhere={"church": ["funeral"]})
    assert "ELSEWHERE" not in own.read("a funeral plan")
    assert "ELSEWHERE" in own.read("a funeral")


def test_a_sum_is_read_as_money_unless_it_is_named() -> None:
    own = reader(concepts={"savings": ["thousand"], "limit": ["23250"]})
    assert "SAVINGS" in own.read("£17,500 put by")
    assert "SAVINGS" in own.read("has 40k")
    assert set(own.read("£23,250")) == {"LIMIT", "23250"}


def test_a_subject_of_somebody_else_counts_against_every_passage() -> None:
    asked = "can mum get help with the cost"
    assert INDEX.ranked(asked)[0].score > INDEX.ranked(f"{asked} of a cruise")[0].score


def test_a_misspelt_key_of_a_concept_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "concepts").mkdir()
    head = "".join(f"{key}: {value if key != 'sources' else '[fingerpost]'}\n" for key, value in HEAD.items())
    (tmp_path / "concepts" / "x.yaml").write_text(head + "concept: {pay: [cost]}\n")
    with pytest.raises(ContentError, match="concept"):
        concepts.load(tmp_path)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name in (*vocabulary.FOLDERS, "sources.yaml", "facts.yaml", "glossary.yaml", "checklist.yaml"):
        (shutil.copytree if (CONTENT / name).is_dir() else shutil.copy)(CONTENT / name, tmp_path / name)
    return tmp_path


def test_one_wording_in_two_passages_is_reported(content: Path) -> None:
    path = content / "passages" / "who_pays.yaml"
    path.write_text(path.read_text().replace("asked_as:\n", "asked_as:\n  - What is a top up?\n"))
    with pytest.raises(ContentError, match="also stands in"):
        vocabulary.load(content)


def test_one_wording_in_a_passage_and_a_part_of_an_alternative_is_reported(content: Path) -> None:
    path = content / "alternatives" / "day_care.yaml"
    path.write_text(path.read_text().replace("  cost:\n    - ", "  cost:\n    - is social care free or do I pay\n    - ", 1))
    passage = content / "passages" / "who_pays.yaml"
    passage.write_text(passage.read_text().replace("asked_as:\n", "asked_as:\n  - is social care free or do I pay\n"))
    with pytest.raises(ContentError, match="also stands in"):
        vocabulary.load(content)


def test_a_part_with_too_few_wordings_is_reported(content: Path) -> None:
    path = content / "alternatives" / "pet_support.yaml"
    path.write_text(path.read_text().replace("asked_as:\n", "asked_as:\n  lasts: [how long do they keep a dog]\n"))
    with pytest.raises(ContentError, match="lasts has 1 wordings"):
        vocabulary.load(content)


def test_a_source_that_does_not_exist_is_reported(content: Path) -> None:
    path = content / "passages" / "who_pays.yaml"
    path.write_text(path.read_text().replace("sources: [", "sources: [hearsay, "))
    with pytest.raises(ContentError, match="hearsay"):
        vocabulary.load(content)
