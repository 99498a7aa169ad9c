"""Numbers of records of completion"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "completion_record",
        sa.Column("number", sa.String(length=13), nullable=False),
        sa.Column("attempt", sa.String(length=32), nullable=True),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempt.token"], name=op.f("fk_completion_record_attempt"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_completion_record")),
        sa.UniqueConstraint("attempt", name=op.f("uq_completion_record_attempt")),
    )


def downgrade() -> None:
    op.drop_table("completion_record")
