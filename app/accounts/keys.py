"""What is kept locked: encrypted with authentication, under keys made from the installation's secret and the secrets before it."""

import hmac
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask

NONCE = 12
"""Bytes, as NIST SP 800-38D advises for random ones."""


class Unreadable(ValueError):
    """What was locked was changed, or under a secret that is known no longer."""


def lock(app: Flask, text: str) -> str:
    """The text as it may be kept: AES-256-GCM under the newest secret."""
    nonce = secrets.token_bytes(NONCE)
    return b64encode(nonce + AESGCM(_derived(app.config["SECRET_KEY"])).encrypt(nonce, text.encode(), None)).decode()


def unlock(app: Flask, locked: str) -> str:
    """The text again. Raises Unreadable."""
    for secret in (app.config["SECRET_KEY"], *app.config["SECRET_KEY_FALLBACKS"]):
        with suppress(InvalidTag, ValueError):
            kept = b64decode(locked)
            return AESGCM(_derived(secret)).decrypt(kept[:NONCE], kept[NONCE:], None).decode()
    raise Unreadable


def _derived(secret: str) -> bytes:
    """A key for this purpose alone."""
    return hmac.new(secret.encode(), b"authenticator", sha256).digest()
