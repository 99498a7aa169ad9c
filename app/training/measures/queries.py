"""Reading the counts; raw answers are never read here."""

from sqlalchemy import select

from app.extensions import db
from app.training.measures.models import TrainingCount
from app.training.measures.tallies import Counts, Key


def counts(module: str, version: str) -> Counts:
    """Everything counted for one version of a module."""
    columns = (TrainingCount.form, TrainingCount.what, TrainingCount.subject, TrainingCount.cell, TrainingCount.number)
    wanted = select(*columns).where(TrainingCount.module == module, TrainingCount.version == version)
    return Counts({Key(form, what, subject, cell): number for form, what, subject, cell, number in db.session.execute(wanted)})
