"""Keys that a device holds: passkeys, and what was begun with one.

Runs beside the previous release, which knows neither the table nor the columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BEGUN = (
    ("sign_ins", "none: it began another way"),
    ("tokens", "of the session that it was made in"),
)


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False, comment="base64url"),
        sa.Column("public_key", sa.Text(), nullable=False, comment="COSE (RFC 9052), base64url"),
        sa.Column(
            "sign_count", sa.BigInteger(), nullable=False, comment="0 where the device counts not"
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_passkeys_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
    )
    op.create_index("ix_passkeys_person_id", "passkeys", ["person_id"])
    for table, comment in BEGUN:
        with op.batch_alter_table(table) as batch:  # SQLite makes the table anew
            batch.add_column(sa.Column("passkey_id", sa.Integer(), nullable=True, comment=comment))
            batch.create_foreign_key(
                f"fk_{table}_passkey_id_passkeys", "passkeys", ["passkey_id"], ["id"]
            )
        op.create_index(f"ix_{table}_passkey_id", table, ["passkey_id"])


def downgrade() -> None:
    for table, _ in reversed(BEGUN):
        op.drop_index(f"ix_{table}_passkey_id", table_name=table)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_passkey_id_passkeys", type_="foreignkey")
            batch.drop_column("passkey_id")
    op.drop_index("ix_passkeys_person_id", table_name="passkeys")
    op.drop_table("passkeys")
