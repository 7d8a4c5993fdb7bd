"""What can be appealed against, for who may read it; and the appeals that wait for somebody."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.definitions.models import Definition
from app.discussions.measures import Measure, MeasureKind, against, measure
from app.discussions.models import Comment, Hiding
from app.discussions.models_appeal import Appeal
from app.discussions.rules_appeal import may_read_appeal
from app.groups.models import Group, Membership, Suspension
from app.groups.models_conduct import Block
from app.groups.queries import OF_THE_MEMBER, membership_of, suspension_holds_at
from app.groups.queries_conduct import holds
from app.groups.rules import must_be_chair
from app.kit.refusals import NotFound, refuse_unless
from app.people.models import Person
from app.people.models_erasure import Erasure
from app.people.queries import administration_of


def measure_for(
    db: Session, group: Group, kind: MeasureKind, number: int, viewer: Person, now: datetime
) -> Measure:
    """What was decided, with the appeal against it; NotFound for who may not read that. A chair is
    told why not: who is suspended, or has come without the passkey that the group asks for."""
    row = db.scalar(_rows(group, kind, number))
    if row is None:
        raise NotFound
    appeal = db.scalar(select(Appeal).where(_is_against(row)).options(joinedload(Appeal.by)))
    found = measure(row, appeal)
    membership = membership_of(db, group.id, viewer)
    is_read = may_read_appeal(
        found,
        viewer.id,
        membership,
        administration_of(db, viewer),
        chairs_beside(db, group.id, found, now),
    )
    if not is_read:
        if membership is not None and membership.role == "chair":
            refuse_unless(must_be_chair(membership))
        raise NotFound
    return found


def appeal_against(db: Session, measure: Measure) -> Appeal | None:
    """The appeal that there is by now."""
    return db.scalar(select(Appeal).where(_is_against(measure.row)))


def chairs_beside(db: Session, group_id: int, measure: Measure, now: datetime) -> int:
    """How many chairs a group has now who neither decided this nor are whom it is about."""
    count = _chairs(now).where(
        Membership.group_id == group_id,
        Membership.person_id.not_in([measure.row.by_id, measure.person_id]),
    )
    return db.scalar(count.with_only_columns(func.count())) or 0


def appeals_waiting(db: Session, group_id: int, now: datetime) -> Sequence[Measure]:
    """What is appealed against in a group and not decided, the first appeal first; one query."""
    found = db.scalars(_waiting(now).where(Appeal.group_id == group_id).order_by(Appeal.id))
    return [against(one) for one in found]


def appeals_to_decide(
    db: Session, viewer: Person, now: datetime, limit: int = 10
) -> Sequence[tuple[Group, Measure]]:
    """The appeals that somebody may decide, with their groups: as another chair, or where a group
    has none, as who administers the instance. The first appeal first."""
    mine = _chairs(now).where(Membership.person_id == viewer.id)
    may: ColumnElement[bool] = Appeal.group_id.in_(mine.with_only_columns(Membership.group_id))
    if administration_of(db, viewer) is not None:
        other = _chairs(now).where(
            Membership.group_id == Appeal.group_id,
            Membership.person_id != _decider,
            Membership.person_id != Appeal.by_id,
        )
        may = or_(may, ~exists(other.correlate(Appeal, Hiding, Block, Suspension)))
    found = db.scalars(
        _waiting(now)
        .where(may, Appeal.by_id != viewer.id, _decider != viewer.id)
        .options(joinedload(Appeal.group))
        .order_by(Appeal.id)
        .limit(limit)
    )
    return [(one.group, against(one)) for one in found]


def _waiting(now: datetime) -> Select[Appeal]:
    """Appeals without a decision against what holds, with all that a list says of them; of who is
    erased there is nothing left to decide about."""
    still = or_(
        and_(Appeal.hiding_id.is_not(None), Hiding.lifted_at.is_(None)),
        and_(Appeal.block_id.is_not(None), holds(now)),
        and_(Appeal.suspension_id.is_not(None), suspension_holds_at(now)),
    )
    return (
        select(Appeal)
        .outerjoin(Appeal.hiding)
        .outerjoin(Appeal.block)
        .outerjoin(Appeal.suspension)
        .where(Appeal.decided_at.is_(None), still, Appeal.by_id.not_in(select(Erasure.person_id)))
        .options(
            joinedload(Appeal.by),
            joinedload(Appeal.hiding).options(*_OF_A_HIDING),
            joinedload(Appeal.block).joinedload(Block.rule),
            joinedload(Appeal.suspension),
        )
    )


def _chairs(now: datetime) -> Select[Membership]:
    """Who chairs a group now; who is suspended runs nothing."""
    held = exists().where(OF_THE_MEMBER, suspension_holds_at(now))
    return select(Membership).where(Membership.role == "chair", Membership.until.is_(None), ~held)


def _rows(
    group: Group, kind: MeasureKind, number: int
) -> Select[Hiding] | Select[Block] | Select[Suspension]:
    if kind == "hiding":
        in_group = Hiding.comment.has(Comment.definition.has(Definition.group_id == group.id))
        return select(Hiding).where(Hiding.id == number, in_group).options(*_OF_A_HIDING)
    if kind == "block":
        of_it = select(Block).where(Block.group_id == group.id, Block.number == number)
        return of_it.options(joinedload(Block.rule))
    return select(Suspension).where(Suspension.group_id == group.id, Suspension.id == number)


def _is_against(row: Hiding | Block | Suspension) -> ColumnElement[bool]:
    if isinstance(row, Hiding):
        return Appeal.hiding_id == row.id
    if isinstance(row, Block):
        return Appeal.block_id == row.id
    return Appeal.suspension_id == row.id


_decider = func.coalesce(Hiding.by_id, Block.by_id, Suspension.by_id)
_OF_A_HIDING = (
    joinedload(Hiding.comment).joinedload(Comment.definition),
    joinedload(Hiding.rule),
)
