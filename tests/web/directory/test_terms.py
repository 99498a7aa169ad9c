"""Terms that no reviewed file knows: listed for the council, and what it says of them holds from the next import on."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.directory import fetching
from app.directory.imports import pulls
from app.directory.models import CouncilTerm
from app.directory.oruk import ids
from app.extensions import db
from tests.web.accounts.browser import rows, said
from tests.web.directory.editors import OTHER_COUNCIL, Desk, kept_feed, made
from tests.web.directory.feed import COUNCIL, a_service, all_live
from tests.web.directory.server import Feed, serving

pytestmark = pytest.mark.both
TERMS = f"/council/{COUNCIL}/imports/terms"
SHEDS = f"{TERMS}/{ids.of_term('local-types', 'Sheds')}"


def typed(number: int, *terms: str, **more: Any) -> dict[str, Any]:
    """A service of these types, of which the reviewed mapping knows none."""
    attributes = [{"taxonomy_term": {"name": term, "taxonomy": "local-types"}} for term in terms]
    return a_service(number, description="Come and see.", attributes=attributes, **more)


@pytest.fixture
def desk(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    return made(app, tmp_path)


@pytest.fixture
def kept(desk: Desk) -> Iterator[str]:
    """The address at which a pull of the council's feed is asked for."""
    theirs = typed(9, "Sheds", service_areas=[{"name": "Both", "extent": OTHER_COUNCIL}])
    desk.feed(theirs)
    services = [typed(1, "Sheds"), typed(2, "Sheds", "=cmd()"), typed(3, "<b>Odd</b>"), a_service(4)]
    with serving(Feed(services)) as feed:
        answer = desk.boss.post(f"/council/{COUNCIL}/imports/feeds/new", {"address": feed.address, "publish_by_itself": "y"})
        yield f"{kept_feed(desk.boss.get(answer.location), feed.address)}/pull"


def pulled(desk: Desk, kept: str) -> dict[str, tuple[str, ...]]:
    """What each service provides after a pull, by its number."""
    desk.boss.post(kept)
    db.session.rollback()
    pulls.pull_asked()
    db.session.rollback()
    return {number: service.alternatives for number, service in all_live().items()}


def test_terms_that_nobody_has_mapped_are_listed_the_most_common_first(desk: Desk, kept: str) -> None:
    pulled(desk, kept)
    page = said(desk.editor.get(TERMS))
    assert "Sheds (local-types): 2 services, such as Service 1 and Service 2" in page
    assert page.index("Sheds") < page.index("Odd") and "mapped: 3" in page
    assert "Home care (pilot-service-type)" not in page, "the reviewed mapping knows it"
    assert "<b>Odd" not in desk.editor.get(TERMS).text
    sheet = desk.editor.get(f"{TERMS}/unmapped.csv")
    found = list(csv.reader(io.StringIO(sheet.text)))
    assert found[0] == ["Vocabulary", "Term", "Services", "Examples"]
    assert found[1] == ["local-types", "Sheds", "2", "Service 1; Service 2"]
    assert "'=cmd()" in [row[1] for row in found], "a spreadsheet does not run it"


def test_what_the_council_says_of_a_term_holds_for_its_services_though_its_feed_is_the_same(desk: Desk, kept: str) -> None:
    assert pulled(desk, kept)["1"] == ()
    assert "2 of your services carry it" in said(desk.boss.get(SHEDS))
    assert desk.boss.post(SHEDS, {"alternatives": ["befriending", "day_care"]}).status_code == 303
    page = said(desk.editor.get(TERMS))
    assert "Sheds (local-types) stands for:" in page and "Cleo Marsh" in page and "mapped: 2" in page
    now = pulled(desk, kept)
    assert (now["1"], now["2"], now["9"]) == (("befriending", "day_care"),) * 2 + ((),)
    assert pulled(desk, kept) == now
    assert desk.boss.post(SHEDS).status_code == 303
    assert pulled(desk, kept)["1"] == () and "mapped: 3" in said(desk.editor.get(TERMS))


def test_an_editors_change_keeps_what_the_council_says_of_terms(desk: Desk, kept: str) -> None:
    pulled(desk, kept)
    desk.boss.post(SHEDS, {"alternatives": "befriending"})
    pulled(desk, kept)
    place = desk.boss.post(f"/council/{COUNCIL}/services/{all_live()['1'].id}/status", {"status": "temporarily closed"}).location
    desk.boss.post(f"{place}/approve")
    db.session.rollback()
    assert all_live()["1"].alternatives == ("befriending",)


def test_the_reviewed_mapping_goes_first(desk: Desk, kept: str) -> None:
    home_care = {"council_code": COUNCIL, "vocabulary": "pilot-service-type", "term": "Home care"}
    with db.writing() as session:
        session.add(CouncilTerm(**home_care, alternatives=["befriending"], said_at=datetime.now(UTC)))
    assert pulled(desk, kept)["4"] == ("home_care",)


def test_only_alternatives_that_exist_and_terms_that_its_services_carry_are_taken(app: Flask, desk: Desk, kept: str) -> None:
    pulled(desk, kept)
    assert desk.boss.post(SHEDS, {"alternatives": "miracles"}).status_code == 422
    for other in ("unknown", ids.of_term("local-types", "Nobody's"), ids.of_term("pilot-service-type", "Home care")):
        assert desk.boss.post(f"{TERMS}/{other}", {"alternatives": "befriending"}).status_code == 404
    assert rows(app, CouncilTerm) == []


def test_saying_the_same_twice_is_one_word_and_one_deed(app: Flask, desk: Desk, kept: str) -> None:
    pulled(desk, kept)
    for _ in range(2):
        desk.boss.post(SHEDS, {"alternatives": "befriending"})
    assert len(rows(app, CouncilTerm)) == 1
    trail = said(desk.boss.get(f"/organisations/{COUNCIL}/trail"))
    assert trail.count("said what a term of a feed stands for") == 2  # Once among the entries, once in the list to choose from.


def test_an_editor_reads_terms_and_an_administrator_says_what_they_stand_for(desk: Desk, kept: str) -> None:
    pulled(desk, kept)
    assert SHEDS in desk.boss.get(TERMS).text and SHEDS not in desk.editor.get(TERMS).text
    assert desk.editor.get(SHEDS).status_code == desk.editor.post(SHEDS).status_code == 404
    assert desk.stranger.get(TERMS).status_code == 404


def test_the_reviewed_mapping_is_shown_with_who_wrote_and_checked_it(desk: Desk) -> None:
    page = said(desk.editor.get(TERMS))
    for words in (
        "pilot-service-type: ",
        "content/service_types/cqc-service-type.yaml",
        "not yet checked by a clinician",
        "flask content check",
    ):
        assert words in page, words
