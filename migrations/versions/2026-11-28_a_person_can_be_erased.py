"""A person can be erased: who was, when; pronouns; and what of the unalterable may go with a name.

1. The salt of words that are gone may go too, so that nobody can tell a guess from the words.
2. The affiliation on a roll may be emptied after the closing; everything else there stays sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OTHERS = ("NEW.ballot_id", "NEW.person_id", "NEW.category")
CLOSED = "SELECT 1 FROM closings WHERE ballot_id IN (NEW.ballot_id, OLD.ballot_id)"
EMPTIED = "NEW.affiliation = '' AND " + " AND ".join(
    f"{column} = {column.replace('NEW', 'OLD')}" for column in OTHERS
)


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="to tell those who left apart by"
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_erasures_person_id_persons"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_erasures"),
        sa.UniqueConstraint("number", name="uq_erasures_number"),
    )
    op.add_column(
        "persons",
        sa.Column("pronouns", sa.String(length=40), server_default="", nullable=False),
    )
    _words(salt="NEW.salt NOT IN (OLD.salt, '')")
    _rolls(emptied=EMPTIED)


def downgrade() -> None:
    _words(salt="NEW.salt <> OLD.salt")
    _rolls(emptied=None)
    op.drop_column("persons", "pronouns")
    op.drop_table("erasures")


def _words(*, salt: str) -> None:
    """The words of the record can only go. salt: when the salt is one that may not be written."""
    refused = (
        f"NEW.text IS NOT NULL OR {salt} OR NEW.log_id <> OLD.log_id "
        "OR NEW.sequence <> OLD.sequence OR NEW.field <> OLD.field"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER record_words_only_go")
        op.execute(
            f"CREATE TRIGGER record_words_only_go BEFORE UPDATE ON record_words WHEN {refused} "
            "BEGIN SELECT RAISE(ABORT, 'words of the record can only go'); END"
        )
        return
    _function(
        "refuse_other_words",
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'words of the record leave a tombstone'; END IF; "
        f"IF {refused} THEN RAISE EXCEPTION 'words of the record can only go'; END IF; RETURN NEW;",
    )


def _rolls(*, emptied: str | None) -> None:
    """A roll is sealed by the closing. emptied: what may still happen to a row of it."""
    unless = f" AND NOT ({emptied})" if emptied else ""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER roll_entries_sealed_update")
        op.execute(
            "CREATE TRIGGER roll_entries_sealed_update BEFORE UPDATE ON roll_entries "
            f"WHEN EXISTS ({CLOSED}){unless} "
            "BEGIN SELECT RAISE(ABORT, 'roll_entries are sealed by the closing'); END"
        )
        return
    op.execute("DROP TRIGGER roll_entries_sealed_update ON roll_entries")
    when = f"WHEN (NOT ({emptied})) " if emptied else ""
    op.execute(
        "CREATE TRIGGER roll_entries_sealed_update BEFORE UPDATE ON roll_entries "
        f"FOR EACH ROW {when}EXECUTE FUNCTION refuse_after_closing()"
    )


def _function(name: str, body: str) -> None:
    op.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {body} END $$"
    )
