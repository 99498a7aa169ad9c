"""The page of a service."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.directory.desk import actions as desk
from app.extensions import db
from app.places.actions import CouncilFile, load_council, upsert_practices
from app.places.schema import Contacts
from tests.web.directory.feed import COUNCIL, a_service, at, id_of, imported


@pytest.fixture
def opened(app: Flask, client: FlaskClient, tmp_path: Path) -> Any:
    load_council(council=CouncilFile(code=COUNCIL, name="Marlshire Council", is_demonstration=True, contacts=Contacts()), by="command line")

    def shown(address: str = "", **changes: Any) -> str:
        imported([a_service(1, **changes)], tmp_path / "report.csv", allow_vanished=True)
        response = client.get(f"/services/{id_of(1)}{address}")
        assert response.status_code == 200
        return " ".join(response.get_data(as_text=True).split())

    return shown


def test_it_says_what_the_entry_says(opened: Any) -> None:
    html = opened(
        phones=[{"number": "01632 960001"}],
        application_process="Ring.\nSend the form.",
        wait_time="About a week",
        fees_description="Free",
        eligibility_description="Unpaid carers",
        minimum_age=65,
        assured_date=str(date.today() - timedelta(days=21)),
        schedules=[{"byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}],
        fingerpost={
            "accepting": True, "not_for": "Nursing care", "self_referral": True, "professional_referral": False,
            "cqc": {"regulated": True, "rating": "Good", "rated_on": "2021-05-13", "location_id": "1-123456789"},
        },
    )  # fmt: skip
    for said in (
        "Service 1</h1>", 'href="tel:01632960001"', "<li>Ring.</li>", "<li>Send the form.</li>", "About a week", "Unpaid carers",
        "Aged 65 and over", "Not for", "Nursing care", "Accepting referrals", "(3 weeks ago)", "CQC Good, 13 May 2021",
        "https://www.cqc.org.uk/location/1-123456789", "Monday and Tuesday, 9am to 5pm", "People can refer themselves: yes",
        "Professionals can refer: no", "Source: the-source, entry 1", "Nothing has been sent", "Marlshire",
    ):  # fmt: skip
        assert said in html, said


def test_it_says_what_the_entry_does_not_say(opened: Any) -> None:
    html = opened()
    for unsaid in (
        "entry does not give a waiting time", "entry does not give the cost", "entry does not give a phone number",
        "entry does not say how to refer", "entry does not say whether it is taking referrals", "entry does not say when it was checked",
        "entry does not give opening times", "entry does not give an address", "entry does not say whom it is for",
        "does not mention registration", "People can refer themselves: not said", "does not say whom it is not for",
        "does not say how people get in or about", "does not name languages",
    ):  # fmt: skip
        assert unsaid in html.replace("&#39;", "'"), unsaid


@pytest.mark.parametrize(
    ("kind", "said", "unsaid"),
    [
        ("Befriending and loneliness", "Loneliness and isolation", "Memory loss"),
        ("Home care", "Washing, dressing", "Loneliness"),
        ("Chess club", "", "Often for"),
    ],
)
def test_it_names_the_needs_that_it_is_among_the_best_answers_to(opened: Any, kind: str, said: str, unsaid: str) -> None:
    html = opened(attributes=[{"taxonomy_term": {"name": kind, "taxonomy": "pilot-service-type"}}])
    assert said in html.partition("Often for")[2]
    assert unsaid not in html


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "(today)"),
        (1, "(yesterday)"),
        (5, "(5 days ago)"),
        (30, "(4 weeks ago)"),
        (200, "(6 months ago)"),
        (800, "(2 years ago or more)"),
    ],
)
def test_the_age_of_a_check_is_said_in_words_and_an_old_one_stands_out(opened: Any, days: int, said: str) -> None:
    html = opened(assured_date=str(date.today() - timedelta(days=days)))
    assert said in html
    assert ("nhsuk-tag--yellow" in html) == (days > 365)
    assert (", not checked for more than a year: ring first" in html) == (days > 365)
    assert (", due for checking" in html) == (183 < days <= 365)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "temporarily closed"}, "Temporarily closed"),
        ({"status": "inactive", "fingerpost": {"accepting": True}}, "Not running"),
        ({"fingerpost": {"accepting": False}}, "Not taking referrals now"),
    ],
)
def test_a_service_that_takes_nobody_says_so_and_never_that_it_accepts(opened: Any, changes: Any, said: str) -> None:
    html = opened(**changes)
    assert said in html and "Accepting referrals" not in html


def test_hostile_text_is_shown_and_never_runs(opened: Any) -> None:
    attack = "&amp;lt;img src=x onerror=alert(1)&amp;gt; \"' {{ 7*1917 }} <script>alert(2)</script>"
    html = opened(
        name=f"Name {attack}", description=attack, wait_time=attack, url="javascript:alert(1)", email='"><b>@x.org',
        application_process=attack, organization={"id": "1", "name": attack, "description": "d"},
        fingerpost={"summary": attack, "referral_form_url": 'https://x.org/"onmouseover="alert(1)', "access": [attack]},
        phones=[{"number": 'javascript:"'}], schedules=[{"description": attack}], source="<b>source",
    )  # fmt: skip
    for live in ("<script>alert", "<img src=x", "onerror=alert", "javascript:", "onmouseover", "13419", "<b>"):
        assert live not in html, live


def test_the_distance_is_from_the_practice(opened: Any) -> None:
    row = {"ods_code": "Z99001", "name": "Beck Lane Surgery", "postcode": "ZZ1 1BD", "lat": 54.4, "lon": 0.6, "council_code": COUNCIL}
    upsert_practices(rows=[row], by="command line")
    places = at(55.0, 0.6) + at(54.41, 0.6)
    assert "km from" not in opened(service_at_locations=places)
    assert "1.1 km from Beck Lane Surgery" in opened("?ods=Z99001", service_at_locations=places)


def test_an_invented_service_says_so_also_without_a_practice(opened: Any) -> None:
    assert "this service is invented" in opened()


def test_an_unknown_service_is_not_found_and_a_withdrawn_one_is_gone(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    imported([a_service(1)], tmp_path / "report.csv")
    assert client.get("/services/%00").status_code == 404
    for address in (id_of(2), "nonsense", "x" * 3000):
        response = client.get(f"/services/{address}")
        assert response.status_code == 404 and "There is no such service" in response.get_data(as_text=True)
        assert "/search" in response.get_data(as_text=True)
    desk.withdraw(service_id=id_of(1), by="command line")
    response = client.get(f"/services/{id_of(1)}")
    assert response.status_code == 410 and "no longer listed" in response.get_data(as_text=True)


def test_an_id_in_capitals_is_the_same_service(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    imported([a_service(1)], tmp_path / "report.csv")
    assert client.get(f"/services/{id_of(1).upper()}").status_code == 200


def test_opening_is_counted_with_its_alternatives_and_nothing_else(opened: Any, client: FlaskClient) -> None:
    opened()
    rows = db.session.execute(text("select kind, facts from event")).all()
    assert len(rows) == 1 and rows[0].kind == "service_opened"
    assert client.head(f"/services/{id_of(1)}").status_code == 200
    assert len(db.session.execute(text("select kind from event")).all()) == 1
    assert id_of(1) in rows[0].facts and "home_care" in rows[0].facts


@pytest.mark.parametrize(
    ("cqc", "said"),
    [
        ({"regulated": False}, "Not regulated by the Care Quality Commission"),
        ({"regulated": True}, "entry does not give its rating"),
        ({"regulated": True, "state": "not_yet_rated"}, "has not rated it yet"),
        ({"regulated": True, "rating": "Good", "rated_on": "2021-05-13", "state": "inherited"}, "CQC Good, 13 May 2021, inherited"),
        ({"regulated": True, "rating": "Good", "state": "dormant"}, "as dormant"),
        ({"regulated": False, "rating": "Good", "state": "deregistered"}, "No longer registered"),
    ],
)
def test_each_state_of_a_registration_has_its_own_words(opened: Any, cqc: dict[str, Any], said: str) -> None:
    assert said in opened(fingerpost={"cqc": cqc | {"location_id": "1-123456789"}})
