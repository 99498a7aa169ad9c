"""What a council needs to know in a referral, and what referrals that came back lacked"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("council", sa.Column("checklist", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("signpost", sa.Column("lacking", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("signpost", "lacking")
    op.drop_column("council", "checklist")
