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


@pytest.mark.parametrize(
    ("first", "later", "gone"),
    [
        (
            "84F has carers. They rush her and half the time they do not turn up",
            "forget what I said about the carers",
            "care_package_problem",
        ),
        ("82M missing doses, drinking heavily", "ignore the drinking, that was another gentleman", "alcohol"),
        ("87F 2 falls, lives alone", "strike the lives alone, grandson is here", "lives_alone"),
        ("mum is forgetful, we were thinking about a care home", "we've changed our minds about the home", "residential_request"),
        ("90M incontinent, 2 falls", "the falls bit was a mistake", "falls"),
        ("she cannot dress herself, her son looks after her and is worn out", "ignore the bit about her son", "carer_strain"),
        ("80M with Parkinson's, wife exhausted", "his wife is coping fine after all", "carer_strain"),
        ("79M wife exhausted, wandering at night", "no, I beg your pardon, the wandering was last year", "wandering"),
    ],
)
def test_what_is_taken_back_in_other_words_is_taken_out(first: str, later: str, gone: str, reading_of: ReadingOf) -> None:
    assert gone in ids(reading_of(first).needs)
    kept = ids(reading_of(first).needs) - {gone}
    after = ids(reading_of(first, later).needs)
    assert gone not in after and kept <= after


def test_that_was_last_year_is_of_the_last_thing_said(reading_of: ReadingOf) -> None:
    reading = reading_of("90F lives alone, 2 falls", "up five times a night", "no sorry, that was last year")
    assert ids(reading.needs) == {"lives_alone", "falls"}


def test_what_is_past_is_no_correction_where_nothing_is_put_right(reading_of: ReadingOf) -> None:
    assert "falls" in ids(reading_of("2 falls this month", "also had a fall in 2019").needs)


@pytest.mark.parametrize("later", ["she is asking for a week off so that she can go to her sister's", "he dropped a plate"])
def test_words_that_only_look_like_it_take_nothing_out(later: str, reading_of: ReadingOf) -> None:
    assert {"falls", "loneliness"} <= ids(reading_of("90F lonely, 2 falls this month", later).needs)


def test_a_relatives_name_takes_back_nothing_of_the_patient(reading_of: ReadingOf) -> None:
    both = reading_of("she falls most days and her son is worn out", "ignore the bit about her son")
    assert ids(both.needs) == {"falls"} and "carer_strain" in ids(both.not_present)


@pytest.mark.parametrize(
    "later",
    [
        "forget the smoking",
        "no, that was last year",
        "the smoking was a mistake",
        "ignore what I said about the fire",
        "scrap that.",
        "I was wrong about the oxygen",
        "changed my mind about the smoking",
        "sorry, that was somebody else",
    ],
)
def test_no_words_take_back_a_danger(later: str, reading_of: ReadingOf) -> None:
    assert "fire_risk" in ids(reading_of("smokes in bed on home oxygen", later).red_flags)
