"""Words and stems are the same for the index and for what people type."""

from app.search.words import spaced, stems, words


def test_apostrophes_accents_and_case_make_no_difference() -> None:
    assert words("Alzheimer’s CAFÉ") == words("alzheimers cafe") == ["alzheimers", "cafe"]


def test_endings_make_no_difference() -> None:
    assert stems("befriending") == stems("befriended") == stems("befriend")
    assert stems("carers") == stems("carer's")


def test_signs_part_words_and_are_dropped() -> None:
    assert words('?res/nursing "home" AND (name:*) \x00 24/7') == ["res", "nursing", "home", "and", "name", "24", "7"]


def test_a_word_without_end_is_cut() -> None:
    assert len(words("a" * 5000)[0]) == 40


def test_spaced_asks_for_whole_phrases_only() -> None:
    assert spaced(stems("care home")) in spaced(stems("a care home in Sale"))
    assert spaced(stems("care home")) not in spaced(stems("home care"))
    assert spaced(stems("art")) not in spaced(stems("artist"))
