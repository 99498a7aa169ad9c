"""A backup that is older than an erasure is restored: who was erased stays gone."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from app.accounts.actions import accept, erase, invite
from app.accounts.models import EmailedLink, OutsideIdentity, Passkey, PracticeCode, SignIn
from app.accounts.roles import Role
from app.audit.actions import Deed, note
from app.extensions import db
from config import Settings

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime.now(UTC)
NAMES = ("Aisha Erased", "Bea Staying")


def flask(environ: dict[str, str], *command: str) -> str:
    args = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    done = subprocess.run(args, env={**os.environ, **environ}, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def add_person(name: str) -> str:
    """Somebody with a row in every table that holds something of people. Gives back their id."""
    first = name.split()[0].lower()
    email = f"{first}@example.org"
    invite(
        email=email,
        role=Role.COUNCIL_ANALYST,
        council="E99000001",
        practice=None,
        by="command line",
        address=lambda token: f"https://x/{token}",
    )
    with db.writing() as session:
        person = accept(link=session.query(EmailedLink).filter_by(email=email).one(), person=None, name=name)
        used = {"create_datetime": NOW, "lastuse_datetime": NOW, "backup_state": False, "device_type": "single_device", "usage": "first"}
        session.add_all([
            Passkey(user_id=person.id, credential_id=first.encode(), public_key=f"{first} key".encode(), name=f"{first} passkey", **used),
            OutsideIdentity(issuer="https://id.example.org", subject=f"{first} subject", person_id=person.id, since=NOW),
            SignIn(
                token_hash=first, id=first, person_id=person.id, data=f'{{"_user_id": "{person.fs_uniquifier}"}}', browser="b",
                began_at=NOW, seen_at=NOW, idle_seconds=60, ends_at=NOW,
            ),
            PracticeCode(practice_code=f"Z{len(first)}", code_hash=f"hash of {len(first)}", made_by=person.id, made_at=NOW),
        ])  # fmt: skip
        note(by=person.id, what=Deed.SIGN_IN, about=person.id)
    return person.id


def tables_with(database: Path, *needles: str) -> set[str]:
    """The tables in which one of these texts stands anywhere."""
    found = set()
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            text = "\n".join(repr(row).casefold() for row in connection.execute(f"SELECT * FROM {name}"))
            found |= {name} if any(needle.casefold() in text for needle in needles) else set()
    return found


def test_who_was_erased_stays_gone_when_an_older_backup_is_restored(tmp_path: Path) -> None:
    database, backup, folder = tmp_path / "live.sqlite3", tmp_path / "backup.sqlite3", tmp_path / "data"
    folder.mkdir()
    environ = {"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": str(folder), "SECRET_KEY": "for tests only"}
    environ["PUBLIC_URL"] = "http://localhost"
    flask(environ, "db", "upgrade")
    app = create_app(Settings.from_environ(environ))
    with app.app_context():
        erased, staying = (add_person(name) for name in NAMES)
    app.extensions["database"].dispose()
    of_erased = ("aisha", erased)
    holding = {"person", "passkey", "outside_identity", "sign_in", "membership", "emailed_link", "letter", "practice_code", "audit_entry"}
    assert tables_with(database, *of_erased) == tables_with(database, "bea ", "bea@", staying) == holding

    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", (str(backup),))
    with app.app_context():
        erase(person=erased, by=erased, though_last=False)
    app.extensions["database"].dispose()
    assert tables_with(database, *of_erased) == {"audit_entry"}

    for rest in tmp_path.glob("live.sqlite3*"):
        rest.unlink()
    shutil.copy(backup, database)
    assert tables_with(database, *of_erased) == holding
    flask(environ, "db", "upgrade")
    assert "People erased again: 1." in flask(environ, "people", "erase-again")
    assert "People erased again: 0." in flask(environ, "people", "erase-again")
    assert tables_with(database, *of_erased) == {"audit_entry"}
    assert tables_with(database, "bea ", "bea@", staying) == holding
    assert (folder / "erased").read_text(encoding="ascii").split()[0] == erased
