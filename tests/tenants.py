"""Two councils with a practice each and their people: what somebody may see and change is tried on them. All are invented."""

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from app.accounts.models import EmailedLink, Membership, OrganisationRule, Person, PracticeCode
from app.accounts.roles import Role
from app.accounts.sessions import hashed
from app.directory.models import CheckLink, CouncilFeed, CouncilTerm, EntryReport, Publication, ServiceAmendment
from app.directory.report import kept_of, rejected_of
from app.extensions import db
from app.places import actions as places
from app.relationships.agreed.models import PlannedAction, PledgeSignature
from app.relationships.contacts.models import AskDesk, AskedQuestion, PracticeContact
from app.relationships.sessions.models import JointSession
from app.relationships.surveys.models import SurveyRound
from app.signposts.models import DigestWish, Signpost
from app.tenancy import Grant, Scope
from app.training import actions as training
from app.training.followups.models import ReminderWish
from app.training.models import Attempt
from app.training.queries import modules
from app.training.records import actions as records
from app.training.review.models import ReviewCard
from tests.web.directory.feed import a_service, imported

ONE, TWO = "E99000001", "E99000002"
PRACTICE = {ONE: "Z99001", TWO: "Z99002"}
STAGED = {ONE: 90_001, TWO: 90_002}
"""The import of each council that waits to be looked at."""
CODE = {ONE: "ABCDEFGH2345G", TWO: "ABCDEFGH2346E"}
"""The code of a signpost of each council's practice."""
SECOND_PRACTICE = "Z99003"
"""Another practice of council one."""
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def make_places() -> None:
    for code, name in ((ONE, "Marlshire Council"), (TWO, "Southern Council")):
        council = {"code": code, "name": name, "contacts": {"asc_day": {"number": "01632 960100"}}}
        places.load_council(council=places.CouncilFile.model_validate(council), by="command line")
    rows = [(PRACTICE[ONE], "Beck Lane Surgery", ONE), (PRACTICE[TWO], "Low Surgery", TWO), (SECOND_PRACTICE, "Dale Surgery", ONE)]
    places.upsert_practices(
        rows=[
            {"ods_code": ods, "name": name, "postcode": "ZZ1 1BD", "address": "", "council_code": council} for ods, name, council in rows
        ],
        by="command line",
    )


def owners(role: Role, council: str, practice: str | None = None) -> tuple[str | None, str | None]:
    """The council and the practice of a role."""
    if role is Role.PLATFORM_ADMIN:
        return None, None
    return council, practice or (PRACTICE[council] if role in (Role.LEARNER, Role.PRACTICE_LEAD) else None)


def id_of(name: str) -> str:
    """A person's id, of the form that the program gives."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def add_person(name: str, *held: tuple[Role, str | None, str | None], ended: bool = False) -> None:
    """Somebody with roles; the id of a role is "name-number"."""
    with db.writing() as session:
        session.add(Person(id=id_of(name), email=f"{name}@example.org", name=name, made_at=NOW, fs_uniquifier=name))
        session.flush()
        for number, (role, council, practice) in enumerate(held):
            row = Membership(
                id=f"{name}-{number}", person_id=id_of(name), role=role, council_code=council, practice_code=practice, since=NOW
            )
            row.ended_at = NOW if ended else None
            session.add(row)


def add_records(councils: Iterable[str] = (ONE, TWO)) -> None:
    """For each council: an invitation to it and one to its practice, a practice code, a rule."""
    with db.writing() as session:
        for council in councils:
            for practice in (None, PRACTICE[council]):
                name = f"link-{practice or council}"
                session.add(
                    EmailedLink(
                        id=name, token_hash=name, kind="invitation", email=f"{name}@example.org", role=Role.LEARNER, council_code=council,
                        practice_code=practice, made_by="", made_at=NOW, ends_at=datetime.now(UTC) + timedelta(days=1),
                    )
                )  # fmt: skip
            session.add(
                PracticeCode(practice_code=PRACTICE[council], council_code=council, code_hash=council, made_by="", made_at=NOW)
            )  # fmt: skip
            lists: dict[str, list[str]] = {"alternatives": ["telecare"], "services": [], "needs": ["falls"]}
            signpost = {"code": CODE[council], "pressed": council, "council_code": council, "practice_code": PRACTICE[council]}
            session.add(Signpost(**signpost, given_on=datetime.now(UTC).date(), **lists))
            for signer in (council, PRACTICE[council]):
                session.add(PledgeSignature(signer=signer, council_code=council, signed_on=NOW.date()))
            plan = {"kind": "train", "what": "A visit", "owner": "The link worker", "due_on": NOW.date(), "measure": "modules_finished"}
            session.add(PlannedAction(id=f"action-{council}", council_code=council, **plan))
            contact = {"practice_code": PRACTICE[council], "council_code": council, "team": "North team", "changed_on": NOW.date()}
            session.add(PracticeContact(**contact))
            session.add(AskDesk(council_code=council, owner="Duty manager", hours="Within a week"))
            session.add(AskedQuestion(id=f"asked-{council}", council_code=council, question="Who pays?", asked_on=NOW.date(), answer=""))
            opened = datetime.now(UTC).date()
            days = {"opens_on": opened, "closes_on": opened + timedelta(days=20), "is_closed": False}
            session.add(SurveyRound(id=f"pulse-{council}", survey="pulse", council_code=council, **days))
            for organisation in (council, PRACTICE[council]):
                session.add(OrganisationRule(organisation=organisation, council_code=council, second_factor=False))


def service_of(council: str, number: int) -> str:
    """The id of a council's first or second service."""
    return str(uuid5(NAMESPACE_URL, f"https://example.org/{council}/{number}"))


def add_services() -> None:
    """For each council: two live services, a draft that changes the first, a report that it is wrong and a
    link that says that it is right."""
    records = [
        a_service(number, id=service_of(council, number), source_id=f"{council}-{number}", service_areas=[{"extent": council}])
        for council in (ONE, TWO)
        for number in (1, 2)
    ]
    imported(records, Path(os.devnull))
    with db.writing() as session:
        session.add_all(
            ServiceAmendment(
                id=f"draft-{council}", service_id=service_of(council, 1), council_code=council, state="draft", says={"name": "Better"},
                drafted_at=NOW,
            )
            for council in (ONE, TWO)
        )  # fmt: skip
        session.add_all(
            EntryReport(
                id=f"report-{council}", service_id=service_of(council, 1), council_code=council, fault="phone", day=NOW.date(),
                last_day=NOW.date(),
            )
            for council in (ONE, TWO)
        )  # fmt: skip
        session.add_all(
            CheckLink(
                token_hash=hashed(token), service_id=service_of(council, 1), council_code=council, sent_to="editors", made_at=NOW,
                ends_at=datetime.now(UTC) + timedelta(days=1),
            )
            for council, token in ((ONE, "token"), (TWO, "theirs"))
        )  # fmt: skip


def add_imports() -> None:
    """For each council: a feed, a term of its own, and an import that waits, with its report and its rejected rows."""
    for council, number in STAGED.items():
        counts = dict.fromkeys(("new", "changed", "unchanged", "vanished", "rejected", "held"), 0)
        with db.writing() as session:
            session.add(CouncilFeed(
                id=f"feed-{council}", council_code=council, address="https://feed.example.org", name=f"{council}:feed", nightly=False,
                publish_by_itself=False,
            ))  # fmt: skip
            session.add(CouncilTerm(council_code=council, vocabulary="", term=council, alternatives=["day_care"], said_at=NOW))
            session.add(Publication(id=number, feed=f"{council}:feed", started_by="job", started_at=NOW, counts=counts))
        kept_of(number).parent.mkdir(exist_ok=True)
        kept_of(number).write_text("line,id,field,value,verdict,reason,fix\n")
        rejected_of(kept_of(number)).write_text("name\n")


def add_training(person: str) -> str:
    """A module that somebody finished ten days ago, whose token this gives, a question that they have answered again, which is due,
    and their wish to be reminded of follow-ups."""
    module = modules()["before-the-care-home"]
    token = training.start(module=module, council=None, practice=None, person=id_of(person))
    with db.writing() as session:
        attempt = session.get_one(Attempt, token)
        attempt.finished_at = datetime.now(UTC) - timedelta(days=10)
        records.give(session, attempt, module, attempt.finished_at)
        session.add(
            ReviewCard(
                person_id=id_of(person), module="before-the-care-home", question="after-pneumonia", release="0" * 64, given=["a"],
                is_right=False, stability=1.0, difficulty=5.0, reviewed_at=NOW, due_at=NOW,
            )
        )  # fmt: skip
        session.add(ReminderWish(person_id=id_of(person), since=NOW))
        session.add(DigestWish(person_id=id_of(person), token=person, since=NOW))
        step = {"kind": "ask", "part": "A story", "title": "A story", "text": "What now?", "asks": None, "options": ["Wait", "Ring"]}
        led = JointSession(id=f"joint-{person}", code="ABCDEF", person_id=id_of(person), council_code=ONE, title="A meeting", steps=[step])
        led.began_at = datetime.now(UTC)
        session.add(led)
    return token


def administrator(council: str) -> Scope:
    """What a council's administrator is granted."""
    return Scope(frozenset({Grant("council_admin", council), Grant("member", council), Grant("person", id_of(f"admin-{council}"))}))
