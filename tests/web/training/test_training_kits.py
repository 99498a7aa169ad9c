"""The kit for meetings with a social work team: found, read, printed, and refused where its file is wrong."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.content.problems import ContentError
from app.training.kits import catalogue, queries
from config import ROOT
from tests.web.training.learner import Page

KIT = "/training/together/meeting-together"
FILES = ROOT / "training_modules" / "meeting-together"


class Everything:
    """A collection in which every id is found."""

    def __contains__(self, _identity: object) -> bool:
        return True


def page(client: FlaskClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.get_data(as_text=True))


def test_everything_of_the_kit_is_two_links_from_the_training_page(client: FlaskClient) -> None:
    overview = page(client, page(client, "/training").links["Four meetings of a practice with a social work team"])
    meetings = [page(client, link) for link in overview.links.values() if "/meetings/" in link]
    papers = [page(client, link) for link in overview.links.values() if "/papers/" in link]
    assert (len(meetings), len(papers)) == (5, 4)
    assert sum("The stories, a sheet for everybody" in " ".join(one.links) for one in meetings) == 3
    for one in meetings + papers:
        assert "not yet checked by a clinician" in one.text


def test_a_sheet_has_the_story_and_what_is_judged_but_nothing_that_steers(client: FlaskClient) -> None:
    sheet = page(client, f"{KIT}/meetings/what-each-sees/stories")
    assert "Mrs Lovell is 86" in sheet.text and "How likely is it" in sheet.text and "My profession" in sheet.text
    plan = page(client, f"{KIT}/meetings/what-each-sees")
    steering = "Which of her losses did each profession notice first?"
    assert steering in plan.text and steering not in sheet.text


@pytest.mark.parametrize("rest", ["/meetings/no-such", "/meetings/a-referral-that-works/stories", "/papers/no-such", "/meetings/%00"])
def test_what_the_kit_does_not_have_is_not_there(client: FlaskClient, rest: str) -> None:
    assert client.get(KIT + rest).status_code == 404
    assert client.get("/training/together/no-such").status_code == 404


def test_one_pdf_has_every_plan_every_story_and_every_paper(app: Flask, client: FlaskClient) -> None:
    from pypdf import PdfReader

    response = client.get(f"{KIT}/pack.pdf")
    assert response.mimetype == "application/pdf"
    said = re.sub(r"\s+", " ", "".join(one.extract_text() for one in PdfReader(io.BytesIO(response.data)).pages))
    kit = queries.kits(app)["meeting-together"]
    wanted = [one.title for one in (*kit.head.all_meetings, *kit.head.vignettes)] + [paper.head.title for paper in kit.papers.values()]
    assert [title for title in wanted if title not in said] == []
    assert "not yet checked by a clinician" in said


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("minutes: 22", "minutes: 21", "the steps take 59 minutes and the meeting 60"),
        ("vignettes: [mrs-lovell]", "vignettes: [mrs-lowell]", "There is no vignette 'mrs-lowell'"),
        ("vignettes: [miss-okonjo, mr-and-mrs-tranter]", "vignettes: [miss-okonjo]", "No meeting uses the vignette 'mr-and-mrs-tranter'"),
        ("slug: meeting-together", "slug: meetings", "the folder is called"),
        ("[invitation, agenda", "[invite, agenda", "This file does not exist"),
        ("papers: [invitation, ", "papers: [", "This paper is never shown"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, old: str, new: str, why: str) -> None:
    folder = tmp_path / FILES.name
    (folder / "papers").mkdir(parents=True)
    for path in FILES.rglob("*.*"):
        text = path.read_text()
        (folder / path.relative_to(FILES)).write_text(text.replace(old, new) if path.name == "kit.yaml" else text)
    assert old in (FILES / "kit.yaml").read_text()
    with pytest.raises(ContentError, match=re.escape(why)):
        catalogue.load(tmp_path, sources=Everything())
