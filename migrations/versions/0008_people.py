"""People, their roles, and how they sign in"""

import sqlalchemy as sa
from alembic import op

import app.extensions


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "emailed_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("practice_code", sa.String(length=6), nullable=True),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("used_at", app.extensions.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emailed_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_emailed_link_token_hash")),
    )
    op.create_index(op.f("ix_emailed_link_council_code"), "emailed_link", ["council_code"], unique=False)
    op.create_index(op.f("ix_emailed_link_email"), "emailed_link", ["email"], unique=False)
    op.create_index(op.f("ix_emailed_link_practice_code"), "emailed_link", ["practice_code"], unique=False)
    op.create_table(
        "limit_count",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("ends_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_limit_count")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_limit_count_ends_at"), "limit_count", ["ends_at"], unique=False)
    op.create_table(
        "organisation_rule",
        sa.Column("organisation", sa.String(length=9), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", name=op.f("pk_organisation_rule")),
    )
    op.create_index(op.f("ix_organisation_rule_council_code"), "organisation_rule", ["council_code"])
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("tf_last_counter", sa.BigInteger(), nullable=True),
        sa.Column("tf_phone_number", sa.String(length=1), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
        sa.UniqueConstraint("fs_webauthn_user_handle", name=op.f("uq_person_fs_webauthn_user_handle")),
    )
    op.create_table(
        "practice_code",
        sa.Column("practice_code", sa.String(length=6), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("practice_code", name=op.f("pk_practice_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_practice_code_code_hash")),
    )
    op.create_index(op.f("ix_practice_code_council_code"), "practice_code", ["council_code"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("council_code", sa.String(length=9), nullable=True),
        sa.Column("practice_code", sa.String(length=6), nullable=True),
        sa.Column("since", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", app.extensions.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_council_code"), "membership", ["council_code"], unique=False)
    op.create_index("ix_membership_person_id_ended_at", "membership", ["person_id", "ended_at"], unique=False)
    op.create_index(op.f("ix_membership_practice_code"), "membership", ["practice_code"], unique=False)
    op.create_table(
        "outside_identity",
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("since", app.extensions.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outside_identity_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_outside_identity")),
    )
    op.create_index(op.f("ix_outside_identity_person_id"), "outside_identity", ["person_id"], unique=False)
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=True),
        sa.Column("transports", sa.UnicodeText(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.String(length=255), nullable=True),
        sa.Column("create_datetime", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("lastuse_datetime", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_passkey_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_user_id"), "passkey", ["user_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("began_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("seen_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.Column("idle_seconds", sa.Integer(), nullable=False),
        sa.Column("ends_at", app.extensions.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("id", name=op.f("uq_sign_in_id")),
    )
    op.create_index(op.f("ix_sign_in_ends_at"), "sign_in", ["ends_at"], unique=False)
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sign_in")
    op.drop_table("passkey")
    op.drop_table("outside_identity")
    op.drop_table("membership")
    op.drop_table("practice_code")
    op.drop_table("person")
    op.drop_table("organisation_rule")
    op.drop_table("limit_count")
    op.drop_table("emailed_link")
