"""The shortlist, the leaflet and the texts about a service."""

import html
import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.directory.desk import actions as desk
from app.directory.takeaway.shortlist import MOST, read, written
from app.ui.sms import parts
from tests.web.directory.feed import a_service, at, id_of, imported

PHONED: dict[str, Any] = {"phones": [{"number": "01632 960001"}], "description": "Visits at home for company.", "fees_description": "Free"}


@pytest.fixture
def services(app: Flask, tmp_path: Path) -> None:
    imported([a_service(number, **PHONED) for number in range(1, MOST + 2)], tmp_path / "report.csv")


def said(response: TestResponse) -> str:
    return " ".join(html.unescape(response.get_data(as_text=True)).split())


def add(client: FlaskClient, number: int, **more: str) -> TestResponse:
    return client.post("/shortlist/add", data={"service": id_of(number), **more})


def text_in(page: str, identity: str) -> str:
    found = re.search(rf'<textarea[^>]* id="{identity}"[^>]*>([^<]*)</textarea>', page)
    assert found, identity
    return html.unescape(found.group(1))


def listed(client: FlaskClient) -> list[str]:
    return re.findall(r'<h2 class="nhsuk-heading-s"><a href="/services/([^"]+)"', client.get("/shortlist").text)


def test_a_service_is_put_aside_and_one_is_back_where_one_was(client: FlaskClient, services: None) -> None:
    assert "Nothing is on the shortlist" in said(client.get("/shortlist"))
    answer = add(client, 2, next=f"/services/{id_of(2)}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/services/{id_of(2)}")
    page = said(client.get(f"/services/{id_of(2)}"))
    assert "Shortlist (1)" in page and "Take off the shortlist" in page
    add(client, 1)
    add(client, 2)
    assert listed(client) == [id_of(2), id_of(1)]


def test_it_goes_nowhere_else_than_this_site(client: FlaskClient, services: None) -> None:
    assert add(client, 1, next="https://evil.example.org/").headers["Location"] == "/"
    assert add(client, 1).headers["Location"] == f"/services/{id_of(1)}"


def test_one_and_all_are_taken_off(client: FlaskClient, services: None) -> None:
    for number in (1, 2, 3):
        add(client, number)
    client.post("/shortlist/remove", data={"service": id_of(2)})
    assert listed(client) == [id_of(1), id_of(3)]
    emptied = client.post("/shortlist/empty")
    assert "fp_shortlist=;" in emptied.headers["Set-Cookie"]
    assert listed(client) == []


def test_it_is_full_at_some_time_and_says_what_to_do(client: FlaskClient, services: None) -> None:
    for number in range(1, MOST + 1):
        add(client, number)
    refused = add(client, MOST + 1)
    assert refused.status_code == 422 and "Take one off first" in said(refused)
    assert len(listed(client)) == MOST
    assert add(client, 1).status_code == 303, "one that is on it already is no more"


def test_the_cookie_holds_ids_only_and_is_gone_tomorrow(client: FlaskClient, services: None) -> None:
    cookie = add(client, 1).headers["Set-Cookie"]
    assert cookie.startswith(f"fp_shortlist={id_of(1).replace('-', '')}; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400"} <= set(cookie.split("; "))


@pytest.mark.parametrize("rubbish", ["", "x", "..", "0" * 31, "<script>", "é" * 9, "f" * 4000, f"{'0' * 32}.x"])
def test_a_cookie_of_rubbish_is_an_empty_shortlist(client: FlaskClient, rubbish: str) -> None:
    client.set_cookie("fp_shortlist", rubbish)
    page = client.get("/shortlist")
    assert page.status_code == 200 and 'href="/services/' not in page.text


def test_what_is_written_is_read_again() -> None:
    ids = [id_of(number) for number in range(1, MOST + 1)]
    assert read(written(ids)) == ids


@pytest.mark.parametrize("service", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_service_is_not_put_aside(client: FlaskClient, services: None, service: str) -> None:
    answer = client.post("/shortlist/add", data={"service": service})
    assert answer.status_code == 404 and "Set-Cookie" not in answer.headers


def test_a_service_that_has_gone_is_said_to_have_gone(client: FlaskClient, services: None, app: Flask) -> None:
    add(client, 1)
    add(client, 2)
    desk.withdraw(service_id=id_of(1), by="command line")
    page = client.get("/shortlist")
    assert "One service is in the directory no longer" in said(page)
    assert listed(client) == [id_of(2)]


def test_the_text_message_begins_with_the_number_and_is_two_messages_at_most(client: FlaskClient, app: Flask, tmp_path: Path) -> None:
    long = "Company, visits, telephone calls and lifts to the shops “for anybody” who lives alone. " * 9
    services = [a_service(1, **PHONED), a_service(2, **PHONED | {"name": "N" * 200, "fingerpost": {"summary": long[:139]}})]
    imported(services, tmp_path / "report.csv")
    short = text_in(client.get(f"/services/{id_of(1)}").text, f"message-{id_of(1)}")
    assert short.startswith("01632 960001 Service 1. Visits at home for company. You can ring.")
    assert short.endswith("Nothing has been sent for you.")
    page = client.get(f"/services/{id_of(2)}").text
    message = text_in(page, f"message-{id_of(2)}")
    assert message.startswith("01632 960001 NNN") and parts(message) == 2
    assert "(2 text messages)" in page


def test_who_must_be_referred_is_told_so(client: FlaskClient, app: Flask, tmp_path: Path) -> None:
    imported([a_service(1, **PHONED, fingerpost={"self_referral": False})], tmp_path / "report.csv")
    message = text_in(client.get(f"/services/{id_of(1)}").text, f"message-{id_of(1)}")
    assert "Your GP practice has to refer you." in message and "You can ring" not in message
    assert "Your GP practice has to refer you first" in said(client.get(f"/shortlist/leaflet?s={id_of(1)}"))


def test_every_text_for_professionals_says_that_nothing_was_sent(client: FlaskClient, services: None) -> None:
    page = client.get(f"/services/{id_of(1)}").text
    for kind in ("referral", "record"):
        text = text_in(page, f"{kind}-{id_of(1)}")
        assert "Nothing has been sent: you still need to refer." in text and "01632 960001" in text
        assert "\n\n" not in text and "  " not in text


def test_the_leaflet_names_services_the_number_and_the_day(client: FlaskClient, services: None) -> None:
    page = said(client.get(f"/shortlist/leaflet?s={id_of(1)}&s={id_of(2)}&s={id_of(1)}&s=x"))
    assert page.count("<h2>") == 2
    assert "<strong>01632 960001</strong>" in page and "Cost: Free" in page
    assert "Printed on" in page and "ring 999" in page and "Nothing has been sent for you" in page
    assert client.get("/shortlist/leaflet").status_code == 404


def test_the_leaflet_as_pdf_is_tagged_and_in_large_print(client: FlaskClient, services: None) -> None:
    answer = client.get(f"/shortlist/leaflet.pdf?s={id_of(1)}")
    assert answer.mimetype == "application/pdf" and answer.headers["Content-Disposition"] == 'inline; filename="fingerpost-leaflet.pdf"'
    pdf = PdfReader(io.BytesIO(answer.data))
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    words = pdf.pages[0].extract_text()
    assert "Service 1" in words and "01632 960001" in words
    sizes: list[float] = []
    pdf.pages[0].extract_text(visitor_text=lambda text, _cm, matrix, _font, size: sizes.append(size * matrix[0]) if text.strip() else None)
    assert min(sizes) * 0.75 >= 12 or min(sizes) >= 16, sizes


def test_the_leaflet_says_where_each_service_is(client: FlaskClient, app: Flask, tmp_path: Path) -> None:
    imported([a_service(number, **PHONED, service_at_locations=at(53.5, -2.1)) for number in (1, 2, 3)], tmp_path / "report.csv")
    page = said(client.get(f"/shortlist/leaflet?s={id_of(1)}&s={id_of(2)}&s={id_of(3)}"))
    assert page.count("Where: Hall") == 3


def test_a_closed_service_says_so_on_the_leaflet(client: FlaskClient, app: Flask, tmp_path: Path) -> None:
    imported(
        [a_service(1, **PHONED, status="temporarily closed"), a_service(2, **PHONED, fingerpost={"accepting": False})], tmp_path / "r.csv"
    )
    page = said(client.get(f"/shortlist/leaflet?s={id_of(1)}&s={id_of(2)}"))
    assert "Closed for now." in page and "Not taking new people now." in page


@pytest.mark.parametrize(("days", "said_so"), [(300, False), (400, True)])
def test_an_old_check_is_said_on_the_leaflet(client: FlaskClient, app: Flask, tmp_path: Path, days: int, said_so: bool) -> None:
    checked = str(date.today() - timedelta(days=days))
    imported([a_service(1, **PHONED, assured_date=checked)], tmp_path / "report.csv")
    assert ("not checked for more than a year: ring first." in said(client.get(f"/shortlist/leaflet?s={id_of(1)}"))) == said_so
