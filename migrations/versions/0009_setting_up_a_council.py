"""What a council sets up: thresholds, districts and their duties, neighbourhoods"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("council", sa.Column("thresholds", sa.String(length=600), nullable=False, server_default=""))
    op.add_column("district", sa.Column("duties", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("district", sa.Column("number", sa.String(length=30), nullable=True))
    op.create_table(
        "neighbourhood",
        sa.Column("practice_code", sa.String(length=6), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["council_code"], ["council.code"], name=op.f("fk_neighbourhood_council_code")),
        sa.ForeignKeyConstraint(["practice_code"], ["practice.ods_code"], name=op.f("fk_neighbourhood_practice_code")),
        sa.PrimaryKeyConstraint("practice_code", name=op.f("pk_neighbourhood")),
    )
    op.create_index(op.f("ix_neighbourhood_council_code"), "neighbourhood", ["council_code"])


def downgrade() -> None:
    op.drop_table("neighbourhood")
    op.drop_column("district", "number")
    op.drop_column("district", "duties")
    op.drop_column("council", "thresholds")
