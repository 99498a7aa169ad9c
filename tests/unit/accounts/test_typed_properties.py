"""What strangers type, whatever it is: e-mail addresses, practice codes and where to go on to."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.accounts.browsers import BROWSERS, SYSTEMS, name_of
from app.accounts.codes import ALPHABET, new_code, plain
from app.accounts.emails import in_one_way
from app.accounts.passwords import LONGEST, SHORTEST, problem_of
from app.jobs import letters
from app.ui.addresses import HOME, local
from tests.typed import SIGNS

_SITE = "https://fingerpost.example.org"
_ADDRESSES = st.text() | st.text(alphabet="/\\:@.?#[]ahtps\t\n%")


@given(st.text() | st.builds("{}@{}.org".format, st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12)) | st.emails())
@example("İ@example.org")
@example("ада@example.org")
@example("ada@straße.example.org")
def test_an_email_address_kept_stays_as_it_is(typed: str) -> None:
    kept = in_one_way(typed)
    assert in_one_way(kept) == kept
    if kept:
        letters.check(kept, "Sign in")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strasse@example.org", "straße@example.org"),
        ("ada@strasse.example.org", "ada@straße.example.org"),
        ("iris@example.org", "ırıs@example.org"),
    ],
)
def test_two_mailboxes_are_never_one(one: str, other: str) -> None:
    assert in_one_way(one) != in_one_way(other)


@given(st.text())
def test_a_code_is_read_alike_each_time_and_holds_only_its_alphabet(typed: str) -> None:
    read = plain(typed)
    assert plain(read) == read
    assert set(read) <= set(ALPHABET)


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert plain(f" {code.lower().replace('-', ' ')} ") == plain(code)


@given(_ADDRESSES)
@example("//[")
@example("/\t/example.org")
@example("/\\example.org")
def test_no_address_leads_off_the_site(address: str) -> None:
    led = local(address)
    assert led in (address, HOME)
    as_a_browser_reads = "".join(sign for sign in led.replace("\\", "/") if sign not in "\t\r\n")
    assert urlsplit(urljoin(_SITE, as_a_browser_reads)).netloc == urlsplit(_SITE).netloc


@given(SIGNS | st.lists(st.sampled_from(["Firefox/", "Chrome/140 ", "Edg/", "Windows", "iPhone", "Mac OS X ", "\r\n"])).map("".join))
def test_of_a_browser_no_more_than_its_family_is_told(user_agent: str) -> None:
    known = {name for marks in (BROWSERS, SYSTEMS) for _, name in marks}
    assert set(filter(None, name_of(user_agent).split(", "))) <= known


@given(SIGNS | st.text(min_size=12, max_size=40), SIGNS)
@example("a" * 100_000, "")
def test_of_any_password_it_is_told_what_is_wrong(typed: str, about: str) -> None:
    problem = problem_of(typed, (about,))
    assert problem in ("", "short", "long", "easy")
    assert (problem == "short") == (len(typed) < SHORTEST) and (problem == "long") == (len(typed) > LONGEST)
