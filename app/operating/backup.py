"""A backup of everything, taken while others write; and its way back, into an empty database.

Both databases show a reading transaction what was committed before it began, and nothing later: a
backup holds every vote that was acknowledged by then, and nothing by half.
"""

import sqlite3
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import IO

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from app.kit import clock
from app.kit.db import Database
from app.kit.logs import reason_of
from app.kit.refusals import Failed
from app.operating import revisions, tables
from app.operating.archive import Column, Manifest, Reader, Unreadable, Writer
from app.record.canonical import canonical_time

Told = Callable[[str, int, int], None]  # which table, and how many of how many


def write_backup(database: Database, file: IO[bytes], *, signer: str, told: Told) -> Manifest:
    """Writes all tables as they are at one moment.

    signer: the id of the key that signs receipts, if known. told: called before each table.
    """
    made_at = canonical_time(clock.now())  # what was acknowledged by now is committed by now
    with database.reading() as db:
        connection = db.connection()
        revision = revisions.revision_of(connection)  # from this question on, all is still
        if revision is None:
            raise Failed("There is nothing in this database yet, so there is nothing to keep.")
        found = tables.shapes(connection)
        writer, kept = Writer(file), []
        for number, one in enumerate(found):
            told(one.name, number, len(found))
            kept.append(writer.table(one.name, one.columns, tables.read(connection, one)))
        manifest = Manifest(
            release=version("clausewise"),
            revision=revision,
            database=connection.dialect.name,
            made_at=made_at,
            signer=signer,
            tables=tuple(kept),
        )
        writer.finish(manifest)
    return manifest


def restore_backup(database: Database, path: Path, *, told: Told) -> Manifest:
    """Puts a backup into an empty database, whole or not at all; of either kind, whatever it was.

    1. The tables are made as they were at the backup's revision.
    2. They are filled, while no trigger and no foreign key stands in the way, and held against the
       hashes of the manifest.
    3. Triggers and keys are back; every key holds.
    4. The database is brought up to this release.
    """
    try:
        with Reader(path) as reader, database.engine.begin() as connection:
            manifest = reader.manifest
            if manifest.revision not in revisions.known():
                raise Failed(
                    f"This backup is of a later release ({manifest.release}): restore it with that."
                )
            _make_tables(connection, manifest)
            _fill(connection, reader, told)
            revisions.upgrade(connection)
    except Unreadable as error:
        raise Failed(f"Nothing was restored: {error}.") from error
    except (SQLAlchemyError, psycopg.Error, sqlite3.Error) as error:
        raise Failed(f"Nothing was restored: the database refused ({reason_of(error)}).") from error
    return manifest


def _make_tables(connection: Connection, manifest: Manifest) -> None:
    found = tables.shapes(connection)
    tables.hold(connection, found)
    for one in found:
        full = "WHERE size > 0" if one.name == "logs" else ""  # a new database has an empty log
        if connection.scalar(text(f'SELECT count(*) FROM "{one.name}" {full}')):
            raise Failed("There is something in this database: a backup goes into an empty one.")
    if found:
        revisions.downgrade(connection)
    revisions.upgrade(connection, manifest.revision)


def _fill(connection: Connection, reader: Reader, told: Told) -> None:
    """Fills every table. The order of columns is the backup's: databases differ in it."""
    found = tables.shapes(connection)
    kept = reader.manifest.tables
    if {_named(one.name, one.columns) for one in found} != {
        _named(one.name, one.columns) for one in kept
    }:
        raise Unreadable("its tables are not those of its revision")
    with tables.lifted(connection, found):
        for one in found:
            connection.execute(text(f'DELETE FROM "{one.name}"'))  # what migrations put there
        for number, table in enumerate(kept):
            told(table.name, number, len(kept))
            tables.fill(connection, table.name, table.columns, reader.rows(table))
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def _named(name: str, columns: tuple[Column, ...]) -> tuple[str, frozenset[Column]]:
    return name, frozenset(columns)
