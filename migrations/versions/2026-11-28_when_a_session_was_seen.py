"""When a session or a token was seen last: what is not used ends, and its owner sees what is.

Runs beside the previous release, which leaves the columns empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, never in (("sign_ins", "not since"), ("tokens", "never")):
        seen_at = sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment=f"to the minute; none: {never}",
        )
        op.add_column(table, seen_at)


def downgrade() -> None:
    op.drop_column("tokens", "seen_at")
    op.drop_column("sign_ins", "seen_at")
