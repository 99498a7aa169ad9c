"""The second step of signing in: an app's digits and recovery codes, each good for one time."""

import logging
from typing import Any

from flask import current_app
from flask_security import MfRecoveryCodesUtil, Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from sqlalchemy import or_, update

from app.accounts.codes import RECOVERY_LENGTH, new_code, plain
from app.accounts.keys import Unreadable, lock, unlock
from app.accounts.models import Person
from app.accounts.sessions import hashed
from app.extensions import db

log = logging.getLogger(__name__)


class Once(Totp):
    """An app's digits let somebody in once. Flask-Security leaves it to us to remember which were used.

    A secret is locked wherever Flask-Security carries or keeps it, and readable only here, while it is worked with.
    """

    def generate_totp_secret(self) -> str:
        return lock(current_app, self._totp.new().to_json(encrypt=False))

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        """A key that cannot be read lets nobody in, whatever the digits."""
        try:
            return super().verify_totp(token, unlock(current_app, totp_secret), user, window)
        except Unreadable:
            log.error("the authenticator key of %s is unreadable: changed by hand, or locked under a secret that is gone", user.id)
            return False

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        return super().get_totp_uri(username, unlock(current_app, totp_secret))

    def get_totp_pretty_key(self, totp_secret: str) -> str:
        return super().get_totp_pretty_key(unlock(current_app, totp_secret))

    def get_totp_b32_key(self, totp_secret: str) -> str:
        return super().get_totp_b32_key(unlock(current_app, totp_secret))

    def generate_recovery_codes(self, number: int) -> list[str]:
        return [new_code(RECOVERY_LENGTH) for _ in range(number)]

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.tf_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """The database says who was first where the same digits come twice at once."""
        unused = or_(Person.tf_last_counter.is_(None), Person.tf_last_counter < tmatch.counter)
        noted = db.session.execute(update(Person).where(Person.id == user.id, unused).values(tf_last_counter=tmatch.counter))
        if not noted.rowcount:  # type: ignore[attr-defined]
            raise UsedTokenError


class KeptAsHashes(MfRecoveryCodesUtil):
    """Recovery codes are shown once, when they are made. After that there is nothing to read, here or in a backup."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        codes = super().create_recovery_codes(user)
        user.mf_recovery_codes = [hashed(plain(code)) for code in codes]
        return codes

    def get_recovery_codes(self, user: Any) -> list[str]:
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """The row is held until the transaction's end, so that one code does not count twice at once."""
        db.session.refresh(user, with_for_update=True)
        return super().check_recovery_code(user, hashed(plain(code)))

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        return bool(super().delete_recovery_code(user, hashed(plain(code))))
