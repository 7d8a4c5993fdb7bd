"""Who keeps the instance: the table of administrations, granted and ended by its operators.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "administrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_administrations_period")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_administrations_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_administrations"),
    )
    op.create_index(
        "uq_administrations_current",
        "administrations",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_administrations_current",
        table_name="administrations",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("administrations")
