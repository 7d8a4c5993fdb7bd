"""How a text came to be: its changes, and those of one clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.definitions.models import Change, Clause, Definition, Text, TextNode, Version
from app.kit.paging import Page, paginate


@dataclass(frozen=True, slots=True)
class InVersion:
    """A clause as one version has it."""

    label: str
    kind: str
    wording: str


def changes_page(
    db: Session, definition: Definition, *, after: str | None = None, limit: int = 50
) -> Page[Change]:
    """All changes, the newest first, with clause and person, by cursor."""
    statement = (
        select(Change)
        .where(Change.definition_id == definition.id)
        .options(joinedload(Change.clause), joinedload(Change.by))
    )
    return paginate(db, statement, key=(Change.step, Change.position), after=after, limit=limit)


def clause_history(db: Session, clause: Clause) -> Sequence[Change]:
    """The changes of one clause, the oldest first, with who made them. One query."""
    return db.scalars(
        select(Change)
        .where(Change.clause_id == clause.id)
        .options(joinedload(Change.clause), joinedload(Change.by))
        .order_by(Change.step, Change.position)
    ).all()


def splits_between(db: Session, definition: Definition, a: Text, b: Text) -> dict[int, int]:
    """By number, clauses that were split off others on the way from one text to a later one: the
    number of the clause that their words came out of. One query."""
    led, source = aliased(Change), aliased(Clause)
    first, last = (
        select(func.coalesce(edge, 0))
        .where(led.definition_id == definition.id, led.to_text_id == text.id)
        .scalar_subquery()
        for edge, text in ((func.min(led.step), a), (func.max(led.step), b))
    )
    rows = db.execute(
        select(Clause.number, source.number)
        .join(Change, Change.clause_id == Clause.id)
        .join(source, source.id == Change.split_from_id)
        .where(
            Change.definition_id == definition.id,
            Change.step > first,
            Change.step <= last,
        )
    )
    return dict(rows.all())


def versions_with(db: Session, clause: Clause) -> list[InVersion]:
    """The versions in which a clause stands, the oldest first. One query."""
    rows = db.execute(
        select(Version.label, TextNode.kind, TextNode.wording_hash)
        .join(TextNode, TextNode.text_id == Version.text_id)
        .where(TextNode.clause_id == clause.id)
        .order_by(Version.id)
    )
    return [InVersion(*row) for row in rows]
