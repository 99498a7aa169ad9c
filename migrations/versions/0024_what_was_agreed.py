"""Who signed the pledge, and the plan of actions"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledge_signature",
        sa.Column("signer", sa.String(length=9), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("signer", name=op.f("pk_pledge_signature")),
    )
    op.create_index(op.f("ix_pledge_signature_council_code"), "pledge_signature", ["council_code"], unique=False)
    op.create_table(
        "planned_action",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_action")),
    )
    op.create_index(op.f("ix_planned_action_council_code"), "planned_action", ["council_code"], unique=False)


def downgrade() -> None:
    op.drop_table("planned_action")
    op.drop_table("pledge_signature")
