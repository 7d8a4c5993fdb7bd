"""Who is invited into a group: the table of invitations, so that people agree before they are in.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False, comment="lower case"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("affiliation", sa.String(length=160), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=9), nullable=True),
        sa.Column(
            "ended_by_id",
            sa.String(length=32),
            nullable=True,
            comment="none: whoever held the link declined",
        ),
        sa.CheckConstraint(
            "role IN ('chair', 'editor', 'member', 'observer')",
            name=op.f("ck_invitations_role"),
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'declined', 'withdrawn', 'replaced')",
            name=op.f("ck_invitations_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (ended_at IS NULL)", name=op.f("ck_invitations_ended")
        ),
        sa.CheckConstraint("expires_at > at", name=op.f("ck_invitations_window")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_invitations_group_id_groups"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name="fk_invitations_category_id_categories"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_invitations_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["persons.id"], name="fk_invitations_ended_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
    )
    op.create_index(
        "uq_invitations_open",
        "invitations",
        ["group_id", "email"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_invitations_email_at", "invitations", ["email", "at"])
    op.create_index("ix_invitations_group_at", "invitations", ["group_id", "at"])
    op.create_index("ix_invitations_by_at", "invitations", ["by_id", "at"])


def downgrade() -> None:
    for name in ("by_at", "group_at", "email_at"):
        op.drop_index(f"ix_invitations_{name}", table_name="invitations")
    op.drop_index("uq_invitations_open", table_name="invitations")
    op.drop_table("invitations")
