"""What a token is for, and how long: its scopes, and its end.

Tokens that are there were made for everything, and keep that; so does what the previous release
makes while it runs beside this one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tokens",
        sa.Column(
            "scopes",
            sa.String(length=40),
            server_default="read write vote admin",
            nullable=False,
            comment="with spaces between them",
        ),
    )
    op.add_column(
        "tokens",
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="none: never",
        ),
    )


def downgrade() -> None:
    op.drop_column("tokens", "expires_at")
    op.drop_column("tokens", "scopes")
