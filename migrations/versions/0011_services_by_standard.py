"""What the directory is asked for by Open Referral UK: terms, hours and places of a service"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _of_a_version(name: str, *columns: sa.Column, key: str) -> None:
    op.create_table(
        name,
        sa.Column("version_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["version_id"], ["service_version.id"], name=op.f(f"fk_{name}_version_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", key, name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    _of_a_version(
        "service_term",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("vocabulary_id", sa.String(length=36), nullable=False),
        sa.Column("vocabulary", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        key="id",
    )
    _of_a_version(
        "service_hours",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=2), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        key="number",
    )
    _of_a_version(
        "service_site",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        key="number",
    )
    for table, column in (("service_term", "id"), ("service_term", "vocabulary_id"), ("service_site", "id")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("service_site", "service_hours", "service_term"):
        op.drop_table(table)
