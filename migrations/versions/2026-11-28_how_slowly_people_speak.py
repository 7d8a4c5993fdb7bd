"""How slowly people speak on a definition, until when and why: slow modes.

Runs beside the previous release, which does not know the table and holds nobody up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slow_modes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_slow_modes_minutes")),
        sa.CheckConstraint("until > since", name=op.f("ck_slow_modes_period")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_slow_modes_ended")
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definitions.id"], name="fk_slow_modes_definition_id_definitions"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_slow_modes_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["persons.id"], name="fk_slow_modes_ended_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_slow_modes"),
    )
    op.create_index("ix_slow_modes_definition", "slow_modes", ["definition_id", "until"])


def downgrade() -> None:
    op.drop_index("ix_slow_modes_definition", table_name="slow_modes")
    op.drop_table("slow_modes")
