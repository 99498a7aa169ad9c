"""Every number that ranking uses."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Weights:
    """Fits and factors are shares of 1."""

    name: float = 1.0
    types: float = 0.95
    organisation: float = 0.6
    summary: float = 0.65
    places: float = 0.5
    description: float = 0.4
    """How far a word counts as found, by the field it stands in."""

    alternative: float = 0.9
    described: float = 0.75
    described_for_need: float = 0.55
    need: float = 0.65
    akin: float = 0.55
    synonym: float = 0.85
    in_phrase: float = 0.4
    """How far a lone word counts where it belongs to a known phrase: "home" of "care home"."""

    weak_word: float = 0.3
    unknown_word: float = 0.4
    place_word: float = 0.3
    story: float = 0.35
    """How much of a word's weight counts: words that all services use, words that none uses, names of places, and words that
    only tell the story where others ask for a kind of help."""

    shortest_story: int = 4
    """Words of a search from which on those that may be a name are taken for words of a story, too."""

    one_part: float = 0.5
    """The least fit, as a share of its strength, of what answers one part of what is asked: a kind of help or a rare word for one."""

    all_terms: float = 0.1
    phrase: float = 0.12
    name_share: float = 0.12
    """Added to the fit: every term found, neighbours found side by side, share of the name that was asked for."""

    scale_km: float = 10.0
    named_scale_km: float = 3.5
    """Distance at which half of the nearness is gone, from a practice and from a place that the search names."""

    serves: float = 0.6
    serves_named: float = 0.35
    national: float = 0.45
    visits: float = 0.7
    comes_to_you: float = 0.8
    elsewhere: float = 0.12
    """What nearness cannot fall below: where the area is served, where a narrower place was named, for all of England, where a
    service of the area comes to where somebody lives, where it has no place to go to, and elsewhere."""

    stale: float = 0.94
    stale_days: int = 365
    accepting: float = 1.03
    not_accepting: float = 0.8
    closed: float = 0.6

    least_fit: float = 0.33
    least_helping: float = 0.2
    least_score: float = 0.17
    least_of_best: float = 0.38
    """Fits and scores below these are not shown: a few that fit are better than many that do not. Less will do for what provides
    a kind of help that was read in the search."""

    few: int = 3
    nearly: float = 0.7
    """How many services of the council, and how good a one among them, are needed for those from elsewhere to be left out."""

    by_its_name: float = 0.5
    most_of_name: float = 0.75
    """Nearness of a service that was asked for by its own name, and the share of the name from which on it was."""

    rare: float = 4.0
    most_of_search: float = 0.5
    bears_name: float = 0.7
    """How much a word says that may be a name, what share of a search such words are where it asks for a name, and the least fit
    of a service whose name holds all of them."""


WEIGHTS = Weights()
LOOSER = replace(WEIGHTS, least_fit=0.27, least_score=0.15)
"""For a search that nothing fits: less would bring answers to what no directory answers."""
