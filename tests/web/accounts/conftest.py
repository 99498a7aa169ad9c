"""A council with two practices, one council without numbers, and pages to choose from."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.places import actions
from tests.web.accounts.browser import Browser, new_person, signed_in


@pytest.fixture(autouse=True)
def places(app: Flask) -> Iterator[None]:
    marlshire = {"code": "E99000001", "name": "Marlshire Council", "contacts": {"asc_day": {"number": "01632 960100"}}}
    southern = {"code": "E99000002", "name": "Southern Council", "contacts": {}}
    for council in (marlshire, southern):
        actions.load_council(council=actions.CouncilFile.model_validate(council), by="command line")
    practices = [
        {"ods_code": "Z99001", "name": "Beck Lane Surgery", "postcode": "ZZ1 1BD", "address": "Beck Lane, Marlbury"},
        {"ods_code": "Z99002", "name": "Tanner Row Medical Centre", "postcode": "ZZ1 1HJ", "address": "Tanner Row, Marlbury"},
        {"ods_code": "Z99003", "name": "<b>Bold</b> Surgery", "postcode": "ZZ2 1AA", "address": ""},
    ]
    actions.upsert_practices(rows=[practice | {"council_code": "E99000001"} for practice in practices], by="command line")
    yield


@pytest.fixture
def lead(app: Flask) -> Browser:
    """The lead of Beck Lane Surgery, signed in: lead@example.org."""
    new_person(app, "lead@example.org", ("practice_lead", "E99000001", "Z99001"))
    return signed_in(app, "lead@example.org")
