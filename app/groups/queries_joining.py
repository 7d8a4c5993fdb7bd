"""Links into a group, and who asks to join one."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.groups.models import Group, Membership
from app.groups.models_coming import JoinLink, JoinRequest, LinkUse
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person
from app.people.secrets import hashed


def link_by_secret(db: Session, secret: str) -> JoinLink | None:
    """A link by what stands in its address, with its group and who made it."""
    return db.scalar(
        select(JoinLink)
        .where(JoinLink.token_hash == hashed(secret))
        .options(joinedload(JoinLink.group), joinedload(JoinLink.by))
    )


def link_of(db: Session, group: Group, number: int) -> JoinLink:
    """A link of a group by its number; NotFound if it has none such."""
    found = db.scalar(select(JoinLink).where(JoinLink.id == number, JoinLink.group_id == group.id))
    if found is None:
        raise NotFound
    return found


def links_of(db: Session, group_id: int) -> Sequence[JoinLink]:
    """The latest links of a group, newest first, with who came by each."""
    return db.scalars(
        select(JoinLink)
        .where(JoinLink.group_id == group_id)
        .options(selectinload(JoinLink.uses), joinedload(JoinLink.by))
        .order_by(JoinLink.id.desc())
        .limit(20)
    ).all()


def uses_of(db: Session, link: JoinLink) -> int:
    """How many people came by a link."""
    count = select(func.count()).select_from(LinkUse).where(LinkUse.link_id == link.id)
    return db.scalar(count) or 0


def was_in_group(db: Session, group_id: int, person: Person) -> bool:
    """Whether somebody was ever in a group."""
    was = exists().where(Membership.group_id == group_id, Membership.person_id == person.id)
    return bool(db.scalar(select(was)))


def last_request(db: Session, group_id: int, person: Person | None) -> JoinRequest | None:
    """The latest that somebody asked of a group."""
    if person is None:
        return None
    return db.scalar(
        select(JoinRequest)
        .where(JoinRequest.group_id == group_id, JoinRequest.person_id == person.id)
        .order_by(JoinRequest.id.desc())
        .limit(1)
    )


def request_of(db: Session, group: Group, number: int) -> JoinRequest:
    """A request of a group by its number, with who asks; NotFound if it has none such."""
    found = db.scalar(
        select(JoinRequest)
        .where(JoinRequest.id == number, JoinRequest.group_id == group.id)
        .options(joinedload(JoinRequest.person))
    )
    if found is None:
        raise NotFound
    return found


def requests_page(
    db: Session, group_id: int, *, after: str | None = None, limit: int = 50
) -> Page[JoinRequest]:
    """Who asks to join and waits for an answer, the first to ask first."""
    statement = (
        select(JoinRequest)
        .where(JoinRequest.group_id == group_id, JoinRequest.decided_at.is_(None))
        .options(joinedload(JoinRequest.person), joinedload(JoinRequest.category))
    )
    return paginate(
        db, statement, key=(JoinRequest.id,), after=after, limit=limit, descending=False
    )


def waiting_requests(db: Session, chair: Person) -> Sequence[tuple[Group, int]]:
    """The groups whose chair somebody is and that people ask to join, with how many do."""
    rows = db.execute(
        select(Group, func.count(JoinRequest.id))
        .join(JoinRequest, JoinRequest.group_id == Group.id)
        .join(Membership, Membership.group_id == Group.id)
        .where(
            JoinRequest.decided_at.is_(None),
            Membership.person_id == chair.id,
            Membership.role == "chair",
            Membership.until.is_(None),
        )
        .group_by(Group.id)
        .order_by(Group.name, Group.id)
    )
    return [(group, count) for group, count in rows]
