"""Invitations of a group, of an address, and what is known when people are invited."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.groups.models import Group, Membership
from app.groups.models_coming import Invitation
from app.groups.queries import categories_of
from app.groups.rules_invitation import Known
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person
from app.people.secrets import hashed

STATES = ("open", "over")
A_DAY = timedelta(days=1)


def known_for(db: Session, group: Group, emails: Iterable[str], now: datetime) -> Known:
    """What a list with these addresses is held against; four queries."""
    asked_for = {email.strip().lower() for email in emails}
    members = db.execute(
        select(Person.email, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.group_id == group.id, Membership.until.is_(None), Person.email.is_not(None)
        )
    )
    invited = db.execute(
        select(Invitation.email, Invitation.at).where(
            Invitation.group_id == group.id,
            Invitation.ended_at.is_(None),
            Invitation.expires_at > now,
        )
    )
    asked = db.execute(
        select(Invitation.email, func.count())
        .where(Invitation.email.in_(asked_for), Invitation.at > now - A_DAY)
        .group_by(Invitation.email)
    )
    return Known(
        categories={one.name.casefold(): one.name for one in categories_of(db, group.id)},
        members={email: name for email, name in members if email},
        invited=dict(invited.all()),
        asked=dict(asked.all()),
    )


def sent_since(db: Session, since: datetime, *, group_id: int, person: Person) -> tuple[int, int]:
    """How many invitations left of a group, and by a person for any group."""
    return (
        _count(db, Invitation.group_id == group_id, Invitation.at > since),
        _count(db, Invitation.by_id == person.id, Invitation.at > since),
    )


def unanswered(db: Session, group_id: int, emails: Iterable[str]) -> Sequence[Invitation]:
    """The invitations to these addresses that have no outcome, expired ones too."""
    return db.scalars(
        select(Invitation).where(
            Invitation.group_id == group_id,
            Invitation.ended_at.is_(None),
            Invitation.email.in_(set(emails)),
        )
    ).all()


def invitation_by_secret(db: Session, secret: str) -> Invitation | None:
    """An invitation by what stands in its mail."""
    return db.scalar(_whole().where(Invitation.token_hash == hashed(secret)))


def invitation_to(db: Session, number: int, person: Person | None) -> Invitation | None:
    """An invitation to the very address of a person, who needs no link for it."""
    if person is None or person.email is None:
        return None
    return db.scalar(_whole().where(Invitation.id == number, Invitation.email == person.email))


def invitation_of(db: Session, group: Group, number: int) -> Invitation:
    """An invitation of a group, by its number; NotFound if it has none such."""
    found = db.scalar(_whole().where(Invitation.id == number, Invitation.group_id == group.id))
    if found is None:
        raise NotFound
    return found


def invitations_for(db: Session, person: Person, now: datetime) -> Sequence[Invitation]:
    """What somebody is invited to by their address, the soonest to expire first."""
    if person.email is None:
        return []
    return db.scalars(
        _whole()
        .where(
            Invitation.email == person.email,
            Invitation.ended_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.expires_at, Invitation.id)
    ).all()


def invitations_page(
    db: Session, group_id: int, state: str, *, after: str | None = None, limit: int = 50
) -> Page[Invitation]:
    """The invitations of a group, newest first: ``open`` ones without an outcome, or ``over``."""
    statement = _whole().where(Invitation.group_id == group_id, _is(state))
    return paginate(db, statement, key=(Invitation.id,), after=after, limit=limit)


def invitations_count(db: Session, group_id: int, state: str) -> int:
    """How many there are."""
    return _count(db, Invitation.group_id == group_id, _is(state))


def _is(state: str) -> ColumnElement[bool]:
    return Invitation.ended_at.is_not(None) if state == "over" else Invitation.ended_at.is_(None)


def _count(db: Session, *where: ColumnElement[bool]) -> int:
    return db.scalar(select(func.count()).select_from(Invitation).where(*where)) or 0


def _whole() -> Select[Invitation]:
    return select(Invitation).options(
        joinedload(Invitation.group),
        joinedload(Invitation.category),
        joinedload(Invitation.by),
    )
