"""What is never altered: triggers keep the words, the versions, the results and the record.

Wordings, texts, changes, versions, closings, ratifications and record entries are never updated or
deleted; votes and rolls are not after their ballot's closing; the words of an entry can only go.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IMMUTABLE = (
    "wordings",
    "texts",
    "text_nodes",
    "clauses",
    "changes",
    "versions",
    "version_stages",
    "revisions",
    "proposed_changes",
    "adoptions",
    "rejections",
    "withdrawals",
    "comment_texts",
    "extensions",
    "closings",
    "ratifications",
    "record_entries",
)
# Rows of a ballot, and after its closing none of these can happen to them any more.
SEALED = {"votes": ("INSERT", "UPDATE", "DELETE"), "roll_entries": ("INSERT", "UPDATE", "DELETE")}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()
    op.execute(sa.text("INSERT INTO logs (subject, size, head) VALUES ('instance', 0, '')"))


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, name in _triggers():
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
    if not sqlite:
        for table in IMMUTABLE:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        for function in ("refuse_alteration", "refuse_after_closing", "refuse_other_words"):
            op.execute(f"DROP FUNCTION {function}()")


def _upgrade_sqlite() -> None:
    for table in IMMUTABLE:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are never altered'); END"
            )
    for table, verbs in SEALED.items():
        for verb in verbs:
            rows = ["OLD"] if verb == "DELETE" else ["NEW"] if verb == "INSERT" else ["NEW", "OLD"]
            ballots = ", ".join(f"{row}.ballot_id" for row in rows)
            op.execute(
                f"CREATE TRIGGER {table}_sealed_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM closings WHERE ballot_id IN ({ballots})) "
                f"BEGIN SELECT RAISE(ABORT, '{table} are sealed by the closing'); END"
            )
    op.execute(
        "CREATE TRIGGER record_words_only_go BEFORE UPDATE ON record_words "
        "WHEN NEW.text IS NOT NULL OR NEW.salt <> OLD.salt OR NEW.log_id <> OLD.log_id "
        "OR NEW.sequence <> OLD.sequence OR NEW.field <> OLD.field "
        "BEGIN SELECT RAISE(ABORT, 'words of the record can only go'); END"
    )
    op.execute(
        "CREATE TRIGGER record_words_stay BEFORE DELETE ON record_words "
        "BEGIN SELECT RAISE(ABORT, 'words of the record leave a tombstone'); END"
    )


def _upgrade_postgresql() -> None:
    _function("refuse_alteration", "RAISE EXCEPTION '% are never altered', TG_TABLE_NAME;")
    for table in IMMUTABLE:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_alteration()"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_alteration()"
        )
    _function(
        "refuse_after_closing",
        "IF TG_OP <> 'INSERT' AND EXISTS "
        "(SELECT 1 FROM closings WHERE ballot_id = OLD.ballot_id) OR TG_OP <> 'DELETE' AND EXISTS "
        "(SELECT 1 FROM closings WHERE ballot_id = NEW.ballot_id) THEN "
        "RAISE EXCEPTION '% are sealed by the closing', TG_TABLE_NAME; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
    )
    for table, verbs in SEALED.items():
        for verb in verbs:
            op.execute(
                f"CREATE TRIGGER {table}_sealed_{verb.lower()} BEFORE {verb} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_after_closing()"
            )
    _function(
        "refuse_other_words",
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'words of the record leave a tombstone'; END IF; "
        "IF NEW.text IS NOT NULL OR (NEW.salt, NEW.log_id, NEW.sequence, NEW.field) IS DISTINCT "
        "FROM (OLD.salt, OLD.log_id, OLD.sequence, OLD.field) THEN "
        "RAISE EXCEPTION 'words of the record can only go'; END IF; RETURN NEW;",
    )
    for name, verb in (("record_words_only_go", "UPDATE"), ("record_words_stay", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON record_words "
            "FOR EACH ROW EXECUTE FUNCTION refuse_other_words()"
        )


def _function(name: str, body: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )


def _triggers() -> list[tuple[str, str]]:
    named = [(t, f"{t}_no_{v}") for t in IMMUTABLE for v in ("update", "delete")]
    named += [(t, f"{t}_sealed_{v.lower()}") for t, verbs in SEALED.items() for v in verbs]
    return [*named, ("record_words", "record_words_only_go"), ("record_words", "record_words_stay")]
