"""Signposts: what was offered under a code, and what came of it"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signpost",
        sa.Column("code", sa.String(length=13), nullable=False),
        sa.Column("pressed", sa.String(length=64), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("practice_code", sa.String(length=6), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("later", sa.String(length=20), nullable=True),
        sa.Column("later_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_signpost")),
        sa.UniqueConstraint("pressed", name=op.f("uq_signpost_pressed")),
    )
    op.create_index(op.f("ix_signpost_council_code"), "signpost", ["council_code"], unique=False)
    op.create_index(op.f("ix_signpost_practice_code"), "signpost", ["practice_code"], unique=False)


def downgrade() -> None:
    op.drop_table("signpost")
