"""What members declare of their interests: of which kind, in which words, to whom, from when to when.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("shown_to", sa.String(length=9), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('employer', 'funding', 'other')", name=op.f("ck_interests_kind")
        ),
        sa.CheckConstraint(
            "shown_to IN ('everybody', 'group')", name=op.f("ck_interests_shown_to")
        ),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_interests_period")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_interests_group_id_groups"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_interests_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_interests"),
    )
    op.create_index("ix_interests_group_person", "interests", ["group_id", "person_id"])
    op.create_index("ix_interests_person", "interests", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_interests_person", table_name="interests")
    op.drop_index("ix_interests_group_person", table_name="interests")
    op.drop_table("interests")
