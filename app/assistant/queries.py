"""What other parts read of the assistant."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic.json_schema import models_json_schema
from sqlalchemy import select

from app.assistant.conversation import Ask
from app.assistant.knowledge import versions
from app.assistant.models import AnswerReport, SwitchedOff
from app.assistant.reporting import Report
from app.extensions import db

__all__ = ["QueuedReport", "body_schemas", "open_reports", "switched_off", "versions"]


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
