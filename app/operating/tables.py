"""Tables as they stand in a database, whatever this release's models say: read and filled whole.

Both databases give and take the values of ``archive``. SQLite is read by plain questions within one
transaction, PostgreSQL by ``COPY``.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from app.operating.archive import Column, Row

KINDS: dict[type[sa.types.TypeEngine[Any]], str] = {
    sa.Boolean: "boolean",
    sa.Integer: "integer",
    sa.DateTime: "time",
    sa.JSON: "json",
    sa.LargeBinary: "bytes",
    sa.String: "text",
}
Converters = dict[str, Callable[[Any], Any]]

REVISION = "alembic_version"  # Alembic's own, which the manifest tells


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns, and those that order its rows."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def shapes(connection: Connection) -> list[Shape]:
    """Every table that there is, by name."""
    inspector = sa.inspect(connection)
    columns, keys = inspector.get_multi_columns(), inspector.get_multi_pk_constraint()
    return [
        Shape(
            name,
            tuple(Column(one["name"], kind_of(one["type"])) for one in columns[schema, name]),
            tuple(keys[schema, name]["constrained_columns"]),
        )
        for schema, name in sorted(columns, key=lambda key: key[1])
        if name != REVISION
    ]


def kind_of(column: sa.types.TypeEngine[Any]) -> str:
    """How values of a column are kept."""
    for kind, name in KINDS.items():
        if isinstance(column, kind):
            return name
    raise TypeError(f"no backup knows how to keep {column!r}")


def read(connection: Connection, shape: Shape) -> Iterator[Row]:
    """All rows, in the order of their key."""
    order = ", ".join(map(_quoted, shape.key))
    if connection.dialect.name == "sqlite":
        names = ", ".join(_quoted(one.name) for one in shape.columns)
        question = f"SELECT {names} FROM {_quoted(shape.name)} ORDER BY {order}"
        rows = _driver(connection).execute(question)
        return _converted(rows, [_OF_SQLITE.get(one.kind) for one in shape.columns])
    names = ", ".join(map(_postgresql_text, shape.columns))
    rows = _copied(connection, f"SELECT {names} FROM {_quoted(shape.name)} ORDER BY {order}", shape)
    return _converted(rows, [_OF_POSTGRESQL.get(one.kind) for one in shape.columns])


def fill(
    connection: Connection, table: str, columns: tuple[Column, ...], rows: Iterable[Row]
) -> None:
    """Puts rows into a table, whose guards must have been lifted. columns: those of the rows."""
    names = ", ".join(_quoted(one.name) for one in columns)
    if connection.dialect.name == "sqlite":
        holes = ", ".join("?" * len(columns))
        values = _converted(rows, [_TO_SQLITE.get(one.kind) for one in columns])
        insert = f"INSERT INTO {_quoted(table)} ({names}) VALUES ({holes})"
        _driver(connection).executemany(insert, values)
        return
    with _driver(connection).cursor() as cursor:
        with cursor.copy(f"COPY {_quoted(table)} ({names}) FROM STDIN") as copy:
            for row in _converted(rows, [_TO_POSTGRESQL.get(one.kind) for one in columns]):
                copy.write_row(row)
        for one in columns:
            if one.kind == "integer":
                _go_on_after(cursor, table, one.name)


@contextmanager
def lifted(connection: Connection, found: list[Shape]) -> Iterator[None]:
    """Without triggers and foreign keys for the length of a block; at its end, all keys hold again.

    Rows may then come in any order, and what is never altered can be put in place.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {_quoted(name)}")
        yield
        for _, definition in triggers:
            connection.exec_driver_sql(definition)
        return
    keys = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    ).all()
    for table, name, _ in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {_quoted(name)}")
    for one in found:
        connection.exec_driver_sql(f"ALTER TABLE {_quoted(one.name)} DISABLE TRIGGER USER")
    yield
    for one in found:
        connection.exec_driver_sql(f"ALTER TABLE {_quoted(one.name)} ENABLE TRIGGER USER")
    for table, name, definition in keys:
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD CONSTRAINT {_quoted(name)} {definition}"
        )


def hold(connection: Connection, found: list[Shape]) -> None:
    """Keeps everybody else from writing until the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.info["turns"].take(connection)
    elif found:
        names = ", ".join(_quoted(one.name) for one in found)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


def _copied(connection: Connection, question: str, shape: Shape) -> Iterator[tuple[Any, ...]]:
    types = {"integer": "int8", "boolean": "bool", "bytes": "bytea"}
    with (
        _driver(connection).cursor() as cursor,
        cursor.copy(f"COPY ({question}) TO STDOUT") as copy,
    ):
        copy.set_types([types.get(one.kind, "text") for one in shape.columns])
        yield from copy.rows()


def _go_on_after(cursor: Any, table: str, column: str) -> None:
    """New rows get numbers after those that are there."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", (_quoted(table), column))
    (sequence,) = cursor.fetchone()
    if sequence is not None:
        name = _quoted(column)
        cursor.execute(
            f"SELECT setval(%s, max({name})) FROM {_quoted(table)} HAVING max({name}) IS NOT NULL",
            (sequence,),
        )


def _converted(
    rows: Iterable[Iterable[Any]], converters: list[Callable[[Any], Any] | None]
) -> Iterator[Row]:
    needed = [(place, one) for place, one in enumerate(converters) if one is not None]
    for found in rows:
        row = list(found)
        for place, convert in needed:
            if row[place] is not None:
                row[place] = convert(row[place])
        yield row


def _postgresql_text(column: Column) -> str:
    name = _quoted(column.name)
    if column.kind == "time":
        return f"""to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"{name}::text" if column.kind == "json" else name


def _moment(kept: str) -> str:
    return datetime.fromisoformat(kept).isoformat(timespec="microseconds") + "Z"


def _sqlite_moment(moment: str) -> str:
    return moment[:10] + " " + moment[11:-1]


def _text_of_bytes(kept: bytes) -> str:
    return base64.b64encode(kept).decode()


def _bytes_of_text(text: str) -> bytes:
    return binascii.a2b_base64(text)


_OF_SQLITE: Converters = {"time": _moment, "boolean": bool, "bytes": _text_of_bytes}
_TO_SQLITE: Converters = {"time": _sqlite_moment, "bytes": _bytes_of_text}
_OF_POSTGRESQL: Converters = {"bytes": _text_of_bytes}
_TO_POSTGRESQL: Converters = {"bytes": _bytes_of_text}


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
