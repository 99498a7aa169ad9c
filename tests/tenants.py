"""Two councils with a practice each and their people: what somebody may see and change is tried on them. All are invented."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from app.accounts.models import EmailedLink, Membership, OrganisationRule, Person, PracticeCode
from app.accounts.roles import Role
from app.extensions import db
from app.places import actions as places
from app.tenancy import Grant, Scope

ONE, TWO = "E99000001", "E99000002"
PRACTICE = {ONE: "Z99001", TWO: "Z99002"}
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
        by="test",
    )


def owners(role: Role, council: str, practice: str | None = None) -> tuple[str | None, str | None]:
    """The council and the practice of a role."""
    if role is Role.PLATFORM_ADMIN:
        return None, None
    return council, practice or (PRACTICE[council] if role in (Role.LEARNER, Role.PRACTICE_LEAD) else None)


def add_person(name: str, *held: tuple[Role, str | None, str | None], ended: bool = False) -> None:
    """Somebody with roles; the id of a role is "name-number"."""
    with db.writing() as session:
        session.add(Person(id=name, email=f"{name}@example.org", name=name, made_at=NOW, fs_uniquifier=name))
        session.flush()
        for number, (role, council, practice) in enumerate(held):
            row = Membership(id=f"{name}-{number}", person_id=name, role=role, council_code=council, practice_code=practice, since=NOW)
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
            session.add(OrganisationRule(organisation=council, council_code=council, second_factor=False))


def administrator(council: str) -> Scope:
    """What a council's administrator is granted."""
    return Scope(frozenset({Grant("council_admin", council), Grant("member", council), Grant("person", f"admin-{council}")}))
