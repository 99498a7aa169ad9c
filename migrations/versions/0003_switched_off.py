"""Rules and alternatives that are switched off"""

import sqlalchemy as sa
from alembic import op

import app.extensions


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "switched_off",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", app.extensions.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_switched_off")),
    )


def downgrade() -> None:
    op.drop_table("switched_off")
