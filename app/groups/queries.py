"""Groups, memberships, and who is in a group."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.groups.models import Category, Group, Membership
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person


def group_for(db: Session, slug: str, viewer: Person | None) -> Group:
    """A group by its slug, with its categories. Groups are public."""
    group = db.scalar(
        select(Group).where(Group.slug == slug).options(selectinload(Group.categories))
    )
    if group is None:
        raise NotFound
    return group


def categories_of(db: Session, group_id: int) -> Sequence[Category]:
    """Whom members of a group can speak for."""
    return db.scalars(
        select(Category).where(Category.group_id == group_id).order_by(Category.position)
    ).all()


def slug_is_taken(db: Session, slug: str) -> bool:
    """Whether a group has this address."""
    return db.scalar(select(Group.id).where(Group.slug == slug)) is not None


def groups_made_since(db: Session, person: Person, since: datetime) -> int:
    """How many groups somebody has made since: those whose chair they were from the beginning."""
    made = (
        select(func.count())
        .select_from(Membership)
        .join(Membership.group)
        .where(
            Membership.person_id == person.id,
            Membership.since == Group.since,
            Membership.since > since,
            Membership.role == "chair",
        )
    )
    return db.scalar(made) or 0


def groups_page(db: Session, *, after: str | None = None, limit: int = 50) -> Page[Group]:
    """Groups in the order in which they were made, by cursor."""
    return paginate(db, select(Group), key=(Group.id,), after=after, limit=limit, descending=False)


def membership_of(db: Session, group_id: int, person: Person | None) -> Membership | None:
    """What a person is in a group now, with the category; ``None`` for the public."""
    if person is None:
        return None
    return db.scalar(
        select(Membership)
        .where(
            Membership.group_id == group_id,
            Membership.person_id == person.id,
            Membership.until.is_(None),
        )
        .options(joinedload(Membership.category))
    )


def member_of(db: Session, group_id: int, person_id: str) -> Membership:
    """What somebody is in a group now, with person and category; NotFound if they are not."""
    membership = db.scalar(
        select(Membership)
        .where(
            Membership.group_id == group_id,
            Membership.person_id == person_id,
            Membership.until.is_(None),
        )
        .options(joinedload(Membership.person), joinedload(Membership.category))
    )
    if membership is None:
        raise NotFound
    return membership


def memberships_of(db: Session, person: Person) -> Sequence[Membership]:
    """What a person is in every group now, with group and category."""
    return db.scalars(
        select(Membership)
        .where(Membership.person_id == person.id, Membership.until.is_(None))
        .options(joinedload(Membership.group), joinedload(Membership.category))
        .order_by(Membership.id)
    ).all()


def members_of(db: Session, group_id: int) -> Sequence[Membership]:
    """Who is in a group now, with person and category, by category and name."""
    return db.scalars(
        select(Membership)
        .join(Membership.person)
        .outerjoin(Membership.category)
        .where(Membership.group_id == group_id, Membership.until.is_(None))
        .options(joinedload(Membership.person), joinedload(Membership.category))
        .order_by(Category.position, Person.name, Membership.id)
    ).all()


def members_everywhere(db: Session) -> Sequence[Membership]:
    """Who is in any group now, with their category, by the group's name and theirs."""
    return db.scalars(
        select(Membership)
        .join(Membership.person)
        .join(Membership.group)
        .where(Membership.until.is_(None))
        .options(joinedload(Membership.category))
        .order_by(Group.name, Person.name, Membership.id)
    ).all()


def members_page(
    db: Session, group_id: int, *, after: str | None = None, limit: int = 50
) -> Page[Membership]:
    """Who is in a group now, in the order in which they came, by cursor."""
    statement = (
        select(Membership)
        .where(Membership.group_id == group_id, Membership.until.is_(None))
        .options(joinedload(Membership.person), joinedload(Membership.category))
    )
    return paginate(db, statement, key=(Membership.id,), after=after, limit=limit, descending=False)


def members_at(db: Session, group_id: int, moment: datetime) -> Sequence[Membership]:
    """Who was in a group at a moment, with person and category: what a roll is frozen from."""
    return db.scalars(
        select(Membership)
        .where(
            Membership.group_id == group_id,
            Membership.since <= moment,
            or_(Membership.until.is_(None), Membership.until > moment),
        )
        .options(joinedload(Membership.person), joinedload(Membership.category))
        .order_by(Membership.person_id)
    ).all()


def categories_of_people(db: Session, group_id: int, ids: set[str]) -> dict[str, str]:
    """The category name of each of these people in a group now; one query."""
    if not ids:
        return {}
    rows = db.execute(
        select(Membership.person_id, Category.name)
        .join(Membership.category)
        .where(
            Membership.group_id == group_id,
            Membership.until.is_(None),
            Membership.person_id.in_(ids),
        )
    )
    return dict(rows.all())  # a result by itself looks like a mapping


def members_count(db: Session, group_id: int) -> int:
    """How many people are in a group now."""
    now = (Membership.group_id == group_id, Membership.until.is_(None))
    return db.scalar(select(func.count()).select_from(Membership).where(*now)) or 0


def chairs_count(db: Session, group_id: int) -> int:
    """How many chairs a group has now."""
    return (
        db.scalar(
            select(func.count())
            .select_from(Membership)
            .where(
                Membership.group_id == group_id,
                Membership.role == "chair",
                Membership.until.is_(None),
            )
        )
        or 0
    )
