"""How far a negation, a mere case, a time and another person reach."""

from collections.abc import Callable

import pytest

from app.vocabulary.reading import Reading

ReadingOf = Callable[..., Reading]


def read_as(reading: Reading) -> set[str]:
    return {found.id for found in (*reading.needs, *reading.red_flags)}


@pytest.mark.parametrize(
    ("denied", "said", "label"),
    [
        ("No bare wires, frayed flex or torn carpet on the stairs.", "Bare wires, frayed flex and torn carpet on the stairs.", "home_hazards"),
        ("Doesn't feel sad, anxious or tearful.", "Feels sad, anxious and tearful.", "low_mood"),
        ("Denies heartburn or trouble eating.", "Heartburn and trouble eating.", "meals_nutrition"),
        ("Not low or lonely, out most days.", "Low and lonely, in most days.", "loneliness"),
        ("No falls, damp or clutter seen.", "Damp and clutter seen.", "home_hazards"),
        ("No falls, damp or clutter seen.", "No falls, cannot wash, damp and clutter seen.", "home_hazards"),
        ("No pain or trouble washing.", "No pain, cannot wash or dress.", "personal_care"),
    ],
)
def test_a_negation_denies_each_item_of_its_list(denied: str, said: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(denied))
    assert label in read_as(reading_of(said))


@pytest.mark.parametrize(
    ("denied", "said", "label"),
    [
        ("No marks, nor has anyone hit her.", "Marks, and her son has hit her.", "safeguarding_adult_abuse"),
        ("Well, nor does he need rapid response.", "Unwell, needs rapid response.", "urgent_2h_response"),
        ("I wouldn't say she struggles to eat.", "I would say she struggles to eat.", "meals_nutrition"),
        ("It is not true that he can't wash himself.", "It is true that he can't wash himself.", "personal_care"),
        ("No pain, nor is she tearful.", "No pain but she is tearful.", "low_mood"),
    ],
)
def test_some_negations_deny_the_rest_of_their_clause(denied: str, said: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(denied))
    assert label in read_as(reading_of(said))


@pytest.mark.parametrize(
    ("case", "said", "label"),
    [
        ("Worried the council might evict them one day.", "The council has evicted them.", "housing_unsuitable"),
        ("Afraid the electric might be cut off in winter.", "The electric has been cut off.", "no_food_heat_or_medicines"),
        ("Who do we tell if her son ever hit her?", "Her son hit her.", "safeguarding_adult_abuse"),
        ("She couldn't manage her tablets if her sight got worse.", "She couldn't manage her tablets and her sight got worse.", "medication_management"),
        ("He couldn't feed himself if his hands were weak.", "He couldn't feed himself, his hands were weak.", "meals_nutrition"),
    ],
)
def test_a_mere_case_is_not_the_case(case: str, said: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(case))
    assert label in read_as(reading_of(said))
