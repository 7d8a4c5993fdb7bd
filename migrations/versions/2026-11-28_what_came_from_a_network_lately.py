"""What came from a network lately: so that a flood is stopped that comes under many names.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="links, comments, proposals"
        ),
        sa.Column(
            "network",
            sa.String(length=32),
            nullable=False,
            comment="keyed hash of where it came from",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_network", "attempts", ["kind", "network", "at"])
    op.create_index("ix_attempts_at", "attempts", ["at"])


def downgrade() -> None:
    op.drop_index("ix_attempts_at", table_name="attempts")
    op.drop_index("ix_attempts_network", table_name="attempts")
    op.drop_table("attempts")
