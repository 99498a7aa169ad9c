"""Codes that are read out, and tokens in links: none can be guessed, and each is another."""

from collections import Counter

from app.accounts.codes import ALPHABET, RECOVERY_LENGTH, new_code, new_token, plain

MANY = 2000


def test_a_practices_code_is_twelve_letters_each_of_thirty_two_alike_often() -> None:
    codes = [plain(new_code()) for _ in range(MANY)]
    assert len(set(codes)) == MANY
    assert {len(code) for code in codes} == {12}
    often = Counter("".join(codes))
    assert set(often) == set(ALPHABET) and len(ALPHABET) == 32
    assert max(often.values()) < 1.3 * min(often.values())


def test_a_recovery_code_has_a_hundred_and_forty_bits() -> None:
    codes = [plain(new_code(RECOVERY_LENGTH)) for _ in range(MANY)]
    assert len(set(codes)) == MANY and {len(code) for code in codes} == {28}
    assert {len(set(places)) for places in zip(*codes, strict=True)} == {32}


def test_a_token_has_two_hundred_and_fifty_six_bits() -> None:
    tokens = {new_token() for _ in range(MANY)}
    assert len(tokens) == MANY
    assert {len(token) for token in tokens} == {43}
