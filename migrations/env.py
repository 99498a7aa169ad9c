"""How Alembic runs: the engine comes from the application, the tables from every feature's models."""

from alembic import context
from sqlalchemy import Engine

import app.accounts.models
import app.audit.models
import app.directory.models
import app.events.models
import app.insights.models
import app.jobs.models
import app.places.models
import app.training.followups.models
import app.training.models
import app.training.records.models
import app.training.review.models  # noqa: F401 - each import adds its tables
from app.extensions import Base

engine: Engine = context.config.attributes["engine"]

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=engine.dialect.name == "sqlite",
        user_module_prefix="app.extensions.",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
