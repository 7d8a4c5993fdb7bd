import base64
import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.paging import paginate
from app.people.actions import add_person
from app.people.models import Person


def names(db: Session, after: str | None = None, limit: int = 2) -> tuple[list[str], str | None]:
    page = paginate(
        db,
        select(Person),
        key=(Person.since, Person.id),
        after=after,
        limit=limit,
        descending=False,
    )
    return [p.name for p in page.items], page.next


def test_every_row_comes_once_however_the_pages_are_cut(db: Session) -> None:
    for i in range(5):
        add_person(db, name=f"Person {i}", email=None)
    seen: list[str] = []
    after: str | None = None
    while True:
        some, after = names(db, after)
        seen += some
        if after is None:
            break
    assert sorted(seen) == [f"Person {i}" for i in range(5)]


def cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "hostile",
    ["", "x", "é", "'; DROP TABLE persons", cursor([1]), cursor({}), cursor(["x", "y"]),
     cursor(["2024-01-01T00:00:00", "p"]), cursor([True, True]), cursor(None), "=" * 50,
     cursor(["2024-01-01T00:00:00+00:00", "\ud800"]),
     cursor(["2024-01-01T00:00:00+00:00", "\0"])],
)  # fmt: skip
def test_a_cursor_that_cannot_be_read_begins_at_the_start(db: Session, hostile: str) -> None:
    add_person(db, name="Somebody", email=None)
    assert names(db, hostile) == (["Somebody"], None)
