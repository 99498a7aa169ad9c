"""Which amendments hold. The program reads those of every council: they apply to whatever is imported or published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, true

from app.directory.amending import MERGED_INTO
from app.directory.models import ServiceAmendment, ServiceVersion
from app.extensions import db
from app.tenancy import EVERYTHING, acting

APPROVED = "approved"


def in_force() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What approved amendments say, by the service's id, each service's oldest first."""
    wanted = select(ServiceAmendment.service_id, ServiceAmendment.says).where(ServiceAmendment.state == APPROVED)
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    with acting(EVERYTHING):
        for service_id, says in db.session.execute(wanted.order_by(ServiceAmendment.settled_at, ServiceAmendment.id)):
            found[service_id].append(says)
    return found


def of_service(service_id: str) -> Sequence[Mapping[str, Any]]:
    """What the approved amendments of one service say, the oldest first."""
    wanted = select(ServiceAmendment.says).where(ServiceAmendment.service_id == service_id, ServiceAmendment.state == APPROVED)
    with acting(EVERYTHING):
        return db.session.scalars(wanted.order_by(ServiceAmendment.settled_at, ServiceAmendment.id)).all()


def merged_into(service_id: str) -> str | None:
    """The id of the service that stays in the place of this one; None where it was not merged."""
    return next((says[MERGED_INTO] for says in reversed(of_service(service_id)) if MERGED_INTO in says), None)


def made_since(moment: datetime, publication_id: int) -> bool:
    """Whether an amendment of a service that a publication speaks of was approved or undone after this moment."""
    later = or_(ServiceAmendment.settled_at >= moment, ServiceAmendment.undone_at >= moment)
    same = ServiceVersion.service_id == ServiceAmendment.service_id
    staged = select(ServiceVersion.id).where(same, ServiceVersion.published_in == publication_id).exists()
    with acting(EVERYTHING):
        return db.session.scalar(select(true()).select_from(ServiceAmendment).where(later, staged).limit(1)) is not None
