"""Which services of a council may be the same one, entered twice. Pure. It only suggests: people decide.

Names are compared as sets of words in any order (rapidfuzz). A provider runs many services from one building and with one telephone
number, so a shared place or number alone says nothing: the names have to be alike too, and the more alike, the less else agrees.
Branches of one name at different places are not suggested.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from app.places.geometry import kilometres

NEAR_KM = 0.3
"""Two positions of one building: a postcode's centre is seldom farther from its doors."""
ALIKE = 90.0
"""Of 100: names that differ by a word's ending, a typing mistake, or the order of words."""
ALIKE_ENOUGH = 75.0
"""Where the organisation, and the place or the number, agree as well: "Lunch club" and "Friendship lunch club"."""
MOST_SHARING = 60
"""More services than this with one number or place are a building or a call centre, of which nothing follows."""

_WORD = re.compile(r"\w+")
_FILLERS = frozenset({"the", "and", "of", "in", "for", "at", "a", "service", "services", "ltd", "limited", "cic"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What is compared of a service; `positions` are its sites as [latitude, longitude]."""

    id: str
    name: str
    organisation: str
    phone: str
    positions: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one, in the order of their ids. `alike` is of 100; `km` is None where one has no position."""

    one: Entry
    other: Entry
    alike: float
    km: float | None
    same_phone: bool


def pairs(entries: Iterable[Entry], apart: Collection[frozenset[str]]) -> list[Pair]:
    """Possible duplicates, the likeliest first. `apart` are pairs of ids that somebody has found to be two."""
    found = (_pair(one, other) for one, other in _candidates(sorted(entries, key=lambda entry: entry.id)))
    wanted = [pair for pair in found if pair and frozenset({pair.one.id, pair.other.id}) not in apart]
    return sorted(wanted, key=lambda pair: (-pair.alike, not pair.same_phone, pair.one.name, pair.one.id, pair.other.id))


def _candidates(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Those that share a number, a place, all words of their names or a word that few have: comparing all with all takes long."""
    groups: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        words = set(_words(entry.name))
        places = {place for lat, lon in entry.positions for place in _squares(lat, lon)}
        for key in {*words, frozenset(words), *places, *([_digits(entry.phone)] if entry.phone else [])}:
            groups[key].append(entry)
    seen: set[tuple[str, str]] = set()
    for group in groups.values():
        for one, other in combinations(group, 2) if len(group) <= MOST_SHARING else ():
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _pair(one: Entry, other: Entry) -> Pair | None:
    if _tells_apart(one.name) != _tells_apart(other.name):
        return None
    alike = fuzz.token_sort_ratio(" ".join(_words(one.name)), " ".join(_words(other.name)))
    km = _apart_km(one, other)
    same_phone = bool(one.phone) and _digits(one.phone) == _digits(other.phone)
    near = km is not None and km <= NEAR_KM
    if alike >= ALIKE:
        return Pair(one, other, alike, km, same_phone) if near or km is None or same_phone else None
    part = fuzz.token_set_ratio(" ".join(_words(one.name)), " ".join(_words(other.name)))
    of_one_body = fuzz.token_sort_ratio(" ".join(_words(one.organisation)), " ".join(_words(other.organisation))) >= ALIKE
    enough = max(alike, part) >= ALIKE_ENOUGH and of_one_body and one.organisation and near and same_phone
    return Pair(one, other, alike, km, same_phone) if enough else None


def _tells_apart(name: str) -> frozenset[str]:
    """Numbers and days in a name: group 1 and group 2 are two, and so are 1A and 1B, and Monday's and Friday's."""
    return frozenset(word for word in _words(name) if any(map(str.isdigit, word)) or word.removesuffix("s") in _DAYS)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower().replace("'", "")) if word not in _FILLERS]


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone.replace("+44", "0"))[:11]


def _squares(lat: float, lon: float) -> set[tuple[int, int]]:
    """The square of about 500 metres that holds a position, and those beside it on two sides, so that neighbours share one."""
    row, column = int(lat * 200), int(lon * 125)
    return {(row, column), (row + 1, column), (row, column + 1), (row + 1, column + 1)}


def _apart_km(one: Entry, other: Entry) -> float | None:
    return min((kilometres(*here, *there) for here in one.positions for there in other.positions), default=None)
