"""The audit trail, which can only be added to"""

import sqlalchemy as sa
from alembic import op

import app.extensions


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SAID = "audit_entry can only be added to"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("council", sa.String(length=9), nullable=True),
        sa.Column("practice", sa.String(length=6), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    for column in ("at", "by", "what", "council"):
        op.create_index(op.f(f"ix_audit_entry_{column}"), "audit_entry", [column])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION '{SAID}'; END$$")
        for event in ("UPDATE", "DELETE", "TRUNCATE"):
            op.execute(f"CREATE TRIGGER audit_entry_no_{event.lower()} BEFORE {event} ON audit_entry EXECUTE FUNCTION audit_entry_stays()")
    else:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{event.lower()} BEFORE {event} ON audit_entry BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        op.execute(  # INSERT OR REPLACE takes a row away without the trigger above.
            "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry"
            f" WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, '{SAID}'); END"  # nosec B608 - our own words
        )


def downgrade() -> None:
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_stays")
