"""What looks like a person's identifier in a text, so that it can be pointed out and blanked. Nothing is kept."""

import re

from app.vocabulary.tokens import plain

_SEPARATOR = r"[\s.\-]?"
_NHS = re.compile(rf"(?<!\d)\d{{3}}{_SEPARATOR}\d{{3}}{_SEPARATOR}\d{{4}}(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./\-](?:0?[1-9]|1[0-2])[./\-](?:19|20)\d\d(?!\d)")
_EMAIL = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}")
_PHONE = re.compile(r"(?<!\d)(?:\+44\s?|0)(?:\d[\s\-]?){9,10}(?!\d)")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b")
_BIRTH = re.compile(r"\b(?:dob|d\.o\.b\.?|date of birth|born)\b[\s:]*\d[\d./\s\-]*\d")

_DIGIT = re.compile(r"\d")
_LEAST_DIGITS = ((_NHS, 10), (_DATE, 6), (_PHONE, 10), (_POSTCODE, 2), (_BIRTH, 2))
"""Most texts hold too few digits for most of these, and need not be searched."""


def find(text: str) -> list[tuple[int, int]]:
    """Characters [start, end) of everything that looks like an NHS number, date of birth, phone, e-mail or postcode."""
    flat = plain(text)
    digits = len(_DIGIT.findall(flat))
    spans = [match.span() for pattern, least in _LEAST_DIGITS if digits >= least for match in pattern.finditer(flat)]
    spans += [match.span() for match in (_EMAIL.finditer(flat) if "@" in flat else ())]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def blank(text: str) -> str:
    """The text with each of them replaced by blocks of the same length, so that nothing else moves."""
    for start, end in find(text):
        text = text[:start] + "█" * (end - start) + text[end:]
    return text
