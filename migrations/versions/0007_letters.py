"""The outbox for e-mail"""

import sqlalchemy as sa
from alembic import op

import app.extensions


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("due_at", app.extensions.Moment(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", app.extensions.Moment(timezone=True), nullable=True),
        sa.Column("given_up_at", app.extensions.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    for column in ("made_at", "due_at", "given_up_at"):
        op.create_index(op.f(f"ix_letter_{column}"), "letter", [column])


def downgrade() -> None:
    op.drop_table("letter")
