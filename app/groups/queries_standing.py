"""What somebody was in a group, from when to when, and their suspensions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.groups.models import Group, Membership, Suspension
from app.groups.models_conduct import Block
from app.kit.refusals import NotFound
from app.people.models import Person


def periods_of(db: Session, group: Group, person: Person) -> Sequence[Membership]:
    """Every membership of somebody in a group, with its category, the latest first."""
    return db.scalars(
        select(Membership)
        .where(Membership.group_id == group.id, Membership.person_id == person.id)
        .options(joinedload(Membership.category))
        .order_by(Membership.since.desc(), Membership.id.desc())
    ).all()


def suspensions_of(db: Session, group: Group, person: Person) -> Sequence[Suspension]:
    """Every suspension of somebody in a group, the latest first."""
    return db.scalars(
        select(Suspension)
        .where(Suspension.group_id == group.id, Suspension.person_id == person.id)
        .options(joinedload(Suspension.by))
        .order_by(Suspension.id.desc())
    ).all()


def suspension_numbered(db: Session, group: Group, number: int) -> Suspension:
    """A suspension of a group; NotFound if it has none of this number."""
    found = db.scalar(
        select(Suspension).where(Suspension.id == number, Suspension.group_id == group.id)
    )
    if found is None:
        raise NotFound
    return found


def decided_since(db: Session, since: datetime, *, person: Person, by: Person) -> tuple[int, int]:
    """How many suspensions and blocks there were of somebody, and by a chair, in any group."""
    of_person = by_chair = 0
    for table in (Suspension, Block):
        count = select(func.count()).select_from(table).where(table.since > since)
        of_person += db.scalar(count.where(table.person_id == person.id)) or 0
        by_chair += db.scalar(count.where(table.by_id == by.id)) or 0
    return of_person, by_chair
