"""Ids and closed words only: nothing that somebody wrote gets into the audit trail."""

from typing import Any

import pytest

from app.audit.deeds import check

FINE: dict[str, Any] = {
    "by": "0123456789abcdef0123456789abcdef",
    "about": "night_needs.out",
    "council": "E99000001",
    "practice": "Z99001",
    "fields": ("name",),
    "known": {"name", "code"},
}


@pytest.mark.parametrize("by", ["command line", "job", FINE["by"]])
def test_ids_pass(by: str) -> None:
    check(**FINE | {"by": by})
    check(**FINE | {"by": by, "council": None, "practice": None, "fields": (), "about": "publication:12"})


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("by", "Ann Invented"),
        ("by", "ann@example.org"),
        ("by", ""),
        ("by", "0123456789ABCDEF0123456789ABCDEF"),
        ("about", "Mrs Invented"),
        ("about", "ann@example.org"),
        ("about", ""),
        ("about", "x" * 81),
        ("about", "a\n"),
        ("about", "é"),
        ("council", "Marlshire"),
        ("council", ""),
        ("practice", "The Surgery"),
        ("practice", ""),
        ("fields", ("Mrs Invented fell",)),
        ("fields", ("surname",)),
        ("fields", "name"),
    ],
)
def test_anything_else_is_refused_and_not_repeated(part: str, value: object) -> None:
    with pytest.raises(ValueError, match=part) as refused:
        check(**FINE | {part: value})
    assert str(refused.value) == f"an audit entry takes ids only: {part}"
