"""Which councils took over from which."""

from sqlalchemy import select

from app.extensions import db
from app.places.models import CouncilSuccession
from app.places.succession import Heir


def heirs(code: str) -> tuple[Heir, ...]:
    """The councils that took the place of this council or district; none where it is still there."""
    wanted = select(CouncilSuccession.new_code, CouncilSuccession.services).where(CouncilSuccession.ended_code == code)
    rows = db.session.execute(wanted.order_by(CouncilSuccession.number))
    return tuple(Heir(code, frozenset(services)) for code, services in rows)


def became(code: str) -> tuple[str, ...]:
    """What this council or district is now: itself, or those that took its place and are there today."""
    after = heirs(code)
    return tuple(dict.fromkeys(now for heir in after for now in became(heir.code))) if after else (code,)


def successor(code: str) -> str | None:
    """The one council that this council or district is now; None where it was divided."""
    now = became(code)
    return now[0] if len(now) == 1 else None


def merged_into(code: str) -> list[str]:
    """The councils and districts that are wholly this council now."""
    ended = db.session.scalars(select(CouncilSuccession.ended_code).distinct().order_by(CouncilSuccession.ended_code)).all()
    return [one for one in ended if successor(one) == code]
