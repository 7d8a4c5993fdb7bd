"""What the pages where rooms meet need, beyond what the rooms tell of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row as Found, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.ballots.models import Ballot
from app.ballots.queries_waiting import is_running, waits_for
from app.definitions.models import (
    Change,
    Clause,
    Definition,
    TextNode,
    Version,
    VersionStage,
    Wording,
)
from app.groups.models import Group, Membership, Suspension
from app.groups.models_passkey import PasskeyCondition
from app.groups.queries import OF_THE_MEMBER, met_by, suspension_holds_at, with_suspension
from app.kit import clock
from app.people.models import Person
from app.reading.text import Reading, Row, read
from app.record.queries import SIZE_TOLD, sequence_of


@dataclass(frozen=True, slots=True)
class Step:
    """One version on the line of versions."""

    label: str
    stage: str
    at: datetime
    changes_since: int


@dataclass(frozen=True, slots=True)
class Visit:
    """How far what is told of a definition is, and what the viewer is in its group now."""

    log_id: int
    size: int
    membership: Membership | None

    @property
    def sequence(self) -> tuple[int, int]:
        """What pages about the definition are kept under."""
        return self.log_id, self.size


def visit_of(db: Session, definition: Definition, viewer: Person | None) -> Visit:
    """Both in one query, since every page of a definition begins with it."""
    if viewer is None:
        return Visit(*sequence_of(db, definition.log_id), None)
    here = {"log": definition.log_id, "group": definition.group_id, "viewer": viewer.id}
    size, membership, suspension, condition = db.execute(_VISIT, {**here, "now": clock.now()}).one()
    if membership is not None:
        met_by(with_suspension(membership, suspension), condition, viewer)
    return Visit(definition.log_id, size, membership)


# Built once, for they are asked on every request.
_VISIT = (
    select(SIZE_TOLD.scalar_subquery(), Membership, Suspension, PasskeyCondition)
    .select_from(Group)
    .outerjoin(
        Membership,
        (Membership.group_id == Group.id)
        & (Membership.person_id == bindparam("viewer"))
        & Membership.until.is_(None),
    )
    .outerjoin(Suspension, and_(OF_THE_MEMBER, suspension_holds_at(bindparam("now"))))
    .outerjoin(
        PasskeyCondition,
        (PasskeyCondition.group_id == Group.id) & PasskeyCondition.until.is_(None),
    )
    .where(Group.id == bindparam("group"))
)
_NEEDS = (
    select(Ballot.number, Ballot.question, Ballot.closes_at)
    .where(
        Ballot.definition_id == bindparam("definition"),
        is_running(bindparam("now")),
        waits_for(bindparam("viewer"), bindparam("now")),
    )
    .order_by(Ballot.closes_at, Ballot.id)
)


def needs_of(
    db: Session, definition: Definition, viewer: Person | None, now: datetime
) -> Sequence[Found[int, str, datetime]]:
    """Number, question and close of the ballots of a definition that wait for the viewer's vote."""
    if viewer is None:
        return []
    return db.execute(_NEEDS, {"definition": definition.id, "now": now, "viewer": viewer.id}).all()


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
