"""What an entry's own words speak of."""

from app.search.describing import Describing

KNOWN = Describing({"meals_service": "Meals"}, {"meals_service": ("food delivery", "meals delivered"), "lunch_club": ("lunch club",)})


def spoken_of(text: str) -> tuple[str, ...]:
    return KNOWN.spoken_of([text])


def test_a_phrase_in_any_form_of_its_words_speaks_of_its_kind() -> None:
    assert spoken_of("We run food deliveries for the housebound") == ("meals_service",)


def test_words_apart_and_parts_of_words_do_not() -> None:
    assert spoken_of("Food bank with parcel delivery, lunch and a club, meals undelivered") == ()


def test_a_phrase_does_not_run_over_a_comma() -> None:
    assert spoken_of("Soup for lunch, club nights on Friday") == ()
    assert spoken_of("A lunch\nclub") == ()


def test_every_change_of_the_phrases_makes_another_index() -> None:
    other = Describing(KNOWN.labels, {**KNOWN.phrases, "lunch_club": ("lunch club", "hot lunch")})
    assert other.digest != KNOWN.digest
    assert Describing(KNOWN.labels, KNOWN.phrases, ("lift",)).digest != KNOWN.digest


def test_what_is_said_of_the_building_is_left_out() -> None:
    known = Describing({}, {}, ("rooms for hire", "ramped access"))
    text = "Tea on Mondays. Rooms for hire in the evening.\n#Access information Ramped access. Punjabi spoken."
    assert known.to_the_point(text).split("\n") == ["Tea on Mondays.", "", "Punjabi spoken."]
