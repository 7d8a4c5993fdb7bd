"""Accounts elsewhere: identities that people sign in with, links that add one, how a session began.

Runs beside the previous release, which knows neither the tables nor the columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column(
            "provider", sa.String(length=31), nullable=False, comment="its key in the settings"
        ),
        sa.Column(
            "subject", sa.String(length=255), nullable=False, comment="who it is there, for good"
        ),
        sa.Column(
            "address",
            sa.String(length=254),
            nullable=True,
            comment="as the provider said it, to tell accounts apart by",
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_identities_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identities"),
        sa.UniqueConstraint("provider", "subject", name="uq_identities_provider_subject"),
    )
    op.create_index("ix_identities_person_id", "identities", ["person_id"])
    op.create_table(
        "joining_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False, comment="where it was sent"),
        sa.Column("provider", sa.String(length=31), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=True, comment="as of identities"),
        sa.Column("next_path", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(provider IS NULL) = (subject IS NULL)", name=op.f("ck_joining_links_whole_identity")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_joining_links_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_joining_links"),
    )
    op.create_index("ix_joining_links_email", "joining_links", ["email"])
    op.create_index("ix_joining_links_person_id", "joining_links", ["person_id"])
    op.add_column(
        "sign_ins",
        sa.Column(
            "way",
            sa.String(length=31),
            nullable=True,
            comment="what it began with: mail, demo, or the key of a provider",
        ),
    )
    op.add_column(
        "sign_ins",
        sa.Column(
            "id_token",
            sa.Text(),
            nullable=True,
            comment="what the provider signed, for signing out there; gone when this ends",
        ),
    )
    op.create_index(
        "ix_sign_ins_id_token",
        "sign_ins",
        ["expires_at"],
        sqlite_where=sa.text("id_token IS NOT NULL"),
        postgresql_where=sa.text("id_token IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_sign_ins_id_token",
        table_name="sign_ins",
        sqlite_where=sa.text("id_token IS NOT NULL"),
        postgresql_where=sa.text("id_token IS NOT NULL"),
    )
    op.drop_column("sign_ins", "id_token")
    op.drop_column("sign_ins", "way")
    op.drop_table("joining_links")
    op.drop_table("identities")
