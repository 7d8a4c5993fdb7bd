"""Who appealed against what was decided about them, and what became of it: appeals.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("hiding_id", sa.Integer(), nullable=True),
        sa.Column("block_id", sa.Integer(), nullable=True),
        sa.Column("suspension_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="for whoever decides"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN hiding_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN block_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN suspension_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_appeals_one_measure"),
        ),
        sa.CheckConstraint("outcome IN ('upheld', 'lifted')", name=op.f("ck_appeals_outcome")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_appeals_decided"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_appeals_group_id_groups"),
        sa.ForeignKeyConstraint(["hiding_id"], ["hidings.id"], name="fk_appeals_hiding_id_hidings"),
        sa.ForeignKeyConstraint(["block_id"], ["blocks.id"], name="fk_appeals_block_id_blocks"),
        sa.ForeignKeyConstraint(
            ["suspension_id"], ["suspensions.id"], name="fk_appeals_suspension_id_suspensions"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_appeals_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["persons.id"], name="fk_appeals_decided_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        sa.UniqueConstraint("hiding_id", name="uq_appeals_hiding_id"),
        sa.UniqueConstraint("block_id", name="uq_appeals_block_id"),
        sa.UniqueConstraint("suspension_id", name="uq_appeals_suspension_id"),
    )
    op.create_index("ix_appeals_group", "appeals", ["group_id", "decided_at"])
    op.create_index("ix_appeals_by", "appeals", ["by_id"])


def downgrade() -> None:
    op.drop_index("ix_appeals_by", table_name="appeals")
    op.drop_index("ix_appeals_group", table_name="appeals")
    op.drop_table("appeals")
