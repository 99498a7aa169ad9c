"""What is read from the words of a search."""

from datetime import date

import pytest

from app.search.catalogue import WordFile
from app.search.lexicon import Lexicon, Meaning, build
from app.search.query import Asked, NamedPlace, postcode_in, read, rewritten
from app.search.words import stems, words
from app.vocabulary.schema import Alternative, Need


def alternative(identity: str, label: str, asked_for_as: list[str]) -> Alternative:
    text = dict.fromkeys(("summary", "eligibility", "how_to_refer", "say_to_patient"), "")
    phrases = {"asked_for_as": tuple(asked_for_as), "write_in_referral": ()}
    return Alternative.model_construct(id=identity, label=label, short_label=label, **text, **phrases)


@pytest.fixture
def lexicon() -> Lexicon:
    file = WordFile.model_validate(
        {
            "author": "Fingerpost content",
            "sources": ["fingerpost"],
            "reviewed": date(2026, 11, 22),
            "next_review": date(2027, 5, 22),
            "one_way": [{"from": "mh", "to": ["mental health"]}, {"from": "placement", "to": ["care home"]}],
            "short": [{"from": "ch", "to": ["care home"]}],
            "akin_called": {"sitting_service": ["day hospital"]},
            "visiting": ["home_care"],
            "teams": ["home_care"],
            "two_way": [["care home", "residential home"], ["meals on wheels", "delivered meals"]],
            "ignored": ["to", "on", "with", "someone", "mum", "the", "no", "in"],
            "weak": ["help", "care", "home"],
            "ordinary": ["scared"],
        }
    )
    needs = {
        "loneliness": Need.model_construct(
            id="loneliness",
            label="Lonely",
            chip="Lonely",
            meaning="",
            asked_for_as=("sees nobody", "no help"),
            answered_by={"befriending": 2.0},
        )
    }
    return build(
        [file],
        {
            "sitting_service": alternative("sitting_service", "Sitting service", ["someone to sit with mum"]),
            "home_care": alternative("home_care", "Home care", ["carers to come in"]),
            "befriending": alternative("befriending", "Befriending", ["company for the lonely"]),
        },
        needs,
    )


def asked(text: str, lexicon: Lexicon) -> Asked:
    return read(words(text), lexicon)


def phrases(text: str, lexicon: Lexicon) -> set[tuple[str, ...]]:
    return {item.phrase for item in asked(text, lexicon).evidence}


def test_an_abbreviation_is_read_one_way_only(lexicon: Lexicon) -> None:
    assert stems("mental health") in phrases("MH team", lexicon)
    assert stems("mh") not in phrases("mental health", lexicon)


def test_a_synonym_is_read_both_ways(lexicon: Lexicon) -> None:
    assert stems("residential home") in phrases("care home", lexicon)
    assert stems("care home") in phrases("residential home", lexicon)


def test_a_synonym_keeps_its_small_words_as_entries_write_them(lexicon: Lexicon) -> None:
    assert stems("meals on wheels") in phrases("delivered meals", lexicon)
    assert stems("meals on wheels") in phrases("meals wheels", lexicon)


def test_the_order_of_words_tells_a_care_home_from_home_care(lexicon: Lexicon) -> None:
    assert asked("home care", lexicon).alternatives == ("home_care",)
    assert asked("care home", lexicon).alternatives == ()


def test_a_phrase_that_somebody_would_use_asks_for_its_alternative(lexicon: Lexicon) -> None:
    assert asked("someone to sit with mum", lexicon).alternatives == ("sitting_service",)
    assert asked("sit with dad", lexicon).alternatives == ("sitting_service",)


def test_words_between_do_not_hide_a_phrase_but_far_ones_do(lexicon: Lexicon) -> None:
    assert asked("carers who could come", lexicon).alternatives == ("home_care",)
    assert asked("carers group tea dance music afternoon come", lexicon).alternatives == ()


def test_a_need_leads_to_what_could_help_and_only_where_nothing_is_asked_for_by_name(lexicon: Lexicon) -> None:
    assert asked("sees nobody", lexicon).topics == ("befriending",)
    assert asked("sees nobody", lexicon).alternatives == ()
    kinds = {item.kind for item in asked("befriending lonely", lexicon).evidence}
    assert "need" in kinds
    assert "need" not in {item.kind for item in asked("company for the lonely", lexicon).evidence}


def test_a_need_phrase_of_which_one_common_word_is_left_tells_nothing(lexicon: Lexicon) -> None:
    assert asked("help", lexicon).topics == ()


@pytest.mark.parametrize(
    ("text", "postcode", "rest"),
    [
        ("care home SY13", "sy13", "care home"),
        ("lunch club near M33 7XZ please", "m33 7xz", "lunch club near please"),
        ("ol9 9 befriending", "ol9 9", "befriending"),
    ],
)
def test_a_postcode_is_taken_out_of_the_words(text: str, postcode: str, rest: str) -> None:
    found = postcode_in(text)
    assert found is not None
    assert (found[0], " ".join(found[1].split())) == (postcode, rest)


def test_words_without_a_postcode_are_left_alone() -> None:
    assert postcode_in("falls class for over 60s") is None


def test_place_words_stay_even_where_they_are_ignored_words(lexicon: Lexicon) -> None:
    place = NamedPlace("The Mythe", (52.0, -2.0), None)
    found = read(["care", "home", "the", "mythe"], lexicon, place, frozenset({"the", "mythe"}))
    assert [found.terms[index].word for index in sorted(found.place_terms)] == ["the", "mythe"]


def test_only_corrected_words_change_in_the_text_that_is_shown() -> None:
    assert rewritten("Beffrending, in Sale?", {"beffrending": "befriending"}) == "befriending, in Sale?"
    assert rewritten("alzhiemer's cafe", {"alzhiemers": "alzheimers"}) == "alzheimers cafe"


def test_what_is_written_short_means_all_that_its_long_form_means(lexicon: Lexicon) -> None:
    assert {stems("care home"), stems("residential home")} <= phrases("ch oldbury", lexicon)
    assert stems("residential home") not in phrases("placement", lexicon)


def test_what_stands_in_is_looked_for_by_what_it_calls_itself(lexicon: Lexicon) -> None:
    found = [item for item in asked("sitting service", lexicon).evidence if item.kind == "akin"]
    assert [(item.label, item.phrase) for item in found] == [("day hospital", stems("day hospital"))]
    assert found[0].helps


def test_only_what_comes_to_the_home_is_said_to_come(lexicon: Lexicon) -> None:
    assert asked("carers to come in", lexicon).visiting == {"home_care"}
    assert asked("sitting service", lexicon).visiting == frozenset()


def test_beside_a_team_that_is_asked_for_the_rest_is_only_the_reason(lexicon: Lexicon) -> None:
    lonely = ([Meaning("need", "Lonely", alternative="befriending")], "grieving")
    assert "befriending" in read(words("grieving help"), lexicon, needs=[lonely]).topics
    assert "befriending" not in read(words("home care grieving"), lexicon, needs=[lonely]).topics


def test_words_that_are_in_no_list_may_name_a_service(lexicon: Lexicon) -> None:
    assert asked("tamarisk care home", lexicon).strange == {0}


def test_words_that_were_heard_otherwise_are_evidence_of_a_name(lexicon: Lexicon) -> None:
    found = read(words("king fisher"), lexicon, heard=[(("king", "fisher"), ("kingfisher",))])
    assert ("name", frozenset({0, 1}), ("kingfish",)) in [(item.kind, item.covers, item.phrase) for item in found.evidence]
