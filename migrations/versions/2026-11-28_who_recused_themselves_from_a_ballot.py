"""Who recused themselves from a ballot, since when, why; and how many had when it was closed.

The closing seals recusals as it seals votes. Only their reason may go, with who is erased. Runs
beside the previous release, which counts as if nobody had recused themselves.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KEPT = ("id", "ballot_id", "person_id", "vote_nonce", "since", "until")
VERBS = {"insert": "NEW.ballot_id", "delete": "OLD.ballot_id"}


def upgrade() -> None:
    op.create_table(
        "recusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "vote_nonce",
            sa.String(length=32),
            nullable=True,
            comment="of the vote that went with it; none: they had not voted",
        ),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_recusals_period")),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name="fk_recusals_ballot_id_ballots"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_recusals_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recusals"),
    )
    op.create_index(
        "uq_recusals_current",
        "recusals",
        ["ballot_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index("ix_recusals_person", "recusals", ["person_id"])
    op.add_column(
        "closings", sa.Column("recused", sa.Integer(), server_default="0", nullable=False)
    )
    if op.get_bind().dialect.name == "sqlite":
        _seal_sqlite()
    else:
        _seal_postgresql()


def downgrade() -> None:
    op.drop_column("closings", "recused")
    op.drop_index("ix_recusals_person", table_name="recusals")
    op.drop_index(
        "uq_recusals_current",
        table_name="recusals",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("recusals")  # and its triggers with it


def _seal_sqlite() -> None:
    for verb, ballot in VERBS.items():
        op.execute(
            f"CREATE TRIGGER recusals_sealed_{verb} BEFORE {verb.upper()} ON recusals "
            f"WHEN EXISTS (SELECT 1 FROM closings WHERE ballot_id = {ballot}) "
            "BEGIN SELECT RAISE(ABORT, 'recusals are sealed by the closing'); END"
        )
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
    op.execute(
        "CREATE TRIGGER recusals_sealed_update BEFORE UPDATE ON recusals WHEN EXISTS "
        "(SELECT 1 FROM closings WHERE ballot_id IN (NEW.ballot_id, OLD.ballot_id)) "
        f"AND NOT (NEW.reason = '' AND {same}) "
        "BEGIN SELECT RAISE(ABORT, 'recusals are sealed by the closing'); END"
    )


def _seal_postgresql() -> None:
    for verb in VERBS:
        op.execute(
            f"CREATE TRIGGER recusals_sealed_{verb} BEFORE {verb.upper()} ON recusals "
            "FOR EACH ROW EXECUTE FUNCTION refuse_after_closing()"
        )
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT)
    op.execute(
        "CREATE TRIGGER recusals_sealed_update BEFORE UPDATE ON recusals FOR EACH ROW "
        f"WHEN (NOT (NEW.reason = '' AND {same})) EXECUTE FUNCTION refuse_after_closing()"
    )
