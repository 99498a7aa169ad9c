"""Fetching a whole feed by its address, from servers that behave and from those that do not."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.cli import directory
from app.directory import fetching, pulling, queries
from app.directory.fetching import Fetcher, is_public
from app.directory.refusal import Unfetched, WhyNot
from tests.web.directory.feed import a_service, all_live, id_of, reported
from tests.web.directory.server import Feed, serving


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    monkeypatch.setattr(fetching, "TRIES", 2)


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serving(Feed([a_service(number) for number in range(5)])) as served:
        yield served


def pull(app: Flask, feed: Feed, *more: str) -> Result:
    return app.test_cli_runner().invoke(directory.group, ["import", feed.address, "--format", "oruk", *more])


def test_every_page_is_fetched_and_published(app: Flask, feed: Feed) -> None:
    result = pull(app, feed)
    assert result.exit_code == 0, result.output
    assert len(all_live()) == 5 and "5 new" in result.output
    assert {agent for _, agent in feed.seen} == {f"Fingerpost ({app.config['PUBLIC_URL']})"}


def test_each_service_is_asked_for_where_the_list_does_not_say_all(app: Flask, feed: Feed) -> None:
    feed.details = True
    assert pull(app, feed).exit_code == 0
    assert all(service.organisation and service.types for service in all_live().values())
    assert len([path for path, _ in feed.seen if path.startswith("/services/")]) == 5


def test_a_feed_of_version_1_is_known_by_what_it_does_not_say(app: Flask, feed: Feed) -> None:
    feed.version = ""
    feed.services = [{"id": number, "name": f"Service {number}", "locations": []} for number in range(5)]
    assert pull(app, feed).exit_code == 0
    assert set(all_live()) == {"0", "1", "2", "3", "4"}


def test_a_feed_with_nothing_new_is_not_imported_again(app: Flask, feed: Feed) -> None:
    pull(app, feed)
    again = pull(app, feed)
    assert again.exit_code == 0 and "nothing new" in again.output
    feed.services[3] = a_service(3, name="Renamed")
    assert "1 changed, 4 unchanged" in pull(app, feed).output
    assert all_live()["3"].name == "Renamed"


def test_a_feed_without_tags_is_known_by_what_it_says(app: Flask, feed: Feed) -> None:
    feed.without_tags = True
    pull(app, feed)
    assert "nothing new" in pull(app, feed).output


def test_a_pull_that_breaks_off_changes_nothing_and_goes_on_where_it_stopped(app: Flask, feed: Feed) -> None:
    feed.details, feed.fails_after = True, 4
    broken = pull(app, feed)
    assert broken.exit_code == 1 and "HTTP 503" in broken.output and "to go on" in broken.output
    assert all_live() == {} and queries.current_sequence() == 0
    fetched = {path for path, _ in feed.seen[:4]}
    feed.fails_after, feed.seen = 1_000, []
    assert pull(app, feed).exit_code == 0
    assert len(all_live()) == 5
    assert fetched.isdisjoint(path for path, _ in feed.seen)


def test_half_an_answer_is_no_answer(app: Flask, feed: Feed) -> None:
    feed.truncates = True
    broken = pull(app, feed)
    assert broken.exit_code == 1 and "Nothing was changed" in broken.output and all_live() == {}
    feed.truncates = False
    assert pull(app, feed).exit_code == 0 and len(all_live()) == 5


def test_a_list_that_moves_while_it_is_fetched_is_not_believed(app: Flask, feed: Feed) -> None:
    feed.grows = True
    moved = pull(app, feed)
    assert moved.exit_code == 1 and "changed while it was fetched" in moved.output and all_live() == {}
    feed.grows = False
    assert pull(app, feed).exit_code == 0


def test_what_is_no_list_is_refused_and_not_kept(app: Flask, feed: Feed) -> None:
    feed.services, whole = [], feed.services
    feed.answer = lambda path: {"version": "3.0"}  # type: ignore[method-assign]
    assert "not a list of services" in pull(app, feed).output
    del feed.answer  # type: ignore[method-assign]
    feed.services = whole
    assert pull(app, feed).exit_code == 0


def test_a_service_that_the_feed_lists_but_does_not_give_stays_as_it_was(app: Flask, feed: Feed, tmp_path: Path) -> None:
    feed.details = True
    pull(app, feed)
    feed.missing = {id_of(3)}
    result = pull(app, feed, "--report", str(tmp_path / "report.csv"))
    assert result.exit_code == 0 and len(all_live()) == 5 and "1 rejected" in result.output
    assert "does not give it when asked" in reported(tmp_path / "report.csv")[0]["reason"]


def test_a_redirect_is_not_followed(app: Flask, feed: Feed) -> None:
    feed.redirects_to = f"{feed.address}/elsewhere"
    assert "is not followed" in pull(app, feed).output
    assert len(feed.seen) == 1


def test_the_server_says_how_long_to_wait(feed: Feed) -> None:
    feed.fails_after, feed.retry_after = 0, "7"
    waits: list[float] = []
    with pytest.raises(Unfetched) as refused:
        Fetcher(feed.address, agent="test", hosts=(), development=True, pause=waits.append).get("/", {})
    assert refused.value.why is WhyNot.NO_ANSWER and 7.0 in waits


def test_an_answer_without_end_is_cut_off(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_ANSWER", 10)
    with pytest.raises(Unfetched) as refused:
        Fetcher(feed.address, agent="test", hosts=(), development=True).get("/", {})
    assert refused.value.why is WhyNot.TOO_MUCH


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://feed.example.org/v3", WhyNot.NOT_HTTPS),
        ("https://feed.example.org:8443/v3", WhyNot.NOT_HTTPS),
        ("https://other.example.org/v3", WhyNot.HOST_NOT_ALLOWED),
        ("https://feed.example.org.evil.example/v3", WhyNot.HOST_NOT_ALLOWED),
        ("https://feed.example.org@evil.example/v3", WhyNot.NOT_AN_ADDRESS),
        ("https://127.0.0.1/v3", WhyNot.HOST_NOT_ALLOWED),
        ("https://[broken/v3", WhyNot.NOT_AN_ADDRESS),
        ("file:///etc/passwd", WhyNot.NOT_AN_ADDRESS),
        ("https://feed.example.org/v3", WhyNot.PRIVATE_ADDRESS),
    ],
)
def test_outside_development_only_allowed_hosts_are_asked(address: str, why: WhyNot, monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[Any] = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_asked, **_how: inside)
    with pytest.raises(Unfetched) as refused:
        Fetcher(address, agent="test", hosts=("feed.example.org",), development=False)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("0.0.0.0", False), ("100.64.0.1", False), ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_addresses_inside_networks_are_known(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_only_open_referral_is_fetched_by_address(app: Flask) -> None:
    result = app.test_cli_runner().invoke(directory.group, ["import", "http://127.0.0.1:1", "--format", "cqc"])
    assert result.exit_code == 1 and "fetch the file" in result.output


@contextmanager
def the_pilot_server(shared: Path, file: Path, port: int, *faults: str) -> Iterator[None]:
    """The server that comes with the pilot feed, which misbehaves on request."""
    command = [sys.executable, str(shared / "data/pilot/serve_feed.py"), "--port", str(port), "--file", str(file), *faults]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout and server.stdout.readline()
        try:
            yield
        finally:
            server.terminate()


def test_the_pilot_server_half_way_truncated_slow_and_well(app: Flask, shared: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.ndjson"
    file.write_text("\n".join(json.dumps(a_service(number)) for number in range(12)))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    feed = Feed([], address=f"http://127.0.0.1:{port}")
    for faults, said in ((("--fail-after", "6"), "HTTP 500"), (("--truncate",), "to go on")):
        with the_pilot_server(shared, file, port, *faults):
            broken = pull(app, feed)
        assert broken.exit_code == 1 and said in broken.output and all_live() == {}
    with the_pilot_server(shared, file, port, "--slow-ms", "20"):
        assert pull(app, feed).exit_code == 0
        assert len(all_live()) == 12
        assert "nothing new" in pull(app, feed).output


def test_what_was_fetched_too_long_ago_is_fetched_anew(app: Flask, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    feed.fails_after = 3
    pull(app, feed)
    monkeypatch.setattr(pulling, "KEPT_FOR", -1.0)
    feed.fails_after, feed.seen = 1_000, []
    assert pull(app, feed).exit_code == 0
    assert feed.seen[0][0] == "/" and len(all_live()) == 5


@pytest.mark.parametrize(("limit", "value"), [("LONGEST_PULL", -1.0), ("MOST_BYTES", 1), ("MOST_PAGES", 1)])
def test_a_feed_without_end_is_given_up(app: Flask, feed: Feed, monkeypatch: pytest.MonkeyPatch, limit: str, value: float) -> None:
    monkeypatch.setattr(pulling, limit, value)
    given_up = pull(app, feed)
    assert given_up.exit_code == 1 and "Nothing was changed" in given_up.output and all_live() == {}


def test_what_was_new_before_a_pull_broke_off_is_imported_when_it_goes_on(app: Flask, feed: Feed) -> None:
    pull(app, feed)
    feed.services[0] = a_service(0, name="Renamed")
    feed.seen, feed.fails_after = [], 2
    assert pull(app, feed).exit_code == 1
    feed.fails_after = 1_000
    assert "1 changed, 4 unchanged" in pull(app, feed).output
    assert all_live()["0"].name == "Renamed"
