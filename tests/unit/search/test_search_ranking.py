"""What stands higher, and what is not shown at all."""

import dataclasses
import random
from typing import Any

import pytest

from app.search.card import BETWEEN_FIELDS, NATIONAL, TEXT_FIELDS, Card, kinds_of
from app.search.lexicon import Lexicon
from app.search.query import Asked, Evidence, NamedPlace, Term
from app.search.ranking import Found, Where, matching, nearness, of_council, rank, reliability, weigh_terms, worth_showing
from app.search.weights import LOOSER
from app.search.words import signature, spaced, stems

TODAY = 740_000
SALE = (53.4245, -2.3223)
HERE = Where(SALE, "E08000009")
NO_WORDS = Lexicon({}, {}, frozenset(), frozenset(), frozenset())


def field(text: str) -> str:
    return spaced(stems(text))


def replace(card: Card, **given: Any) -> Card:
    """The card with other facts, and with other texts and kinds of help by their fields."""
    texts = dict(zip(TEXT_FIELDS, card.text.split(BETWEEN_FIELDS), strict=True))
    texts |= {name: given.pop(name) for name in TEXT_FIELDS if name in given}
    text = BETWEEN_FIELDS.join(texts.values())
    if "alternatives" in given or "described" in given:
        given["kinds"] = kinds_of(given.pop("alternatives", ()), given.pop("described", ()))
    return card._replace(name=tuple(texts["name"].split()), text=text, signature=signature(text.split()), **given)


NOTHING_SAID = Card(
    id="a", name=(), text=BETWEEN_FIELDS.join(field("") for _ in TEXT_FIELDS), signature=0, kinds=kinds_of((), ()), facets="",
    served=("E08000009",), positions=(SALE,), letters=(), accepting=None, closed=False, assured=TODAY - 30,
)  # fmt: skip
CARD = replace(NOTHING_SAID, name=field("Beck Lane"), organisation=field("Marl Trust"))


def words_of(text: str, *more: Evidence) -> Asked:
    terms = tuple(Term(word, stems(word)[0]) for word in text.split())
    own = tuple(Evidence(frozenset({index}), "word", term.word, (term.stem,)) for index, term in enumerate(terms))
    return Asked(terms, own + more, None, frozenset())


def order(asked: Asked, *cards: Card, where: Where = HERE) -> list[str]:
    return [item.card.id for item in ranked(asked, *cards, where=where)]


def ranked(asked: Asked, *cards: Card, where: Where = HERE) -> list[Found]:
    weights = weigh_terms(asked, [10] * len(asked.terms), 1000, NO_WORDS, frozenset())
    return rank(asked, list(cards), weights, where, TODAY)


def of_sale(text: str, *cards: Card) -> tuple[list[Found], bool]:
    asked = words_of(text)
    weights = weigh_terms(asked, [10] * len(asked.terms), 1000, NO_WORDS, frozenset())
    return of_council(asked, list(cards), weights, HERE, TODAY, "E08000009")


def test_a_word_in_the_name_counts_more_than_in_the_description() -> None:
    by_name = replace(CARD, id="name", name=field("Befriending Sale"))
    in_text = replace(CARD, id="text", description=field("We also do befriending"))
    assert order(words_of("befriending"), in_text, by_name)[0] == "name"


def test_all_words_count_more_than_one() -> None:
    both = replace(CARD, id="both", types=field("dementia cafe"))
    one = replace(CARD, id="one", name=field("Dementia"))
    assert order(words_of("dementia cafe"), one, both)[0] == "both"


def test_words_side_by_side_count_more_than_apart() -> None:
    together = replace(CARD, id="together", summary=field("a care home for all"))
    apart = replace(CARD, id="apart", summary=field("home visits and care"))
    assert order(words_of("care home"), apart, together)[0] == "together"


def test_an_alternative_that_is_provided_counts_without_its_words() -> None:
    asked = words_of("sit", Evidence(frozenset({0}), "alternative", "Sitting service", alternative="sitting_service"))
    assert order(asked, replace(CARD, alternatives=("sitting_service",))) == ["a"]
    assert order(asked, CARD) == []


def test_an_entry_whose_own_words_speak_of_it_counts_after_those_listed_under_it() -> None:
    asked = words_of("sit", Evidence(frozenset({0}), "alternative", "Sitting service", alternative="sitting_service"))
    listed = replace(CARD, id="listed", alternatives=("sitting_service",))
    assert order(asked, replace(CARD, id="says so", described=("sitting_service",)), listed) == ["listed", "says so"]


def test_nearer_comes_first_when_the_words_fit_alike() -> None:
    near = replace(CARD, id="near", name=field("Lunch club"), positions=((53.43, -2.33),))
    far = replace(CARD, id="far", name=field("Lunch club"), positions=((53.60, -2.33),), served=())
    assert order(words_of("lunch club"), far, near)[0] == "near"


def test_distance_never_outweighs_serving_the_area_altogether() -> None:
    visits = replace(CARD, id="visits", positions=())
    assert nearness(visits, None, HERE) > nearness(replace(CARD, served=()), 15.0, HERE)


@pytest.mark.parametrize("km", [0.5, 2, 5, 10, 30, 100])
def test_nearness_only_falls_with_distance(km: float) -> None:
    assert nearness(CARD, km, HERE) >= nearness(CARD, km + 1, HERE)


def test_a_national_service_is_not_far_away() -> None:
    national = replace(CARD, served=(NATIONAL,), positions=())
    assert nearness(national, None, HERE) > nearness(replace(CARD, served=(), positions=()), None, HERE)


def test_a_place_in_the_search_is_taken_more_narrowly_than_the_practice() -> None:
    named = dataclasses.replace(HERE, named=True)
    assert nearness(replace(CARD, served=()), 6.0, named) < nearness(replace(CARD, served=()), 6.0, HERE)


def test_without_a_place_distance_does_not_matter() -> None:
    assert nearness(CARD, None, Where()) == 1.0


def test_full_closed_and_unchecked_entries_come_later() -> None:
    assert reliability(replace(CARD, accepting=True), TODAY) > reliability(CARD, TODAY) > reliability(replace(CARD, accepting=False), TODAY)
    assert reliability(replace(CARD, closed=True), TODAY) < reliability(replace(CARD, accepting=False), TODAY)
    assert reliability(replace(CARD, assured=TODAY - 800), TODAY) < reliability(CARD, TODAY)
    club = replace(CARD, name=field("Lunch club"))
    full, closed = replace(club, id="full", accepting=False), replace(club, id="closed", closed=True)
    unchecked = replace(club, id="unchecked", assured=TODAY - 800)
    for worse in (full, closed, unchecked):
        assert order(words_of("lunch club"), worse, replace(club, id="good"))[0] == "good"


def test_poor_fits_are_not_shown() -> None:
    one_of_four = replace(CARD, description=field("pads"))
    assert order(words_of("continence pads delivery service"), one_of_four) == []


def test_what_is_far_worse_than_the_best_is_not_shown() -> None:
    best = replace(CARD, id="best", name=field("Stroke club"))
    poor = replace(CARD, id="poor", description=field("stroke club"), positions=((54.9, -1.6),), served=())
    assert [item.card.id for item in worth_showing(ranked(words_of("stroke club"), poor, best))] == ["best"]


def clubs(*names: str, **more: Any) -> list[Card]:
    return [replace(CARD, id=name, name=field("Stroke club"), **more) for name in names]


def test_a_council_with_enough_that_fits_shows_its_own_and_national_ones() -> None:
    own, national = clubs("one", "two", "three"), clubs("national", served=(NATIONAL,), positions=())
    found, are_own = of_sale("stroke club", *own, *national, *clubs("next door", served=("E08000003",)))
    assert are_own
    assert {item.card.id for item in found} == {"one", "two", "three", "national"}


def test_a_council_with_few_that_fit_looks_beyond() -> None:
    found, are_own = of_sale("stroke club", *clubs("one", "two"), *clubs("next door", served=("E08000003",)))
    assert not are_own
    assert {item.card.id for item in found} == {"one", "two", "next door"}


def test_a_council_whose_own_fit_much_worse_looks_beyond() -> None:
    poor = [replace(CARD, id=str(number), description=field("we once had a stroke group")) for number in range(4)]
    found, are_own = of_sale("stroke club", *poor, *clubs("next door", served=("E08000003",)))
    assert not are_own
    assert found[0].card.id == "next door"


@pytest.mark.parametrize("seed", range(40))
def test_what_is_much_better_elsewhere_is_never_overlooked(seed: int) -> None:
    chance = random.Random(seed)
    cards = [
        replace(
            CARD,
            id=str(number),
            **{chance.choice(TEXT_FIELDS): field(" ".join(chance.sample(("stroke", "club", "walk", "lunch"), chance.randint(1, 3))))},
            served=(chance.choice(("E08000009", "E08000003", "E08000003")),),
            positions=((SALE[0] + chance.uniform(-0.2, 0.2), SALE[1]),),
            accepting=chance.choice((None, True, False)),
        )
        for number in range(14)
    ]
    every = ranked(words_of("stroke club walk"), *cards)
    own = worth_showing([item for item in every if "E08000009" in item.card.served])
    much_better = bool(own) and own[0].score < 0.7 * every[0].score
    found, are_own = of_sale("stroke club walk", *cards)
    assert are_own == (len(own) >= 3 and not much_better)
    assert found == (own if are_own else worth_showing(every))


def test_a_word_that_all_services_use_counts_for_little() -> None:
    weights = weigh_terms(
        words_of("support bereavement"), [900, 5], 1000, dataclasses.replace(NO_WORDS, weak=frozenset({"support"})), frozenset()
    )
    assert weights[1] > 5 * weights[0]


def test_a_thing_that_nobody_offers_counts_more_than_a_name_that_nobody_knows() -> None:
    weights = weigh_terms(words_of("swimming zzyzx elders"), [0, 0, 300], 1000, NO_WORDS, frozenset({"swimming", "elders"}))
    assert weights[0] > 2 * weights[1]
    assert weights[0] > weights[2]


def test_a_place_name_alone_does_not_make_a_fit() -> None:
    asked = dataclasses.replace(words_of("library sale"), place=NamedPlace("Sale", SALE, None), place_terms=frozenset({1}))
    here = replace(CARD, id="no library", places=field("Sale"))
    assert order(asked, here, replace(CARD, id="library", name=field("Library"))) == ["library"]


def test_evidence_is_given_strongest_first() -> None:
    card = replace(CARD, name=field("Stroke"), description=field("choir"))
    found = matching(words_of("choir stroke"))(card)
    assert [(item.label, where) for item, where in found] == [("stroke", "name"), ("choir", "description")]


def test_for_whom_something_is_counts_for_little_even_in_a_phrase() -> None:
    asked = words_of("almshouse pensioners", Evidence(frozenset({1}), "phrase", "pensioners", stems("older people")))
    weights = weigh_terms(asked, [5, 5], 1000, dataclasses.replace(NO_WORDS, audience=frozenset(stems("pensioners"))), frozenset())
    assert weights[0] > 3 * weights[1]


def laundry(where: tuple[float, float], identity: str) -> Card:
    return replace(CARD, id=identity, alternatives=("home_care",), positions=(where,))


def test_the_office_of_what_comes_to_the_home_matters_little() -> None:
    asked = words_of("washing", Evidence(frozenset({0}), "alternative", "Home care", alternative="home_care"))
    far = (SALE[0] + 0.3, SALE[1])
    without = ranked(asked, laundry(far, "far"))[0].score
    assert ranked(dataclasses.replace(asked, visiting=frozenset({"home_care"})), laundry(far, "far"))[0].score > without
    near, away = ranked(dataclasses.replace(asked, visiting=frozenset({"home_care"})), laundry(SALE, "near"), laundry(far, "far"))
    assert near.card.id == "near"
    assert away.score > 0.65 * near.score


def test_what_stands_in_by_what_it_calls_itself_helps() -> None:
    asked = words_of("holiday", Evidence(frozenset({0}), "akin", "care home", stems("care home")))
    assert order(asked, replace(CARD, id="home", types=field("Care home")), replace(CARD, id="none", types=field("Library"))) == ["home"]


def test_a_name_that_is_asked_for_wins_over_the_kind_of_help_beside_it() -> None:
    kind = Evidence(frozenset({1}), "alternative", "Support for carers", alternative="carers_support_service")
    asked = dataclasses.replace(words_of("tamarisk carers", kind), strange=frozenset({0}))
    group = replace(CARD, id="group", alternatives=("carers_support_service",), types=field("Carers support"))
    home = replace(CARD, id="home", name=field("Tamarisk House Residential Home"))
    away = replace(home, positions=((SALE[0] + 1.0, SALE[1]),), served=())
    assert order(asked, group, home)[0] == "home"
    assert ranked(asked, away)[0].score > 2 * ranked(dataclasses.replace(asked, strange=frozenset()), away)[0].score


def test_a_name_that_was_heard_otherwise_is_in_the_name() -> None:
    heard = Evidence(frozenset({0, 1}), "name", "kingfisher", stems("kingfisher"))
    asked = words_of("king fisher", heard)
    assert order(asked, replace(CARD, id="meant", name=field("Kingfisher Care")), replace(CARD, id="other", name=field("King Street"))) == [
        "meant",
        "other",
    ]


def test_where_nothing_fits_a_little_less_will_do() -> None:
    card = replace(CARD, description=field("physiotherapy"))
    asked = words_of("physiotherapy for knees")
    weights = weigh_terms(asked, [10] * 3, 1000, NO_WORDS, frozenset())
    assert rank(asked, [card], weights, HERE, TODAY) == []
    assert rank(asked, [card], (9.0, 3.0, 1.0), HERE, TODAY, LOOSER) != []
    assert rank(asked, [card], (1.0, 3.0, 9.0), HERE, TODAY, LOOSER) == []
