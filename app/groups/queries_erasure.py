"""Which groups somebody is the last chair of."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.groups.models import Group, Membership, Suspension
from app.groups.queries import suspension_holds_at
from app.kit import clock
from app.people.models import Person


def groups_without(db: Session, person: Person) -> Sequence[Group]:
    """The groups that would have no chair without this person, by name; who is suspended runs
    nothing."""
    other = aliased(Membership)
    held = exists().where(
        Suspension.group_id == other.group_id,
        Suspension.person_id == other.person_id,
        suspension_holds_at(clock.now()),
    )
    others = exists().where(
        other.group_id == Membership.group_id,
        other.person_id != person.id,
        other.role == "chair",
        other.until.is_(None),
        ~held,
    )
    return db.scalars(
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .where(
            Membership.person_id == person.id,
            Membership.role == "chair",
            Membership.until.is_(None),
            ~others,
        )
        .order_by(Group.name, Group.id)
    ).all()
