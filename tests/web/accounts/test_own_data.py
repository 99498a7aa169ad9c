"""Somebody downloads what is kept about them, and has it erased, for good."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.accounts.models import Person
from app.extensions import Base
from config import Settings
from tests.web.accounts.browser import Browser, command, new_person, rows, said, set_up_app, signed_in, tables_with

WREN, LEAD = "wren@example.org", "lead@example.org"
SECONDS = len("2026-11-22T12:00:00")
HIDDEN = {"password", "fs_uniquifier", "tf_totp_secret", "mf_recovery_codes", "token_hash", "code_hash", "data", "body"}
SECRET = {
    "person": HIDDEN | {"fs_webauthn_user_handle", "tf_last_counter", "tf_phone_number"},
    "passkey": {"id", "user_id", "credential_id", "public_key", "extensions", "usage", "sign_count"},
    "sign_in": {"token_hash", "data", "id", "person_id", "idle_seconds"},
    "membership": {"person_id", "id"},
    "emailed_link": {"id", "token_hash", "email", "made_by"},
    "practice_code": {"code_hash", "made_by"},
    "outside_identity": {"person_id"},
    "review_card": {"person_id"},
    "reminder_wish": {"person_id"},
    "audit_entry": {"previous", "hash", "by"},
    "letter": {"id", "recipient", "body", "due_at", "tries", "given_up_at"},
}
"""Columns that are not in the file: secrets, internal numbers, and the person themselves."""


def fill(app: Flask) -> tuple[Browser, str]:
    """A lead who has used everything."""
    person = new_person(app, LEAD, ("practice_lead", "E99000001", "Z99001"), name="Lea Dunn")
    new_person(app, WREN, ("practice_lead", "E99000001", "Z99001"))
    lead = signed_in(app, LEAD)
    Browser(app, agent="Mozilla/5.0 (iPhone) Safari/604").sign_in(LEAD)
    lead.post("/organisations/Z99001/code")
    lead.post("/organisations/Z99001/invitations", {"email": "rook@example.org", "role": "learner"})
    other = signed_in(app, WREN)
    other.post("/organisations/Z99001/invitations", {"email": LEAD, "role": "learner"})
    set_up_app(lead)
    lead.post("/account/recovery-codes", {"generate_new_codes": "yes"})
    Browser(app).sign_in(LEAD)  # Half a sign-in, that nobody goes on with.
    Browser(app).post("/sign-in/link", {"email": LEAD})
    with app.extensions["owner"].begin() as connection:
        tables, now = Base.metadata.tables, datetime.now(UTC)
        known = {"issuer": "https://id.example.org", "subject": "s-1", "person_id": person, "since": now}
        connection.execute(tables["outside_identity"].insert().values(known))
        connection.execute(tables["reminder_wish"].insert().values(person_id=person, since=now))
        connection.execute(
            tables["review_card"].insert().values(
                person_id=person, module="before-the-care-home", question="after-pneumonia", release="f" * 64, given=["b"], is_right=True,
                sure=3, stability=8.25, difficulty=4.5, reviewed_at=now, due_at=now,
            )
        )  # fmt: skip
        connection.execute(
            tables["passkey"].insert().values(
                user_id=person, credential_id=b"c", public_key=b"k", sign_count=3, backup_state=False, device_type="single_device",
                create_datetime=now, lastuse_datetime=now, name="Desk", usage="first", transports=["internal"],
            )
        )  # fmt: skip
    return lead, person


def flat(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for one in value.values() for text in flat(one)}
    if isinstance(value, list):
        return {text for one in value for text in flat(one)}
    return {str(value)}


@pytest.mark.both
def test_the_file_holds_every_column_of_ones_rows_and_no_secret(app: Flask) -> None:
    lead, person = fill(app)
    answer = lead.get("/account/data")
    assert "attachment" in answer.headers["Content-Disposition"]
    given = flat(json.loads(answer.text))
    with app.extensions["owner"].connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()).mappings():
                if person not in row.values() and LEAD not in row.values():
                    continue
                for column, value in row.items():
                    for text in flat(value.isoformat() if isinstance(value, datetime) else value):
                        inside = any(text[:SECONDS] in one for one in given)
                        assert inside or column in SECRET.get(table.name, set()), (table.name, column, text)
                    if column in HIDDEN:
                        assert value is None or str(value) not in answer.text, (table.name, column)


@pytest.mark.both
def test_erasing_leaves_nothing_in_any_table(app: Flask) -> None:
    lead, person = fill(app)
    assert tables_with(app, person, LEAD) >= {"person", "sign_in", "membership", "emailed_link", "letter", "passkey", "practice_code"}
    assert tables_with(app, person) >= {"review_card", "reminder_wish"}
    refused = lead.post("/account/close", {"email": WREN})
    assert refused.status_code == 422 and "not the address of your account" in said(refused)
    assert lead.post("/account/close", {"email": f" {LEAD.upper()} "}).headers["Location"] == "/"
    assert tables_with(app, LEAD, "Lea Dunn") == set()
    assert tables_with(app, person) == {"audit_entry"}, "an id that leads nowhere any more"
    assert not lead.is_signed_in()
    assert "is not right" in said(Browser(app).sign_in(LEAD))
    (other,) = (one.id for one in rows(app, Person))
    assert tables_with(app, other) >= {"person", "membership"}, "somebody else's rows stay"


def test_a_restored_backup_forgets_them_again(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost"}
    first = create_app(Settings.from_environ(environ))
    command(first, "db", "upgrade")
    person = new_person(first, LEAD)
    stays = new_person(first, WREN)
    lead = signed_in(first, LEAD)
    with first.extensions["database"].connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "fingerpost.sqlite3", tmp_path / "backup")
    assert lead.post("/account/close", {"email": LEAD}).status_code == 303
    first.extensions["database"].dispose()
    for kept in tmp_path.glob("fingerpost.sqlite3*"):
        kept.unlink()
    shutil.copy(tmp_path / "backup", tmp_path / "fingerpost.sqlite3")
    again = create_app(Settings.from_environ(environ))
    again.extensions["owner"] = again.extensions["database"]
    assert "person" in tables_with(again, person)
    assert "People erased again: 1" in command(again, "people", "erase-again")
    assert tables_with(again, LEAD) == set() and tables_with(again, person) == {"audit_entry"}
    assert "person" in tables_with(again, stays)
    assert "People erased again: 0" in command(again, "people", "erase-again")
    again.extensions["database"].dispose()
