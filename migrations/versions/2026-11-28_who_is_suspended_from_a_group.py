"""Who is suspended from a group until when, and why.

Runs beside the previous release, which takes what somebody who is suspended sends it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_suspensions_period")),
        sa.CheckConstraint(
            "lifted_at IS NULL OR lifted_at >= since", name=op.f("ck_suspensions_lifted")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_suspensions_group_id_groups"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_suspensions_person_id_persons"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_suspensions_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["persons.id"], name="fk_suspensions_lifted_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_suspensions"),
    )
    op.create_index("ix_suspensions_group_person", "suspensions", ["group_id", "person_id"])
    op.create_index("ix_suspensions_person", "suspensions", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_suspensions_person", table_name="suspensions")
    op.drop_index("ix_suspensions_group_person", table_name="suspensions")
    op.drop_table("suspensions")
