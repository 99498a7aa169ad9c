"""What a page or program sends to the assistant, whatever it is: read within its limits, or refused."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.assistant.clauses import asks, is_note
from app.assistant.conversation import LONGEST_TEXT, MOST_TURNS, Ask, joined, pairs
from app.assistant.reporting import Report, Unlisted, read_report
from tests.typed import JSON, SIGNS, objects

WHOLE = {"fault": "read_wrongly", "rules_version": "1", "content_version": "1"}


@given(JSON | objects(*Ask.model_fields, "more").map(lambda sent: {"text": "falls", **sent}))
@example({"text": "a", "flipped": {"falls": "present", "x:1": "absent"}})
@example({"text": "a", "earlier": ["b"] * (MOST_TURNS + 1)})
def test_a_body_of_any_shape_is_a_conversation_or_refused(sent: Any) -> None:
    try:
        body = Ask.model_validate(sent)
    except ValidationError:
        return
    conversation = body.conversation(["falls"])
    assert 0 < len(conversation.turns) <= MOST_TURNS + 1 and all(len(turn) <= LONGEST_TEXT for turn in conversation.turns)
    assert {key.split(":")[0] for key in conversation.flipped} <= {"falls"}


KEY = st.text("abc_:-", min_size=1, max_size=8)


@given(st.dictionaries(KEY, KEY), st.lists(SIGNS))
def test_fields_of_pairs_are_read_as_they_were_written(entries: dict[str, str], typed: list[str]) -> None:
    assert pairs(joined(entries)) == entries
    assert pairs(joined(pairs(typed))) == pairs(typed)


@given(JSON | objects(*Report.model_fields, "more").map(lambda sent: {**WHOLE, **sent}))
def test_a_report_of_any_shape_is_read_or_refused_by_its_field(sent: Any) -> None:
    try:
        report = read_report(sent)
    except Unlisted as error:
        assert isinstance(sent, dict) is bool(str(error)) or "" in sent
    else:
        assert read_report(report.model_dump(mode="json")) == report


@given(SIGNS)
def test_any_message_asks_or_does_not_and_is_a_note_or_not(text: str) -> None:
    assert asks(text) in (True, False) and is_note(text) in (True, False)
