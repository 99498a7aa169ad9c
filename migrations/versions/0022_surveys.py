"""Surveys: rounds, links, counts while a round is open, and what is left of it"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _cells(name: str) -> None:
    op.create_table(
        name,
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f(f"fk_{name}_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "side", "area", "item", "option", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    op.create_table(
        "survey_round",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("survey", sa.String(length=20), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_round")),
    )
    op.create_index(op.f("ix_survey_round_council_code"), "survey_round", ["council_code"], unique=False)
    op.create_table(
        "survey_ticket",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_round.id"], name=op.f("fk_survey_ticket_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_survey_ticket")),
    )
    op.create_index(op.f("ix_survey_ticket_round_id"), "survey_ticket", ["round_id"], unique=False)
    _cells("survey_count")
    _cells("survey_figure")


def downgrade() -> None:
    for name in ("survey_figure", "survey_count", "survey_ticket", "survey_round"):
        op.drop_table(name)
