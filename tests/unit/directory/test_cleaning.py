"""Text of a feed into text that is safe to show."""

import pytest

from app.directory.cleaning import line, paragraphs
from app.directory.findings import Notebook


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>Care at home.</p><p>Ring us.</p>", "Care at home.\nRing us."),
        ('See <a href="https://example.org/a">our page</a>.', "See our page (https://example.org/a)."),
        ('See <a href="https://example.org">example.org</a>.', "See https://example.org."),
        ('<a href="javascript:alert(1)">Ring</a>', "Ring"),
        ("Before<script>alert(1)</script> after", "Before after"),
        ("<img src=x onerror=alert(1)>Text", "Text"),
        ("<b>Name</b><svg/onload=alert(1)>", "Name"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Safe", "Safe"),
        ("&amp;lt;b&amp;gt;Bold", "Bold"),
        ("Tea &amp; cake", "Tea & cake"),
        ("For people <65, Q&A, 5 > 4", "For people <65, Q&A, 5 > 4"),
        ("The councilâ€™s cafÃ©, Â£5", "The council’s café, £5"),
        ("It’s £5 – “good” café", "It’s £5 – “good” café"),
        ("A\x00B\x07C\u202eD\ufeff", "ABCD"),
        ("One\r\n\r\n\r\n\r\nTwo   words", "One\n\nTwo words"),
        ("[www.example.org](http://www.example.org)", "http://www.example.org"),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert paragraphs(raw, "description", Notebook()) == clean


@pytest.mark.parametrize("raw", ["Plain text.", "It’s “fine” – £5 café", "5 < 6 & 7 > 6", "Two\nlines"])
def test_good_text_is_left_alone_without_a_finding(raw: str) -> None:
    notes = Notebook()
    assert paragraphs(raw, "description", notes) == raw
    assert notes.findings == []


@pytest.mark.parametrize(
    ("raw", "fault"), [("The councilâ€™s cafÃ©", "wrongly_decoded"), ("A\x07B", "control_characters"), ("<p>Care</p>", "markup")]
)
def test_a_repair_is_reported(raw: str, fault: str) -> None:
    notes = Notebook()
    line(raw, "name", notes)
    assert [finding.fault.value for finding in notes.findings] == [fault]


def test_a_line_has_no_line_breaks_and_keeps_to_its_length() -> None:
    notes = Notebook()
    assert line("A\nB", "name", notes) == "A B"
    assert notes.findings == []
    long = line("word " * 100, "name", notes)
    assert len(long) <= 300 and long.endswith("word…")
    assert [finding.fault.value for finding in notes.findings] == ["too_long"]


def test_half_a_character_pair_can_be_written_to_a_database() -> None:
    assert paragraphs("a\ud800b", "description", Notebook()).encode() == b"ab"
