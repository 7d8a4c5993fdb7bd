"""Pages of a long list by cursor: stable while rows are added, the same cost on every page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.kit.db import Utc
from app.kit.forms import keepable

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the cursor of the next ones (``None`` at the end)."""

    items: Sequence[Row]
    next: str | None


def paginate(
    db: Session,
    statement: Select[Any],
    *,
    key: tuple[InstrumentedAttribute[Any], ...],
    after: str | None = None,
    limit: int = 50,
    descending: bool = True,
) -> Page[Any]:
    """One page of ORM rows, ordered by ``key`` (which must be unique as a whole).

    after: a cursor that an earlier page gave; one that can't be read begins at the start.
    """
    values = _read(after, key) if after else None
    if values is not None:
        mark = tuple_(*key)
        here = tuple_(*(literal(v, c.type) for v, c in zip(values, key, strict=True)))
        statement = statement.where(mark < here if descending else mark > here)
    order = [column.desc() if descending else column.asc() for column in key]
    rows = db.scalars(statement.order_by(*order).limit(limit + 1)).unique().all()
    more = len(rows) > limit
    items = rows[:limit]
    return Page(items, _write(items[-1], key) if more else None)


def _write(row: Any, key: tuple[InstrumentedAttribute[Any], ...]) -> str:
    values = [getattr(row, column.key) for column in key]
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read(cursor: str, key: tuple[InstrumentedAttribute[Any], ...]) -> list[Any] | None:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(plain, list) or len(plain) != len(key):
            return None
        values: list[Any] = []
        for value, column in zip(plain, key, strict=True):
            kind = datetime if isinstance(column.type, Utc) else column.type.python_type
            parsed = datetime.fromisoformat(value) if kind is datetime else value
            if not isinstance(parsed, kind) or isinstance(parsed, bool):
                return None
            if isinstance(parsed, str):
                keepable(parsed)
            if isinstance(parsed, int) and abs(parsed) >= 2**31:
                return None
            if isinstance(parsed, datetime) and parsed.tzinfo is None:
                return None
            values.append(parsed)
        return values
    except (ValueError, TypeError, binascii.Error):
        return None
