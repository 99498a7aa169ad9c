"""Names that a source writes in capitals, as people write them. Pure."""

import re

_WORD = re.compile(r"[^\s,\-/()&+]+")
_CAPITALS = {
    "NHS",
    "GP",
    "GPS",
    "PCN",
    "PMS",
    "APMS",
    "GMS",
    "ICB",
    "PCC",
    "PHCC",
    "CIC",
    "LLP",
    "UK",
    "OOH",
    "MP",
    "II",
    "III",
    "IV",
    "YMCA",
}
_SMALL = {"a", "and", "at", "by", "for", "in", "le", "near", "next", "of", "on", "or", "the", "to", "under", "upon", "with"}
_SAID = {
    "dr", "drs", "mr", "mrs", "ms", "st", "sts", "rd", "ltd", "mt", "nr", "gt", "ct", "ctr", "hlth", "hth", "grp", "ptnr", "ptnrs", "tce",
    "jct", "blvd", "ft", "cntr", "cnt", "ctrs", "sq", "sch", "flr", "bld",
}  # fmt: skip
_START = re.compile(r"(?:^|[,(&]| -|[0-9][A-Z]?) *$")
_MC = re.compile(r"Mc([a-z]{2,})")
_IRISH_OR_FRENCH = re.compile(r"^([OD]['’])([a-z]{3,})")


def presented(name: str) -> str:
    """Title case for a name in capitals; a name with small letters is somebody's own spelling and stays.

    Keeps NHS, GP and words that have no vowel; writes St, Dr, McKenzie, O'Connell, Mary's, Stockton-on-Tees.
    """
    tidy = " ".join(name.split())
    if any(character.islower() for character in tidy):
        return tidy
    return _WORD.sub(lambda found: _word(found[0], first=_begins(tidy, found.start())), tidy)


def _begins(text: str, at: int) -> bool:
    """A small word keeps its capital at the start, after a comma and after a house number."""
    return bool(_START.search(text[:at]))


def _word(word: str, *, first: bool) -> str:
    letters = word.strip(".'’").lower()
    if re.match(r"\d", word):
        return word.lower() if re.fullmatch(r"\d+(?:ST|ND|RD|TH)", word) else word
    if letters in _SMALL and not first:
        return word.lower()
    if letters.upper() in _CAPITALS or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", word):
        return word
    if letters not in _SAID and not re.search(r"[aeiouy.]", letters):
        return word
    capital = ".".join(part.capitalize() for part in word.split("."))
    mended = _MC.sub(lambda found: "Mc" + found[1].capitalize(), capital)
    return _IRISH_OR_FRENCH.sub(lambda found: found[1] + found[2].capitalize(), mended)
