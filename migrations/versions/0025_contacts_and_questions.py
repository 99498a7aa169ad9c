"""Whom each side rings at the other, and general questions to adult social care"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_contact",
        sa.Column("practice_code", sa.String(length=6), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("team_number", sa.String(length=30), nullable=False),
        sa.Column("team_hours", sa.String(length=120), nullable=False),
        sa.Column("bypass_number", sa.String(length=30), nullable=False),
        sa.Column("link_worker", sa.String(length=80), nullable=False),
        sa.Column("meetings", sa.String(length=160), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("practice_code", name=op.f("pk_practice_contact")),
    )
    op.create_index(op.f("ix_practice_contact_council_code"), "practice_contact", ["council_code"], unique=False)
    op.create_table(
        "ask_desk",
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("council_code", name=op.f("pk_ask_desk")),
    )
    op.create_table(
        "asked_question",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("question", sa.String(length=400), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=1200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_question")),
    )
    op.create_index(op.f("ix_asked_question_council_code"), "asked_question", ["council_code"], unique=False)


def downgrade() -> None:
    for name in ("asked_question", "ask_desk", "practice_contact"):
        op.drop_table(name)
