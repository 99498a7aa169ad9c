"""What strangers type, whatever it is: e-mail addresses, practice codes and where to go on to."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.accounts.codes import ALPHABET, new_code, plain
from app.accounts.emails import in_one_way
from app.ui.addresses import HOME, local

_FEW = settings(max_examples=60, derandomize=True, deadline=None)
_SITE = "https://fingerpost.example.org"
_ADDRESSES = st.text() | st.text(alphabet="/\\:@.?#[]ahtps\t\n%")


@_FEW
@given(st.text() | st.builds("{}@{}.org".format, st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12)) | st.emails())
@example("İ@example.org")
def test_an_email_address_kept_stays_as_it_is(typed: str) -> None:
    kept = in_one_way(typed)
    assert in_one_way(kept) == kept


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


@_FEW
@given(st.text())
def test_a_code_is_read_alike_each_time_and_holds_only_its_alphabet(typed: str) -> None:
    read = plain(typed)
    assert plain(read) == read
    assert set(read) <= set(ALPHABET)


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert plain(f" {code.lower().replace('-', ' ')} ") == plain(code)


@_FEW
@given(_ADDRESSES)
@example("//[")
@example("/\t/example.org")
@example("/\\example.org")
def test_no_address_leads_off_the_site(address: str) -> None:
    led = local(address)
    assert led in (address, HOME)
    as_a_browser_reads = "".join(sign for sign in led.replace("\\", "/") if sign not in "\t\r\n")
    assert urlsplit(urljoin(_SITE, as_a_browser_reads)).netloc == urlsplit(_SITE).netloc
