"""What a council's editors say of a service instead of what its source says"""

import sqlalchemy as sa
from alembic import op

from app.extensions import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_amendment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("instead_of", sa.JSON(), nullable=False),
        sa.Column("drafted_at", Moment(timezone=True), nullable=False),
        sa.Column("settled_at", Moment(timezone=True), nullable=True),
        sa.Column("undone_at", Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_amendment")),
    )
    op.create_index(op.f("ix_service_amendment_service_id"), "service_amendment", ["service_id"])
    op.create_index(op.f("ix_service_amendment_council_code"), "service_amendment", ["council_code"])


def downgrade() -> None:
    op.drop_table("service_amendment")
