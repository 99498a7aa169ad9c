"""Who wishes a monthly letter about signposts"""

import sqlalchemy as sa
from alembic import op

from app.extensions import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_wish",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("sent_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_wish_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_wish")),
        sa.UniqueConstraint("token", name=op.f("uq_digest_wish_token")),
    )


def downgrade() -> None:
    op.drop_table("digest_wish")
