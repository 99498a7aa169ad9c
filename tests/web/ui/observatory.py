"""What Mozilla's HTTP Observatory would make of a response, by its published scoring (mozilla/http-observatory, scoring.md).

Left out: what only a scan of a public site can see (redirection from http, preloading) and what browsers have given up (key pinning).
The referrer policy is scored as in its later versions.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

A_PLUS = 100
BONUS_FROM = 90
"""Bonuses count only where the score without them is at least this."""
SIX_MONTHS = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Seen:
    """A response as the scanner sees it."""

    headers: Any
    html: str

    def policy(self) -> dict[str, list[str]]:
        parts = [part.split() for part in self.headers.get("Content-Security-Policy", "").split(";")]
        return {part[0]: part[1:] for part in parts if part}


def content_security_policy(seen: Seen) -> int:
    policy = seen.policy()
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    styles = policy.get("style-src", policy.get("default-src", ["*"]))
    if "'unsafe-inline'" in scripts or "*" in scripts or "data:" in scripts or "'unsafe-inline'" in policy.get("object-src", []):
        return -20
    if any(word.startswith("http:") for words in policy.values() for word in words):
        return -20
    if "'unsafe-eval'" in scripts + styles:
        return -10
    if "'unsafe-inline'" in styles:
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def cookies(seen: Seen) -> int:
    score = 0
    for cookie in seen.headers.getlist("Set-Cookie"):
        name, attributes = cookie.split("=")[0].lower(), cookie.lower()
        session = "session" in name
        if "; secure" not in attributes:
            score = min(score, -40 if session else -20)
        elif session and "; httponly" not in attributes:
            score = min(score, -30)
    return score


def cross_origin_sharing(seen: Seen) -> int:
    return -50 if seen.headers.get("Access-Control-Allow-Origin") == "*" and "Access-Control-Allow-Credentials" in seen.headers else 0


def strict_transport_security(seen: Seen) -> int:
    found = re.search(r"max-age=(\d+)", seen.headers.get("Strict-Transport-Security", ""))
    if not found:
        return -20
    return 0 if int(found.group(1)) >= SIX_MONTHS else -10


def subresource_integrity(seen: Seen) -> int:
    scripts = re.findall(r'<script[^>]*\ssrc="([^"]+)"', seen.html)
    if any(address.startswith("http:") for address in scripts):
        return -50
    return -5 if any(address.startswith(("https:", "//")) for address in scripts) else 0


def content_type_options(seen: Seen) -> int:
    return 0 if seen.headers.get("X-Content-Type-Options") == "nosniff" else -5


def framing(seen: Seen) -> int:
    if "frame-ancestors" in seen.policy():
        return 5
    return 0 if seen.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def xss_protection(seen: Seen) -> int:
    return 0 if content_security_policy(seen) >= 5 else -10


def referrer_policy(seen: Seen) -> int:
    policy = seen.headers.get("Referrer-Policy")
    return 0 if policy is None else 5 if policy in PRIVATE else -5


CHECKS: tuple[Callable[[Seen], int], ...] = (
    content_security_policy, cookies, cross_origin_sharing, strict_transport_security, subresource_integrity, content_type_options,
    framing, xss_protection, referrer_policy,
)  # fmt: skip


def score(seen: Seen) -> int:
    """Starts from 100; 100 and more is an A+."""
    found = [check(seen) for check in CHECKS]
    without = 100 + sum(one for one in found if one < 0)
    return without + sum(one for one in found if one > 0) if without >= BONUS_FROM else max(0, without)
