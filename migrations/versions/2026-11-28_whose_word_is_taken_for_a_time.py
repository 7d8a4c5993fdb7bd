"""Whose word is taken for a time, under which rule and why: blocks.

Runs beside the previous release, which does not know the table and lets everybody speak.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.String(length=32), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("until > since", name=op.f("ck_blocks_period")),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_blocks_lifted")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_blocks_group_id_groups"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_blocks_person_id_persons"),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["conduct_rules.id"], name="fk_blocks_rule_id_conduct_rules"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_blocks_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["persons.id"], name="fk_blocks_lifted_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_blocks"),
        sa.UniqueConstraint("group_id", "number", name="uq_blocks_group_id_number"),
    )
    op.create_index("ix_blocks_person", "blocks", ["group_id", "person_id", "until"])


def downgrade() -> None:
    op.drop_index("ix_blocks_person", table_name="blocks")
    op.drop_table("blocks")
