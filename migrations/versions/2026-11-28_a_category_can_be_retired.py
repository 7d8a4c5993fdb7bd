"""A category can be retired: since when, so that memberships and rolls of before keep it.

Runs beside the previous release, which goes on offering what was retired.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("categories", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("categories", "retired_at")
