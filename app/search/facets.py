"""What results can be narrowed by, as closed values that the index holds and the page counts. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.directory.queries import LiveService, days_open

FACETS = {
    "cost": ("free", "means_tested", "mixed", "charge"),
    "taking": ("yes", "no"),
    "refer": ("self", "professional", "form", "phone", "email"),
    "day": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    "mode": ("in_person", "online"),
    "rating": ("outstanding", "good", "requires_improvement", "inadequate", "not_yet_rated"),
}
"""The closed values of each facet in the order in which they are shown."""

CATEGORY, LANGUAGE, WITHIN = "category", "language", "within"
"""A kind of help (an alternative's id), a language as the entry names it, and kilometres."""

DISTANCES_KM = (2, 5, 10, 20)
NAMES = (CATEGORY, *FACETS, LANGUAGE)


@dataclass(frozen=True)
class Narrowing:
    """What a search keeps to: a council's area, a distance in kilometres and one value of any facet."""

    council: str | None = None
    within_km: float | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def terms(self) -> list[str]:
        """The chosen values as the index holds them."""
        return [f"{name}:{value}" for name, value in self.values.items()]

    @property
    def chosen(self) -> list[str]:
        """Names of what was chosen from a list with counts."""
        return [*([WITHIN] if self.within_km is not None else []), *self.values]

    def without(self, name: str) -> "Narrowing":
        """The same but for one choice."""
        if name == WITHIN:
            return replace(self, within_km=None)
        return replace(self, values={other: value for other, value in self.values.items() if other != name})


EVERYTHING = Narrowing()


def facets_of(service: LiveService) -> tuple[str, ...]:
    """A service's values as "name:value". What the entry does not say is no value."""
    ways = {
        "self": service.self_referral,
        "professional": service.professional_referral,
        "form": service.referral_form_url,
        "phone": service.phone,
        "email": service.email,
    }
    rating = service.cqc.rating.lower().replace(" ", "_") if service.cqc else ""
    found = {
        "cost": [service.cost_kind],
        "taking": {True: ["yes"], False: ["no"], None: []}[service.accepting],
        "refer": [way for way, said in ways.items() if said],
        "day": days_open(service.opening),
        "mode": [*(["in_person"] if any(not site.postal for site in service.sites) else []), *(["online"] if service.online else [])],
        "rating": [rating] if rating in FACETS["rating"] else [],
        CATEGORY: service.alternatives,
        LANGUAGE: [language.lower() for language in service.languages],
    }
    return tuple(f"{name}:{value}" for name, values in found.items() for value in values if value)


def counts(values: Sequence[str], distances_km: Sequence[float | None]) -> dict[str, dict[str, int]]:
    """How many services have each value, by facet, from the values and kilometres of all: the closed ones in their order,
    the others by how many have them."""
    tally = Counter(values)
    by_name: dict[str, dict[str, int]] = {name: {} for name in NAMES}
    for value, count in tally.most_common():
        name, _, value = value.partition(":")
        by_name[name][value] = count
    for name, order in FACETS.items():
        by_name[name] = {value: by_name[name][value] for value in order if value in by_name[name]}
    near = [km for km in distances_km if km is not None]
    by_name[WITHIN] = {str(reach): sum(km <= reach for km in near) for reach in DISTANCES_KM}
    return by_name
