"""A council looks at what an import will change, publishes it or throws it away."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.directory import queries
from app.directory.actions import staged_imports
from app.directory.queries import LiveService
from app.directory.report import kept_of, rejected_of
from app.extensions import db
from tests.web.accounts.browser import said
from tests.web.directory.editors import OTHER_COUNCIL, Desk, made
from tests.web.directory.feed import COUNCIL, a_service, all_live, id_of, imported

pytestmark = pytest.mark.both
IMPORTS = f"/council/{COUNCIL}/imports"
FEED = f"{COUNCIL}:feed.example.org"


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    desk = made(app, tmp_path)
    staged(desk, *(a_service(number) for number in range(10)), stage_only=False)
    return desk


def live() -> dict[str, LiveService]:
    db.session.rollback()  # What was read before is a snapshot of then.
    return all_live()


def staged(desk: Desk, *records: dict[str, Any], feed: str = FEED, stage_only: bool = True) -> str:
    """Where an import of these records is looked at."""
    outcome = imported(records, desk.report, feed=feed, council=COUNCIL, stage_only=stage_only)
    return f"{IMPORTS}/{outcome.publication_id}"


def services(*, but: set[int] = frozenset(), **changes: Any) -> list[dict[str, Any]]:  # type: ignore[assignment]
    """The ten services that are live; the third changed, some left out."""
    return [a_service(number, **(changes if number == 3 else {})) for number in range(10) if number not in but]


def test_what_will_change_is_shown_and_nobody_else_sees_it_before_it_is_published(desk: Desk) -> None:
    page = staged(
        desk, *services(but={7}, name="Renamed", phones=[{"number": "call us"}]), a_service(20, name="Brand new"), a_service(21, name="")
    )
    shown = said(desk.editor.get(f"{page}?kind=changed"))
    for words in ("New 1", "Changed 1", "Unchanged 8", "Vanished 1", "Rejected 1", "Name of the service Before Service 3 After Renamed"):
        assert words in shown, words
    assert "Brand new" in said(desk.editor.get(f"{page}?kind=new"))
    assert "Service 7" in said(desk.editor.get(f"{page}?kind=vanished"))
    refused = said(desk.editor.get(f"{page}?kind=rejected"))
    assert "Line 11 Field name" in refused and "Give" in refused
    assert live()["3"].name == "Service 3"
    assert desk.editor.get(IMPORTS).text.count(page) == 1
    assert desk.editor.post(f"{page}/publish").status_code == 303
    now = live()
    assert now["3"].name == "Renamed" and "20" in now and "7" not in now
    past = said(desk.second.get(IMPORTS))
    assert "Ada Marsh" in past and "Nothing waits" in past
    assert "What changed" in said(desk.second.get(page)) and "Ada Marsh" in said(desk.second.get(page))


def test_publishing_twice_and_by_two_at_once_publishes_once(desk: Desk) -> None:
    page, before = staged(desk, *services(name="Renamed")), queries.current_sequence()
    for who in (desk.editor, desk.editor, desk.boss):
        assert who.post(f"{page}/publish").status_code == 303
    db.session.rollback()
    assert queries.current_sequence() == before + 1


def test_an_import_in_which_many_are_missing_asks_before_it_is_published(desk: Desk) -> None:
    page = staged(desk, *services(but={1, 2, 4}))
    assert "3 services that are in the directory are missing" in said(desk.boss.get(page))
    asked = desk.boss.post(f"{page}/publish")
    assert asked.status_code == 422 and "tick the box" in said(asked)
    assert len(live()) == 10
    assert desk.boss.post(f"{page}/publish", {"really_ended": "yes"}).status_code == 303
    assert len(live()) == 7


def test_what_another_publication_overtook_is_refused_with_words(desk: Desk) -> None:
    page = staged(desk, *services(name="Renamed"))
    desk.boss.post(f"{page}/publish")
    late = staged(desk, *services(name="Renamed again"))
    desk.editor.post(f"/council/{COUNCIL}/services/{id_of(3)}/withdraw")
    answer = desk.boss.post(f"{late}/publish")
    assert answer.status_code == 409 and "other changes to the same services were published" in said(answer)


def test_what_is_thrown_away_is_gone_with_its_report(desk: Desk) -> None:
    page = staged(desk, *services(name="Renamed"), a_service(21, name=""))
    number = int(page.rsplit("/", 1)[1])
    assert kept_of(number).exists() and rejected_of(kept_of(number)).exists()
    assert desk.editor.post(f"{page}/throw-away").location == IMPORTS
    assert desk.editor.get(page).status_code == 404 and staged_imports() == []
    assert not kept_of(number).exists() and not rejected_of(kept_of(number)).exists()
    assert live()["3"].name == "Service 3"


def test_what_is_live_is_not_thrown_away(desk: Desk) -> None:
    page = staged(desk, *services(name="Renamed"), stage_only=False)
    assert desk.editor.post(f"{page}/throw-away").status_code == 409
    assert live()["3"].name == "Renamed"


def test_the_report_and_the_rejected_rows_are_downloaded(desk: Desk) -> None:
    page = staged(desk, *services(name="Renamed", phones=[{"number": "=ring()"}]), a_service(21, name=""))
    report = desk.editor.get(f"{page}/report.csv")
    assert report.mimetype == "text/csv" and "attachment" in report.headers["Content-Disposition"]
    assert "reason,fix" in report.text and "'=ring()" in report.text
    assert "There is no name" in desk.editor.get(f"{page}/rejected.csv").text
    nothing = staged(desk, *services(name="Renamed"))
    assert desk.editor.get(f"{nothing}/rejected.csv").status_code == 404


def test_what_a_feed_says_is_shown_as_text_never_as_a_page(desk: Desk) -> None:
    page = staged(
        desk,
        *services(name="Knit & <i>natter</i>", phones=[{"number": '"><script>alert(1)</script>'}], email="<img src=x onerror=alert(1)>"),
    )
    for kind in ("changed", "repaired", "noted"):
        shown = desk.editor.get(f"{page}?kind={kind}").text
        assert "<script>alert" not in shown and "<img" not in shown.split("<main", 1)[1], kind
    assert "&lt;img src=x onerror=alert(1)&gt;" in desk.editor.get(f"{page}?kind=repaired").text


def test_lists_are_turned_page_by_page(desk: Desk) -> None:
    page = staged(desk, *services(), *(a_service(number, phones=[{"number": "call us"}]) for number in range(30, 60)))
    for kind in ("new", "repaired"):
        assert "Page 1 of 2" in said(desk.editor.get(f"{page}?kind={kind}"))
        assert "Page 2 of 2" in said(desk.editor.get(f"{page}?kind={kind}&page=2"))
    for odd in ("page=0", "page=x", "kind=x", "page=99999999999999999999"):
        assert desk.editor.get(f"{page}?{odd}").status_code == 200


def test_another_councils_imports_do_not_exist(desk: Desk) -> None:
    page = staged(desk, *services(name="Renamed"))
    others = page.replace(COUNCIL, OTHER_COUNCIL)
    for what in ("", "/report.csv"):
        assert desk.stranger.get(page + what).status_code == desk.stranger.get(others + what).status_code == 404
    for what in ("/publish", "/throw-away"):
        assert desk.stranger.post(page + what).status_code == desk.stranger.post(others + what).status_code == 404
    for odd in ("0", "x", "99999999999999999999", "²"):
        assert desk.editor.get(f"{IMPORTS}/{odd}").status_code == 404
    assert "feed.example.org" not in said(desk.stranger.get(f"/council/{OTHER_COUNCIL}/imports"))


def test_an_import_that_changes_another_councils_services_is_left_to_the_operator(desk: Desk) -> None:
    foreign = a_service(40, service_areas=[{"name": "Southern", "extent": OTHER_COUNCIL}])
    page = staged(desk, *services(), foreign)
    shown = desk.boss.get(page)
    assert "only whoever runs this installation" in said(shown) and "/publish" not in shown.text
    for what in ("/publish", "/throw-away"):
        assert desk.boss.post(page + what).status_code == 409
    assert "40" not in live()


def test_who_threw_an_import_away_and_who_published_one_stands_in_the_councils_trail(desk: Desk) -> None:
    desk.boss.post(staged(desk, *services(name="Renamed")) + "/throw-away")
    desk.boss.post(staged(desk, *services(name="Renamed")) + "/publish")
    trail = said(desk.boss.get(f"/organisations/{COUNCIL}/trail"))
    assert "threw a staged import away" in trail and "published the directory" in trail
