"""A batch of answers: every line is taken or named, whatever stands in the sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signposts.outcomes import Later, Outcome, Reason
from app.signposts.sheet import MOST_LINES, Column, Fault, Line, NoTable, Refused, decoded, read
from app.ui.numbers import as_kept, in_groups, new_number

HEADINGS = {column.value: column for column in Column} | {"reference": Column.CODE}
WORDS = {word.value: word for kind in (Outcome, Reason, Later) for word in kind}
A, B = (as_kept(typed) or "" for typed in ("ABCD-EFGH-2345-G", "ABCD-EFGH-2346-E"))


def found(*lines: str) -> list[Line | Refused]:
    return read("\n".join(("code,outcome,later", *lines)), HEADINGS, WORDS)


def test_a_line_says_an_outcome_a_reason_or_where_the_person_is() -> None:
    assert found(f"{A},started,", f"{in_groups(B)},no_room,at_home") == [
        Line(2, A, Outcome.STARTED, None, None),
        Line(3, B, Outcome.NOT_SUITABLE, Reason.NO_ROOM, Later.AT_HOME),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_stand_anywhere_among_others(separator: str) -> None:
    rows = [("Team", "Outcome", "Note", "Reference"), ("North", "STARTED", 'said "yes"', A.lower())]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert read("\ufeff" + text, HEADINGS, WORDS) == [Line(2, A, Outcome.STARTED, None, None)]


@pytest.mark.parametrize(
    ("line", "typed", "fault"),
    [
        (f"{A[:-1]}0,started,", f"{A[:-1]}0", Fault.MISTYPED),
        (",started,", "", Fault.MISTYPED),
        (f"{A},cured,", "cured", Fault.UNKNOWN_WORD),
        (f"{A},,", A, Fault.NOTHING_SAID),
        (f"{A}", A, Fault.NOTHING_SAID),
        ("x" * 500 + ",started,", "x" * 40, Fault.MISTYPED),
    ],
)
def test_a_bad_line_is_named_and_costs_no_other(line: str, typed: str, fault: Fault) -> None:
    assert found(line, "", f"{B},started,") == [Refused(2, typed, fault), Line(4, B, Outcome.STARTED, None, None)]


def test_of_a_code_that_stands_there_twice_the_first_line_is_taken() -> None:
    assert found(f"{A},started,", f"{in_groups(A)},no_room,") == [
        Line(2, A, Outcome.STARTED, None, None),
        Refused(3, in_groups(A), Fault.SAID_BEFORE),
    ]


@pytest.mark.parametrize("text", ["", "\n", "code", "code,note\nx,y", "outcome\nstarted", 'code,outcome\n"' + "x" * 1_200_000])
def test_what_is_no_sheet_is_refused_whole(text: str) -> None:
    with pytest.raises(NoTable):
        read(text, HEADINGS, WORDS)


def test_no_more_lines_are_read_than_are_allowed() -> None:
    assert len(found(*(f"{new_number()},started," for _ in range(MOST_LINES + 50)))) == MOST_LINES


def test_a_file_of_an_old_spreadsheet_is_read_too() -> None:
    assert decoded("é;–".encode("cp1252")) == decoded("é;–".encode("utf-8-sig")) == "é;–"


@given(st.text())
def test_every_line_is_taken_or_named(text: str) -> None:
    for line in read("code,outcome\n" + text, HEADINGS, WORDS) if "\x00" not in text else []:
        assert line.number > 1
