"""Interests that members declared, as the viewer may see them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from app.groups.models import Group, Membership
from app.groups.models_interest import Interest
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person


def seen_by(viewer: Person | None, membership: Membership | None) -> ColumnElement[bool]:
    """Which ones somebody may see. membership: what the viewer is in the group, if anything."""
    if membership is not None:
        return true()
    everybody = Interest.shown_to == "everybody"
    return everybody if viewer is None else or_(everybody, Interest.person_id == viewer.id)


def interests_of(
    db: Session, group: Group, person: Person, seen: ColumnElement[bool]
) -> Sequence[Interest]:
    """All that somebody declared in a group: those that stand before those that ended."""
    return db.scalars(
        select(Interest)
        .where(Interest.group_id == group.id, Interest.person_id == person.id, seen)
        .order_by(Interest.until.is_not(None), Interest.id.desc())
    ).all()


def standing_interests(
    db: Session, group: Group, seen: ColumnElement[bool], *, kind: str = ""
) -> Sequence[Interest]:
    """Those of the members of now that stand, with who, by their names."""
    statement = _standing(group, seen, kind).join(Interest.person)
    return db.scalars(statement.order_by(Person.name, Interest.person_id, Interest.id)).all()


def interests_page(
    db: Session,
    group: Group,
    seen: ColumnElement[bool],
    *,
    kind: str = "",
    after: str | None = None,
    limit: int = 50,
) -> Page[Interest]:
    """The same in the order in which they were declared, by cursor."""
    statement = _standing(group, seen, kind)
    return paginate(db, statement, key=(Interest.id,), after=after, limit=limit, descending=False)


def silent_members(db: Session, group: Group) -> Sequence[Membership]:
    """The members of now of whom no declaration stands, with who they are, by their names."""
    declared = exists().where(
        Interest.group_id == Membership.group_id,
        Interest.person_id == Membership.person_id,
        Interest.until.is_(None),
    )
    return db.scalars(
        select(Membership)
        .join(Membership.person)
        .where(Membership.group_id == group.id, Membership.until.is_(None), ~declared)
        .options(joinedload(Membership.person))
        .order_by(Person.name, Membership.id)
    ).all()


def kinds_by_person(
    db: Session,
    group_id: int,
    people: Iterable[str],
    seen: ColumnElement[bool],
    *,
    at: datetime,
) -> dict[str, list[str]]:
    """By the ids of these people, the kinds of what they had declared at a moment; one query."""
    ids = set(people)
    if not ids:
        return {}
    rows = db.execute(
        select(Interest.person_id, Interest.kind)
        .where(
            Interest.group_id == group_id,
            Interest.person_id.in_(ids),
            seen,
            Interest.since <= at,
            or_(Interest.until.is_(None), Interest.until > at),
        )
        .distinct()
        .order_by(Interest.person_id, Interest.kind)
    )
    found: dict[str, list[str]] = {}
    for person_id, kind in rows:
        found.setdefault(person_id, []).append(kind)
    return found


def standing_count(db: Session, group_id: int, person: Person) -> int:
    """How many of somebody's stand in a group."""
    own = (
        Interest.group_id == group_id,
        Interest.person_id == person.id,
        Interest.until.is_(None),
    )
    return db.scalar(select(func.count()).select_from(Interest).where(*own)) or 0


def interest_numbered(
    db: Session, group: Group, number: int, seen: ColumnElement[bool]
) -> Interest:
    """One of a group; NotFound if it has none of this number that the viewer may see."""
    found = db.scalar(
        select(Interest).where(Interest.id == number, Interest.group_id == group.id, seen)
    )
    if found is None:
        raise NotFound
    return found


def _standing(group: Group, seen: ColumnElement[bool], kind: str) -> Select[Interest]:
    is_member = exists().where(
        Membership.group_id == group.id,
        Membership.person_id == Interest.person_id,
        Membership.until.is_(None),
    )
    statement = (
        select(Interest)
        .where(and_(Interest.group_id == group.id, Interest.until.is_(None), seen), is_member)
        .options(joinedload(Interest.person))
    )
    return statement.where(Interest.kind == kind) if kind else statement
