"""The second step of signing in: an app's digits and recovery codes, each good for one time."""

import hashlib
import hmac
from typing import Any

from flask import Flask, current_app
from flask_security import MfRecoveryCodesUtil, Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from sqlalchemy import or_, update

from app.accounts.models import Person
from app.extensions import db


class Once(Totp):
    """An app's digits let somebody in once. Flask-Security leaves it to us to remember which were used."""

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
        user.mf_recovery_codes = [_hashed(code) for code in codes]
        return codes

    def get_recovery_codes(self, user: Any) -> list[str]:
        return []

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """The row is held until the transaction's end, so that one code does not count twice at once."""
        db.session.refresh(user, with_for_update=True)
        return super().check_recovery_code(user, _hashed(code))

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        return bool(super().delete_recovery_code(user, _hashed(code)))


def derived(app: Flask, purpose: str) -> bytes:
    """A key for one purpose, made from the installation's secret."""
    return hmac.new(str(app.config["SECRET_KEY"]).encode(), purpose.encode(), hashlib.sha256).digest()


def _hashed(code: str) -> str:
    typed = "".join(code.split()).casefold()
    return hmac.new(derived(current_app, "recovery codes"), typed.encode(), hashlib.sha256).hexdigest()
