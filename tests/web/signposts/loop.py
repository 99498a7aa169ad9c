"""Making signposts as a GP does, and looking at what is kept of them."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.signposts.models import Signpost
from app.tenancy import EVERYTHING, acting
from tests.tenants import ONE

TEXT = "82F lives alone, 2 falls this month, cannot wash"
WREN, ROOK, DOVE, FAR, KITE = (f"{name}@example.org" for name in ("wren", "rook", "dove", "far", "kite"))
DESK = f"/council/{ONE}/signposts"


def asked(surgery: FlaskClient, text: str = TEXT) -> dict[str, list[str]]:
    """What the form for a code would send, as the answer's page draws it."""
    page = surgery.post("/ask", data={"text": text}).text
    form = re.search(r'<form method="post" action="/signpost" .*?</form>', page, re.DOTALL)
    if form is None:
        return {}
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]):
        fields.setdefault(name, []).append(value)
    fields["alternative"] = re.findall(r'name="alternative" value="(\w+)"', form[0])[:1]
    return fields


def given(surgery: FlaskClient, **more: list[str]) -> str:
    """The code of a new signpost, made from an answer."""
    page = surgery.post("/signpost", data=asked(surgery) | more).text
    found = re.search(r"Reference code (\w{4}-\w{4}-\w{4}-\w)<", page)
    assert found, page
    return found[1]


def rows() -> list[Signpost]:
    with acting(EVERYTHING):
        db.session.rollback()
        return list(db.session.scalars(select(Signpost).order_by(Signpost.given_on)))


def make_older(days: int) -> None:
    with acting(EVERYTHING), db.writing() as session:
        for row in session.scalars(select(Signpost)):
            row.given_on -= timedelta(days=days)
