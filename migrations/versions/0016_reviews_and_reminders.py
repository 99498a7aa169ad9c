"""Questions that come back for review, and letters that remind of follow-ups"""

import sqlalchemy as sa
from alembic import op

import app.extensions

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_card",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("sure", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("reviewed_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("due_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_card_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "module", "question", name=op.f("pk_review_card")),
    )
    op.create_index(op.f("ix_review_card_reviewed_at"), "review_card", ["reviewed_at"], unique=False)
    op.create_table(
        "reminder_wish",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("since", app.extensions.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_wish_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_wish")),
    )
    op.create_table(
        "reminder_letter",
        sa.Column("attempt", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("written_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempt.token"], name=op.f("fk_reminder_letter_attempt"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attempt", "part", name=op.f("pk_reminder_letter")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reminder_letter_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("reminder_letter")
    op.drop_table("reminder_wish")
    op.drop_table("review_card")
