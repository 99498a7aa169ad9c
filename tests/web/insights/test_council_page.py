"""The council's page shows what may be shown, says where something may not, and gives nothing else away."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import insert

from app.content.kinds import Report
from app.events.models import EventRow
from app.extensions import db
from app.insights.actions import roll_up
from app.insights.catalogue import measures
from app.insights.periods import closed_by
from app.places.models import Council
from app.ui import long_date

CODE = "E99000001"
MODULE = "before-the-care-home"
TOO_FEW = "Too few to show (fewer than 3 practices, or one with over half)"
PERIOD = closed_by(datetime.now(UTC).date())
WHEN = datetime.combine(PERIOD.last, time(10), UTC)


@pytest.fixture(autouse=True)
def council(app: Flask) -> None:
    with db.writing() as session:
        session.add(Council(code=CODE, name="Marlshire <Council> (demonstration)", is_demonstration=True, contacts={}))
        session.add(Council(code="E08000004", name="Otherham", contacts={}))


def happen(kind: str, facts: dict[str, Any], by: dict[str | None, int], *, council: str = CODE, when: datetime = WHEN) -> None:
    """Events of one kind, so many by each practice, rolled up."""
    row = {"kind": kind, "facts": facts, "happened_at": when, "day": when.date(), "council_code": council}
    rows = [{**row, "practice_code": practice} for practice, number in by.items() for _ in range(number)]
    with db.writing() as session:
        session.execute(insert(EventRow), rows)
    roll_up()


def asked(by: dict[str | None, int], **facts: list[str]) -> None:
    happen("assistant_asked", {"needs": [], "red_flags": [], "alternatives": [], **facts}, by)


def html(client: FlaskClient, address: str = f"/council/{CODE}") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def figure(page: str, measure: str) -> str:
    """What the page shows beside the link to a measure's definition, first place."""
    rest = page.split(f"definitions#{measure}", 1)[1]
    found = re.search(r"<(td|dd)[^>]*>(.*?)</(td|dd)>", rest, re.DOTALL)
    assert found
    return found[2].strip()


def of_the_module(page: str) -> str:
    """What the page shows of the module, from its title on."""
    return page.split(">What else is there before the care home</h3>", 1)[1]


def test_an_unknown_council_is_told_what_to_do(client: FlaskClient) -> None:
    for address in ("/council/E00000000", "/council/E00000000/definitions", "/council/%3Cscript%3E"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Choose your practice or council" in answer.text
        assert "<script>" not in answer.text.split("<main", 1)[1]


def test_before_any_use_every_figure_is_said_to_be_held_back(client: FlaskClient) -> None:
    page = html(client)
    assert f"Twelve complete months, {long_date(PERIOD.first)} to {long_date(PERIOD.last)}" in page
    for measure in measures().values():
        if measure.page == "headline":
            assert figure(page, measure.id) == TOO_FEW


def test_two_practices_are_too_few_and_the_third_makes_a_figure(client: FlaskClient) -> None:
    happen("search_made", {"found": True, "alternatives": []}, {"Z99001": 4, "Z99002": 4})
    assert figure(html(client), "searches") == TOO_FEW
    happen("search_made", {"found": True, "alternatives": []}, {"Z99003": 4})
    assert figure(html(client), "searches") == "10"
    assert figure(html(client), "searches_without_result") == TOO_FEW


def test_one_practice_with_over_half_holds_a_figure_back(client: FlaskClient) -> None:
    happen("service_opened", {}, {"Z99001": 21, "Z99002": 10, "Z99003": 10})
    assert figure(html(client), "services_opened") == TOO_FEW
    happen("service_opened", {}, {"Z99002": 1})
    assert figure(html(client), "services_opened") == "40"


def test_use_from_no_known_practice_counts_as_the_largest_practices_own(client: FlaskClient) -> None:
    happen("service_opened", {}, {"Z99001": 4, "Z99002": 4, "Z99003": 4, None: 5})
    assert figure(html(client), "services_opened") == TOO_FEW
    happen("service_opened", {}, {"Z99004": 4})
    assert figure(html(client), "services_opened") == "20"


def test_another_councils_use_is_not_in_it(client: FlaskClient) -> None:
    happen("search_made", {"found": False, "alternatives": []}, {"P1": 9, "P2": 9, "P3": 9}, council="E08000004")
    assert figure(html(client), "searches") == TOO_FEW
    assert figure(html(client, "/council/E08000004"), "searches") == "25"


def test_nothing_that_is_held_back_is_anywhere_in_the_page(client: FlaskClient) -> None:
    """137 and 138 by one or two practices: neither they nor what they round to, nor the practices, nor the day."""
    before = html(client)
    one, two = {"Z99001": 137}, {"Z99001": 137, "Z99002": 1}
    asked(one, needs=["falls", "lives_alone"], red_flags=["fire_risk"], alternatives=["telecare"])
    asked(two, needs=["loneliness"], alternatives=["reablement"])
    happen("search_made", {"found": False, "alternatives": []}, two)
    happen("service_opened", {}, one)
    happen("module_started", {"module": MODULE}, two)
    happen("module_finished", {"module": MODULE, "right": 1, "asked": 1}, two)
    happen("search_made", {"found": True, "alternatives": []}, {"Q1": 1}, council="E08000004")
    assert html(client) == before


@pytest.mark.parametrize("days", [1, 4])
def test_the_month_that_runs_is_in_no_figure(client: FlaskClient, days: int) -> None:
    """Nor one that ended too long ago: two looks at a page in one month show the same."""
    by = {"Z99001": 4, "Z99002": 4, "Z99003": 4}
    happen("service_opened", {}, by)
    before = html(client)
    assert figure(before, "services_opened") == "10"
    happen("service_opened", {}, by, when=WHEN + timedelta(days=days))
    happen("service_opened", {}, by, when=datetime.combine(PERIOD.first - timedelta(days=days), time(10), UTC))
    assert html(client) == before
    happen("service_opened", {}, by, when=datetime.combine(PERIOD.first, time(10), UTC))
    assert figure(html(client), "services_opened") == "25"


def test_needs_are_listed_by_what_is_published_and_not_by_what_is_true(client: FlaskClient) -> None:
    asked({"Z99001": 4, "Z99002": 4, "Z99003": 4}, needs=["carer_strain"])
    asked({"Z99001": 4, "Z99002": 4, "Z99003": 3}, needs=["falls"])
    asked({"Z99001": 8, "Z99002": 7, "Z99003": 8}, needs=["loneliness"])
    page = html(client).split('id="asked-for"', 1)[1].split('id="shown"', 1)[0]
    shown = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', page)
    assert [value for _, value in shown] == ["25", "10", "10"]
    assert [name for name, _ in shown[1:]] == sorted(name for name, _ in shown[1:])
    assert "Asked about most: " + "; ".join(name for name, _ in shown) in page
    assert re.search(r"Needs asked about: \d+ other needs have too few to show", page)


def test_alternatives_are_called_by_their_names(client: FlaskClient) -> None:
    asked({"Z99001": 4, "Z99002": 4, "Z99003": 4}, alternatives=["telecare"])
    page = html(client).split('id="shown"', 1)[1]
    assert re.search(r'<tr><th scope="row">Telecare[^<]*</th><td>10</td>', page)


def test_modules_add_up_to_what_is_published_of_each(client: FlaskClient) -> None:
    happen("module_finished", {"module": MODULE, "right": 3, "asked": 5}, {"Z99001": 4, "Z99002": 4, "Z99003": 5})
    happen("module_finished", {"module": "another", "right": 3, "asked": 5}, {"Z99001": 9})
    page = html(client)
    assert figure(page, "modules_finished") == "15"
    assert figure(of_the_module(page), "modules_finished") == "15"


def test_the_share_right_needs_enough_answers_and_both_kinds(client: FlaskClient) -> None:
    happen("module_finished", {"module": MODULE, "right": 5, "asked": 5}, {"Z99001": 4, "Z99002": 4, "Z99003": 5})
    assert figure(of_the_module(html(client)), "answers_right") == TOO_FEW
    happen("module_finished", {"module": MODULE, "right": 0, "asked": 5}, {"Z99001": 2, "Z99002": 2, "Z99003": 2})
    assert figure(of_the_module(html(client)), "answers_right") == "about 68%"


def test_every_figure_opens_its_definition(client: FlaskClient) -> None:
    asked({"Z99001": 4, "Z99002": 4, "Z99003": 4}, needs=["falls"], alternatives=["telecare"])
    linked = set(re.findall(rf'href="/council/{CODE}/definitions#([a-z_]+)"', html(client)))
    definitions = html(client, f"/council/{CODE}/definitions")
    assert linked == set(measures()) - {"questions_asked"}
    for measure in measures().values():
        assert f'id="{measure.id}"' in definitions and escape(measure.limits) in definitions
    assert TOO_FEW in definitions


def test_the_directory_is_shown_exactly_and_an_empty_one_is_said(client: FlaskClient) -> None:
    page = html(client).split('id="directory"', 1)[1]
    assert "The directory is empty" in page
    assert re.search(r"In the directory</th><td>0</td>", page)


def test_a_name_from_a_file_cannot_become_markup(client: FlaskClient) -> None:
    assert "Marlshire &lt;Council&gt;" in html(client)


def test_tables_have_captions_and_scopes(client: FlaskClient) -> None:
    asked({"Z99001": 4, "Z99002": 4, "Z99003": 4}, needs=["falls"])
    page = html(client)
    assert page.count("<table") == page.count("<caption")
    assert all("scope=" in cell for cell in re.findall(r"<th\b[^>]*>", page))


def test_the_content_check_reads_the_measures(checked: Callable[[str, date], Report]) -> None:
    assert checked("measures", WHEN.date()).files == {"measures": 1}
