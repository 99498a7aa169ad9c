"""Whoever gets past the database's guards is still found out."""

from collections.abc import Callable
from dataclasses import asdict, replace

import pytest
from click.testing import Result
from flask import Flask, current_app
from sqlalchemy import Connection, text

from app.audit.actions import note
from app.audit.chain import START, Break, Entry, Fault, Head
from app.audit.queries import entries, head, verify
from app.extensions import db
from tests.append_only import opened

Tampering = Callable[[Connection], object]


@pytest.fixture
def chain(app: Flask) -> Head:
    """Five entries; gives the head as it was written down elsewhere."""
    for number in range(1, 6):
        note(by="command line", what="exported", about=f"figures:{number}", council="E99000001", fields=("day", "count"))
    return head()


def tamper(work: Tampering) -> None:
    db.session.rollback()
    with current_app.extensions["owner"].begin() as connection, opened(connection):
        work(connection)
    db.session.rollback()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def sql(*statements: str) -> Tampering:
    return lambda connection: [connection.execute(text(statement)) for statement in statements]


def swap(connection: Connection) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        connection.execute(text("UPDATE audit_entry SET number = :after WHERE number = :before"), {"before": before, "after": after})


def reseal(connection: Connection) -> None:
    """Edit one and give it the right hash for what it now says."""
    [entry] = [entry for entry in entries() if entry.number == 3]
    values = {"hash": replace(entry, about="another").sealed().hash}
    connection.execute(text("UPDATE audit_entry SET about = 'another', hash = :hash WHERE number = 3"), values)


def make_anew(connection: Connection) -> None:
    """Edit one and make all hashes from there on anew."""
    previous = START.hash
    for entry in sorted(entries(), key=lambda entry: entry.number):
        about = "another" if entry.number == 3 else entry.about
        made: Entry = replace(entry, about=about, previous=previous).sealed()
        change = text("UPDATE audit_entry SET about = :about, previous = :previous, hash = :hash WHERE number = :number")
        connection.execute(change, {name: asdict(made)[name] for name in ("about", "previous", "hash", "number")})
        previous = made.hash


@pytest.mark.both
def test_a_whole_chain_verifies(app: Flask, chain: Head) -> None:
    assert verify() == verify(chain) == (chain, None)
    note(by="job", what="exported", about="later")
    assert verify(chain) == (head(), None)


@pytest.mark.both
@pytest.mark.parametrize(
    ("work", "broken"),
    [
        (sql("UPDATE audit_entry SET about = 'another' WHERE number = 3"), Break(3, Fault.CHANGED)),
        (sql("UPDATE audit_entry SET at = (SELECT at FROM audit_entry WHERE number = 1) WHERE number = 3"), Break(3, Fault.CHANGED)),
        (sql("UPDATE audit_entry SET council = NULL WHERE number = 1"), Break(1, Fault.CHANGED)),
        (sql("""UPDATE audit_entry SET fields = '["day"]' WHERE number = 5"""), Break(5, Fault.CHANGED)),
        (reseal, Break(4, Fault.UNLINKED)),
        (sql("DELETE FROM audit_entry WHERE number = 3"), Break(3, Fault.MISSING)),
        (sql("DELETE FROM audit_entry WHERE number = 1"), Break(1, Fault.MISSING)),
        (
            sql(
                "DELETE FROM audit_entry WHERE number = 3",
                "UPDATE audit_entry SET number = 3 WHERE number = 4",
                "UPDATE audit_entry SET number = 4 WHERE number = 5",
            ),
            Break(3, Fault.CHANGED),
        ),
        (swap, Break(2, Fault.CHANGED)),
    ],
)
def test_editing_deleting_and_moving_are_found_without_knowing_the_head(app: Flask, chain: Head, work: Tampering, broken: Break) -> None:
    tamper(work)
    end, found = verify()
    assert (end.number, found) == (broken.number - 1, broken)


@pytest.mark.both
@pytest.mark.parametrize(
    ("work", "broken"),
    [
        (sql("DELETE FROM audit_entry WHERE number > 3"), Break(4, Fault.CUT)),
        (sql("DELETE FROM audit_entry"), Break(1, Fault.CUT)),
        (make_anew, Break(5, Fault.REWRITTEN)),
    ],
)
def test_cutting_off_the_end_and_making_all_anew_are_found_by_the_head(app: Flask, chain: Head, work: Tampering, broken: Break) -> None:
    tamper(work)
    assert verify()[1] is None
    assert verify(chain)[1] == broken


def test_the_commands_show_the_head_and_what_is_wrong(app: Flask, chain: Head) -> None:
    assert run(app, "head").output == f"{chain}\n"
    whole = run(app, "verify")
    assert whole.exit_code == 0 and str(chain) in whole.output and "--head" in whole.output
    assert run(app, "verify", "--head", str(chain)).exit_code == 0
    tamper(sql("DELETE FROM audit_entry WHERE number > 3"))
    assert run(app, "verify").exit_code == 0
    cut = run(app, "verify", "--head", str(chain))
    assert cut.exit_code == 1 and "entry 4 was cut off" in cut.output
    tamper(sql("UPDATE audit_entry SET about = 'another' WHERE number = 2"))
    changed = run(app, "verify")
    assert changed.exit_code == 1 and "Entry 2" in changed.output and "up to entry 1" in changed.output


@pytest.mark.parametrize("text", ["5", "5:abc", "x:" + "0" * 64, "5:" + "0" * 64 + "\n", "٥:" + "0" * 64])
def test_what_is_no_head_is_said(app: Flask, text: str) -> None:
    said = run(app, "verify", "--head", text)
    assert said.exit_code == 1 and "a number, a colon and a hash" in said.output
