"""A backup goes back whole, into either database, with every guard in its place; or not at all."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

import app.main  # noqa: F401  (all models)
from app import verification
from app.definitions.models import Clause, Definition
from app.discussions.actions import post_comment
from app.discussions.models import Comment
from app.kit.db import Base, Database
from app.kit.mail import queue_mail
from app.kit.refusals import Failed
from app.operating import revisions, tables
from app.operating.archive import Column, Reader, Writer
from app.operating.backup import restore_backup, write_backup
from app.people.queries import person_by_email
from bench.case import Size, tell
from tests.databases import bare_database, migrate, own_database
from tests.house.rows import fill
from tests.house.test_schema import REVISIONS, checks

pytestmark = pytest.mark.slow

SMALL = Size(clauses=12, comments=3, proposals=2, ballots=2, votes=8)


def silent(table, number, of):
    pass


@pytest.fixture(scope="module")
def told(backend, tmp_path_factory, worker_id):
    """A database in which much has happened. What these tests add to it is never compared with."""
    with own_database(backend, tmp_path_factory.mktemp("told"), f"told_{worker_id}") as url:
        database = Database(url)
        with database.writing() as db:
            tell(db, SMALL, slug="small")
            queue_mail(db, to="ana@example.org", subject="Wörter", text="Eins\n\tzwei \\ \\N drei")
        yield database
        database.dispose()


@pytest.fixture(scope="module")
def backup(told, tmp_path_factory):
    """The path of a backup of it, as it was told."""
    path = tmp_path_factory.mktemp("backup") / "backup.zip"
    with path.open("wb") as file:
        write_backup(told, file, signer="", told=silent)
    return path


@pytest.fixture(scope="module")
def restored(backend, backup, tmp_path_factory, worker_id):
    """It was restored, once, into a database of the same kind; what is tried there is refused."""
    folder = tmp_path_factory.mktemp("restored")
    with bare_database(backend, folder, f"restored_{worker_id}") as url:
        database = Database(url)
        restore_backup(database, backup, told=silent)
        yield database
        database.dispose()


@pytest.fixture
def others(request, backend, backup, tmp_path, worker_id):
    """Where this run has both kinds of database: the other one, into which it was restored."""
    if request.config.getoption("--db") != "both":
        yield []
        return
    (kind,) = {"sqlite", "postgresql"} - {backend}
    with bare_database(kind, tmp_path, f"other_{worker_id}") as url:
        database = Database(url)
        restore_backup(database, backup, told=silent)
        yield [database]
        database.dispose()


@pytest.fixture(scope="module")
def bare(backend, tmp_path_factory, worker_id):
    """A database of the same kind with no table in it, into which nothing comes."""
    with bare_database(backend, tmp_path_factory.mktemp("bare"), f"bare_{worker_id}") as url:
        database = Database(url)
        yield database
        assert is_bare(database)
        database.dispose()


@pytest.fixture
def empty(backend, tmp_path, worker_id):
    """A database of the same kind, with no table in it."""
    with bare_database(backend, tmp_path, f"empty_{worker_id}") as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture
def kept(tmp_path):
    """``kept(database)``: the path of a backup of it."""

    def keep(database, name="backup.zip"):
        path = tmp_path / name
        with path.open("wb") as file:
            write_backup(database, file, signer="", told=silent)
        return path

    return keep


def rows_of(path):
    """Every row of a backup, by table, as values by column."""
    with Reader(path) as reader:
        return {
            one.name: [
                dict(zip((column.name for column in one.columns), row, strict=True))
                for row in reader.rows(one)
            ]
            for one in reader.manifest.tables
        }


def changed(backup, folder, name, before, after):
    """The same backup in a folder, but for some words of one of its files."""
    path = folder / "changed.zip"
    with zipfile.ZipFile(backup) as kept:
        parts = {one: kept.read(one) for one in kept.namelist()}
    assert re.search(before, parts[name])
    parts[name] = re.sub(before, after, parts[name], count=1)
    with zipfile.ZipFile(path, "w") as other:
        for one, content in parts.items():
            other.writestr(one, content)
    return path


def guards_of(connection):
    """Every trigger and every foreign key, as the database has them."""
    if connection.dialect.name == "sqlite":
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        found = (
            "SELECT conrelid::regclass::text || conname, pg_get_constraintdef(oid) "
            "FROM pg_constraint UNION ALL "
            "SELECT tgrelid::regclass::text || tgname, tgenabled::text || pg_get_triggerdef(oid) "
            "FROM pg_trigger WHERE NOT tgisinternal"
        )
    return set(connection.execute(text(found)).all())


def is_bare(database):
    with database.reading() as db:
        return inspect(db.connection()).get_table_names() == []


class TestThereAndBack:
    def test_into_either_kind_of_database(self, backup, restored, others, kept):
        before = rows_of(backup)
        assert before["votes"] and before["record_words"]
        for number, database in enumerate([restored, *others]):
            assert rows_of(kept(database, f"again_{number}.zip")) == before
            with database.reading() as db:
                assert list(verification.verify(db)) == []

    @pytest.mark.parametrize("revision", [REVISIONS[1], *REVISIONS[-2:]])
    def test_every_table_as_it_was_at_an_older_revision(
        self, backend, tmp_path, worker_id, empty, kept, revision
    ):
        with bare_database(backend, tmp_path, f"older_{worker_id}") as url:
            migrate(url, revision)
            older = Database(url)
            with older.engine.begin() as connection:
                connection.execute(text("DELETE FROM logs"))
                fill(connection)
            path = kept(older)
            migrate(url)  # what it would be by now
            newer = rows_of(kept(older, "newer.zip"))
            older.dispose()
        restore_backup(empty, path, told=silent)
        assert rows_of(kept(empty, "restored.zip")) == newer
        with empty.reading() as db:
            assert revisions.revision_of(db.connection()) == revisions.newest()

    def test_a_database_that_was_only_migrated_is_empty(
        self, backend, backup, kept, tmp_path, worker_id
    ):
        with own_database(backend, tmp_path, f"migrated_{worker_id}") as url:
            database = Database(url)
            restore_backup(database, backup, told=silent)
            assert rows_of(kept(database)) == rows_of(backup)
            database.dispose()

    def test_every_table_is_in_it(self, backup):
        assert set(rows_of(backup)) == set(Base.metadata.tables)

    def test_every_kind_of_value(self, live):
        bytes_type = "BLOB" if live.database.is_sqlite else "BYTEA"
        moment = "TIMESTAMP" if live.database.is_sqlite else "TIMESTAMP WITH TIME ZONE"
        columns = {
            "id": "integer",
            "yes": "boolean",
            "said": "text",
            "at": "time",
            "raw": "bytes",
            "more": "json",
        }
        kept = tuple(Column(*one) for one in columns.items())
        rows: list[list[Any]] = [
            [
                1,
                True,
                "a\tb\\N\n\"'é",
                "2024-02-29T23:59:59.999999Z",
                "AP8gXA==",
                '{"a":  1, "a": 2}',
            ],
            [2, False, "", "1970-01-01T00:00:00.000000Z", "", "null"],
            [3, None, None, None, None, None],
        ]
        with live.database.engine.begin() as connection:
            connection.exec_driver_sql(
                f"CREATE TABLE every_kind (id INTEGER PRIMARY KEY, yes BOOLEAN, said TEXT, at {moment}, "
                f"raw {bytes_type}, more JSON)"
            )
            tables.fill(connection, "every_kind", kept, rows)
            (shape,) = [one for one in tables.shapes(connection) if one.name == "every_kind"]
            assert shape.columns == kept
            assert list(tables.read(connection, shape)) == rows

    def test_a_backup_holds_one_moment(self, told, kept, tmp_path):
        """What is committed while it is being written is in none of its tables."""
        before = rows_of(kept(told))
        file = io.BytesIO()

        def meanwhile(table, number, of):
            with told.writing() as db:
                queue_mail(db, to="ana@example.org", subject="Later", text="later")
                db.execute(text("UPDATE persons SET theme = 'dark'"))

        write_backup(told, file, signer="", told=meanwhile)
        (tmp_path / "meanwhile.zip").write_bytes(file.getvalue())
        assert rows_of(tmp_path / "meanwhile.zip") == before


class TestGuards:
    def test_the_schema_is_that_of_this_release(self, restored, migrated):
        with restored.engine.connect() as made, migrated.engine.connect() as wanted:
            context = MigrationContext.configure(made, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
            assert checks(made) == checks(wanted)
            assert guards_of(made) == guards_of(wanted)

    def test_what_is_final_is_refused_to_be_altered(self, restored):
        for deed in (
            "UPDATE closings SET yes = 9",
            "DELETE FROM votes",
            "DELETE FROM record_words",
        ):
            with restored.engine.connect() as connection, pytest.raises(DBAPIError):
                connection.execute(text(deed))

    def test_keys_hold(self, restored):
        with restored.engine.connect() as connection, pytest.raises(IntegrityError):
            connection.execute(text("UPDATE definitions SET group_id = 77"))

    def test_new_rows_get_numbers_after_the_old(self, restored, clock):
        with restored.open_writing() as db:  # and nothing is committed
            definition = db.scalar(select(Definition).where(Definition.slug == "small"))
            clauses = select(Clause).where(Clause.definition_id == definition.id)
            clause = db.scalar(clauses.where(Clause.number == 2))
            ana = person_by_email(db, "ana@small.example")
            assert ana and definition
            before = db.scalar(select(func.max(Comment.id)))
            comment = post_comment(db, definition, by=ana, body="After.", clause=clause)
            db.flush()
            assert comment.id == before + 1
            assert list(verification.verify(db)) == []


class TestRefused:
    def test_into_a_database_that_holds_something(self, told, kept):
        path = kept(told)
        with pytest.raises(Failed, match="goes into an empty one"):
            restore_backup(told, path, told=silent)
        assert rows_of(kept(told, "still.zip")) == rows_of(path)

    def test_of_a_later_release(self, backup, bare, tmp_path):
        path = changed(
            backup, tmp_path, "manifest.json", rb'"revision": "\d+"', b'"revision": "9999"'
        )
        with pytest.raises(Failed, match="later release"):
            restore_backup(bare, path, told=silent)
        assert is_bare(bare)

    def test_that_was_altered(self, backup, bare, tmp_path):
        path = changed(backup, tmp_path, "tables/votes.jsonl", b'"no"', b'"yes"')
        with pytest.raises(Failed, match="Nothing was restored: the table votes"):
            restore_backup(bare, path, told=silent)
        assert is_bare(bare)

    def test_with_tables_of_another_revision(self, backup, bare, tmp_path):
        path = changed(backup, tmp_path, "manifest.json", b'"name": "looks"', b'"name": "glances"')
        with pytest.raises(Failed, match="not those of its revision"):
            restore_backup(bare, path, told=silent)
        assert is_bare(bare)

    def test_with_rows_that_refer_to_nothing(self, backup, bare, tmp_path):
        """Whole by its hashes, and yet nothing that the database would hold."""
        path = tmp_path / "other.zip"
        with Reader(backup) as reader, path.open("wb") as file:
            writer, made = Writer(file), []
            for one in reader.manifest.tables:
                rows = [] if one.name == "persons" else reader.rows(one)
                made.append(writer.table(one.name, one.columns, rows))
            writer.finish(replace(reader.manifest, tables=tuple(made)))
        with pytest.raises(Failed, match="Nothing was restored: the database refused"):
            restore_backup(bare, path, told=silent)
        assert is_bare(bare)

    def test_what_is_no_backup(self, bare, tmp_path):
        (tmp_path / "words.txt").write_text("words")
        for name in ("words.txt", "nothing.zip"):
            with pytest.raises(Failed, match="no backup"):
                restore_backup(bare, tmp_path / name, told=silent)

    def test_where_there_is_nothing(self, bare):
        with pytest.raises(Failed, match="nothing in this database"):
            write_backup(bare, io.BytesIO(), signer="", told=silent)
