"""What an event adds to a measure."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.problems import ContentError
from app.content.reading import parse_yaml, read_yaml
from app.insights.counting import counted
from app.insights.schema import MeasureFile, Source

FILE = Path(__file__).resolve().parents[3] / "content" / "measures.yaml"
ASKED = {"needs": ["falls", "lives_alone"], "red_flags": ["fire_risk"], "alternatives": ["telecare"]}


@pytest.mark.parametrize(
    ("source", "kind", "facts", "added"),
    [
        ({"event": "search_made"}, "search_made", {"found": True}, [("", 1)]),
        ({"event": "search_made"}, "service_opened", {"found": True}, []),
        ({"event": "search_made", "where": {"found": False}}, "search_made", {"found": False}, [("", 1)]),
        ({"event": "search_made", "where": {"found": False}}, "search_made", {"found": True}, []),
        ({"event": "assistant_asked", "each": "needs", "subject": "need"}, "assistant_asked", ASKED, [("falls", 1), ("lives_alone", 1)]),
        (
            {"event": "assistant_asked", "each": "needs", "subject": "need"},
            "assistant_asked",
            {"needs": ["falls", "falls"]},
            [("falls", 1)],
        ),
        ({"event": "assistant_asked", "each": "needs", "subject": "need"}, "assistant_asked", {}, []),
        ({"event": "assistant_asked", "amount": "red_flags"}, "assistant_asked", ASKED, [("", 1)]),
        ({"event": "assistant_asked", "amount": "red_flags"}, "assistant_asked", {"red_flags": []}, []),
        (
            {"event": "module_finished", "each": "module", "subject": "module", "amount": "right"},
            "module_finished",
            {"module": "m", "right": 4, "asked": 5},
            [("m", 4)],
        ),
    ],
)
def test_what_an_event_adds(source: dict[str, Any], kind: str, facts: dict[str, Any], added: list[tuple[str, int]]) -> None:
    assert list(counted(Source(**source), kind, facts)) == added


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ({"event": "search_mde"}, "there is no event 'search_mde'"),
        ({"event": "search_made", "where": {"fund": True}}, "no fact 'fund'"),
        ({"event": "assistant_asked", "each": "neds", "subject": "need"}, "no fact 'neds'"),
        ({"event": "assistant_asked", "each": "needs"}, "go together"),
    ],
)
def test_a_source_that_counts_nothing_is_refused(source: dict[str, Any], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        Source(**source)


def test_a_mistake_is_named_with_its_line() -> None:
    text = FILE.read_text().replace("event: service_opened", "event: service_opend")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "service_opend" in words)
    with pytest.raises(ContentError) as problem:
        parse_yaml(FILE, text, MeasureFile)
    assert [found.line for found in problem.value.problems] == [line]


def test_a_measure_declared_twice_is_refused() -> None:
    text = FILE.read_text().replace("id: searches_without_result", "id: searches")
    with pytest.raises(ContentError, match="'searches' is declared 2 times"):
        parse_yaml(FILE, text, MeasureFile)


def test_every_figure_that_was_promised_is_declared() -> None:
    declared = {measure.id for measure in read_yaml(FILE, MeasureFile).measures}
    assert declared >= {
        "searches", "searches_without_result", "assistant_turns", "services_opened", "modules_started", "modules_finished",
        "red_flags_raised", "needs_read", "alternatives_shown",
    }  # fmt: skip
