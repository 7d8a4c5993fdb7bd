"""The rules of conduct of a group, and who may not speak in it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from app.groups.models_conduct import Block, ConductRule
from app.kit.refusals import NotFound
from app.people.models import Person


def conduct_rules_of(db: Session, group_id: int) -> Sequence[ConductRule]:
    """All that there ever were, in the order of their numbers, with what came before and after."""
    return db.scalars(
        select(ConductRule)
        .where(ConductRule.group_id == group_id)
        .options(joinedload(ConductRule.replaced_by), joinedload(ConductRule.replaces))
        .order_by(ConductRule.number)
    ).all()


def conduct_rule_of(db: Session, group_id: int, number: int) -> ConductRule | None:
    """One by its number, with the rules before and after it in its place."""
    return db.scalar(
        select(ConductRule)
        .where(ConductRule.group_id == group_id, ConductRule.number == number)
        .options(joinedload(ConductRule.replaced_by), joinedload(ConductRule.replaces))
        .execution_options(populate_existing=True)
    )


def next_conduct_rule_number(db: Session, group_id: int) -> int:
    """The number of the next; whoever asks holds the lock on the group."""
    last = db.scalar(select(func.max(ConductRule.number)).where(ConductRule.group_id == group_id))
    return (last or 0) + 1


def holds(now: datetime | SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Blocks that keep somebody from speaking at a moment."""
    return and_(Block.since <= now, Block.until > now, Block.lifted_at.is_(None))


def block_of(db: Session, group_id: int, person: Person | None, now: datetime) -> Block | None:
    """The block that keeps a person from speaking in a group now, with its rule."""
    if person is None:
        return None
    return db.scalar(_BLOCK, {"group": group_id, "person": person.id, "now": now})


# Built once, for every verb that speaks asks it.
_BLOCK = (
    select(Block)
    .where(
        Block.group_id == bindparam("group"),
        Block.person_id == bindparam("person"),
        holds(bindparam("now")),
    )
    .options(joinedload(Block.rule))
    .limit(1)
)


def blocks_of(db: Session, group_id: int, now: datetime) -> Sequence[Block]:
    """Who may not speak in a group now, with person and rule; the newest first."""
    return db.scalars(
        select(Block)
        .where(Block.group_id == group_id, holds(now))
        .options(joinedload(Block.person), joinedload(Block.rule))
        .order_by(Block.id.desc())
    ).all()


def next_block_number(db: Session, group_id: int) -> int:
    """The number of the next; whoever asks holds the lock on the group."""
    last = db.scalar(select(func.max(Block.number)).where(Block.group_id == group_id))
    return (last or 0) + 1


def block_for(db: Session, group_id: int, number: int) -> Block:
    """One block of a group, with person and rule; NotFound where there is none."""
    block = db.scalar(
        select(Block)
        .where(Block.group_id == group_id, Block.number == number)
        .options(joinedload(Block.person), joinedload(Block.rule))
    )
    if block is None:
        raise NotFound
    return block
