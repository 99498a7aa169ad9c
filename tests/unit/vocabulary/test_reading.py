"""What a text says, how it stands, and in which words."""

from collections.abc import Callable, Iterable

import pytest

from app.vocabulary.reading import Found, NotPresent, Reading
from app.vocabulary.tokens import tokenise

ReadingOf = Callable[..., Reading]


def ids(found: Iterable[Found | NotPresent]) -> set[str]:
    return {item.id for item in found}


@pytest.mark.parametrize(
    ("text", "need", "state"),
    [
        ("no falls", "falls", "absent"),
        ("denies falls", "falls", "absent"),
        ("h/o falls 2019", "falls", "past"),
        ("FH: mother had dementia", "memory_loss", "other"),
        ("may need respite if he gets incontinent", "continence", "hypothetical"),
    ],
)
def test_mentions_that_do_not_count_are_listed_as_such(text: str, need: str, state: str, reading_of: ReadingOf) -> None:
    reading = reading_of(text)
    assert need not in ids(reading.needs)
    assert {item.id: item.state for item in reading.not_present}[need] == state


@pytest.mark.parametrize("text", ["dtr not coping", "can't wash", "can’t wash", "no food in house"])
def test_a_lack_is_a_cue_and_not_a_negation(text: str, reading_of: ReadingOf) -> None:
    assert reading_of(text).needs


def test_a_negation_does_not_reach_over_a_comma_unless_it_lists(reading_of: ReadingOf) -> None:
    assert "falls" in ids(reading_of("no fever, falls x2 this week").needs)
    assert "falls" not in ids(reading_of("no fever, falls or weight loss").needs)


def test_a_lack_is_denied_only_by_a_negation_that_touches_it(reading_of: ReadingOf) -> None:
    assert "personal_care" in ids(reading_of("no carers so cannot wash himself").needs)
    assert "personal_care" not in ids(reading_of("no difficulty washing himself").needs)


def test_a_neighbours_trouble_is_not_the_patients_unless_the_text_is_about_the_neighbour(reading_of: ReadingOf) -> None:
    assert "memory_loss" not in ids(reading_of("78F well, her neighbour is getting forgetful").needs)
    assert "falls" not in ids(reading_of("78F well, her sister has had falls").needs)
    assert "memory_loss" in ids(reading_of("my neighbour is getting forgetful").needs)
    assert "memory_loss" in ids(reading_of("78F, daughter is worried she has got forgetful").needs)


def test_what_has_passed_off_is_past(reading_of: ReadingOf) -> None:
    assert {item.id: item.state for item in reading_of("his depression has settled").not_present}["low_mood"] == "past"


def test_asking_whether_does_not_make_it_a_mere_possibility(reading_of: ReadingOf) -> None:
    assert "residential_request" in ids(reading_of("son asked if she could go into a care home").needs)


def test_uncertain_dangers_are_raised_and_negated_ones_listed(reading_of: ReadingOf) -> None:
    assert "safeguarding_adult_abuse" in ids(reading_of("?financial abuse by nephew").red_flags)
    denied = reading_of("denies suicidal ideation")
    assert "suicide_risk" not in ids(denied.red_flags)
    assert "suicide_risk" in ids(denied.not_present)


def test_a_denial_of_a_denial_is_no_denial(reading_of: ReadingOf) -> None:
    assert "suicide_risk" in ids(reading_of("Low. Does not deny thoughts of ending his life.").red_flags)


def test_what_is_sought_counts_where_the_message_tells_of_somebody(reading_of: ReadingOf) -> None:
    assert "money_benefits" in ids(reading_of("82F cannot wash herself. Who pays for care at home?").needs)
    assert "money_benefits" not in ids(reading_of("Who pays for care at home?").needs)


def test_who_after_a_comma_asks_nothing(reading_of: ReadingOf) -> None:
    assert reading_of("His wife, who cares for him, cannot cope").turns[0].asked == ()


def test_a_guard_that_denies_lists_the_need_as_absent(reading_of: ReadingOf) -> None:
    assert {item.id: item.state for item in reading_of("no memory problems").not_present}["memory_loss"] == "absent"


def test_spans_are_the_characters_that_were_read(reading_of: ReadingOf) -> None:
    text = "82F. Lives ALONE; dtr says she’s “incontinnent” at times"
    for cue in reading_of(text).cues:
        turn, start, end = cue.span
        assert turn == 0 and 0 <= start < end <= len(text)
    words = {cue.gives: text[cue.span[1] : cue.span[2]] for cue in reading_of(text).cues}
    assert words["lives_alone"] == "Lives ALONE"
    assert words["continence"] == "incontinnent"


def test_a_slip_is_corrected_and_shown_but_ordinary_words_are_left(reading_of: ReadingOf) -> None:
    slips = [(typo.wrote, typo.read_as) for typo in reading_of("very forgetfull").turns[0].typos]
    assert slips == [("forgetfull", "forgetful")]
    assert reading_of("urine retained, table repaired").turns[0].typos == ()


@pytest.mark.parametrize("word", ["demenita", "dementa", "husabnd", "stiars", "livnig"])
def test_words_that_also_judge_others_are_corrected(word: str, reading_of: ReadingOf) -> None:
    """ "Dementia" stands in "or no dementia", "stairs" in a set of words, "living" in words of somebody else."""
    assert [typo.wrote for typo in reading_of(f"82F, {word}").turns[0].typos] == [word]


@pytest.mark.parametrize(
    "sentences",
    [
        ("Wife (main carer) in ICU since last night.", "Pt has PD, needs help on and off the toilet.", "Nobody at home tonight."),
        ("Scheme manager on phone.", "Gent with dementia is not in his bed, door wide open.", "Seen last at 11 last night."),
    ],
)
def test_a_danger_told_over_several_sentences_is_raised_in_either_order(sentences: tuple[str, ...], reading_of: ReadingOf) -> None:
    told = {found.id for found in reading_of(" ".join(sentences)).red_flags}
    assert told and told == {found.id for found in reading_of(" ".join(reversed(sentences))).red_flags}


@pytest.mark.parametrize("town", ["Leeds", "leeds"])
def test_what_is_told_of_a_relative_who_is_no_patient_here_is_not_raised(town: str, reading_of: ReadingOf) -> None:
    assert not reading_of(f"Caller re his aunt in {town} who isnt our pt - she tried to take her life.").red_flags


def test_attributes_are_read(reading_of: ReadingOf) -> None:
    attributes = reading_of("82F, 3 falls, carers qds, lacks capacity, on the ward").attributes
    assert attributes["age"] == "82" and attributes["sex"] == "f" and attributes["falls_count"] == "3"
    assert attributes["poc"] == "qds" and attributes["capacity"] == "lacks" and attributes["place"] == "hospital"


def test_a_cue_flipped_by_the_gp_stays_flipped(reading_of: ReadingOf) -> None:
    first = reading_of("2 falls")
    key = next(cue.id for cue in first.cues if cue.gives == "falls")
    assert "falls" not in ids(reading_of("2 falls", flipped={key: "absent"}).needs)
    assert "falls" in ids(reading_of("2 falls", "also lonely", flipped={"falls": "present"}).needs)


def test_a_later_turn_adds_and_takes_back(reading_of: ReadingOf) -> None:
    both = reading_of("2 falls, forgetful", "also incontinent", "no memory problems")
    assert {"falls", "continence"} <= ids(both.needs)
    assert "memory_loss" not in ids(both.needs)


def test_the_past_of_a_need_does_not_clear_its_present(reading_of: ReadingOf) -> None:
    assert "falls" in ids(reading_of("2 falls this month", "h/o falls 2015").needs)


@pytest.mark.parametrize("later", ["h/o suicide attempt 2019", "denies suicidal ideation", "no suicidal thoughts", "forget that"])
def test_nothing_said_later_clears_a_danger(later: str, reading_of: ReadingOf) -> None:
    assert "suicide_risk" in ids(reading_of("says he is suicidal", later).red_flags)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "\x00\x01", "日本語のテキスト", "<script>alert(1)</script>", "a" * 20_000, "," * 20_000, "no " * 6_000]
)
def test_rubbish_is_read_as_nothing(text: str, reading_of: ReadingOf) -> None:
    reading = reading_of(text)
    assert not reading.needs and not reading.red_flags


def test_identifiers_are_found_and_the_rest_is_read_all_the_same(reading_of: ReadingOf) -> None:
    text = "Ann Example 999 000 0018 dob 01/02/1940 tel 01632 960001 a@example.org: 2 falls"
    reading = reading_of(text)
    blanked = [text[start:end] for start, end in reading.turns[0].identifiers]
    assert any("999 000 0018" in words for words in blanked) and any("@example.org" in words for words in blanked)
    assert "falls" in ids(reading.needs)


def test_tokens_keep_their_place() -> None:
    text = "Can’t wash — self-neglect, 3/52"
    assert [token.text for token in tokenise(text)] == ["cant", "wash", "-", "self", "neglect", ",", "3/52"]
    assert all(text[token.start : token.end].strip() for token in tokenise(text))
