"""What anybody says is wrong, what a council's editors make of it, and who says that an entry is still right."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from flask import current_app
from sqlalchemy import case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.actions import new_token
from app.accounts.queries import hashed
from app.audit.actions import Deed, note
from app.content.messages import say
from app.directory.checks import queries
from app.directory.checks.faults import Fault, State
from app.directory.desk.actions import confirm_inside
from app.directory.models import OPEN_REPORT, CheckLink, EntryReport
from app.directory.publishing import Refused, in_turn, one_at_a_time
from app.directory.service import LiveService
from app.extensions import db
from app.jobs import actions as jobs
from app.places.queries import Council
from app.tenancy import EVERYTHING, acting

LINK_LASTS = timedelta(days=30)
TO_EDITORS, TO_SERVICE = "editors", "service"


def report(*, service_id: str, council: str, fault: Fault) -> None:
    """Put into the council's queue that an entry is wrong. The same fault of the same entry counts once a day until it is settled."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    today = datetime.now(UTC).date()
    new = dialect.insert(EntryReport).values(
        id=uuid4().hex, service_id=service_id, council_code=council, fault=fault.value, day=today, last_day=today, times=1,
        state=State.OPEN.value,
    )  # fmt: skip
    said_before = EntryReport.last_day < today
    counted = new.on_conflict_do_update(
        index_elements=["service_id", "fault"], index_where=OPEN_REPORT,
        set_={"times": case((said_before, EntryReport.times + 1), else_=EntryReport.times), "last_day": today},
    )  # fmt: skip
    with acting(EVERYTHING), db.writing() as session:
        session.execute(counted)


def take(*, report_id: str, by: str) -> None:
    """From now on this person sees to a report. Raises Refused where it is settled."""
    with db.writing():
        row = _open_report(report_id)
        if row.owner_id != by:
            row.owner_id = by
            note(by=by, what=Deed.ENTRY_REPORT_TAKEN, about=queries.trail_name(row.id), council=row.council_code)


def settle(*, report_id: str, outcome: State, by: str) -> None:
    """Take a report out of the queue, saying what came of it. Raises Refused where it is settled already."""
    with db.writing():
        row = _open_report(report_id)
        row.state, row.settled_at, row.owner_id = outcome.value, datetime.now(UTC), by
        note(by=by, what=Deed.ENTRY_REPORT_SETTLED, about=queries.trail_name(row.id), council=row.council_code)


def ask(*, service: LiveService, council: Council, by: str) -> None:
    """Write to a service's own address, with a link that says once that its entry is still right. While such a link works, no
    second letter goes."""
    with db.writing() as session:
        one_at_a_time(session)
        if service.id in queries.asked(council.code):
            return
        link = new_link(service_id=service.id, council=council.code, sent_to=TO_SERVICE)
        words = {
            "name": service.name, "council": council.name, "phone": service.phone or say("desk.said."), "link": link,
            "entry": address_of("directory.service", service_id=service.id),
            "wrong": address_of("freshness.wrong", service_id=service.id), "until": until(),
        }  # fmt: skip
        jobs.send(to=service.email, subject=say("letter.still_right_subject", **words), body=say("letter.still_right_body", **words))
        note(by=by, what=Deed.SERVICE_ASKED, about=f"service:{service.id}", council=council.code)


def confirm_by_link(*, token: str) -> bool:
    """Use up a link: its entry was checked today. False, and nothing changes, where it is unknown, used or over, or the service gone."""

    def work(session: Session) -> bool:
        link = queries.offered(token)
        if link is None:
            return False
        unused = (CheckLink.id == link.id, CheckLink.used_at.is_(None))
        used = session.execute(update(CheckLink).where(*unused).values(used_at=datetime.now(UTC)))
        if not used.rowcount:  # type: ignore[attr-defined]
            return False
        confirm_inside(session, service_id=link.service_id, by="visitor")
        return True

    with acting(EVERYTHING):
        try:
            return in_turn(work)
        except Refused:
            return False


def new_link(*, service_id: str, council: str, sent_to: str) -> str:
    """The whole address of a page with which, once, whoever has it says that an entry is still right."""
    token, now = new_token(), datetime.now(UTC)
    with db.writing() as session:
        session.add(
            CheckLink(
                token_hash=hashed(token), service_id=service_id, council_code=council, sent_to=sent_to, made_at=now,
                ends_at=now + LINK_LASTS,
            )
        )  # fmt: skip
    return address_of("freshness.still_right", token=token)


def until() -> str:
    """The last whole day on which a link made now works, in words."""
    return f"{date.today() + LINK_LASTS:%d %B %Y}"


def address_of(endpoint: str, **values: str) -> str:
    """The whole address of a page, as it stands in a letter; a job has no request to make it from."""
    return f"{current_app.config['PUBLIC_URL']}{current_app.url_map.bind('').build(endpoint, values)}"


def _open_report(report_id: str) -> EntryReport:
    row = db.session.scalar(select(EntryReport).where(EntryReport.id == report_id).with_for_update())
    if row is None or row.settled_at:
        raise Refused(say("checks.settled"))
    return row
