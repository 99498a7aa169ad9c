"""Councils that ended, and those that took over from them"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_succession",
        sa.Column("ended_code", sa.String(length=9), nullable=False),
        sa.Column("new_code", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["new_code"], ["council.code"], name=op.f("fk_council_succession_new_code")),
        sa.PrimaryKeyConstraint("ended_code", "new_code", name=op.f("pk_council_succession")),
    )


def downgrade() -> None:
    op.drop_table("council_succession")
