"""A council's feeds: named by its administrator, pulled by a job, looked at before they are published."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.directory import fetching, queries
from app.directory.actions import staged_imports
from app.directory.imports import pulls
from app.directory.models import CouncilFeed
from app.directory.queries import LiveService
from app.extensions import db
from tests.web.accounts.browser import Browser, change, rows, said
from tests.web.directory.editors import OTHER_COUNCIL, Desk, kept_feed, made
from tests.web.directory.feed import COUNCIL, a_service, all_live, imported
from tests.web.directory.server import Feed, serving

pytestmark = pytest.mark.both
ROOT = Path(__file__).resolve().parents[3]
IMPORTS = f"/council/{COUNCIL}/imports"
NEW = f"{IMPORTS}/feeds/new"


@pytest.fixture
def desk(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    monkeypatch.setattr(fetching, "TRIES", 2)
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    return made(app, tmp_path)


@pytest.fixture
def feed() -> Iterator[Feed]:
    with serving(Feed([a_service(number) for number in range(5)])) as served:
        yield served


def live() -> dict[str, LiveService]:
    db.session.rollback()  # What was read before is a snapshot of then.
    return all_live()


def name(desk: Desk, feed: Feed, **typed: str) -> str:
    """Where the feed is kept, once the administrator has named it."""
    answer = desk.boss.post(NEW, {"address": feed.address, **typed})
    assert answer.status_code == 303, said(answer)
    return kept_feed(desk.boss.get(answer.location), feed.address)


def pull(desk: Desk, kept: str) -> str:
    """Ask for a pull, let the job run, and read what the page says of it."""
    assert desk.boss.post(f"{kept}/pull").status_code == 303
    db.session.rollback()
    pulls.pull_asked()
    return said(desk.boss.get(IMPORTS))


def waiting() -> str:
    """Where the only import that waits is looked at."""
    db.session.rollback()
    (one,) = staged_imports()
    return f"{IMPORTS}/{one.publication_id}"


def test_a_feed_is_named_pulled_by_the_job_looked_at_and_published(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed)
    assert "Not pulled yet" in said(desk.boss.get(IMPORTS))
    desk.boss.post(f"{kept}/pull")
    assert feed.seen == [], "nothing is fetched while somebody waits for a page"
    assert "A pull is asked for" in said(desk.boss.get(IMPORTS))
    page = pull(desk, kept)
    assert "It waits to be looked at: 5 new" in page and "A pull is asked for" not in page
    assert live() == {}
    assert desk.editor.post(f"{waiting()}/publish").status_code == 303
    assert len(live()) == 5


def test_a_pull_is_made_once_however_often_it_is_asked_for(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed)
    for _ in range(3):
        desk.boss.post(f"{kept}/pull")
    pull(desk, kept)
    asked = len(feed.seen)
    pulls.pull_asked()
    assert len(feed.seen) == asked


def test_feeds_are_pulled_each_night_where_that_was_said(desk: Desk, feed: Feed) -> None:
    name(desk, feed, publish_by_itself="y")
    pulls.ask_nightly()
    pulls.pull_asked()
    assert feed.seen == []
    desk.boss.post(f"{IMPORTS}/feeds/{rows(desk.boss.app, CouncilFeed)[0].id}", {"nightly": "y", "publish_by_itself": "y"})
    db.session.rollback()
    pulls.ask_nightly()
    pulls.pull_asked()
    assert len(live()) == 5


def test_the_job_runner_pulls_what_is_asked_for(app: Flask, desk: Desk, feed: Feed) -> None:
    desk.boss.post(f"{name(desk, feed, publish_by_itself='y')}/pull")
    done = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])
    assert done.exit_code == 0 and "directory.pull_asked done" in done.output, done.output
    assert len(live()) == 5


def test_what_is_published_by_itself_stops_where_many_are_missing(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed, publish_by_itself="y")
    assert "It was published: 5 new" in pull(desk, kept)
    feed.services[1] = a_service(1, name="Renamed")
    assert "It was published: 0 new, 1 changed, 4 unchanged" in pull(desk, kept) and live()["1"].name == "Renamed"
    del feed.services[2:]
    assert "Many services are missing" in pull(desk, kept) and len(live()) == 5
    assert desk.boss.post(f"{waiting()}/publish").status_code == 422
    assert desk.boss.post(f"{waiting()}/publish", {"really_ended": "yes"}).status_code == 303
    assert len(live()) == 2


def test_what_was_thrown_away_comes_again_with_the_next_pull(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed)
    pull(desk, kept)
    desk.boss.post(f"{waiting()}/throw-away")
    assert "It waits to be looked at: 5 new" in pull(desk, kept)


def test_a_feed_with_nothing_new_changes_nothing(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed, publish_by_itself="y")
    pull(desk, kept)
    before = queries.current_sequence()
    assert "Nothing has changed: 0 new, 0 changed, 5 unchanged" in pull(desk, kept)
    assert queries.current_sequence() == before and staged_imports() == []


def test_a_pull_that_breaks_off_says_so_and_the_next_goes_on_where_it_stopped(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed, publish_by_itself="y")
    feed.details, feed.fails_after = True, 4
    assert "did not answer as it should" in pull(desk, kept)
    assert live() == {}
    fetched = {path for path, _ in feed.seen[:4]}
    feed.fails_after, feed.seen = 1_000, []
    pull(desk, kept)
    assert len(live()) == 5
    assert fetched.isdisjoint(path for path, _ in feed.seen)


def test_a_large_feed_is_fetched_in_several_runs_so_that_other_jobs_get_their_turn(
    desk: Desk, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = name(desk, feed, publish_by_itself="y")
    with monkeypatch.context() as hurry:
        hurry.setattr(pulls, "AT_ONCE", -1.0)
        assert "A pull is asked for" in pull(desk, kept)
    pulls.pull_asked()
    assert len(live()) == 5


def test_a_feed_without_end_is_given_up(app: Flask, desk: Desk, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = name(desk, feed)
    monkeypatch.setattr(pulls, "AT_ONCE", -1.0)
    desk.boss.post(f"{kept}/pull")
    change(app, update(CouncilFeed).values(asked_at=datetime.now(UTC) - timedelta(hours=5)))
    assert "took far too long" in pull(desk, kept) and "A pull is asked for" not in said(desk.boss.get(IMPORTS))


KILLED = """
import os
from app import create_app
from app.directory.imports import pulls
from config import Settings
with create_app(Settings.from_environ(os.environ)).app_context():
    pulls.pull_asked()
"""


def test_a_runner_that_is_killed_leaves_the_old_directory_and_the_next_goes_on(
    app: Flask, desk: Desk, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = name(desk, feed, publish_by_itself="y")
    pull(desk, kept)
    feed.services = [a_service(number, name=f"New {number}") for number in range(5)]
    feed.seen, feed.per_page, answer, started = [], 1, feed.answer, []

    def kill_at_the_fourth(path: str) -> Any:
        if len(feed.seen) == 4:
            started[0].send_signal(signal.SIGKILL)
        return answer(path)

    desk.boss.post(f"{kept}/pull")
    environ = {"DATABASE_URL": app.extensions["database"].url.render_as_string(hide_password=False), "SECRET_KEY": "for tests only"}
    environ |= {"DATA_DIR": str(app.config["DATA_DIR"]), "PYTHONPATH": str(ROOT), "PUBLIC_URL": "http://localhost"}
    with monkeypatch.context() as killing:
        killing.setattr(feed, "answer", kill_at_the_fourth)
        started.append(subprocess.Popen([sys.executable, "-c", KILLED], cwd=ROOT, env=os.environ | environ))
        assert started[0].wait(timeout=60) == -signal.SIGKILL
    assert {service.name for service in live().values()} == {f"Service {number}" for number in range(5)}
    fetched = {path for path, _ in feed.seen[:3]}
    feed.seen = []
    pulls.pull_asked()
    assert {service.name for service in live().values()} == {f"New {number}" for number in range(5)}
    assert fetched.isdisjoint(path for path, _ in feed.seen)


def test_a_feed_that_fails_does_not_keep_the_others(desk: Desk, feed: Feed) -> None:
    with serving(Feed([a_service(1)])) as gone:
        first = name(desk, gone)
    second = name(desk, feed, publish_by_itself="y")
    desk.boss.post(f"{first}/pull")
    assert "did not answer as it should" in pull(desk, second)
    assert len(live()) == 5


def test_a_councils_feed_does_not_speak_for_others(desk: Desk, feed: Feed) -> None:
    """Whatever its records say of their source and council."""
    theirs = [{"name": "Southern", "extent": OTHER_COUNCIL}]
    ours = [{"name": "Marlshire", "extent": COUNCIL}]
    imported([a_service(number, source="other-source", service_areas=theirs) for number in range(20, 22)], desk.report, feed="other")
    feed.services = [
        a_service(20, source="other-source", name="Taken over"), a_service(30, source="other-source"), a_service(31, service_areas=theirs),
        a_service(32, service_areas=theirs + ours), a_service(33, service_areas=[{"extent": "E92000001"}]),
    ]  # fmt: skip
    page = pull(desk, name(desk, feed, publish_by_itself="y"))
    assert "3 new, 0 changed, 0 unchanged, 0 vanished, 2 rejected" in page
    now = live()
    assert (now["20"].name, now["21"].name) == ("Service 20", "Service 21")
    assert "31" not in now
    assert [now[key].council_code for key in ("30", "32", "33")] == [COUNCIL] * 3
    assert not now["33"].national and set(now["32"].council_codes) == {COUNCIL, OTHER_COUNCIL}
    place = desk.boss.post(f"/council/{COUNCIL}/services/{now['30'].id}/status", {"status": "temporarily closed"}).location
    assert desk.boss.post(f"{place}/approve").status_code == 303
    assert live()["30"].status == "temporarily closed", "an editor's change does not give it another source"
    assert "0 new, 0 changed, 3 unchanged" in pull(desk, f"{IMPORTS}/feeds/{rows(desk.boss.app, CouncilFeed)[0].id}")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://feed.example.org/v3", "fetched by https"), ("https://feed.example.org:8443/v3", "fetched by https"),
        ("https://other.example.org/v3", "may not be fetched from this host"),
        ("https://127.0.0.1/v3", "may not be fetched from this host"),
        ("https://feed.example.org/v3?key=1", "not the address of a feed"), ("file:///etc/passwd", "not the address of a feed"),
        ("https://[broken/v3", "not the address of a feed"), ("", "not the address of a feed"),
        ("https://feed.example.org/" + "v" * 100, "longer than 100 signs"),
    ],
)  # fmt: skip
def test_outside_development_only_allowed_hosts_are_named(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch, address: str, why: str
) -> None:
    monkeypatch.setitem(app.config, "HTTPS", True)
    monkeypatch.setitem(app.config, "FEED_HOSTS", ("feed.example.org",))
    boss = Browser(app, https=True)
    boss.sign_in("cleo@example.org")
    answer = boss.post(NEW, {"address": address})
    assert answer.status_code == 422 and why in said(answer)
    assert rows(app, CouncilFeed) == []
    assert boss.post(NEW, {"address": "https://feed.example.org/v3/"}).status_code == 303
    assert [row.name for row in rows(app, CouncilFeed)] == [f"{COUNCIL}:feed.example.org-v3"]


def test_a_feed_named_twice_is_one_and_removing_it_keeps_its_services(app: Flask, desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed, publish_by_itself="y")
    assert name(desk, feed) == kept
    pull(desk, kept)
    folders = app.config["DATA_DIR"] / "pulls"
    assert list(folders.iterdir())
    assert desk.boss.post(f"{kept}/remove").status_code == 303
    assert "No feed is named" in said(desk.boss.get(IMPORTS))
    assert list(folders.iterdir()) == [] and len(live()) == 5


def test_only_an_administrator_names_and_pulls_feeds(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed)
    page = desk.editor.get(IMPORTS)
    assert feed.address in page.text and "Pull now" not in page.text and NEW not in page.text
    for path in (NEW, kept, f"{kept}/pull", f"{kept}/remove"):
        assert desk.editor.post(path).status_code == 404
    pulls.pull_asked()
    assert feed.seen == []


def test_each_act_stands_in_the_councils_trail(desk: Desk, feed: Feed) -> None:
    kept = name(desk, feed)
    desk.boss.post(kept, {"nightly": "y"})
    pull(desk, kept)
    desk.boss.post(f"{kept}/remove")
    trail = said(desk.boss.get(f"/organisations/{COUNCIL}/trail"))
    for deed in ("named a feed", "changed how a feed is pulled", "asked for a feed to be pulled", "removed a feed"):
        assert trail.count(deed) == 2, deed  # Once among the entries, once in the list of deeds to choose from.
