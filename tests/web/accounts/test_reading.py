"""Opening an address changes nothing: whatever is done is sent."""

import re

import pytest
from flask import Flask

from app.extensions import Base
from tests.web.accounts.browser import Browser, new_person

NOTES = frozenset({"sign_in", "audit_entry", "event"})
"""When a session was last used, that somebody fetched their data, and what was read."""
SAMPLE = {
    "slug": "help", "code": "Z99001", "module": "before-the-care-home", "id": "1", "filename": "x", "name": "x", "token": "x",
}  # fmt: skip


def everything(app: Flask) -> dict[str, list[str]]:
    with app.extensions["owner"].connect() as connection:
        tables = (table for table in Base.metadata.sorted_tables if table.name not in NOTES)
        return {table.name: sorted(str(row) for row in connection.execute(table.select())) for table in tables}


@pytest.mark.parametrize("role", ["visitor", "practice_lead", "council_admin", "platform_admin"])
def test_opening_any_address_changes_nothing(app: Flask, role: str) -> None:
    browser = Browser(app)
    if role != "visitor":
        place = {"practice_lead": ("E99000001", "Z99001"), "council_admin": ("E99000001", None)}.get(role, (None, None))
        new_person(app, "wren@example.org", (role, *place))
        browser.sign_in("wren@example.org")
    before, opened = everything(app), 0
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLE.get(found.group(1), "1"), rule.rule)
        if "GET" in (rule.methods or ()) and "/status" not in path:
            opened += browser.get(path).status_code == 200
            assert everything(app) == before, path
    assert opened > 15


@pytest.mark.parametrize("after", ["9" * 19, "9" * 5000, "-1", "½", "1 or 1"])
def test_a_number_that_no_entry_of_the_trail_can_have_is_refused(app: Flask, after: str) -> None:
    new_person(app, "wren@example.org", ("council_admin", "E99000001", None))
    browser = Browser(app)
    browser.sign_in("wren@example.org")
    assert browser.get("/organisations/E99000001/trail", query_string={"after": after}).status_code == 422
