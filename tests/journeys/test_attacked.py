"""A scanner finds what is planted, and nothing in the application: the short form of bench/attack.py, which goes much further."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.faulty import Faulty, listening
from tests.journeys.scanner import NO_TOKEN, OF_ADMINISTRATOR, WAPITI, cookie_of_administrator, refused_from_elsewhere, scan
from tests.journeys.server import Server

PLANTED = {
    ("Clickjacking Protection", "/"),
    ("Command execution", "/exec"),
    ("Content Security Policy Configuration", "/"),
    ("CRLF Injection", "/lang"),
    (NO_TOKEN, "/said"),
    ("HttpOnly Flag cookie", "/"),
    ("MIME Type Confusion", "/"),
    ("Open Redirect", "/go"),
    ("Path Traversal", "/file"),
    ("Reflected Cross Site Scripting", "/xss"),
    ("Secure Flag cookie", "/"),
    ("Server Side Request Forgery", "/fetch"),
    ("SQL Injection", "/sql"),
    ("Stored Cross Site Scripting", "/said"),
    ("XML External Entity", "/xml"),
}
SECONDS = 4
"""For each of the scanner's modules, here and there."""
needs_wapiti = pytest.mark.skipif(not WAPITI.exists(), reason="wapiti is not here: `make attack` installs it")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration as people meet it in production, with its cookies for https only."""
    settings = {"PUBLIC_URL": "https://fingerpost.example.org", "SECRET_KEY": "for tests only, and long enough"}
    with Server(tmp_path_factory.mktemp("public"), **settings) as server:
        yield server


@needs_wapiti
def test_what_is_planted_is_found(tmp_path: Path) -> None:
    with listening(Faulty) as url:
        assert PLANTED - set(scan(url, tmp_path, seconds=SECONDS).faults(url)) == set()


@needs_wapiti
def test_a_council_administrator_finds_no_fault(public: Server, tmp_path: Path) -> None:
    cookie = cookie_of_administrator(public)
    found = scan(public.url, tmp_path, seconds=SECONDS, starts=OF_ADMINISTRATOR, cookie=cookie)
    assert found.faults(public.url, cookie) == []
    assert found.addresses > 30


def test_a_form_of_another_site_is_told_from_one_of_our_own(public: Server) -> None:
    with listening(Faulty) as url:
        assert not refused_from_elsewhere(f"{url}/said", "")
    assert refused_from_elsewhere(f"{public.url}/ask", "")
