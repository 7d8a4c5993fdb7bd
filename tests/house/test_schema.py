"""Models and migrations agree; every migration goes up and down with rows in place."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

import app.main  # noqa: F401  (all models)
from app.kit.db import Base, Database
from tests.databases import MIGRATIONS, bare_database, migrate, own_database
from tests.house.rows import fill

pytestmark = pytest.mark.slow

config = Config()
config.set_main_option("script_location", str(MIGRATIONS))
REVISIONS = [
    one.revision for one in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))
]

# Never updated or deleted: "What must always hold", 10.
IMMUTABLE = {
    "wordings", "texts", "text_nodes", "changes", "versions", "revisions", "proposed_changes",
    "comment_texts", "conduct_rules", "closings", "ratifications", "record_entries",
}  # fmt: skip


@pytest.fixture
def bare(backend, tmp_path, worker_id):
    """A database with no table in it."""
    with bare_database(backend, tmp_path, f"bare_{worker_id}") as url:
        yield url


@pytest.fixture
def filled(backend, tmp_path, worker_id):
    """A migrated database with one row in every table."""
    with own_database(backend, tmp_path, f"filled_{worker_id}") as url:
        database = Database(url)
        with database.engine.begin() as connection:
            fill(connection)
        yield database
        database.dispose()


def test_models_and_migrations_agree(migrated):
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_checks_of_models_and_migrations_agree(migrated, bare):
    """Alembic does not compare CHECKs."""
    models = Database(bare)
    Base.metadata.create_all(models.engine)
    with models.engine.connect() as made, migrated.engine.connect() as found:
        assert checks(made) == checks(found)
    models.dispose()


def checks(connection: Connection) -> dict[str, set[tuple[str | None, str]]]:
    inspector = inspect(connection)
    return {
        table: {(one["name"], one["sqltext"]) for one in inspector.get_check_constraints(table)}
        for table in Base.metadata.tables
    }


def test_every_migration_goes_up_and_down_with_rows_in_place(bare):
    """Each step up with a row in every table that was there before, and each step down again."""
    database = Database(bare)
    migrate(bare, REVISIONS[0])
    had = [filled_of(database)]
    for revision in REVISIONS[1:]:
        migrate(bare, revision)
        assert had[-1] <= tables_with_rows(database), f"the upgrade to {revision}"
        had.append(filled_of(database))
    for revision in REVISIONS[-2::-1]:
        migrate(bare, "-1")
        had.pop()
        assert had[-1] <= tables_with_rows(database), f"the downgrade to {revision}"
    migrate(bare, "base")
    migrate(bare, "head")
    database.dispose()


def filled_of(database: Database) -> set[str]:
    """Gives every table a row that has none; those that have one then."""
    with database.engine.begin() as connection:
        fill(connection)
    return tables_with_rows(database)


def tables_with_rows(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        asked = [f"SELECT '{name}' WHERE EXISTS (SELECT * FROM \"{name}\")" for name in names]
        return set(connection.scalars(text(" UNION ALL ".join(asked))))


def test_every_migration_says_why(backend):
    for one in ScriptDirectory.from_config(config).walk_revisions():
        assert one.doc, one.path
        assert one.path.rsplit("/", 1)[-1][:10].count("-") == 2, "named after its day and reason"


def test_the_database_refuses_to_alter_what_is_final(filled):
    for table in sorted(IMMUTABLE):
        column = Base.metadata.tables[table].columns.keys()[-1]
        deeds = [f'UPDATE "{table}" SET "{column}" = "{column}"', f'DELETE FROM "{table}"']
        if filled.is_sqlite:
            deeds.append(f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"')
        else:
            deeds.append(f'TRUNCATE "{table}" CASCADE')
        for deed in deeds:
            with filled.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
                connection.execute(text(deed))
            assert "never" in str(refused.value), deed


def test_what_was_voted_is_sealed_by_the_closing(filled):
    deeds = ["UPDATE votes SET choice = 'no'", "DELETE FROM votes", "DELETE FROM roll_entries"]
    for deed in deeds:
        with filled.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
            connection.execute(text(deed))
        assert "sealed" in str(refused.value), deed


def test_the_words_of_an_entry_can_go_but_not_change(filled):
    for deed in ["UPDATE record_words SET text = 'others'", "DELETE FROM record_words"]:
        with filled.engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(deed))
    with filled.engine.begin() as connection:
        connection.execute(text("UPDATE record_words SET text = NULL"))


def test_foreign_keys_are_real_on_both(filled):
    with filled.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("UPDATE definitions SET group_id = 77"))


def test_one_vote_a_person_is_a_primary_key(db):
    votes = Base.metadata.tables["votes"]
    assert votes.primary_key.columns.keys() == ["ballot_id", "person_id"]
    found = inspect(db.connection()).get_pk_constraint("votes")["constrained_columns"]
    assert found == ["ballot_id", "person_id"]


def test_a_comment_has_exactly_one_subject(filled):
    for deed in [
        "UPDATE comments SET clause_id = NULL, wording_hash = NULL",
        "UPDATE comments SET ballot_id = (SELECT id FROM ballots)",
    ]:
        with filled.engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(deed))
