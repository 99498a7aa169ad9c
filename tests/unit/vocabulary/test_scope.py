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
        ("No frayed flex or torn carpet on the stairs.", "Frayed flex and torn carpet on the stairs.", "home_hazards"),
        ("Doesn't feel sad, anxious or tearful.", "Feels sad, anxious and tearful.", "low_mood"),
        ("Denies heartburn or trouble eating.", "Heartburn and trouble eating.", "meals_nutrition"),
        ("Not low or lonely, out most days.", "Low and lonely, in most days.", "loneliness"),
        ("No falls, damp or clutter seen.", "Damp and clutter seen.", "home_hazards"),
        ("No falls, damp or clutter seen.", "No falls, cannot wash, damp and clutter seen.", "home_hazards"),
        ("No pain or trouble washing.", "No pain, cannot wash or dress.", "personal_care"),
        (
            "No marks, bruises or black eyes seen.",
            "No marks or cuts, bruises seen, hit by her son or daughter.",
            "safeguarding_adult_abuse",
        ),
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
        ("Who do we tell if her son ever hit her?", "Her son hit her.", "safeguarding_adult_abuse"),
        (
            "She couldn't manage her tablets if her sight got worse.",
            "She couldn't manage her tablets and her sight got worse.",
            "medication_management",
        ),
        ("Ring us if the lodger should ever hit her.", "The lodger hit her.", "safeguarding_adult_abuse"),
        ("In case the son ever hits her, she has a pendant.", "The son hits her, she has a pendant.", "safeguarding_adult_abuse"),
        ("She couldn't dress herself if she lived alone.", "She couldn't dress herself if it wasn't for her son.", "personal_care"),
        ("He couldn't feed himself if his hands were weak.", "He couldn't feed himself, his hands were weak.", "meals_nutrition"),
    ],
)
def test_a_mere_case_is_not_the_case(case: str, said: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(case))
    assert label in read_as(reading_of(said))


@pytest.mark.parametrize(
    ("anothers", "own", "label"),
    [
        ("Lives alone. The postman slipped on the ice.", "Lives alone. Slipped on the ice.", "falls"),
        ("Well. The chap down the road is drinking a bottle of whisky a day.", "Drinking a bottle of whisky a day.", "alcohol"),
        ("Upset by a film in which a man wants to kill himself.", "Upset, wants to kill himself.", "suicide_risk"),
        ("Frail. Her nephew at university is behind with his rent.", "Frail. She is behind with her rent.", "money_benefits"),
        ("Lives alone. Our milkman has dementia.", "Lives alone. Has dementia.", "memory_loss"),
    ],
)
def test_what_an_outsider_does_or_has_is_not_the_households(anothers: str, own: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(anothers))
    assert label in read_as(reading_of(own))


@pytest.mark.parametrize(
    ("told", "label"),
    [
        ("Neighbour is worried about her falls.", "falls"),
        ("Next door has found him wandering in the road.", "wandering"),
        ("The man next door punches her.", "safeguarding_adult_abuse"),
        ("The lad next door has been selling drugs from her flat.", "safeguarding_adult_abuse"),
        ("The builder has left bare wires.", "home_hazards"),
        ("78M, a retired builder, has fallen three times.", "falls"),
        ("Mum died in August, uncle moved in and is happy to stay.", "carer_unavailable"),
    ],
)
def test_an_outsider_who_tells_of_the_patient_or_harms_them_hides_nothing(told: str, label: str, reading_of: ReadingOf) -> None:
    assert label in read_as(reading_of(told))


@pytest.mark.parametrize(
    ("over", "still", "label"),
    [
        (
            "The agency was late and rude, the new one from May is excellent.",
            "The agency was late and rude, the new one from May is no better.",
            "care_package_problem",
        ),
        (
            "Could not speak after her 2017 stroke, speech now normal.",
            "Could not speak after her 2017 stroke, speech no better.",
            "communication_barrier",
        ),
        (
            "Daughter walked out on him last month. Back at home and coping since Monday.",
            "Daughter walked out on him yesterday.",
            "carer_breakdown_now",
        ),
    ],
)
def test_what_has_come_right_since_is_over(over: str, still: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(over))
    assert label in read_as(reading_of(still))


@pytest.mark.parametrize(
    ("mooted", "said", "label"),
    [
        ("MS. PEG discussed in case she cannot swallow.", "MS. PEG fed.", "complex_health"),
        ("Catheter mentioned if he ever goes into retention.", "Catheter blocks every week.", "complex_health"),
    ],
)
def test_what_is_talked_about_for_a_case_is_not_there_yet(mooted: str, said: str, label: str, reading_of: ReadingOf) -> None:
    assert label not in read_as(reading_of(mooted))
    assert label in read_as(reading_of(said))


def test_planning_for_a_case_is_planning(reading_of: ReadingOf) -> None:
    assert "future_planning" in read_as(reading_of("Power of attorney discussed in case she loses capacity."))


@pytest.mark.parametrize(
    ("feared", "label"),
    [
        ("Daughter worried he might end it all.", "suicide_risk"),
        ("No family, low or suicidal.", "suicide_risk"),
        ("No appetite, tearful or thinking of ending it all.", "suicide_risk"),
        ("Worried her partner may be hitting her.", "domestic_abuse"),
        ("Frightened I could kill her.", "carer_breakdown_now"),
    ],
)
def test_a_fear_or_a_lack_hides_no_danger(feared: str, label: str, reading_of: ReadingOf) -> None:
    assert label in read_as(reading_of(feared))
