"""How chairs sign in: what a group asks of its chairs and editors, from when until when.

Runs beside the previous release, which does not know the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey_conditions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.String(length=32), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_passkey_conditions_period")
        ),
        sa.CheckConstraint(
            "(until IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_passkey_conditions_lifted")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_passkey_conditions_group_id_groups"
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["persons.id"], name="fk_passkey_conditions_set_by_id_persons"
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["persons.id"], name="fk_passkey_conditions_lifted_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passkey_conditions"),
    )
    op.create_index("ix_passkey_conditions_group_id", "passkey_conditions", ["group_id"])
    op.create_index(
        "uq_passkey_conditions_current",
        "passkey_conditions",
        ["group_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_passkey_conditions_current",
        table_name="passkey_conditions",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index("ix_passkey_conditions_group_id", table_name="passkey_conditions")
    op.drop_table("passkey_conditions")
