"""A member may stand for many wordings, so that tense, person and degree are written once."""

import pytest

from app.vocabulary.wordings import how_many, wordings

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
    assert how_many(member, SETS) == len(spelt)


def test_a_set_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        list(wordings("<NOBODYS> own", SETS))


@pytest.mark.parametrize("member", ["(needs|wants help", "needs help)", "needs|wants help"])
def test_brackets_that_do_not_fit_stand_for_nothing(member: str) -> None:
    assert how_many(member, SETS) == 0
