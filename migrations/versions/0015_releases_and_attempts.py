"""Attempts at a release of a module, by people who are signed in too, with follow-ups; older attempts go, since no release is out"""

import sqlalchemy as sa
from alembic import op

from app.extensions import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("answer")
    op.drop_table("attempt")
    op.create_table(
        "module_release",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("seen_at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_release")),
    )
    op.create_table(
        "attempt",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("follows", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("practice_code", sa.String(length=6), nullable=True),
        sa.Column("started_at", Moment(timezone=True), nullable=False),
        sa.Column("touched_at", Moment(timezone=True), nullable=False),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        sa.Column("finished_at", Moment(timezone=True), nullable=True),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("right_before", sa.Integer(), nullable=True),
        sa.Column("asked_before", sa.Integer(), nullable=True),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["follows"], ["attempt.token"], name=op.f("fk_attempt_follows"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["release"], ["module_release.id"], name=op.f("fk_attempt_release")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_module"), "attempt", ["module"])
    op.create_index(op.f("ix_attempt_person_id"), "attempt", ["person_id"])
    op.create_table(
        "answer",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("sure", sa.SmallInteger(), nullable=True),
        sa.Column("answered_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["token"], ["attempt.token"], name=op.f("fk_answer_token"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", "question", name=op.f("pk_answer")),
    )


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("attempt")
    op.drop_table("module_release")
    op.create_table(
        "attempt",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("practice_code", sa.String(length=6), nullable=True),
        sa.Column("started_at", Moment(timezone=True), nullable=False),
        sa.Column("finished_at", Moment(timezone=True), nullable=True),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_module"), "attempt", ["module"])
    op.create_table(
        "answer",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("answered_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["token"], ["attempt.token"], name=op.f("fk_answer_token"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", "question", name=op.f("pk_answer")),
    )
