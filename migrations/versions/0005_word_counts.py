"""Counts of the vocabulary's words that people search with"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_count",
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("council_code", "month", "word", "found", name=op.f("pk_word_count")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("word_count")
