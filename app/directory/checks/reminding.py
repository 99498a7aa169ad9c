"""Letters about entries that are due for checking: one a week to each council's editors, and to its administrators after a year."""

from collections.abc import Iterable

from app.accounts.access import Audience
from app.accounts.queries import addresses_of
from app.content.messages import say
from app.directory.checks import queries
from app.directory.checks.actions import TO_EDITORS, address_of, new_link, until
from app.directory.checks.queries import Due
from app.extensions import db
from app.jobs.actions import send
from app.places.queries import Council, council_or_none

WEEK = 7 * 86400
LISTED = 20
"""Entries in one letter, those first that have waited longest: what somebody can check in a week."""


def remind() -> None:
    """Write to the people of every council of which an entry is due. A job, run once a week, so that a letter comes once a week."""
    for code in queries.councils_with_entries_due():
        council = council_or_none(code)
        if council:
            with db.writing():
                _remind_editors(council)
                _tell_administrators(council)


def _remind_editors(council: Council) -> None:
    """Where a council has no editors, its administrators keep its entries."""
    to = addresses_of(council.code, Audience.DIRECTORY_EDITOR) or addresses_of(council.code, Audience.COUNCIL_ADMIN)
    entries, count = queries.due(council.code, length=LISTED)
    for address in to:
        lines = [_line(entry, link=new_link(service_id=entry.service_id, council=council.code, sent_to=TO_EDITORS)) for entry in entries]
        _send(address, "due", council, count, lines)


def _tell_administrators(council: Council) -> None:
    entries, count = queries.old(council.code, length=LISTED)
    for address in addresses_of(council.code, Audience.COUNCIL_ADMIN) if count else ():
        _send(address, "overdue", council, count, (_line(entry) for entry in entries))


def _line(entry: Due, link: str = "") -> str:
    checked = f"{entry.assured_on:%d/%m/%Y}" if entry.assured_on else say("checks.no_day")
    return say("checks.line", name=entry.name, checked=checked) + (f"\n  {link}" if link else "")


def _send(address: str, letter: str, council: Council, count: int, lines: Iterable[str]) -> None:
    words = {
        "council": council.name, "count": count, "lines": "\n".join(lines), "until": until(),
        "queue": address_of("checks.overview", code=council.code),
    }  # fmt: skip
    send(to=address, subject=say(f"letter.{letter}_subject", **words), body=say(f"letter.{letter}_body", **words))
