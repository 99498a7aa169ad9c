"""Several drafts are looked at on one page and approved in one go; what two people do at one moment is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from app.directory.checks import actions as checks
from app.directory.desk import actions
from app.directory.models import ServiceAmendment
from app.directory.queries import current_sequence, service_or_none
from app.extensions import db
from app.places.queries import council_or_none
from app.tenancy import EVERYTHING, acting
from tests.web.accounts.browser import Browser, letters, rows, said
from tests.web.directory.editors import DESK, Desk, made, sent_by
from tests.web.directory.feed import COUNCIL, a_service, id_of

pytestmark = pytest.mark.both
WAITING = f"/council/{COUNCIL}/waiting"


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    desk = made(app, tmp_path)
    desk.feed(*(a_service(number, email="hello@example.org") for number in (1, 2, 3)))
    return desk


def drafted(who: Browser, number: int, **typed: str) -> str:
    """The id of a draft."""
    form = sent_by(who.get(f"{DESK}/{id_of(number)}/edit"))
    return str(who.post(f"{DESK}/{id_of(number)}/edit", form | typed).location).rpartition("/")[2]


def public(app: Flask, number: int) -> str:
    return said(Browser(app).get(f"/services/{id_of(number)}"))


def at_one_moment(app: Flask, work: Callable[[], object]) -> None:
    """Two threads do the same, each with a connection of its own."""
    together = Barrier(2)

    def one() -> None:
        with app.app_context(), acting(EVERYTHING):
            db.session.connection()
            together.wait()
            work()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(one) for _ in range(2)]:
            done.result()


def test_what_somebody_else_drafted_is_approved_together_from_one_moment_on(app: Flask, desk: Desk) -> None:
    first, second = drafted(desk.editor, 1, phone="01632 960001"), drafted(desk.editor, 2, phone="01632 960002")
    own = drafted(desk.second, 3, phone="01632 960003")
    page = desk.second.get(WAITING)
    assert "01632 960001" in said(page) and "01632 960002" in said(page)
    assert page.text.count('type="checkbox"') == 2 and said(page).count("Somebody else has to approve it") == 1
    before = current_sequence()
    assert desk.second.post(WAITING, {"change": [first, second, own]}).status_code == 303
    assert "01632 960001" in public(app, 1) and "01632 960002" in public(app, 2) and "01632 960003" not in public(app, 3)
    db.session.rollback()
    assert current_sequence() == before + 1
    assert "service 3" in said(desk.second.get(WAITING)).lower() and "01632 960001" not in said(desk.second.get(WAITING))


def test_without_a_tick_it_says_what_to_do_and_nothing_changes(app: Flask, desk: Desk) -> None:
    drafted(desk.editor, 1, phone="01632 960001")
    answer = desk.second.post(WAITING, {"change": "no such"})
    assert answer.status_code == 422 and "Tick at least one change" in said(answer)
    assert "01632 960001" not in public(app, 1)


def test_another_councils_drafts_are_not_there(desk: Desk) -> None:
    draft = drafted(desk.editor, 1, phone="01632 960001")
    assert desk.stranger.get(WAITING).status_code == 404
    assert desk.stranger.post(WAITING, {"change": draft}).status_code == 404


def test_the_same_change_sent_twice_at_one_moment_is_one_draft(app: Flask, desk: Desk) -> None:
    for name in ("Better", "Best", "Finest"):
        at_one_moment(app, lambda: actions.draft(service_id=id_of(1), council=COUNCIL, says={"name": name}, by="command line"))  # noqa: B023
    assert len(rows(app, ServiceAmendment)) == 3


def test_a_service_that_two_ask_at_one_moment_gets_one_letter(app: Flask, desk: Desk) -> None:
    service, council = service_or_none(id_of(1)), council_or_none(COUNCIL)
    assert service and council
    at_one_moment(app, lambda: checks.ask(service=service, council=council, by="command line"))
    assert len(letters(app, "hello@example.org")) == 1
