"""Joint sessions: the meeting that is led now, its seats and its votes"""

import sqlalchemy as sa
from alembic import op

from app.extensions import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "joint_session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_joint_session_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_session")),
        sa.UniqueConstraint("code", name=op.f("uq_joint_session_code")),
    )
    op.create_index(op.f("ix_joint_session_person_id"), "joint_session", ["person_id"], unique=False)
    op.create_table(
        "joint_seat",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["joint_session.id"], name=op.f("fk_joint_seat_session_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_joint_seat")),
    )
    op.create_index(op.f("ix_joint_seat_session_id"), "joint_seat", ["session_id"], unique=False)
    op.create_table(
        "joint_vote",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seat"], ["joint_seat.token_hash"], name=op.f("fk_joint_vote_seat"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["joint_session.id"], name=op.f("fk_joint_vote_session_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session_id", "step", "seat", name=op.f("pk_joint_vote")),
    )


def downgrade() -> None:
    for name in ("joint_vote", "joint_seat", "joint_session"):
        op.drop_table(name)
