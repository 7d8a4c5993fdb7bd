"""Who reported which comment to the chairs, on which ground, and what became of that.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.String(length=32), nullable=True),
        sa.Column(
            "answer",
            sa.Text(),
            nullable=False,
            comment="why a chair dismissed it; empty where the comment was hidden",
        ),
        sa.CheckConstraint(
            "ground IN ('attack', 'private', 'spam', 'unlawful', 'other')",
            name=op.f("ck_reports_ground"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_reports_ended")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_reports_comment_id_comments"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_reports_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["persons.id"], name="fk_reports_ended_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index(
        "uq_reports_open",
        "reports",
        ["comment_id", "by_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_reports_by", "reports", ["by_id"])


def downgrade() -> None:
    op.drop_index("ix_reports_by", table_name="reports")
    op.drop_index(
        "uq_reports_open",
        table_name="reports",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("reports")
