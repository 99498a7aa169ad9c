"""Identifiers are found however they are written, and what only looks like one is left alone."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vocabulary.identifiers import BLOCK, Kind, blank, find, identify
from app.vocabulary.numbers import passes
from tests.unit.vocabulary.identifiers.corpus import HERE, clean, lists, missed, unmarked
from tests.unit.vocabulary.identifiers.make import CLASSES, as_yaml, composed, hard

NUMBER = st.integers(0, 9_999_999).map(lambda number: f"999{number:07}")
SIGNS = [chr(code) for code in range(0x20, 0x3000) if unicodedata.category(chr(code))[0] in "PSZC" and chr(code) != BLOCK]
GAP = st.text(st.sampled_from([*SIGNS, *" \t\n-./_,()\u200b\u00a0"]), max_size=3)
PIECES = st.sampled_from(
    [line for name in ("hard", "held_out") for lines in lists(name).values() for line in (unmarked(marked)[0] for marked in lines[::7])]
    + [str(number) for number in range(0, 1000, 37)]
    + [
        *" -./,:;()+@_'",
        " at ",
        " dot ",
        "nhs ",
        "dob ",
        "ref no ",
        "Mr ",
        "reg ",
        "0",
        "00",
        "o",
        "I",
        "M1",
        "AB",
        "999",
        "\n",
        "ext 4",
        BLOCK,
        "\u200b",
        "é",
    ]
)


def refused(text: str) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in identify(text)]


@pytest.mark.parametrize("name", ["hard", "held_out"])
@pytest.mark.parametrize("kind", CLASSES)
def test_every_writing_of_a_kind_is_caught(name: str, kind: str) -> None:
    assert [line for line in lists(name)[kind] if missed(line, refused(unmarked(line)[0]))] == []


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind != "title_name"])
def test_what_is_caught_is_blanked_and_nothing_moves(kind: str) -> None:
    for line in (*lists("hard")[kind], *lists("held_out")[kind]):
        text, _ = unmarked(line)
        assert not missed(line, find(text)) and len(blank(text)) == len(text)


def test_hardly_a_clean_line_is_refused_or_blanked() -> None:
    lines = clean()
    assert len(lines) >= 1000 and sum(map(len, lists("clean").values())) >= 600
    assert len([line for line in lines if refused(line)]) <= len(lines) / 100
    assert len([line for line in lines if find(line)]) <= len(lines) / 100


def test_the_corpus_is_large_and_as_it_was_made() -> None:
    assert all(len(lines) >= 400 for lines in lists("hard").values()) and all(len(lines) >= 40 for lines in lists("held_out").values())
    assert lists("hard").keys() == lists("held_out").keys() == CLASSES.keys()
    assert (HERE / "hard.yaml").read_text(encoding="utf-8") == as_yaml(hard())
    assert (HERE / "composed.yaml").read_text(encoding="utf-8") == as_yaml({"composed": composed()})


def test_the_corpus_holds_nobodys_numbers() -> None:
    for name in ("hard", "held_out"):
        for kind, lines in lists(name).items():
            digits = [re.sub(r"\D", "", "".join(line.split("«")[1].split("»")[0])) for line in lines]
            western = [number for number in digits if number.isascii() and len(number) == 10]
            assert kind != "nhs_number" or all(number.startswith("999") for number in western)
            assert kind != "chi" or not any(passes(number) for number in western)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("999 000 0018", Kind.NHS_NUMBER), ("QQ 12 34 56 C", Kind.NATIONAL_INSURANCE), ("born 3.4.1941", Kind.BIRTH_DATE),
        ("OL99 9HH", Kind.POSTCODE), ("07700 900123", Kind.PHONE),
        ("jo at example dot org", Kind.EMAIL), ("hosp no H1234567", Kind.REFERENCE),
        ("14 Acacia Avenue", Kind.ADDRESS), ("AB99 CDE", Kind.PLATE), ("Mrs Okafor", Kind.NAME),
    ],
)  # fmt: skip
def test_what_was_found_is_named(text: str, kind: Kind) -> None:
    assert {found.kind for found in identify(f"falls x3, {text}, lives alone")} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "appt 12.03.2026", "since 12.3.26", "BP 140/90 150/95 138/84",
        "ring 0300 and 111", "0808 157 0123", "insulin 10/20/30 units", "lives in OL99",
        "4 doors down the road", "NG27 FOR FALLS", "on 20/11/26 a carer came", "d/c 20/11/26 d/w son",
        "Marie Curie", "Parkinson's", "June 2025", "found at 06:00 10:00 14:00 18:00",
        "ref 2024", "see at home. Has 2 cats",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert identify(text) == []


@pytest.mark.parametrize(
    "written",
    ["NHS 999 000 0018", "CHI 0101400008", "tel 07700 900123", "+44 7700 900123", "dob 3/4/41", "born 1941", "NI QQ123456C",
     "14 Acacia Avenue",
     "hosp no 1234567", "OL99 9HH", "AB99 CDE", "nhs no 9 9 9 0 0 0 0 0 1 8"],
)  # fmt: skip
@pytest.mark.parametrize("after", [", 2 falls", " 2 falls", "\n2 falls in 3 weeks"])
def test_what_stands_beside_an_identifier_is_left(written: str, after: str) -> None:
    assert blank(f"d/c 20/11/26, aged 84 - {written}{after}").endswith(after)
    assert blank(f"d/c 20/11/26, aged 84 - {written}{after}").startswith("d/c 20/11/26, aged 84 - ")


def test_a_name_after_a_title_is_found_but_not_blanked() -> None:
    assert refused("Mrs Okafor fell") == [(4, 10)] and blank("Mrs Okafor fell") == "Mrs Okafor fell"


@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_blanking_twice_is_blanking_once(text: str) -> None:
    once = blank(text)
    assert blank(once) == once and len(once) == len(text)


@given(NUMBER, GAP, GAP)
@settings(max_examples=300, deadline=None)
def test_an_nhs_number_is_caught_whatever_stands_between_its_three_parts(number: str, first: str, second: str) -> None:
    written = f"{number[:3]}{first}{number[3:6]}{second}{number[6:]}"
    assert refused(f"82F {written} falls") == [(4, 4 + len(written))]


@given(NUMBER.filter(passes), st.lists(GAP, min_size=9, max_size=9))
@settings(max_examples=300, deadline=None)
def test_an_nhs_number_that_holds_is_caught_whatever_stands_between_any_of_its_digits(number: str, gaps: list[str]) -> None:
    written = number[0] + "".join(gap + digit for gap, digit in zip(gaps, number[1:], strict=True))
    assert refused(f"82F {written} falls") == [(4, 4 + len(written))]


@pytest.mark.parametrize(
    "part", ["0 ", "1/1/", "a", "a.", "@", "ref no ", "one ", "14 Oak Tree ", "dob ", "9\u200b", " at a.", "Mr A. B. ", BLOCK]
)
def test_a_text_eight_times_as_long_takes_nothing_like_the_square_of_it(part: str) -> None:
    def taken(size: int) -> float:
        text = (part * size)[:size]
        return min(timed(text) for _ in range(3))

    assert taken(32_000) < 30 * taken(4_000)  # Eight times in proportion; sixty-four by the square.


def timed(text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started
