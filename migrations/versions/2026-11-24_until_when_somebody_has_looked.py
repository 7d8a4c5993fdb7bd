"""Until when somebody has looked: the table of looks, so that home can tell what is new to them.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_looks_person_id_persons"),
        sa.PrimaryKeyConstraint("person_id", name="pk_looks"),
    )


def downgrade() -> None:
    op.drop_table("looks")
