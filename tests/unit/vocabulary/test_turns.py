"""Later messages that change what earlier ones said, and stretches of a text that do not count."""

from collections.abc import Callable, Iterable

import pytest

from app.vocabulary.reading import Found, NotPresent, Reading

ReadingOf = Callable[..., Reading]


def ids(found: Iterable[Found | NotPresent]) -> set[str]:
    return {item.id for item in found}


@pytest.mark.parametrize("opening", ["new patient.", "ok start again", "Different pt now:", "next."])
def test_a_new_patient_begins_anew(opening: str, reading_of: ReadingOf) -> None:
    reading = reading_of("90F smokes in bed, 2 falls", f"{opening} 47M lonely")
    assert ids(reading.needs) == {"loneliness"} and not reading.red_flags and reading.first == 1


def test_wrong_notes_lay_even_a_danger_aside_because_it_is_somebody_elses(reading_of: ReadingOf) -> None:
    reading = reading_of("says he is suicidal", "sorry, wrong notes. this lady is lonely")
    assert not reading.red_flags and "loneliness" in ids(reading.needs)


def test_a_message_that_only_mentions_a_new_patient_group_goes_on(reading_of: ReadingOf) -> None:
    assert "falls" in ids(reading_of("2 falls this month", "lonely, joined a group and met a new patient there").needs)


@pytest.mark.parametrize(
    "later",
    [
        "another one of his falls",
        "new one on the list",
        "gave the pills to the wrong person",
        "she would forget everything",
        "reset the alarm",
        "joined a group and met a new patient there",
    ],
)
def test_words_that_only_look_like_another_patient_lay_no_danger_aside(later: str, reading_of: ReadingOf) -> None:
    assert "suicide_risk" in ids(reading_of("says he is suicidal", later).red_flags)


@pytest.mark.parametrize(
    "after", ["Not yet seen by the crisis team.", "None today of the crisis team could come.", "Ruled out by nobody so far."]
)
def test_a_sentence_that_goes_on_takes_back_no_danger(after: str, reading_of: ReadingOf) -> None:
    assert "suicide_risk" in ids(reading_of(f"Says he is suicidal. {after}").red_flags)


def test_if_it_happens_again_has_happened(reading_of: ReadingOf) -> None:
    assert "domestic_abuse" in ids(reading_of("If my husband hits me again I would leave").red_flags)


def test_forget_takes_out_what_it_names_and_nothing_else(reading_of: ReadingOf) -> None:
    both = reading_of("cannot manage the stairs, incontinent", "forget the stairs")
    assert "continence" in ids(both.needs) and "mobility" not in ids(both.needs)


def test_what_is_to_be_forgotten_is_not_read_from_the_message_that_says_so(reading_of: ReadingOf) -> None:
    assert "falls" not in ids(reading_of("2 falls this month, lonely", "forget the falls").needs)


@pytest.mark.parametrize(
    ("said", "later", "danger"),
    [
        ("smokes in bed on home oxygen", "forget the smoking", "fire_risk"),
        ("smokes in bed", "forget the smoking in bed", "fire_risk"),
        ("says he is suicidal", "scrap what i said about him being suicidal", "suicide_risk"),
    ],
)
def test_forget_takes_out_no_danger(said: str, later: str, danger: str, reading_of: ReadingOf) -> None:
    assert danger in ids(reading_of(said, later).red_flags)


def test_a_relative_who_lives_elsewhere_keeps_their_troubles(reading_of: ReadingOf) -> None:
    reading = reading_of("68F well. Dtr in Devon has MS, 3 falls this month, no injury.")
    assert "falls" not in ids(reading.needs) and "falls" in ids(reading.not_present)
    assert "falls" in ids(reading_of("68F. Dtr in Devon. Patient had 3 falls this month.").needs)


@pytest.mark.parametrize(
    ("over", "ongoing", "need"),
    [
        ("Agitation and shouting most evenings, but fully back to normal", "Agitation and shouting most evenings", "behaviour_distress"),
        ("Two falls in March. Since then no more falls, none since.", "Two falls in March and two since", "falls"),
        ("I worried he might wander off at night. Never happened.", "He wanders off at night.", "wandering"),
    ],
)
def test_what_is_over_or_taken_back_does_not_count(over: str, ongoing: str, need: str, reading_of: ReadingOf) -> None:
    assert need not in ids(reading_of(over).needs)
    assert need in ids(reading_of(ongoing).needs)


@pytest.mark.parametrize(
    ("text", "present"), [("he might fall", False), ("he might be falling", True), ("told to ring if he falls", False)]
)
def test_what_might_happen_is_only_possible(text: str, present: bool, reading_of: ReadingOf) -> None:
    assert ("falls" in ids(reading_of(text).needs)) is present


@pytest.mark.parametrize("told", ["There is a strong smell of urine in the house", "the son who does the bins pays for it and is worn out"])
def test_a_word_inside_a_sentence_makes_it_no_question(told: str, reading_of: ReadingOf) -> None:
    reading = reading_of(told)
    assert reading.needs and not reading.turns[-1].asked


@pytest.mark.parametrize("question", ["and the befriending, who runs that", "so can she pay for it", "and for the wife, once that is done"])
def test_a_few_words_may_lead_into_a_question(question: str, reading_of: ReadingOf) -> None:
    assert reading_of(question).turns[-1].asked


@pytest.mark.parametrize(
    ("first", "later", "need"),
    [
        ("90M lives alone, incontinent", "and he lives with his wife, my mistake", "lives_alone"),
        ("90M incontinent, daughter wants placement", "daughter does not want placement, i misread", "residential_request"),
    ],
)
def test_a_later_message_puts_right_an_earlier_one(first: str, later: str, need: str, reading_of: ReadingOf) -> None:
    assert need in ids(reading_of(first).needs)
    corrected = reading_of(first, later)
    assert need not in ids(corrected.needs) and need in ids(corrected.not_present)


def test_what_denies_is_not_read_where_it_is_itself_denied_or_over(reading_of: ReadingOf) -> None:
    for text in ("does not live with his wife", "lived with his wife until she died"):
        assert "lives_alone" not in ids(reading_of(text).not_present)
