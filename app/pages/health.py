"""Is it up, is it ready, how old is its data."""

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.schema import OtherSchema, steps_missing
from app.search import queries as search


def readiness() -> dict[str, str]:
    """Each part that answers depend on, with "ok" or what is the matter with it."""
    found = {"database": "ok", "index": "ok"}
    try:
        db.session.execute(text("SELECT 1"))
        if steps_missing(current_app.extensions["database"]):
            found["database"] = "schema is behind"
    except OtherSchema:
        found["database"] = "schema is of another version"
    except SQLAlchemyError:
        found["database"] = "does not answer"
    if found["database"] == "ok" and not search.is_ready():
        found["index"] = "cannot be opened"
    return found
