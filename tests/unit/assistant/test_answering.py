"""The whole pure pipeline: dangers before all, an explained order, at most one question, and what a turn changed."""

from pathlib import Path

import pytest

from app.assistant.answering import Answer, Conversation, Knowledge, answer, mention_tree
from app.assistant.codes import read_codes
from app.assistant.knowledge import read_ranking
from app.vocabulary import catalogue, lexicon

CONTENT = Path(__file__).resolve().parents[3] / "content"
KNOWN = catalogue.load(CONTENT)
KNOWLEDGE = Knowledge(
    KNOWN, lexicon.load(CONTENT, [*KNOWN.needs, *KNOWN.red_flags]), read_ranking(CONTENT, KNOWN), mention_tree(KNOWN), read_codes(CONTENT)
)
LINE = "82F lives alone, 2 falls this month, dtr exhausted, ?residential"


def ask(*turns: str, answers: dict[str, str] | None = None, flipped: dict[str, str] | None = None) -> Answer:
    return answer(Conversation(turns, answers or {}, flipped or {}), KNOWLEDGE)


def first(made: Answer, number: int = 5) -> list[str]:
    return [item.id for item in made.ranking.core[:number]]


def test_the_line_of_the_home_page() -> None:
    made = ask(LINE)
    assert {"falls", "lives_alone", "carer_strain", "residential_request"} <= set(made.needs)
    assert made.red_flags == ()
    assert {"care_needs_assessment", "carers_assessment"} <= set(first(made))


def test_every_offer_has_a_reason_and_every_reason_its_words() -> None:
    made = ask(LINE)
    read = {found.id for found in made.reading.needs}
    for item in (*made.ranking.core, *made.ranking.support):
        assert item.reasons
        assert all(reason.id in read for reason in item.reasons if reason.kind == "need")
    assert all(cue.span[2] > cue.span[1] for cue in made.reading.cues)


def test_a_danger_alone_still_offers_what_follows_from_it() -> None:
    made = ask("new confusion since yesterday")
    assert [item.flag.id for item in made.red_flags] == ["delirium_acute_confusion"] and not made.needs
    assert first(made, 1) == ["urgent_community_response"]


def test_dangers_come_in_order_of_level() -> None:
    made = ask("still driving with dementia, ?financial abuse, suicidal")
    levels = [item.flag.level for item in made.red_flags]
    assert len(levels) >= 3 and levels == sorted(levels)


def test_no_need_and_no_danger_gives_nothing() -> None:
    made = ask("PV discharge, isolated systolic hypertension")
    assert not made.needs and not made.red_flags and not made.ranking.core and made.question is None


def test_what_is_asked_about_is_answered_when_no_need_is_read() -> None:
    assert first(ask("how do I refer for a carer's assessment?"), 1) == ["carers_assessment"]


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("what is live-in care?", "live_in_care"),
        ("how do I get an admiral nurse", "admiral_nurse"),
        ("is there any veterans support?", "veterans_support"),
    ],
)
def test_no_gate_takes_out_what_was_asked_about_when_no_need_is_read(text: str, identity: str) -> None:
    made = ask(text)
    assert not made.needs
    assert identity in first(made)


def test_an_answer_changes_the_order_and_its_question_is_not_asked_again() -> None:
    made = ask(LINE)
    assert made.question is not None
    option = made.question.options[0]
    again = ask(LINE, answers={made.question.id: option.id})
    assert again.question is None or again.question.id != made.question.id
    skipped = ask(LINE, answers={made.question.id: "skip"})
    assert first(skipped) == first(made)


@pytest.mark.parametrize(("answered", "raised"), [("hours_days", True), ("weeks_months", False)])
def test_an_answer_can_raise_a_danger(answered: str, raised: bool) -> None:
    made = ask("82F forgetful, poor mobility", answers={"q_onset": answered})
    assert ("delirium_acute_confusion" in {item.flag.id for item in made.red_flags}) is raised


def test_the_last_turn_says_what_it_changed() -> None:
    made = ask(LINE, "also up at night")
    assert ("need", "night_needs", "added") in {(change.what, change.id, change.change) for change in made.changed}
    assert ask(LINE).changed == ()


def test_flipping_a_chip_is_the_same_as_never_having_read_it() -> None:
    keys = {cue.id: "absent" for cue in ask(LINE).reading.cues if cue.gives == "falls"}
    assert first(ask(LINE, flipped=keys)) == first(ask("82F lives alone, dtr exhausted, ?residential"))


def test_the_same_words_give_the_same_answer() -> None:
    assert ask(LINE) == ask(LINE)
