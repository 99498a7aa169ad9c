"""A member may stand for many wordings, so that tense, person and degree are written once."""

from itertools import product

import pytest

from app.vocabulary.matching import PhraseTree
from app.vocabulary.wordings import OneOf, TooMany, fits, wordings

SETS = {"HIS": ("his", "her")}


@pytest.mark.parametrize(
    ("member", "spelt"),
    [
        ("at her wits end", {"at her wits end"}),
        ("(needs|wants) help", {"needs help", "wants help"}),
        ("needs (a bit of|) help", {"needs a bit of help", "needs help"}),
        ("fall* over", {"fall over", "falls over", "fell over", "fallen over", "falling over"}),
        ("<HIS> own", {"his own", "her own"}),
        ("(lost <HIS>|no) keys", {"lost his keys", "lost her keys", "no keys"}),
        ("((very|so) |)tired", {"very tired", "so tired", "tired"}),
        ("leg … (bath|tub)", {"leg … bath", "leg … tub"}),
    ],
)
def test_a_member_is_spelt_out(member: str, spelt: set[str]) -> None:
    assert set(wordings(member, SETS)) == spelt
    assert fits(member, SETS)


def test_a_set_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        list(wordings("<NOBODYS> own", SETS))


@pytest.mark.parametrize("member", ["(needs|wants help", "needs help)", "needs|wants help"])
def test_brackets_that_do_not_fit_are_found(member: str) -> None:
    assert not fits(member, SETS)


def test_single_words_at_one_place_are_kept_together() -> None:
    one_of = OneOf()
    member = "(needs|wants) (a bit of|some|more|) help (with|to|for)"
    kept = list(wordings(member, SETS, one_of))
    assert len(kept) == 6
    assert len(list(wordings("is (so |very |)(sad|low)", SETS, OneOf()))) == 2
    spelt = {f"{a} {b} {c}" for a, b in product(("needs", "wants"), ("some", "more")) for c in ("help with", "help to", "help for")}
    tree = PhraseTree(((phrase, "HELP") for phrase in kept), one_of.allowed)
    assert all(tree.longest(phrase.split()) for phrase in (*spelt, "wants a bit of help for", "needs help with"))
    assert not tree.longest(["needs", "any", "help", "with"])
    assert {"with", "some", "bit"} <= tree.words


@pytest.mark.parametrize("said", ["still fitting", "she is fitting", "get an ambulance", "ringing for the ambulance"])
def test_a_choice_inside_the_choice_that_opens_a_member_is_found(said: str) -> None:
    one_of = OneOf()
    members = ("(still|(is|hes|shes)) fitting", "(ringing for the|(send|get|need) (an|the)) ambulance")
    tree = PhraseTree([(phrase, "X") for member in members for phrase in wordings(member, SETS, one_of)], one_of.allowed)
    assert tree.longest(said.split())


def test_a_member_of_many_phrases_is_told() -> None:
    with pytest.raises(TooMany):
        list(wordings("(a b|c d|e f)" * 7, SETS, OneOf()))
    assert len(list(wordings("(needs|wants) " + "(a|b|c|d|e|f|g) " * 6, SETS, OneOf()))) == 2
