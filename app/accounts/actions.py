"""Writes of people and what they are. Each notes in the audit trail who did it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts import keys
from app.accounts.codes import new_code, plain
from app.accounts.codes import new_token as new_token
from app.accounts.emails import in_one_way
from app.accounts.ending import end_sessions
from app.accounts.models import EmailedLink, Membership, OrganisationRule, OutsideIdentity, Person, PracticeCode, SignIn
from app.accounts.naming import name_of
from app.accounts.providers import Identity
from app.accounts.roles import GUARDED, INVITED_BY, OF_A_COUNCIL, OF_A_PRACTICE, Role
from app.accounts.sessions import hashed
from app.accounts.standing import administrators_beside, memberships
from app.audit.actions import Deed, note
from app.content.messages import say
from app.extensions import db
from app.jobs import actions as jobs
from app.places import queries as places
from app.tenancy import EVERYTHING, Grant, acting, current

Address = Callable[[str], str]
"""The whole address of the page behind a link, made from its token."""
INVITATION_LASTS = timedelta(days=7)
JOINING_LASTS = timedelta(hours=24)
SIGN_IN_LASTS = timedelta(minutes=10)
PRESSED_TWICE = timedelta(minutes=1)
WARNED_BEFORE = timedelta(days=30)
"""Before an account that nobody uses is removed."""
ERASED = "erased"


class NotAllowed(Exception):
    """A role that this person may not give, or not there."""


class NotAnAddress(Exception):
    """What was given for an e-mail address is none."""


class LastAdministrator(Exception):
    """A council, or the whole installation, would be left without an administrator."""


class AlreadyHere(Exception):
    """Somebody new turned out to have an account: another link was accepted for the same address meanwhile."""


def invite(*, email: str, role: Role, council: str | None, practice: str | None, by: str, address: Address) -> None:
    """Send somebody an invitation to a role. `address` makes the welcome page's address from a token. The same again within a minute
    is a button pressed twice. Raises NotAllowed."""
    owner = practice or council or ""
    if role not in (OF_A_PRACTICE if practice else OF_A_COUNCIL):
        raise NotAllowed(role)
    if practice:
        found = places.practice_or_none(practice)
        council = found.council_code if found else None
    scope = current()
    leaves = {Grant(giver, "" if giver is Role.PLATFORM_ADMIN else owner) for giver in INVITED_BY[role]}
    leaves |= {Grant(Role.COUNCIL_ADMIN, council)} if council and Role.COUNCIL_ADMIN in INVITED_BY[role] else set()
    if not scope.everything and not leaves & scope.grants:
        raise NotAllowed(role)
    link = EmailedLink(kind="invitation", email=in_one_way(email), role=role, council_code=council, practice_code=practice, made_by=by)
    with db.writing() as session:
        same = (getattr(EmailedLink, name) == getattr(link, name) for name in ("kind", "email", "role", "council_code", "practice_code"))
        if session.scalar(select(EmailedLink.id).where(*same, EmailedLink.made_at > datetime.now(UTC) - PRESSED_TWICE).limit(1)):
            return
        _send(link, INVITATION_LASTS, address, "invitation", role=say(f"role.{role}"))
        note(by=by, what=Deed.INVITATION_MADE, about=link.id, council=council, practice=practice)


def withdraw_invitation(*, id: str, by: str) -> bool:
    """An invitation that nobody has accepted is worth nothing from now on. False where there is none of one's own."""
    with db.writing() as session:
        link = session.scalar(select(EmailedLink).where(EmailedLink.id == id, EmailedLink.used_at.is_(None)).with_for_update())
        if link is None:
            return False
        session.delete(link)
        note(by=by, what=Deed.INVITATION_WITHDRAWN, about=id, council=link.council_code, practice=link.practice_code)
    return True


def make_practice_code(*, practice: str, by: str) -> str:
    """A new code with which a practice's people join it; the one before is worth nothing from now on."""
    found = places.practice_or_none(practice)
    code = new_code()
    row = PracticeCode(
        practice_code=practice, council_code=found.council_code if found else None, code_hash=hashed(plain(code)), made_by=by,
        made_at=datetime.now(UTC),
    )  # fmt: skip
    with db.writing() as session:
        session.merge(row)
        note(by=by, what=Deed.PRACTICE_CODE_MADE, about=practice, council=row.council_code, practice=practice)
    return code


def ask_to_join(*, code: str, email: str, address: Address) -> bool:
    """Whoever knows a practice's code is sent a link that lets them join it. False where no practice has this code."""
    with acting(EVERYTHING):
        known = db.session.scalar(select(PracticeCode).where(PracticeCode.code_hash == hashed(plain(code))))
        if known is None:
            return False
        link = EmailedLink(
            kind="join", email=email, role=Role.LEARNER, council_code=known.council_code, practice_code=known.practice_code, made_by="code"
        )
        _send(link, JOINING_LASTS, address, "join")
    return True


def ask_to_join_from_outside(*, organisation: str, email: str, address: Address) -> None:
    """Whoever came from their organisation's own sign-in is sent a link that lets them join it here: so the address is proven theirs."""
    practice = places.practice_or_none(organisation)
    link = EmailedLink(
        kind="join", email=email, role=Role.LEARNER, council_code=practice.council_code if practice else organisation,
        practice_code=practice.ods_code if practice else None, made_by="outside",
    )  # fmt: skip
    with acting(EVERYTHING):
        _send(link, JOINING_LASTS, address, "outside")


def connect(*, identity: Identity, person: str) -> None:
    """From now on this identity at another organisation's sign-in service signs in this person, and whoever it did no longer."""
    row = OutsideIdentity(issuer=identity.issuer, subject=identity.subject, person_id=person, since=datetime.now(UTC))
    with db.writing() as session:
        session.merge(row)


def disconnect(*, issuer: str, person: str) -> None:
    """A service no longer signs in this person."""
    with db.writing() as session:
        session.execute(delete(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.person_id == person))


def send_sign_in_link(*, email: str, address: Address, home: str) -> None:
    """A link that signs in, to whoever has an account with this address; to anybody else the word that there is none.

    Both take the same steps, so that the page's time says nothing of who has an account.
    """
    with acting(EVERYTHING):
        known = db.session.scalar(select(Person).where(Person.email == email, Person.active))
        letter = "link" if known else "no_account"
        link = EmailedLink(kind="sign_in" if known else "nothing", email=email, made_by="link")
        _send(link, SIGN_IN_LASTS, address if known else lambda _token: home, letter)


def take_link(*, token: str, kinds: tuple[str, ...]) -> EmailedLink | None:
    """The link behind a token, used up now. None where it is unknown, was used, or has run out."""
    now = datetime.now(UTC)
    with acting(EVERYTHING), db.writing() as session:
        link = session.scalar(select(EmailedLink).where(EmailedLink.token_hash == hashed(token), EmailedLink.kind.in_(kinds)))
        if link is None or link.used_at or link.ends_at <= now:
            return None
        used = session.execute(update(EmailedLink).where(EmailedLink.id == link.id, EmailedLink.used_at.is_(None)).values(used_at=now))
        return link if used.rowcount else None  # type: ignore[attr-defined]


def take_up(
    *, token: str, kinds: tuple[str, ...], person: Person | None, name: str, password_hash: str | None, identity: Identity | None
) -> Person | None:
    """Use up a link and accept what it offers, both or neither. None where the link no longer works. Raises AlreadyHere."""
    try:
        with db.writing():
            link = take_link(token=token, kinds=kinds)
            return accept(link=link, person=person, name=name, password_hash=password_hash, identity=identity) if link else None
    except IntegrityError:
        raise AlreadyHere from None


def accept(
    *, link: EmailedLink, person: Person | None, name: str = "", password_hash: str | None = None, identity: Identity | None = None
) -> Person:
    """Give the role of an invitation or a practice's code to this person. One who is new here is made, and signs in with the
    password or by the identity at another organisation's service."""
    now = datetime.now(UTC)
    with acting(EVERYTHING), db.writing() as session:
        if person is None:
            person = Person(email=link.email, name=name, password=password_hash, active=True, made_at=now, roles=())
            session.add(person)
            session.flush()
            if identity:
                connect(identity=identity, person=person.id)
            note(by=person.id, what=Deed.PERSON_JOINED, about=person.id, council=link.council_code, practice=link.practice_code)
        same = (
            Membership.person_id == person.id, Membership.role == link.role, Membership.council_code == link.council_code,
            Membership.practice_code == link.practice_code, Membership.ended_at.is_(None),
        )  # fmt: skip
        if session.scalar(select(Membership.id).where(*same)) is None:
            role = Role(link.role or Role.LEARNER)
            held = Membership(
                person_id=person.id, role=role, council_code=link.council_code, practice_code=link.practice_code, since=now
            )  # fmt: skip
            session.add(held)
            if role in GUARDED:  # A learner's long session is not for this role.
                end_sessions(person=person.id)
            note(
                by=person.id, what=Deed.ROLE_GIVEN, about=person.id, council=link.council_code, practice=link.practice_code, fields=["role"]
            )
    return person


def end_membership(*, id: str, by: str) -> bool:
    """Somebody no longer has this role: from their next page on. False where it is not one's own to end. Raises LastAdministrator."""
    with db.writing() as session:
        row = session.scalar(select(Membership).where(Membership.id == id, Membership.ended_at.is_(None)))
        if row is None or not row.may_be_changed_by(current()):
            return False
        _keep_an_administrator(session, row)
        row.ended_at = datetime.now(UTC)
        end_sessions(person=row.person_id)
        note(by=by, what=Deed.ROLE_ENDED, about=row.person_id, council=row.council_code, practice=row.practice_code, fields=["ended_at"])
    return True


def leave(*, id: str, person: str) -> bool:
    """Somebody gives up a role of their own. False where they do not hold it. Raises LastAdministrator."""
    with acting(EVERYTHING), db.writing() as session:
        wanted = select(Membership).where(Membership.id == id, Membership.person_id == person, Membership.ended_at.is_(None))
        row = session.scalar(wanted)
        if row is None:
            return False
        _keep_an_administrator(session, row)
        row.ended_at = datetime.now(UTC)
        note(by=person, what=Deed.ROLE_ENDED, about=person, council=row.council_code, practice=row.practice_code, fields=["ended_at"])
    return True


def _keep_an_administrator(session: Session, row: Membership) -> None:
    """Two who leave at once wait for each other's lock on these rows."""
    known = administrators_beside(row)
    if known is not None and len(session.scalars(known.with_for_update()).all()) < 2:
        raise LastAdministrator(row.council_code)


def end_sessions_by_address(*, email: str, by: str) -> bool:
    """End all sessions of whoever has this address. False where nobody has it."""
    with db.writing() as session:
        person = session.scalar(select(Person.id).where(Person.email == email))
        if person is None:
            return False
        end_sessions(person=person)
        note(by=by, what=Deed.SESSION_ENDED, about=person)
    return True


def end_everybodys_sessions(*, by: str) -> None:
    """Everybody signs in again."""
    with db.writing() as session:
        session.execute(delete(SignIn))
        note(by=by, what=Deed.SESSION_ENDED, about="everybody")


def forget_second_factor(*, email: str, by: str) -> bool:
    """Whoever has this address has lost their second factor and the recovery codes: their app, codes and passkeys count no longer,
    and they are signed out. False where nobody has it."""
    with db.writing() as session:
        row = session.scalar(select(Person).where(Person.email == email))
        if row is None:
            return False
        row.tf_primary_method = row.tf_totp_secret = row.tf_last_counter = None
        row.mf_recovery_codes = []
        row.webauthn.clear()
        end_sessions(person=row.id)
        note(by=by, what=Deed.SECOND_FACTOR_REMOVED, about=row.id)
    return True


def renew_locks() -> tuple[int, int]:
    """Lock the keys of authenticator apps anew, under the newest secret. How many are, and how many nothing reads any more."""
    renewed = unreadable = 0
    with db.writing() as session:
        for row in session.scalars(select(Person).where(Person.tf_totp_secret.is_not(None)).with_for_update()):
            try:
                row.tf_totp_secret = keys.lock(current_app, keys.unlock(current_app, row.tf_totp_secret or ""))
                renewed += 1
            except keys.Unreadable:
                unreadable += 1
    return renewed, unreadable


def set_second_factor_rule(*, organisation: str, asked: bool, by: str) -> None:
    """Whether an organisation's people need a second factor. Where it is asked from now on, they sign in again."""
    practice = places.practice_or_none(organisation)
    council = practice.council_code if practice else organisation
    with db.writing() as session:
        session.merge(OrganisationRule(organisation=organisation, council_code=council, second_factor=asked))
        if asked:
            mine = select(Membership.person_id).where(
                (Membership.council_code == organisation) | (Membership.practice_code == organisation), Membership.ended_at.is_(None)
            )
            session.execute(delete(SignIn).where(SignIn.person_id.in_(mine)))
        note(
            by=by, what=Deed.RULE_CHANGED, about=organisation, council=council, practice=practice.ods_code if practice else None,
            fields=["second_factor"],
        )  # fmt: skip


def warn_unused(*, person: str, by: str) -> None:
    """Write to somebody that their account has not been used for long, and will be removed."""
    path = current_app.url_map.bind("").build("security.login")
    words = {"link": f"{current_app.config['PUBLIC_URL']}{path}", "until": f"{datetime.now(UTC) + WARNED_BEFORE:%d %B %Y}"}
    with db.writing() as session:
        row = session.get_one(Person, person)
        jobs.send(to=row.email, subject=say("letter.unused_subject"), body=say("letter.unused_body", **words))
        note(by=by, what=Deed.PERSON_WARNED, about=person)


def erase(*, person: str, by: str, though_last: bool) -> None:
    """Take away all that accounts keep of somebody. Their id stays where it alone stands: in the audit trail, and in a file beside
    the database, so that a restored backup can be told. Raises LastAdministrator, unless they go `though_last`."""
    with acting(EVERYTHING), db.writing() as session:
        row = session.get(Person, person)
        if row is None:
            return
        for held in () if though_last else memberships(person):
            _keep_an_administrator(session, held)
        session.execute(delete(EmailedLink).where(EmailedLink.email == row.email))
        for made in (EmailedLink, PracticeCode):
            session.execute(update(made).where(made.made_by == person).values(made_by=ERASED))
        session.execute(delete(SignIn).where(SignIn.data.contains(row.fs_uniquifier)))  # A second step that nobody took.
        jobs.forget(recipient=row.email)
        session.delete(row)
        note(by=by, what=Deed.PERSON_ERASED, about=person)
        with erased_file().open("a", encoding="ascii") as file:
            file.write(f"{person}\n")


def erase_again() -> int:
    """After a backup was restored: erase everybody who was erased since it was made. Says how many that were."""
    known = erased_file().read_text(encoding="ascii").split() if erased_file().exists() else []
    back = [person for person in dict.fromkeys(known) if db.session.get(Person, person)]
    for person in back:
        erase(person=person, by="command line", though_last=True)
    return len(back)


def erased_file() -> Path:
    """Where the ids of erased people stand, one a line. It is kept apart from the backups of the database."""
    folder: Path = current_app.config["DATA_DIR"]
    return folder / "erased"


def make_platform_admin(*, email: str, address: Address) -> str:
    """Invite the first person of an installation; the address of the welcome page. Only the server's command line does this.
    Raises NotAnAddress."""
    known = in_one_way(email)
    if not known:
        raise NotAnAddress(email)
    link = EmailedLink(kind="invitation", email=known, role=Role.PLATFORM_ADMIN, made_by="command line")
    with acting(EVERYTHING):
        return _send(link, INVITATION_LASTS, address, "invitation", role=say("role.platform_admin"))


def _send(link: EmailedLink, lasts: timedelta, address: Address, letter: str, **words: str) -> str:
    token, now = new_token(), datetime.now(UTC)
    link.token_hash, link.made_at, link.ends_at = hashed(token), now, now + lasts
    words |= {"organisation": name_of(link), "link": address(token), "until": f"{link.ends_at:%H:%M on %d %B %Y} UTC"}
    with db.writing() as session:
        session.add(link)
        session.flush()
        jobs.send(to=link.email, subject=say(f"letter.{letter}_subject", **words), body=say(f"letter.{letter}_body", **words))
    return words["link"]
