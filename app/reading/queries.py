"""What the pages where rooms meet need, beyond what the rooms tell of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.definitions.models import (
    Change,
    Clause,
    Definition,
    TextNode,
    Version,
    VersionStage,
    Wording,
)
from app.groups.models import Membership
from app.people.models import Person
from app.reading.text import Reading, Row, read
from app.record.models import Log


@dataclass(frozen=True, slots=True)
class Step:
    """One version on the line of versions."""

    label: str
    stage: str
    at: datetime
    changes_since: int


@dataclass(frozen=True, slots=True)
class Visit:
    """How far a definition's record is, and what the viewer is in its group now."""

    log_id: int
    size: int
    membership: Membership | None

    @property
    def sequence(self) -> tuple[int, int]:
        """What pages about the definition are kept under."""
        return self.log_id, self.size


def visit_of(db: Session, definition: Definition, viewer: Person | None) -> Visit:
    """Both in one query, since every page of a definition begins with it."""
    statement = select(Log.size).where(Log.id == definition.log_id)
    if viewer is None:
        return Visit(definition.log_id, db.execute(statement).scalar_one(), None)
    mine = (
        (Membership.group_id == definition.group_id)
        & (Membership.person_id == viewer.id)
        & Membership.until.is_(None)
    )
    size, membership = db.execute(
        statement.add_columns(Membership).select_from(Log).outerjoin(Membership, mine)
    ).one()
    return Visit(definition.log_id, size, membership)


def reading_of(db: Session, text_id: int) -> Reading:
    """A text with its words, in one query."""
    steps = (
        select(func.count(Change.id))
        .where(Change.clause_id == TextNode.clause_id)
        .correlate(TextNode)
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            TextNode.clause_id,
            Clause.number,
            TextNode.kind,
            TextNode.depth,
            TextNode.level,
            TextNode.ordinal,
            TextNode.wording_hash,
            Wording.markdown,
            Wording.html,
            steps,
        )
        .join(Clause, Clause.id == TextNode.clause_id)
        .join(Wording, Wording.hash == TextNode.wording_hash)
        .where(TextNode.text_id == text_id)
        .order_by(TextNode.position)
    )
    return read([Row(*row) for row in rows])


def steps_of(db: Session, definition: Definition) -> Sequence[Step]:
    """Every version with the stage that it is at, and how many changes were made to the text since;
    oldest first, in one query."""
    stage = (
        select(VersionStage.stage)
        .where(VersionStage.version_id == Version.id)
        .order_by(VersionStage.id.desc())
        .limit(1)
        .correlate(Version)
        .scalar_subquery()
    )
    reached = (
        select(func.coalesce(func.max(Change.step), 0))
        .where(Change.definition_id == definition.id, Change.to_text_id == Version.text_id)
        .correlate(Version)
        .scalar_subquery()
    )
    since = aliased(Change)
    changes = (
        select(func.count(since.id))
        .where(since.definition_id == definition.id, since.step > reached)
        .correlate(Version)
        .scalar_subquery()
    )
    rows = db.execute(
        select(Version.label, stage, Version.at, changes)
        .where(Version.definition_id == definition.id)
        .order_by(Version.at, Version.id)
    )
    return [Step(label, at_stage or "draft", at, count) for label, at_stage, at, count in rows]
