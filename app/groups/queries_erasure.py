"""Which groups somebody is the last chair of."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.groups.models import Group, Membership
from app.people.models import Person


def groups_without(db: Session, person: Person) -> Sequence[Group]:
    """The groups that would have no chair without this person, by name."""
    other = aliased(Membership)
    others = exists().where(
        other.group_id == Membership.group_id,
        other.person_id != person.id,
        other.role == "chair",
        other.until.is_(None),
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
