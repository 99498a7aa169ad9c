"""The ranking rules as truth tables, on the real content."""

from pathlib import Path

import pytest

from app.assistant.knowledge import read_ranking
from app.assistant.ranking import Ranking, Situation, rank
from app.vocabulary import catalogue
from app.vocabulary.conditions import Facts

CONTENT = Path(__file__).resolve().parents[3] / "content"
KNOWN = catalogue.load(CONTENT)
FILE = read_ranking(CONTENT, KNOWN)


def ranked(*needs: str, strong: bool = True, flags: dict[str, int] | None = None, **attributes: str) -> Ranking:
    facts = Facts(frozenset(needs), frozenset(needs if strong else ()), flags or {}, attributes)
    return rank(Situation(dict.fromkeys(needs, 1.0), facts), KNOWN, FILE)


def core(ranking: Ranking) -> list[str]:
    return [item.id for item in ranking.core]


def test_no_need_gives_no_ranking() -> None:
    assert ranked().core == () and ranked().support == ()


def test_an_alternative_stands_by_the_points_of_the_needs_that_it_answers() -> None:
    scores = {item.id: item.score for item in ranked("loneliness").core}
    assert scores["befriending"] > scores["day_care"] > 0


@pytest.mark.parametrize("need", ["carer_strain"])
def test_ra_01_the_carers_assessment_is_in_the_first_three(need: str) -> None:
    assert "carers_assessment" in core(ranked(need, "memory_loss", "night_needs", "wandering", "personal_care"))[:3]


def test_ra_02_a_home_is_raised_so_the_needs_assessment_comes_first_and_frailty_beside_it() -> None:
    ranking = ranked("residential_request", "falls", "lives_alone", "loneliness", "memory_loss")
    assert "care_needs_assessment" in core(ranking)[:3]
    assert "frailty_cga" in [item.id for item in (*ranking.core, *ranking.support)]


@pytest.mark.parametrize("need", ["functional_decline", "hospital_discharge", "falls"])
def test_ra_03_reablement_stands_above_home_care(need: str) -> None:
    order = core(ranked(need, "personal_care", "medication_management", "continence", "lives_alone"))
    assert order.index("reablement") < order.index("home_care")


def test_ra_04_the_end_of_life_takes_out_what_comes_too_late() -> None:
    order = core(ranked("end_of_life", "falls", "housing_unsuitable", "functional_decline", "lives_alone"))
    assert not {"reablement", "falls_prevention", "disabled_facilities_grant", "extra_care_housing"} & set(order)
    assert "palliative_care_at_home" in order[:3]


def test_ra_07_a_care_home_resident_is_offered_only_what_reaches_there() -> None:
    order = core(ranked("falls", "memory_loss", "loneliness", place="care_home"))
    assert "falls_prevention" in order and not {"telecare", "befriending", "home_care", "handyperson"} & set(order)


@pytest.mark.parametrize(
    ("needs", "offered"),
    [
        (("personal_care", "memory_loss"), False),
        (("personal_care", "night_needs"), True),
        (("memory_loss", "residential_request"), True),
        (("personal_care", "end_of_life"), True),
    ],
)
def test_ra_09_live_in_care_needs_a_reason_at_night(needs: tuple[str, ...], offered: bool) -> None:
    ranking = ranked(*needs)
    assert ("live_in_care" in core(ranking)) is offered
    assert ("live_in_care" in {item.id for item in ranking.not_listed}) is not offered


@pytest.mark.parametrize(("needs", "offered"), [(("carer_strain",), False), (("carer_strain", "memory_loss"), True)])
def test_ra_11_dementia_services_need_memory_loss(needs: tuple[str, ...], offered: bool) -> None:
    assert ("dementia_adviser" in core(ranked(*needs))) is offered


@pytest.mark.parametrize(
    ("needs", "strong", "offered"),
    [
        (("complex_health",), True, True),
        (("complex_health",), False, False),
        (("behaviour_distress", "night_needs"), True, True),
        (("night_needs",), True, False),
    ],
)
def test_ra_12_continuing_healthcare_needs_a_health_reason(needs: tuple[str, ...], strong: bool, offered: bool) -> None:
    assert ("continuing_healthcare" in core(ranked(*needs, strong=strong))) is offered


def test_ra_13_nobody_beside_and_capacity_in_doubt_brings_an_advocate() -> None:
    assert "advocacy" in core(ranked("lives_alone", "memory_loss", "future_planning", capacity="in_doubt"))[:3]


@pytest.mark.parametrize("need", ["money_benefits", "personal_care"])
def test_ra_14_the_benefits_check_is_there_and_never_first(need: str) -> None:
    order = core(ranked(need))
    assert "benefits_check" in order and order[0] != "benefits_check"


def test_ra_15_a_care_home_is_never_an_alternative() -> None:
    assert not [entry for entry in KNOWN.alternatives if "care_home" in entry or "nursing_home" in entry or "residential" in entry]


def test_ties_go_to_what_intrudes_least() -> None:
    order = ["information", "equipment", "visiting", "moving"]
    for needs in (("falls",), ("lives_alone",), ("housing_unsuitable",), ("memory_loss", "falls")):
        free = type(FILE).model_validate({**FILE.model_dump(), "rules": ()})
        found = rank(Situation(dict.fromkeys(needs, 1.0), Facts(frozenset(needs))), KNOWN, free).core
        for one, other in zip(found, found[1:], strict=False):
            if one.score == other.score:
                assert order.index(KNOWN.alternatives[one.id].intrusion) <= order.index(KNOWN.alternatives[other.id].intrusion)


def test_every_alternative_can_be_reached_or_is_held_back_by_a_rule_on_purpose() -> None:
    held_back = {identity for rule in FILE.rules if rule.when == "always" for identity in rule.remove}
    reached = set(held_back)
    for need in KNOWN.needs:
        for extra in ((), ("memory_loss",), ("night_needs", "residential_request"), ("self_neglect_hoarding",)):
            for flags in ({}, {"urgent_2h_response": 1, "safeguarding_adult_abuse": 2}):
                result = ranked(need, *extra, flags=flags)
                reached |= {item.id for item in (*result.core, *result.support)}
    assert sorted(set(KNOWN.alternatives) - reached) == []
