"""Records of completion: what they say, what they keep to themselves, and the log of all of them."""

import csv
import io
import re
from unicodedata import normalize

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import text, update

from app.extensions import db
from app.places.models import Council
from app.training.models import Attempt
from app.training.queries import modules
from app.training.records.models import CompletionRecord
from app.ui.numbers import in_groups, new_number
from tests.disk import on_disk
from tests.web.accounts.browser import Browser, new_person, rows, said
from tests.web.training import done
from tests.web.training.learner import RIGHT, Learner, Page

pytestmark = pytest.mark.both


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


def finished(learner: Learner) -> str:
    """The address of the record of a module that was just finished."""
    learner.begin()
    return learner.answer_all(RIGHT).links["Your record of completion"]


def text_of(pdf: bytes) -> str:
    shown = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", normalize("NFKC", shown))


def test_the_page_the_document_and_the_text_say_the_same_and_accredit_nothing(learner: Learner, app: Flask) -> None:
    address = finished(learner)
    page = learner.open(address)
    pdf = text_of(learner.client.post(address, data={"name": "Wren Marsh", "registration": "7654321"}).data)
    plain = learner.client.get(f"{address}.txt").get_data(as_text=True)
    number = in_groups(rows(app, CompletionRecord)[0].number)
    wanted = ("What else is there before the care home", "12 minutes", "1 minute (less than 0.1 h)", "Fingerpost content", number)
    for words in wanted:
        assert words in page.text and words in pdf and words in plain, words
    assert "Wren Marsh" in pdf and "7654321" in pdf and "certifies no qualification" in pdf
    for one in (page.text, pdf, plain):
        assert "accredited" not in one.lower() and "approved by" not in one.lower()
    assert "First score" not in pdf
    assert "You answered 5 of 5" in text_of(learner.client.post(address, data={"with_score": "y"}).data)


@pytest.mark.parametrize(
    ("seconds", "spent", "suggested"),
    [
        (359, "5 minutes (less than 0.1 h)", "less than 0.1 h"),
        (360, "6 minutes (0.1 h)", "0.1 h"),
        (779, "12 minutes (0.2 h)", "0.2 h"),
        (3600, "60 minutes (1 h)", "0.25 h"),
    ],
)
def test_time_is_rounded_down_and_no_module_suggests_more_than_a_quarter_of_an_hour(
    learner: Learner, app: Flask, seconds: int, spent: str, suggested: str
) -> None:
    address = finished(learner)
    with db.writing() as session:
        session.execute(update(Attempt).values(active_seconds=seconds))
    plain = learner.client.get(f"{address}.txt").get_data(as_text=True)
    assert "What it enables:\n- " in plain and "\n\nWhom did you have in mind" in plain
    assert f"Time spent: {spent}\n" in plain and f"Suggested CPD time: {suggested}, and" in plain


def test_the_council_under_whose_name_it_was_begun_is_named_as_its_provider(learner: Learner, app: Flask) -> None:
    address = finished(learner)
    assert "Provided by Fingerpost" in learner.open(address).text
    with db.writing() as session:
        session.add(Council(code="E99000001", name="Marlshire Council"))
        session.execute(update(Attempt).values(council_code="E99000001"))
    assert "Provided by Marlshire Council, with Fingerpost" in learner.open(address).text


def test_whoever_has_the_document_is_led_to_the_check_of_its_number(learner: Learner, app: Flask) -> None:
    address = finished(learner)
    found = [href for href in learner.open(address).links.values() if "/training/check" in href]
    assert "This number is one of ours" in learner.open(found[0].removeprefix(app.config["PUBLIC_URL"])).text
    annotations = [one.get_object() for one in PdfReader(io.BytesIO(learner.client.post(address).data)).pages[0]["/Annots"]]
    assert found[0] in [one["/A"]["/URI"] for one in annotations if "/A" in one]


def test_the_record_of_a_social_worker_has_the_headings_of_their_own_cpd_form(app: Flask) -> None:
    token = done.finished(app, None, slug="how-general-practice-works")
    learner, address = Learner(app.test_client()), f"/training/attempts/{token}/record"
    page = learner.open(address)
    pdf = learner.client.post(address, data={"registration": "SW12345"}).data
    plain = learner.client.get(f"{address}.txt").get_data(as_text=True)
    fields = [field["/TU"] for field in (PdfReader(io.BytesIO(pdf)).get_fields() or {}).values()]
    assert fields[0] == "What I did" and len(fields) == 4
    for heading in fields:
        assert heading in page.parts["label"] and heading in plain
    assert "Number in the register of Social Work England SW12345" in text_of(pdf) and "GMC" not in text_of(pdf) + page.text
    assert "GMC number 7654321" in text_of(learner.client.post(address, data={"registration": "7654321"}).data)


def test_its_fields_are_named_to_a_screen_reader_and_as_wide_as_the_page(learner: Learner, app: Flask) -> None:
    reader = PdfReader(io.BytesIO(learner.client.post(finished(learner)).data))
    fields = [one.get_object() for page in reader.pages for one in page.get("/Annots", []) if one.get_object()["/Subtype"] == "/Widget"]
    with app.app_context():
        asked = modules()[done.SLUG].head.reflection
    assert [field["/TU"] for field in fields] == list(asked)
    for field in fields:
        left, _, right, _ = (float(number) for number in field["/Rect"])
        assert right - left > 400


def test_its_fields_can_be_filled_in_and_nothing_written_on_the_page_is_sent(learner: Learner, app: Flask) -> None:
    address = finished(learner)
    fields = PdfReader(io.BytesIO(learner.client.post(address).data)).get_fields() or {}
    assert len(fields) >= 2 and not any(field.get("/V") for field in fields.values())
    html = learner.client.get(address).get_data(as_text=True)
    areas = re.findall(r"<textarea[^>]*>", html)
    assert len(areas) >= 3 and not any("name=" in area for area in areas)


def test_its_file_is_named_by_the_module_whatever_the_address_says(learner: Learner, app: Flask) -> None:
    address = finished(learner)
    for sent in (learner.client.post(f'{address}?filename=evil.exe&name="x.html'), learner.client.get(f"{address}.txt?name=evil.exe")):
        assert re.fullmatch(r'attachment; filename="fingerpost-[a-z0-9-]+\.(pdf|txt)"', sent.headers["Content-Disposition"])
    assert learner.client.get(f"{address}%22;filename=evil.exe").status_code == 404


def test_what_is_typed_into_it_is_kept_nowhere(learner: Learner, app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    address = finished(learner)
    learner.client.post(address, data={"name": "Zanzibar Quill", "registration": "7654321"})
    learner.client.post(address, data={"name": "Zanzibar Quill", "registration": "nonsense"})
    kept = on_disk(app.config["DATA_DIR"]).decode(errors="replace") + caplog.text
    assert "Zanzibar" not in kept and "7654321" not in kept


@pytest.mark.parametrize("registration", ["123456", "12345678", "SW", "GMC7654321", "<b>"])
def test_a_number_of_registration_that_is_none_is_said_and_what_was_typed_stays(learner: Learner, app: Flask, registration: str) -> None:
    address = finished(learner)
    answer = learner.client.post(address, data={"name": "Wren Marsh", "registration": registration})
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422 and "A GMC number has 7 digits" in page.text
    assert [one["value"] for one in page.inputs if one.get("name") == "name"] == ["Wren Marsh"]


def test_before_the_end_there_is_no_record(learner: Learner, app: Flask) -> None:
    learner.begin()
    token = learner.responses[-1].request.path.split("/")[3]
    for sent in (learner.client.get, learner.client.post):
        assert sent(f"/training/attempts/{token}/record").status_code in (302, 303)
    assert learner.client.get(f"/training/attempts/{token}/record.txt").status_code == 302
    assert rows(app, CompletionRecord) == []


def test_anybody_can_check_a_number_and_learns_the_title_and_the_day_alone(learner: Learner, app: Flask) -> None:
    finished(learner)
    number = rows(app, CompletionRecord)[0].number
    for typed in (number, in_groups(number), f" {in_groups(number).lower()} "):
        page = Page(app.test_client().get("/training/check", query_string={"number": typed}).get_data(as_text=True))
        assert "This number is one of ours" in page.text and "What else is there before the care home" in page.text
    wrong = ("0" if number[3] != "0" else "1").join((number[:3], number[4:]))
    for typed, words in ((wrong, "is wrong"), (new_number(), "No record has this number"), ("x" * 5000, "is wrong")):
        assert words in Page(app.test_client().get("/training/check", query_string={"number": typed}).get_data(as_text=True)).text


def test_the_number_outlives_the_attempt(learner: Learner, app: Flask) -> None:
    finished(learner)
    number = rows(app, CompletionRecord)[0].number
    with db.writing() as session:
        session.execute(text("delete from attempt"))
    answer = app.test_client().get("/training/check", query_string={"number": number})
    assert "This number is one of ours" in answer.get_data(as_text=True)


def a_person(app: Flask) -> Browser:
    new_person(app, "wren@example.org", ("learner", "E99000001", None), name="Wren Marsh")
    browser = Browser(app)
    browser.sign_in("wren@example.org")
    return browser


def test_the_log_has_every_module_in_three_forms_and_nobody_elses(learner: Learner, app: Flask) -> None:
    finished(learner)
    wren = a_person(app)
    token = rows(app, CompletionRecord)[0].attempt
    assert "No module was finished" in said(wren.get("/training/yours/log"))
    assert wren.post(f"/training/attempts/{token}").status_code == 303
    with db.writing() as session:
        session.execute(update(Attempt).values(active_seconds=759))
    assert "1 module, 12 minutes" in said(wren.get("/training/yours/log"))
    table = list(csv.reader(io.StringIO(wren.get("/training/yours/log.csv").data.decode("utf-8-sig"))))
    assert (table[0][0], table[1][1], table[1][3]) == ("Finished", "What else is there before the care home", "12")
    assert "Wren Marsh" in text_of(wren.get("/training/yours/log.pdf").data)
    assert "Finished" not in said(wren.get("/training/yours/log?begins=2020-01-01&ends=2020-12-31"))
    assert "This day is before the first" in said(wren.get("/training/yours/log?begins=2026-02-01&ends=2026-01-01"))
    assert Learner(app.test_client()).client.get("/training/yours/log").status_code == 303


def test_an_attempt_that_is_somebodys_is_nobody_elses(learner: Learner, app: Flask) -> None:
    address = finished(learner)
    wren = a_person(app)
    token = address.split("/")[3]
    wren.post(f"/training/attempts/{token}")
    assert wren.get(address).status_code == 200
    for rest in ("", "/finish", "/record", "/record.txt", "/after-pneumonia"):
        assert learner.client.get(f"/training/attempts/{token}{rest}").status_code == 404
    assert "You have finished" in said(wren.get(f"/training/attempts/{token}"))
    assert "Finished on" in said(wren.get("/training/yours"))


def test_somebody_who_is_signed_in_goes_on_on_another_device(app: Flask) -> None:
    wren = a_person(app)
    begun = wren.follow(wren.post("/training/before-the-care-home"))
    assert "Before you read, question 1" in said(begun)
    elsewhere = Browser(app)
    elsewhere.sign_in("wren@example.org")
    assert "You stopped before reading, at question 1 of 5" in said(elsewhere.get("/training/yours"))
