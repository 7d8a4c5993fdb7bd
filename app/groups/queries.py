"""Groups, memberships, and who is in a group."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.groups.models import Category, Group, Membership, Suspension
from app.groups.models_passkey import PasskeyCondition
from app.kit import clock
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person


def group_for(db: Session, slug: str, viewer: Person | None) -> Group:
    """A group by its slug, with its categories. Groups are public."""
    group = db.scalar(_GROUP, {"slug": slug})
    if group is None:
        raise NotFound
    return group


def categories_of(db: Session, group_id: int) -> Sequence[Category]:
    """Whom members of a group can speak for from now on."""
    return [one for one in all_categories_of(db, group_id) if one.retired_at is None]


def all_categories_of(db: Session, group_id: int) -> Sequence[Category]:
    """Those, and the retired ones."""
    return db.scalars(
        select(Category)
        .where(Category.group_id == group_id)
        .order_by(Category.position, Category.id)
    ).all()


def category_sizes(db: Session, group_id: int) -> dict[int, int]:
    """How many members speak for each category now; by its id, none where nobody does."""
    rows = db.execute(
        select(Membership.category_id, func.count())
        .where(
            Membership.group_id == group_id,
            Membership.until.is_(None),
            Membership.category_id.is_not(None),
        )
        .group_by(Membership.category_id)
    )
    return {id: count for id, count in rows if id is not None}


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
    """What a person is in a group now, with category and suspension; ``None`` for the public.

    And with what decides whether they may act as chair or editor: whether the group asks for
    passkeys, and whether they have come with one.
    """
    if person is None:
        return None
    asked = {"group": group_id, "person": person.id, "now": clock.now()}
    found = db.execute(_MEMBERSHIP, asked).first()
    if found is None:
        return None
    membership, suspension, condition = found
    return met_by(with_suspension(membership, suspension), condition, person)


def met_by(
    membership: Membership, condition: PasskeyCondition | None, person: Person
) -> Membership:
    """A membership, with what decides whether its person may act as chair or editor now.

    condition: the one that holds in the group, as it was found together with the membership.
    """
    set_committed_value(membership, "passkey_condition", condition)
    membership.by_passkey = person.by_passkey
    return membership


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
    """Who is in a group now, with person, category and suspension, by category and name."""
    members = db.scalars(
        select(Membership)
        .join(Membership.person)
        .outerjoin(Membership.category)
        .where(Membership.group_id == group_id, Membership.until.is_(None))
        .options(joinedload(Membership.person), joinedload(Membership.category))
        .order_by(Category.position, Person.name, Membership.id)
    ).all()
    now = clock.now()
    held = select(Suspension).where(Suspension.group_id == group_id, suspension_holds_at(now))
    by_person = {one.person_id: one for one in db.scalars(held)}
    return [with_suspension(one, by_person.get(one.person_id)) for one in members]


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
    """Who was in a group at a moment, with person and category."""
    return db.scalars(_members_at(group_id, moment)).all()


def voters_at(db: Session, group_id: int, moment: datetime) -> Sequence[Membership]:
    """Who of them could vote then, no observer and not suspended: what a roll is frozen from."""
    held = exists().where(OF_THE_MEMBER, suspension_holds_at(moment))
    return db.scalars(
        _members_at(group_id, moment).where(Membership.role != "observer", ~held)
    ).all()


def _members_at(group_id: int, moment: datetime) -> Select[Membership]:
    return (
        select(Membership)
        .where(
            Membership.group_id == group_id,
            Membership.since <= moment,
            or_(Membership.until.is_(None), Membership.until > moment),
        )
        .options(joinedload(Membership.person), joinedload(Membership.category))
        .order_by(Membership.person_id)
    )


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


def chairs_beside(db: Session, group_id: int, person: Person) -> int:
    """How many chairs a group has now without a person; who is suspended runs nothing."""
    held = exists().where(OF_THE_MEMBER, suspension_holds_at(clock.now()))
    others = (
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.group_id == group_id,
            Membership.person_id != person.id,
            Membership.role == "chair",
            Membership.until.is_(None),
            ~held,
        )
    )
    return db.scalar(others) or 0


def suspension_of(
    db: Session, group_id: int, person: Person, moment: datetime
) -> Suspension | None:
    """The suspension of somebody that holds at a moment, whether they are in the group or not."""
    return db.scalar(
        select(Suspension)
        .where(
            Suspension.group_id == group_id,
            Suspension.person_id == person.id,
            suspension_holds_at(moment),
        )
        .limit(1)
    )


def suspension_holds_at(moment: datetime | SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """``Suspension.holds_at`` for the database."""
    return and_(
        Suspension.since <= moment,
        Suspension.until > moment,
        or_(Suspension.lifted_at.is_(None), Suspension.lifted_at > moment),
    )


OF_THE_MEMBER = and_(
    Suspension.group_id == Membership.group_id, Suspension.person_id == Membership.person_id
)

# Built once: every page of a group asks the one, every verb the other.
_GROUP = (
    select(Group).where(Group.slug == bindparam("slug")).options(selectinload(Group.categories))
)
_MEMBERSHIP = (
    select(Membership, Suspension, PasskeyCondition)
    .outerjoin(Suspension, and_(OF_THE_MEMBER, suspension_holds_at(bindparam("now"))))
    .outerjoin(Membership.passkey_condition)
    .where(
        Membership.group_id == bindparam("group"),
        Membership.person_id == bindparam("person"),
        Membership.until.is_(None),
    )
    .options(joinedload(Membership.category))
)


def with_suspension(membership: Membership, suspension: Suspension | None) -> Membership:
    """The membership, with the suspension that holds, as it was found just now."""
    set_committed_value(membership, "suspensions", [suspension] if suspension else [])
    return membership
