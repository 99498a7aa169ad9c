"""Events hold ids of our own, numbers and yes or no; there is no place in them for what somebody typed."""

import dataclasses

import pytest

from app.events.kinds import Event

ALLOWED = {
    ("search_made", "found"),
    ("search_made", "alternatives"),
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
