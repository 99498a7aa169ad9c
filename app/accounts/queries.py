"""Which practice or council somebody is working from, and who is who."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import func, select

from app.accounts.choice import kept_choice
from app.accounts.codes import plain
from app.accounts.emails import in_one_way
from app.accounts.models import EmailedLink, Membership, OrganisationRule, OutsideIdentity, Person, PracticeCode, SignIn
from app.accounts.roles import OF_A_COUNCIL, OF_A_PRACTICE, Role
from app.accounts.sessions import hashed as hashed
from app.accounts.sessions import is_alive
from app.accounts.standing import administrators_beside, memberships
from app.audit import queries as audit
from app.extensions import db
from app.jobs.queries import letters_to
from app.places import queries as places
from app.places.queries import Council, Practice
from app.tenancy import EVERYTHING, acting

_CHOSEN = "fingerpost.place"
COUNCIL = "council:"
MOST_DEEDS = 10_000
"""Entries of the audit trail in a person's file: more than anybody makes."""


@dataclass(frozen=True)
class Place:
    """The chosen practice with its council, or a council alone, or neither."""

    practice: Practice | None = None
    council: Council | None = None

    @property
    def choice(self) -> str:
        """What the cookie and the forms hold: an ODS code, or "council:" and a council's code."""
        if self.practice:
            return self.practice.ods_code
        return f"{COUNCIL}{self.council.code}" if self.council else ""


def current_place() -> Place:
    """The place of this request, from `?ods=` or the cookie, looked up once. An unknown code counts as not chosen.

    A command has no place.
    """
    if not has_request_context():
        return Place()
    if _CHOSEN not in request.environ:
        request.environ[_CHOSEN] = place_of(kept_choice())
    place: Place = request.environ[_CHOSEN]
    return place


def place_of(choice: str) -> Place:
    """The place that a choice names: an ODS code, or "council:" and a council's code."""
    if choice.startswith(COUNCIL):
        return Place(council=places.council_or_none(choice.removeprefix(COUNCIL)))
    practice = places.practice_or_none(choice)
    if practice is None or practice.council_code is None:
        return Place(practice)
    return Place(practice, places.council_or_none(practice.council_code))


def choose_for_this_request(ods_code: str) -> bool:
    """Make this practice count for the rest of the request; False, and nothing changes, where it is not known."""
    place = place_of(ods_code)
    if place.practice:
        request.environ[_CHOSEN] = place
    return place.practice is not None


def public_url(endpoint: str, token: str | None = None, **values: Any) -> str:
    """The whole address of a page, as it stands in a letter, whatever name the request came under; a job has no request."""
    path = current_app.url_map.bind("").build(endpoint, values if token is None else {"token": token, **values})
    return f"{current_app.config['PUBLIC_URL']}{path}"


def person_by_email(email: str) -> Person | None:
    """The person with this address who may sign in."""
    return db.session.scalar(select(Person).where(Person.email == email, Person.active))


def person_by_identity(issuer: str, subject: str) -> Person | None:
    """Whom this identity at another organisation's sign-in service signs in, whether or not they may."""
    known = db.session.get(OutsideIdentity, (issuer, subject))
    return db.session.get(Person, known.person_id) if known else None


def connected(person: str) -> set[str]:
    """The issuers of the services that sign in this person."""
    return set(db.session.scalars(select(OutsideIdentity.issuer).where(OutsideIdentity.person_id == person)))


def known_organisations(codes: list[str]) -> list[tuple[str, str]]:
    """Of these codes those of practices and councils known here, with their names."""
    found = [(code, places.practice_or_none(code) or places.council_or_none(code)) for code in codes]
    return [(code, known.name) for code, known in found if known]


def offered(token: str, kinds: tuple[str, ...]) -> EmailedLink | None:
    """The link behind a token, where it can still be used."""
    with acting(EVERYTHING):
        link = db.session.scalar(select(EmailedLink).where(EmailedLink.token_hash == hashed(token), EmailedLink.kind.in_(kinds)))
    return link if link and not link.used_at and link.ends_at > datetime.now(UTC) else None


@dataclass(frozen=True)
class Organisation:
    """A practice or a council, as far as its people go."""

    name: str
    council: str | None
    practice: str | None
    roles: list[Role]
    second_factor: bool
    has_code: bool

    @property
    def code(self) -> str:
        """Its ODS code or its GSS code."""
        return self.practice or self.council or ""


def organisation_or_none(code: str) -> Organisation | None:
    """The practice or council with this code, and the roles that this person may give there."""
    practice, council = places.practice_or_none(code), places.council_or_none(code)
    known = practice or council
    if known is None:
        return None
    rule = db.session.scalar(select(OrganisationRule).where(OrganisationRule.organisation == code))
    kept = db.session.scalar(select(PracticeCode).where(PracticeCode.practice_code == code)) if practice else None
    roles = [role for role in Role if role in (OF_A_PRACTICE if practice else OF_A_COUNCIL)]
    return Organisation(
        known.name, council.code if council else None, practice.ods_code if practice else None, roles, bool(rule and rule.second_factor),
        kept is not None,
    )  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Somebody with a role."""

    id: str
    name: str
    email: str
    role: str
    since: datetime
    second_factor: bool


def people(organisation: Organisation) -> list[Member]:
    """Who has which role in an organisation, by name."""
    of = Membership.practice_code == organisation.practice if organisation.practice else (
        (Membership.council_code == organisation.council) & Membership.practice_code.is_(None)
    )  # fmt: skip
    wanted = select(Membership, Person).join(Person, Person.id == Membership.person_id).where(of, Membership.ended_at.is_(None))
    return [
        Member(
            membership.id, person.name, person.email, membership.role, membership.since, bool(person.tf_primary_method or person.webauthn)
        )
        for membership, person in db.session.execute(wanted.order_by(Person.name, Person.email))
    ]


def waiting(organisation: Organisation) -> list[EmailedLink]:
    """Invitations that nobody has accepted yet."""
    of = EmailedLink.practice_code == organisation.practice if organisation.practice else (
        (EmailedLink.council_code == organisation.council) & EmailedLink.practice_code.is_(None)
    )  # fmt: skip
    open_ones = (EmailedLink.kind == "invitation", EmailedLink.used_at.is_(None), EmailedLink.ends_at > datetime.now(UTC))
    return list(db.session.scalars(select(EmailedLink).where(of, *open_ones).order_by(EmailedLink.made_at)))


@dataclass(frozen=True)
class OwnRole:
    """A role of one's own, and where."""

    id: str
    role: str
    code: str
    name: str
    since: datetime
    leads: bool
    is_last: bool
    """Whether nobody else administers it."""
    council: str
    """The council itself, or that of the practice; "" where there is none."""


def own_memberships(person: str) -> list[OwnRole]:
    """What somebody is, and in which practices and councils."""
    found = []
    for membership in memberships(person):
        place = place_of(membership.practice_code or f"{COUNCIL}{membership.council_code or ''}")
        organisation = place.practice or place.council
        leads = membership.role in (Role.COUNCIL_ADMIN, Role.PRACTICE_LEAD)
        code = membership.practice_code or membership.council_code or ""
        name = organisation.name if organisation else ""
        council = place.council.code if place.council else ""
        found.append(OwnRole(membership.id, membership.role, code, name, membership.since, leads, _is_last(membership), council))
    return found


def own_practices(person: str) -> list[tuple[str, str]]:
    """The practices in which somebody has a role, by code and name, each once."""
    return list({role.code: role.name for role in own_memberships(person) if places.practice_or_none(role.code)}.items())


def _is_last(membership: Membership) -> bool:
    known = administrators_beside(membership)
    with acting(EVERYTHING):
        return known is not None and len(db.session.scalars(known.limit(2)).all()) < 2


def practice_of_code(code: str) -> str | None:
    """The practice whose people join it with this code; None of none."""
    with acting(EVERYTHING):
        return db.session.scalar(select(PracticeCode.practice_code).where(PracticeCode.code_hash == hashed(plain(code))))


def practice_code_stamp(practice: str) -> str | None:
    """Something that changes when a practice makes a new code; None where it has none."""
    with acting(EVERYTHING):
        return db.session.scalar(select(PracticeCode.code_hash).where(PracticeCode.practice_code == practice))


def administered() -> set[str]:
    """The codes of councils that have an administrator."""
    held = (Membership.role == Role.COUNCIL_ADMIN, Membership.ended_at.is_(None), Membership.council_code.is_not(None))
    with acting(EVERYTHING):
        return {code for code in db.session.scalars(select(Membership.council_code).where(*held)) if code}


def own_sessions(person: str) -> list[SignIn]:
    """Where somebody is signed in now, the one used last first."""
    found = db.session.scalars(select(SignIn).where(SignIn.person_id == person).order_by(SignIn.seen_at.desc()))
    return [row for row in found if is_alive(row, datetime.now(UTC))]


def tell_of(app: Flask, name: str, read: Callable[[str], Any]) -> None:
    """Have what a feature keeps about somebody, by their id, stand in their data under this name."""
    app.extensions.setdefault("own_data", {})[name] = read


def own_data(person: str) -> dict[str, Any]:
    """Everything that is kept about somebody, apart from secrets: by accounts, and by each feature that told of it."""
    told: dict[str, Callable[[str], Any]] = current_app.extensions.get("own_data", {})
    return _own_account(person) | {name: read(person) for name, read in told.items()}


def _own_account(person: str) -> dict[str, Any]:
    row = db.session.get_one(Person, person)
    with acting(EVERYTHING):
        roles = db.session.scalars(select(Membership).where(Membership.person_id == person).order_by(Membership.since)).all()
        sent = db.session.scalars(select(EmailedLink).where(EmailedLink.email == row.email).order_by(EmailedLink.made_at)).all()
        made = db.session.scalars(select(EmailedLink).where(EmailedLink.made_by == person).order_by(EmailedLink.made_at)).all()
        codes = db.session.scalars(select(PracticeCode).where(PracticeCode.made_by == person)).all()
    known = db.session.scalars(select(OutsideIdentity).where(OutsideIdentity.person_id == person)).all()
    sessions = db.session.scalars(select(SignIn).where(SignIn.person_id == person).order_by(SignIn.began_at)).all()
    with acting(EVERYTHING):
        deeds = audit.entries(of=person, limit=MOST_DEEDS)
    link = ("kind", "role", "council_code", "practice_code", "made_at", "ends_at", "used_at")
    return {
        "person": _shown(row, "id", "email", "name", "active", "made_at", "tf_primary_method"),
        "recovery_codes_left": len(row.mf_recovery_codes or ()),
        "passkeys": [
            _shown(key, "name", "device_type", "backup_state", "transports", "create_datetime", "lastuse_datetime") for key in row.webauthn
        ],
        "outside_identities": [_shown(one, "issuer", "subject", "since") for one in known],
        "roles": [_shown(held, "role", "council_code", "practice_code", "since", "ended_at") for held in roles],
        "sessions": [_shown(one, "browser", "began_at", "seen_at", "ends_at") for one in sessions],
        "links_sent_to_you": [_shown(one, *link) for one in sent],
        "invitations_by_you": [_shown(one, *link) for one in made],
        "practice_codes_by_you": [_shown(one, "practice_code", "council_code", "made_at") for one in codes],
        "deeds": [
            {
                "number": one.number,
                "at": one.at.isoformat(),
                "what": one.what,
                "about": one.about,
                "council": one.council,
                "practice": one.practice,
                "fields": list(one.fields),
            }
            for one in deeds
        ],
        "letters": [_shown(one, "subject", "made_at", "sent_at") for one in letters_to(row.email)],
    }


def _shown(row: Any, *columns: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in columns}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def can_be_written_to(email: str) -> bool:
    """Whether this is a whole address, of which we could keep and post to one."""
    return bool(in_one_way(email))


def is_expected(email: str, role: Role, council: str | None, practice: str | None) -> bool:
    """Whether the person with this address has this role already, or an invitation to it that still stands."""
    email = in_one_way(email)
    held = select(Membership.id).join(Person, Person.id == Membership.person_id).where(
        Person.email == email, Membership.role == role, Membership.practice_code == practice, Membership.ended_at.is_(None),
    )  # fmt: skip
    sent = select(EmailedLink.id).where(
        EmailedLink.email == email, EmailedLink.role == role, EmailedLink.practice_code == practice, EmailedLink.used_at.is_(None),
        EmailedLink.ends_at > datetime.now(UTC),
    )  # fmt: skip
    if practice is None:
        held, sent = held.where(Membership.council_code == council), sent.where(EmailedLink.council_code == council)
    return any(db.session.scalar(wanted.limit(1)) is not None for wanted in (held, sent))


def names_of(ids: set[str]) -> dict[str, str]:
    """What people are called, by their ids; an id of something else, or of somebody erased, is not among them."""
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in found}


def email_of(person: str) -> str | None:
    """The e-mail address of somebody who may sign in; None of anybody else."""
    return db.session.scalar(select(Person.email).where(Person.id == person, Person.active))


def addresses_of(council: str, role: str) -> list[str]:
    """The e-mail addresses of those who hold a role in a council itself and may sign in, in their order."""
    held = (Membership.role == role, Membership.council_code == council, Membership.practice_code.is_(None), Membership.ended_at.is_(None))
    wanted = select(Person.email).join(Membership, Membership.person_id == Person.id).where(*held, Person.active)
    return list(db.session.scalars(wanted.distinct().order_by(Person.email)))


def professionals_of(council: str) -> list[tuple[str, str | None]]:
    """Everybody of general practice and of the social work team in a council's area who may sign in: the e-mail address and the practice,
    None for the team. Each person once."""
    of_practice = Membership.practice_code.is_not(None)
    wanted = (
        select(Person.email, func.max(Membership.practice_code))
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.council_code == council, Membership.ended_at.is_(None), Person.active)
        .where(of_practice | (Membership.role == Role.SOCIAL_WORKER))
        .group_by(Person.email)
    )
    return [(email, practice) for email, practice in db.session.execute(wanted.order_by(Person.email))]


def waiting_administrators(council: str) -> list[str]:
    """The addresses of those who are invited to administer a council and have not accepted yet."""
    wanted = select(EmailedLink.email).where(
        EmailedLink.kind == "invitation", EmailedLink.role == Role.COUNCIL_ADMIN, EmailedLink.council_code == council,
        EmailedLink.used_at.is_(None), EmailedLink.ends_at > datetime.now(UTC),
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(EmailedLink.made_at)))
