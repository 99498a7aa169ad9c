"""What people say is wrong with an entry, and links that say that one is still right"""

import sqlalchemy as sa
from alembic import op

from app.extensions import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_report",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("fault", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("settled_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_entry_report_owner_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_report")),
    )
    op.create_index(op.f("ix_entry_report_council_code"), "entry_report", ["council_code"])
    still_open = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_entry_report_open", "entry_report", ["service_id", "fault"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_table(
        "check_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=False),
        sa.Column("sent_to", sa.String(length=10), nullable=False),
        sa.Column("made_at", Moment(timezone=True), nullable=False),
        sa.Column("ends_at", Moment(timezone=True), nullable=False),
        sa.Column("used_at", Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_check_link_token_hash")),
    )
    op.create_index(op.f("ix_check_link_council_code"), "check_link", ["council_code"])


def downgrade() -> None:
    op.drop_table("check_link")
    op.drop_table("entry_report")
