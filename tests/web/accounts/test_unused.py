"""An account that nobody uses for two years goes, a month after its holder was told."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models import Person
from app.content.register import days_kept
from app.extensions import Base
from tests.append_only import opened
from tests.web.accounts.browser import Browser, change, command, last_link, letters, new_person, rows, said, signed_in, tables_with

pytestmark = pytest.mark.both
WREN, ROOK = "wren@example.org", "rook@example.org"


def days_pass(app: Flask, days: int) -> None:
    """Everything that happened so far was so many days earlier."""
    entries = Base.metadata.tables["audit_entry"]
    with app.extensions["owner"].begin() as connection, opened(connection):
        for number, at in connection.execute(entries.select().with_only_columns(entries.c.number, entries.c.at)).all():
            connection.execute(entries.update().where(entries.c.number == number).values(at=at - timedelta(days=days)))
    for person in rows(app, Person):
        change(app, update(Person).where(Person.id == person.id).values(made_at=person.made_at - timedelta(days=days)))


def people(app: Flask) -> set[str]:
    return {person.email for person in rows(app, Person)}


def test_it_is_warned_of_and_goes_a_month_later_with_all_that_hangs_on_it(app: Flask) -> None:
    person = new_person(app, WREN, ("council_admin", "E99000001", None))
    Browser(app).sign_in(WREN)
    warned, gone = days_kept()["unused_warned"], days_kept()["unused"]
    assert gone == 731 and gone - warned == 31
    days_pass(app, warned - 1)
    command(app, "retention", "run")
    assert letters(app, WREN) == []
    days_pass(app, 2)
    assert "unused_warned: 1 row(s) are older than 700 day(s)" in command(app, "retention", "run", "--dry-run")
    assert letters(app, WREN) == []
    for _ in range(2):
        command(app, "retention", "run")
    (letter,) = letters(app, WREN)
    assert f"{datetime.now(UTC) + timedelta(days=30):%d %B %Y}" in letter.body
    assert "Sign in" in said(Browser(app).get(last_link(app, WREN)))
    days_pass(app, 29)
    command(app, "retention", "run")
    assert people(app) == {WREN}
    days_pass(app, 2)
    assert "unused: 1 row(s) older than 731 day(s) done" in command(app, "retention", "run")
    assert tables_with(app, WREN) == set() and tables_with(app, person) == {"audit_entry"}
    assert (app.config["DATA_DIR"] / "erased").read_text().split()[-1] == person


def test_whoever_signs_in_after_the_letter_stays_and_is_told_again_the_next_time(app: Flask) -> None:
    new_person(app, WREN)
    days_pass(app, 720)
    command(app, "retention", "run")
    Browser(app).sign_in(WREN)
    days_pass(app, 60)
    command(app, "retention", "run")
    assert people(app) == {WREN} and len(letters(app, WREN)) == 1
    days_pass(app, 680)
    command(app, "retention", "run")
    assert people(app) == {WREN} and len(letters(app, WREN)) == 2


def test_nobody_goes_without_a_letter_where_nothing_ran_for_years(app: Flask) -> None:
    new_person(app, WREN)
    days_pass(app, 3000)
    command(app, "retention", "run")
    assert people(app) == {WREN} and len(letters(app, WREN)) == 1


def test_platform_administrators_see_which_council_lost_its_administrator_so(app: Flask) -> None:
    new_person(app, WREN, ("council_admin", "E99000001", None))
    days_pass(app, 720)
    command(app, "retention", "run")
    days_pass(app, 40)
    new_person(app, ROOK, ("platform_admin", None, None))
    command(app, "retention", "run")
    assert "Marlshire Council : no administrator" in said(signed_in(app, ROOK).get("/platform/councils"))
