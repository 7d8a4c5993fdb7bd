"""The rules of conduct of a group."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.groups.models_conduct import ConductRule


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
