"""What other parts read of the assistant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic.json_schema import models_json_schema
from sqlalchemy import select

from app.assistant.conversation import Ask
from app.assistant.knowledge import knowledge, versions
from app.assistant.local import local
from app.assistant.models import AnswerReport, SwitchedOff
from app.assistant.reporting import Report
from app.assistant.texts import MOST_IN_LEAFLET, front_door, numbered
from app.assistant.texts import texts_with_code as _texts_with_code
from app.extensions import db
from app.places.queries import Council

__all__ = ["QueuedReport", "body_schemas", "leaflet_for", "open_reports", "switched_off", "texts_with_code", "versions"]


def switched_off() -> dict[str, str]:
    """Why each rule or alternative that is switched off is so, by its id. Read for every answer, so that a switch holds at once."""
    return {row.id: row.reason for row in db.session.scalars(select(SwitchedOff).order_by(SwitchedOff.id))}


@dataclass(frozen=True)
class QueuedReport:
    """A report of a wrong answer that nobody has settled yet."""

    number: int
    day: date
    report: Report


def open_reports() -> list[QueuedReport]:
    """The queue, the oldest first."""
    waiting = select(AnswerReport).where(AnswerReport.outcome.is_(None)).order_by(AnswerReport.id)
    return [
        QueuedReport(row.id, row.day, Report.model_validate({field: getattr(row, field) for field in Report.model_fields}))
        for row in db.session.scalars(waiting)
    ]


def body_schemas() -> dict[str, Any]:
    """JSON Schemas, by name, of what the API takes as a body, and of what they refer to in an OpenAPI document."""
    _, made = models_json_schema([(Ask, "validation"), (Report, "validation")], ref_template="#/components/schemas/{model}")
    return {name: {key: value for key, value in schema.items() if key != "description"} for name, schema in made["$defs"].items()}


def texts_with_code(alternative: str, council: Council, code: str) -> dict[str, str]:
    """The referral and the text message for an alternative where this council's people live, with the code of a signpost."""
    return _texts_with_code(alternative, local(council.code, None), code)


def leaflet_for(alternatives: Sequence[str], council: Council | None) -> dict[str, Any]:
    """What the leaflet shows of those alternatives that are for the person and are not withdrawn; empty where none is."""
    known, today = knowledge().vocabulary.alternatives, date.today()
    chosen = [known[name] for name in dict.fromkeys(alternatives) if name in known][:MOST_IN_LEAFLET]
    entries = [entry for entry in chosen if entry.for_whom == "patient" and not entry.withdrawn_by(today)]
    place = local(council.code if council else None, None)
    items = numbered(entries, place)
    return {"items": items, "home": place.council, "front_door": front_door(place), "day": today} if items else {}
