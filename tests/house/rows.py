"""One row for every table, whatever its columns: for migrations and triggers, with rows in place."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.exc import DBAPIError

MOMENT = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)

# What a CHECK asks for. A column that is not named here gets a plain value of its type.
WANTED: dict[str, dict[str, Any]] = {
    "memberships": {"role": "chair", "until": None},
    "join_links": {"role": "member", "expires_at": datetime(2024, 6, 17, 12, 0, tzinfo=UTC)},
    "join_requests": {"decision": None, "decided_at": None},
    "interests": {"kind": "other", "shown_to": "group"},
    "suspensions": {"until": datetime(2024, 6, 10, 12, 0, tzinfo=UTC)},
    "invitations": {
        "role": "member",
        "outcome": None,
        "ended_at": None,
        "expires_at": datetime(2024, 6, 17, 12, 0, tzinfo=UTC),
    },
    "definitions": {"visibility": "public"},
    "text_nodes": {"kind": "paragraph", "level": None, "ordinal": None},
    "changes": {"kind": "reword", "source": "editorial", "proposal_number": None},
    "version_stages": {"stage": "draft"},
    "proposed_changes": {"verb": "reword", "kind": "paragraph", "after_id": None},
    "comments": {
        "kind": "question",
        "proposal_id": None,
        "version_id": None,
        "ballot_id": None,
        "parent_id": None,
        "thread_id": None,
    },
    "conduct_rules": {"replaces_id": None},
    "reports": {"ground": "spam"},
    "appeals": {
        "block_id": None,
        "suspension_id": None,
        "outcome": None,
        "decided_by_id": None,
        "decided_at": None,
    },
    "blocks": {"until": datetime(2024, 6, 10, 12, 0, tzinfo=UTC)},
    "slow_modes": {"until": datetime(2024, 6, 10, 12, 0, tzinfo=UTC)},
    "ballots": {
        "proposal_id": None,
        "revision_id": None,
        "threshold_base": "yes_no",
        "names_shown": "open",
        "counts_shown": "open",
        "closes_at": datetime(2024, 6, 10, 12, 0, tzinfo=UTC),
    },
    "votes": {"choice": "yes"},
    "closings": {"outcome": "carried"},
    "record_words": {"text": "words"},
}
LAST = ("closings", "ratifications")  # what they seal must be there before


def fill(connection: Connection) -> MetaData:
    """Puts one row into every table that has none; answers the tables as they were found.

    What is sealed by a closing that was there before stays empty.
    """
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
    tables.sort(key=lambda table: LAST.index(table.name) + 1 if table.name in LAST else 0)
    rows: dict[str, dict[str, Any]] = {}
    for table in tables:
        there = connection.execute(table.select().limit(1)).mappings().first()
        rows[table.name] = row = dict(there) if there else _row(table, rows)
        if not there:
            try:
                with connection.begin_nested():
                    connection.execute(table.insert().values(row))
            except DBAPIError as error:
                if "sealed" not in str(error):
                    raise
    return found


def _row(table: Table, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    wanted = WANTED.get(table.name, {})
    for column in table.columns:
        if column.name in wanted:
            row[column.name] = wanted[column.name]
        elif column.foreign_keys:
            there = next(iter(column.foreign_keys)).column
            row[column.name] = rows.get(there.table.name, {}).get(there.name)
        else:
            row[column.name] = _plain(column.type, column.name)
    return row


def _plain(kind: sa.types.TypeEngine[Any], name: str) -> Any:
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.DateTime):
        return MOMENT
    if isinstance(kind, sa.Integer):
        return 901
    return name[: getattr(kind, "length", None) or 80]
