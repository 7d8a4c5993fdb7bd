"""What is hidden, and under which rule: rules of conduct, which are never altered, and hidings.

Runs beside the previous release, which knows neither table; it goes on to show what is hidden.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conduct_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name="fk_conduct_rules_group_id_groups"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_conduct_rules_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["conduct_rules.id"], name="fk_conduct_rules_replaces_id_conduct_rules"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conduct_rules"),
        sa.UniqueConstraint("group_id", "number", name="uq_conduct_rules_group_id_number"),
        sa.UniqueConstraint("replaces_id", name="uq_conduct_rules_replaces_id"),
    )
    op.create_table(
        "hidings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.String(length=32), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_hidings_lifted")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_hidings_comment_id_comments"
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["conduct_rules.id"], name="fk_hidings_rule_id_conduct_rules"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name="fk_hidings_by_id_persons"),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["persons.id"], name="fk_hidings_lifted_by_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hidings"),
    )
    op.create_index(
        "uq_hidings_current",
        "hidings",
        ["comment_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    _never_altered("conduct_rules")


def downgrade() -> None:
    op.drop_index(
        "uq_hidings_current",
        table_name="hidings",
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.drop_table("hidings")
    op.drop_table("conduct_rules")  # its triggers go with it


def _never_altered(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are never altered'); END"
            )
        return
    for verb, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_alteration()"
        )
