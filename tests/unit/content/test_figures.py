"""Every number that people read has a source, and the check finds one that has none."""

from pathlib import Path

import pytest

from app.content.figures import Support, figures_in, numbers_in, unsourced
from app.content.reading import read_yaml
from app.content.schema import Figured

HEAD = "author: Fingerpost content\nsources: [ng21, cssg]\nreviewed: 2026-11-22\nnext_review: 2027-05-22\n"
SUPPORT = Support(
    frozenset(("ng21", "ng74", "cssg", "fingerpost")),
    {
        "capital": (numbers_in("£23,250"), frozenset(["cssg"])),
        "reablement": (numbers_in("up to 6 weeks"), frozenset(["si2672"])),
    },
)


def problems(tmp_path: Path, text: str, figures: str = "") -> list[str]:
    path = tmp_path / "note.yaml"
    path.write_text(HEAD + figures, encoding="utf-8")
    head = read_yaml(path, Figured)
    path.write_text(HEAD + figures + f"text: >-\n  {text}\n", encoding="utf-8")
    return [str(problem).removeprefix(f"{path}:") for problem in unsourced(path, [text], head, SUPPORT)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Above £23,250 they pay.", "£23,250"),
        ("Allowed is £76.70 a week.", "£76.70"),
        ("It helps 12% of them.", "12%"),
        ("Free for up to six weeks.", "six"),
        ("A visit within 72 hours.", "72"),
        ("Runs from 8am.", "8am"),
        ("For people aged 65 or over.", "65"),
        ("Two or more of ten outcomes.", "Two"),
        ("One in three falls again.", "One in three"),
        ("In a trial of 1,055 older people.", "1,055"),
        ("It takes one month.", "one month"),
        ("It ends in January 2027.", "January 2027"),
        ("Since 7 October 2024 banks refund.", "7 October 2024"),
        ("Half of all schemes charge.", "Half"),
        ("Under section 9, 28 days are usual.", "28"),
        ("In a trial of 2000 people.", "2000"),
    ],
)
def test_a_number_is_a_figure(text: str, figure: str) -> None:
    start, end = figures_in(text)[0]
    assert text[start:end] == figure


@pytest.mark.parametrize(
    "text",
    [
        "Ring 0800 888 6678, 0333 150 3456, 0808 2000 247, 08000 121 700 or 0800 4 70 80 90.",
        "Samaritans: 116 123. In danger 999; NHS 111, option 2; police 101.",
        "Care Act 2014 ss.67 and 68, section 19(3), s.27, sections 1 and 4, regulation 3, Part 7; paragraphs 240 to 269.",
        "SI 2014/2871 and [2026] UKSC 16; No recourse (No. 2) is (No. 2).",
        "NICE NG249 and QS173 statement 2; forms SR1 and COP3; the 4AT; NEWS2.",
        "Reported in 2017, changed in 2026-27, in two-tier counties and where there are two tiers.",
        "Shorthand such as 1/7 and 1/52; somebody, one-to-one, one of them, one day.",
    ],
)
def test_what_only_names_something_is_no_figure(text: str) -> None:
    assert [text[start:end] for start, end in figures_in(text)] == []


def test_a_figure_without_a_source_is_found_with_its_line(tmp_path: Path) -> None:
    text = "Sessions are short.\n  Visits of less than 30\n  minutes are rare."
    assert problems(tmp_path, text) == [
        "7: 'of less than 30 minutes are rare.': the file gives no source for '30'. "
        "Name it under figures with its fact or source, or say it without the number."
    ]
    assert problems(tmp_path, text, "figures:\n  30 minutes: ng21\n") == []


def test_signs_of_a_pattern_in_a_figure_are_only_signs(tmp_path: Path) -> None:
    assert problems(tmp_path, "It lasts (about) 6 weeks+ then.", "figures:\n  (about) 6 weeks+: ng21\n") == []
    assert len(problems(tmp_path, "It lasts 6 weekss then.", "figures:\n  6 weeks+: ng21\n")) == 2
    assert problems(tmp_path, "So [a-z]* (or ( 30 of them.")[0].startswith("6: ")


def test_the_files_own_review_dates_are_no_figures(tmp_path: Path) -> None:
    assert problems(tmp_path, "Prepared on 22 November 2026, to be reviewed by 22 May 2027.") == []
    assert len(problems(tmp_path, "Prepared on 23 November 2026.")) == 1


@pytest.mark.parametrize(
    ("text", "figures", "found"),
    [
        ("Above £23,250.", "£23,250: capital", None),
        ("Above £23,000.", "£23,000: capital", "the fact capital does not say 23000"),
        ("For six weeks.", "six weeks: reablement", "does not name the source of the fact reablement"),
        ("For 30 minutes.", "30 minutes: ng74", "ng74 is not among the file's sources"),
        ("For 30 minutes.", "30 minutes: ng99", "'ng99' is no fact and no source"),
        ("For 30 minutes.", "40 minutes: ng21", "'40 minutes' does not stand in the text"),
        ("One or two goals.", "One or two goals: fingerpost", None),
        ("About £5 a meal.", "£5: fingerpost", "an amount of money or a percentage needs a source"),
        ("It helps 12% of them.", "12%: fingerpost", "an amount of money or a percentage needs a source"),
    ],
)
def test_what_a_figure_rests_on_has_to_hold(tmp_path: Path, text: str, figures: str, found: str | None) -> None:
    said = problems(tmp_path, text, f"figures:\n  {figures}\n")
    assert any(found in problem for problem in said) if found else said == []
