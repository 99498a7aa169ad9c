"""Events hold ids of our own, numbers and yes or no; there is no place in them for what somebody typed."""

import dataclasses

import pytest

from app.events.kinds import Event, SearchMade

ALLOWED = {
    ("search_made", "found"),
    ("search_made", "alternatives"),
    ("search_made", "words"),
    ("assistant_asked", "needs"),
    ("assistant_asked", "red_flags"),
    ("assistant_asked", "alternatives"),
    ("service_opened", "service"),
    ("service_opened", "alternatives"),
    ("module_started", "module"),
    ("module_finished", "module"),
    ("module_finished", "right"),
    ("module_finished", "asked"),
}


@pytest.mark.parametrize("kind", Event.__subclasses__(), ids=lambda kind: kind.kind)
def test_an_event_has_only_the_facts_that_the_privacy_notice_allows(kind: type[Event]) -> None:
    assert {(kind.kind, fact.name) for fact in dataclasses.fields(kind)} <= ALLOWED


def test_the_words_of_a_search_are_counted_apart_and_no_part_of_the_event() -> None:
    made = SearchMade(found=True, alternatives=(), words=("befriending",))
    assert "words" not in made.facts()
    assert made.only_counted() == ("befriending",)
