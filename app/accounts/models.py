"""Tables of people, what they are, and how they sign in. Private to this package."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import uuid4

from flask_security import AsaList, UserMixin, WebAuthnMixin
from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, LargeBinary, String, Text, or_, select, update
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.roles import Role
from app.extensions import Base, Moment, db
from app.tenancy import EVERYTHING, Grant, Guarded, acting


def new_id() -> str:
    """An id that cannot be guessed and says nothing."""
    return uuid4().hex


class Person(UserMixin, Base):
    """Somebody who signs in. The columns that begin with `tf_`, `mf_` and `fs_` are those that Flask-Security reads by name."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_id)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    """The half minute, counted since 1970, of the digits that were used last."""
    tf_phone_number: Mapped[str | None] = mapped_column(String(1))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    webauthn: Mapped[list["Passkey"]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )

    roles: ClassVar[Sequence[Any]] = ()  # type: ignore[assignment,misc]
    """Flask-Security's own roles are not used: a role here belongs to a practice or a council."""

    def verify_and_update_password(self, password: str) -> bool:
        """Whether it is this person's. One that is kept in an older way is then kept in the new one, by itself: no transaction is
        open while passwords are checked."""
        kept = self.password
        right = bool(super().verify_and_update_password(password))
        if self.password != kept:
            renewed = update(Person).where(Person.id == self.id, Person.password == kept).values(password=self.password)
            db.session.expire(self, ["password"])
            with db.writing() as session:
                session.execute(renewed)
        return right

    def check_tf_required(self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool) -> tuple[bool, list[tuple[str, str]]]:
        """After the first step of signing in: whether a second one follows, because there is one or because one is asked for."""
        return bool(tf_setup_methods) or self.check_tf_required_setup(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Whether a practice or council of this person asks for a second factor. Of a platform administrator it always is."""
        mine = (Membership.person_id == self.id, Membership.ended_at.is_(None))
        of_mine = or_(
            OrganisationRule.organisation.in_(select(Membership.council_code).where(*mine)),
            OrganisationRule.organisation.in_(select(Membership.practice_code).where(*mine)),
        )
        asked = select(OrganisationRule.organisation).where(OrganisationRule.second_factor, of_mine)
        always = select(Membership.id).where(*mine, Membership.role == Role.PLATFORM_ADMIN)
        with acting(EVERYTHING):
            return any(db.session.scalar(wanted.limit(1)) is not None for wanted in (always, asked))


class Passkey(WebAuthnMixin, Base):
    """One passkey of a person, with the columns that Flask-Security reads by name."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(Integer, default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool] = mapped_column(Boolean)
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[datetime] = mapped_column(Moment, default=lambda: datetime.now(UTC))
    lastuse_datetime: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
    user: Mapped[Person] = relationship(back_populates="webauthn")


class Membership(Guarded, Base):
    """A role that somebody holds, or held, in a practice or a council. Moving ends one and begins another."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person_id_ended_at", "person_id", "ended_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    council_code: Mapped[str | None] = mapped_column(String(9), index=True)
    practice_code: Mapped[str | None] = mapped_column(String(6), index=True)
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    writers = (Grant("council_admin", "council_code"), Grant("practice_lead", "practice_code"))
    readers = (*writers, Grant("person", "person_id"))


class EmailedLink(Guarded, Base):
    """A link that was sent to an address and works once: to sign in, to join a practice by its code, or an invitation."""

    __tablename__ = "emailed_link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str | None] = mapped_column(String(20))
    council_code: Mapped[str | None] = mapped_column(String(9), index=True)
    practice_code: Mapped[str | None] = mapped_column(String(6), index=True)
    made_by: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    writers = (Grant("council_admin", "council_code"), Grant("practice_lead", "practice_code"), Grant("platform_admin"))
    readers = writers


class PracticeCode(Guarded, Base):
    """The code with which a practice's people join it, kept as a hash. A new one takes the old one's place."""

    __tablename__ = "practice_code"

    practice_code: Mapped[str] = mapped_column(String(6), primary_key=True)
    council_code: Mapped[str | None] = mapped_column(String(9), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Moment)

    writers = (Grant("council_admin", "council_code"), Grant("practice_lead", "practice_code"))
    readers = writers


class OrganisationRule(Guarded, Base):
    """What a council or a practice asks of its people's sign-in."""

    __tablename__ = "organisation_rule"

    organisation: Mapped[str] = mapped_column(String(9), primary_key=True)
    council_code: Mapped[str | None] = mapped_column(String(9), index=True)
    second_factor: Mapped[bool] = mapped_column(Boolean)

    writers = (Grant("council_admin", "council_code"), Grant("practice_lead", "organisation"))
    readers = (Grant("council_admin", "council_code"), Grant("member", "organisation"))


class SignIn(Base):
    """A session: opaque to the browser, which holds a token of which only the hash is here. It can be ended from anywhere."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True, default=new_id)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    data: Mapped[str] = mapped_column(Text)
    browser: Mapped[str] = mapped_column(String(60))
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    idle_seconds: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class OutsideIdentity(Base):
    """Who somebody is to an organisation's own sign-in service: its issuer and its subject, which never changes."""

    __tablename__ = "outside_identity"

    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(Moment)


class LimitCount(Base):
    """How often something was tried in a stretch of time. The key is a keyed hash: it names neither a person nor an address."""

    __tablename__ = "limit_count"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)
    count: Mapped[int] = mapped_column(Integer)
