"""A proposed clause gets its form where it comes to stand: level and ordinal of a proposed change go.

They were never written. How deep a heading is and which number an item has follows from the text
that the clause is put into, which is not known before it is adopted. No release has read them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("level", "ordinal"):
        op.drop_column("proposed_changes", column)


def downgrade() -> None:
    for column in ("level", "ordinal"):
        op.add_column("proposed_changes", sa.Column(column, sa.Integer(), nullable=True))
