"""Who signed the pledge, and what is planned."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from app.extensions import db
from app.relationships.agreed.models import PlannedAction, PledgeSignature
from app.tenancy import EVERYTHING, acting


@dataclass(frozen=True)
class Signed:
    """A council or a practice, by its code, and since when it stands by the pledge."""

    signer: str
    since: date


@dataclass(frozen=True)
class Planned:
    """An action of the plan."""

    id: str
    kind: str
    what: str
    owner: str
    due_on: date
    measure: str
    done_on: date | None

    @property
    def is_late(self) -> bool:
        """True where its day is over and it is not done."""
        return self.done_on is None and self.due_on < datetime.now(UTC).date()


def signatures(council: str) -> list[Signed]:
    """The council and its practices that signed, the first first."""
    wanted = select(PledgeSignature).where(PledgeSignature.council_code == council)
    return [
        Signed(row.signer, row.signed_on) for row in db.session.scalars(wanted.order_by(PledgeSignature.signed_on, PledgeSignature.signer))
    ]


def planned(council: str) -> list[Planned]:
    """The plan, what is not done first, by its day."""
    wanted = select(PlannedAction).where(PlannedAction.council_code == council)
    rows = db.session.scalars(wanted.order_by(PlannedAction.done_on.is_not(None), PlannedAction.due_on, PlannedAction.id))
    return [Planned(row.id, row.kind, row.what, row.owner, row.due_on, row.measure, row.done_on) for row in rows]


def actions_done(council: str) -> tuple[int, int]:
    """How many actions of the plan are done, and how many there are. They are an organisation's and not people's."""
    wanted = select(func.count(PlannedAction.done_on), func.count()).where(PlannedAction.council_code == council)
    with acting(EVERYTHING):
        done, every = db.session.execute(wanted).one()
    return done, every
