"""How often something may be tried, counted where all workers see it.

A whole practice sits behind one address, so an address may try often, and one person from one address seldom. A count of one
person over all addresses stops passwords only: whoever is kept out by somebody else's guesses still signs in by passkey or by a
link in their own post. Links that somebody else asks for do not keep them out either: no more are sent for as long as the
last ones work.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from flask import current_app, render_template, request, session
from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite
from werkzeug.wrappers import Response

from app.accounts.access import write_down
from app.accounts.actions import SIGN_IN_LASTS
from app.accounts.emails import in_one_way
from app.accounts.models import LimitCount
from app.extensions import db

MINUTES_5, HOUR = timedelta(minutes=5), timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """At most `times` in a stretch of `within`. `of`: the address, the person, or this person from this address ("both")."""

    of: str
    times: int
    within: timedelta


_GUESSING = (Limit("both", 10, MINUTES_5), Limit("address", 200, MINUTES_5), Limit("person", 60, HOUR))
NAMED_BY_FORM = frozenset({"security.login", "security.forgot_password", "links.ask", "joining.join"})
"""Endpoints where the form says whose account it is about. Elsewhere the session does, and a form could say anything."""
LIMITS: dict[str, tuple[Limit, ...]] = {
    "security.login": _GUESSING,
    "security.two_factor_token_validation": _GUESSING,
    "security.mf_recovery": _GUESSING,
    "security.verify": _GUESSING,
    "security.change_password": _GUESSING,
    "security.forgot_password": (Limit("person", 5, HOUR), Limit("address", 100, HOUR)),
    "security.reset_password": (Limit("address", 600, HOUR),),
    "security.wan_signin": (Limit("address", 300, MINUTES_5),),
    "security.wan_signin_response": (Limit("address", 300, MINUTES_5),),
    "links.ask": (Limit("person", 4, SIGN_IN_LASTS), Limit("address", 100, HOUR)),
    "links.use": (Limit("address", 600, HOUR),),
    "joining.join": (Limit("both", 10, HOUR), Limit("address", 200, HOUR)),
    "joining.welcome": (Limit("address", 600, HOUR),),
    "outside.join": (Limit("person", 5, HOUR), Limit("address", 100, HOUR)),
    "outside.ended": (Limit("address", 600, MINUTES_5),),
    "template.try_sheet": (Limit("address", 120, HOUR),),
    "members.invite": (Limit("person", 200, HOUR),),
    "freshness.wrong": (Limit("address", 60, HOUR),),
    "freshness.still_right": (Limit("address", 600, HOUR),),
    "signposting.make": (Limit("address", 300, HOUR),),
    "signposts.find": (Limit("both", 60, MINUTES_5), Limit("address", 600, MINUTES_5)),
    "signposts.answer": (Limit("both", 60, MINUTES_5), Limit("address", 600, MINUTES_5)),
    "signposts.sheet": (Limit("both", 20, HOUR), Limit("address", 200, HOUR)),
    "signposts.off": (Limit("address", 600, HOUR),),
    "contacts.people": (Limit("address", 100, HOUR),),
    "contacts.ask": (Limit("address", 20, HOUR),),
    "together.join": (Limit("address", 300, HOUR),),
    "surveys.answer": (Limit("address", 300, HOUR),),
    "surveys.voice": (Limit("address", 60, HOUR),),
    "followups.off": (Limit("address", 600, HOUR),),
}


def refuse_too_many() -> Response | None:
    """Before each request that sends something: one that has been tried too often is told when to try again, and what else helps."""
    if request.method != "POST" or request.endpoint not in LIMITS:
        return None
    now = datetime.now(UTC)
    waits = [ends - now for limit in LIMITS[request.endpoint] if (ends := _over(request.endpoint, limit, now))]
    if not waits:
        return None
    write_down("too often")
    seconds = max(1, int(max(waits).total_seconds()))
    page = render_template("accounts/too_many.html", minutes=-(-seconds // 60))
    return Response(page, 429, {"Retry-After": str(seconds)}, mimetype="text/html")


def _over(endpoint: str, limit: Limit, now: datetime) -> datetime | None:
    """Count one more; the end of the stretch where it is one too many."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    ended = LimitCount.ends_at <= now
    statement = (
        dialect.insert(LimitCount)
        .values(key=_key(endpoint, limit), ends_at=now + limit.within, count=1)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((ended, 1), else_=LimitCount.count + 1),
                "ends_at": case((ended, now + limit.within), else_=LimitCount.ends_at),
            },
        )
        .returning(LimitCount.count, LimitCount.ends_at)
    )
    with db.writing() as writing:
        count, ends_at = writing.execute(statement).one()
    return ends_at if count > limit.times else None


def _key(endpoint: str, limit: Limit) -> str:
    parts = {"address": (_address(),), "person": (_who(endpoint),), "both": (_who(endpoint), _address())}[limit.of]
    text = "\n".join((endpoint, limit.of, *parts))
    return hmac.new(current_app.config["SECRET_KEY"].encode(), text.encode(), sha256).hexdigest()


def _who(endpoint: str) -> str:
    if endpoint in NAMED_BY_FORM:
        return in_one_way(request.form.get("email", ""))
    return str(session.get("_user_id") or session.get("tf_user_id") or "")


def _address() -> str:
    """An IPv4 address, or the network of an IPv6 address, of which one household has as many as it likes."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
