"""Who comes into a group by a link, or asks to join: links with their uses, and requests.

Runs beside the previous release, which does not know the tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "join_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(
            "label",
            sa.String(length=80),
            nullable=False,
            comment="whom it is for, to tell links apart",
        ),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("uses_max", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("role IN ('member', 'observer')", name=op.f("ck_join_links_role")),
        sa.CheckConstraint("uses_max > 0", name=op.f("ck_join_links_uses_max")),
        sa.CheckConstraint("expires_at > at", name=op.f("ck_join_links_window")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_join_links_group_id_groups"),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_join_links_by_id_persons"),
        sa.PrimaryKeyConstraint("id", name="pk_join_links"),
        sa.UniqueConstraint("token_hash", name="uq_join_links_token_hash"),
    )
    op.create_index("ix_join_links_group", "join_links", ["group_id"])
    op.create_table(
        "join_link_uses",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["join_links.id"], name="fk_join_link_uses_link_id_join_links"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_join_link_uses_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("link_id", "person_id", name="pk_join_link_uses"),
    )
    op.create_table(
        "join_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("affiliation", sa.String(length=160), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision", sa.String(length=9), nullable=True),
        sa.Column("decided_by_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('accepted', 'declined', 'withdrawn')",
            name=op.f("ck_join_requests_decision"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_join_requests_decided")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_join_requests_group_id_groups"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_join_requests_person_id_persons"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name="fk_join_requests_category_id_categories"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["persons.id"], name="fk_join_requests_decided_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_join_requests"),
    )
    op.create_index(
        "uq_join_requests_open",
        "join_requests",
        ["group_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_index("ix_join_requests_group_person", "join_requests", ["group_id", "person_id"])
    op.create_index("ix_join_requests_person", "join_requests", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_join_requests_person", table_name="join_requests")
    op.drop_index("ix_join_requests_group_person", table_name="join_requests")
    op.drop_index("uq_join_requests_open", table_name="join_requests")
    op.drop_table("join_requests")
    op.drop_table("join_link_uses")
    op.drop_index("ix_join_links_group", table_name="join_links")
    op.drop_table("join_links")
