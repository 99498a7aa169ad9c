"""Finding a practice by a name that was typed in haste. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.places.geometry import kilometres
from app.places.records import Point

_APOSTROPHE = re.compile(r"['’`.]")
_OTHER = re.compile(r"[^a-z0-9]+")
_WRITTEN_OUT = {
    "ctr": "centre", "ctre": "centre", "cntr": "centre", "center": "centre", "hc": "health centre", "mc": "medical centre",
    "med": "medical", "hth": "health", "hlth": "health", "surg": "surgery", "prac": "practice", "pract": "practice",
    "grp": "group", "ptnr": "partner", "doctors": "drs", "doctor": "dr", "saint": "st", "rd": "road", "gt": "great", "and": "",
}  # fmt: skip
_EVERYWHERE = {"the", "surgery", "practice", "medical", "health", "centre", "group", "dr", "drs", "partners", "clinic", "gp"}
LEAST = 72.0
"""Likeness, of 100, under which a name is somebody else's."""
LEAST_BESIDE_WHOLE = 88.0
"""The same where other practices have every word that was typed: only what is nearly written so may stand beside them."""
WHOLE = 100.0


@dataclass(frozen=True)
class Named:
    """A practice's code and place, with the words that it can be found by."""

    ods_code: str
    key: str
    lat: float | None
    lon: float | None
    council_code: str | None

    def away(self, near: Point | None) -> tuple[bool, float]:
        """Sorts practices of the same council first, then the nearest (km); all alike where there is no place."""
        if near is None or self.lat is None or self.lon is None:
            return True, 0.0
        return self.council_code != near.council_code, kilometres(near.lat, near.lon, self.lat, self.lon)


def key_of(text: str) -> str:
    """The text's words in lower case, without punctuation, with the usual short forms written out."""
    words = _OTHER.sub(" ", _APOSTROPHE.sub("", text.casefold())).split()
    return " ".join(full for word in words if (full := _WRITTEN_OUT.get(word, word)))


def closest(typed: str, practices: Sequence[Named], limit: int, near: Point | None = None) -> list[str]:
    """Codes of the practices that may be meant, best first; at equal likeness those of the same council, then the nearest.

    A practice that has every typed word, or its beginning, is a whole match whatever the order of the words.
    """
    wanted = key_of(typed)
    words = wanted.split()
    if not words:
        return []
    starts = [f" {word}" for word in words]
    whole = {at: WHOLE for at, practice in enumerate(practices) if all(start in f" {practice.key}" for start in starts)}
    scores = whole if len(whole) >= limit else {**_alike(words, practices, limit, LEAST_BESIDE_WHOLE if whole else LEAST), **whole}
    ranked = sorted(scores, key=lambda at: (-scores[at], *practices[at].away(near), -fuzz.ratio(wanted, practices[at].key), at))
    return [practices[at].ods_code for at in ranked[:limit]]


def _alike(words: list[str], practices: Sequence[Named], limit: int, least: float) -> dict[int, float]:
    """Positions with their likeness, rounded and always under a whole match."""
    keys = [practice.key for practice in practices]
    telling = " ".join(word for word in words if word not in _EVERYWHERE) or " ".join(words)
    scores: dict[int, float] = {}
    for scorer, text in ((fuzz.partial_ratio, telling), (fuzz.token_sort_ratio, " ".join(words))):
        for _, likeness, at in process.extract(text, keys, scorer=scorer, limit=limit * 3, score_cutoff=least):
            scores[at] = max(scores.get(at, 0.0), min(WHOLE - 1, float(round(likeness))))
    return scores
