"""Modules as they were: every attempt stays with the release on which it began."""

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.extensions import db
from app.training.catalogue import Module, restored
from app.training.models import ModuleRelease


def keep(session: Session, module: Module) -> None:
    """Keep a module's files, once, in the transaction that begins an attempt at it."""
    if session.scalar(select(ModuleRelease.id).where(ModuleRelease.id == module.release)):
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(ModuleRelease).values(
        id=module.release, module=module.head.slug, version=module.head.version, files=module.files, seen_at=datetime.now(UTC)
    )
    session.execute(new.on_conflict_do_nothing())


def release(id: str) -> Module:
    """The module as it was. Read from the database once for an application."""
    known: dict[str, Module] = current_app.extensions.setdefault("releases", {})
    if id not in known:
        known[id] = restored(db.session.get_one(ModuleRelease, id).files)
    return known[id]
