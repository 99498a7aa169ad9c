"""Feeds that councils name, and what they say of terms that the reviewed mapping does not know"""

import sqlalchemy as sa
from alembic import op

from app.extensions import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_feed",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("nightly", sa.Boolean(), nullable=False),
        sa.Column("publish_by_itself", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Moment(timezone=True), nullable=True),
        sa.Column("pulled_at", Moment(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_feed")),
        sa.UniqueConstraint("name", name=op.f("uq_council_feed_name")),
    )
    op.create_table(
        "council_term_mapping",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("vocabulary", sa.String(length=300), nullable=False),
        sa.Column("term", sa.String(length=300), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("said_at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_term_mapping")),
        sa.UniqueConstraint("council_code", "vocabulary", "term", name=op.f("uq_council_term_mapping_council_code_vocabulary_term")),
    )
    for table in ("council_feed", "council_term_mapping"):
        op.create_index(op.f(f"ix_{table}_council_code"), table, ["council_code"])


def downgrade() -> None:
    for table in ("council_term_mapping", "council_feed"):
        op.drop_table(table)
