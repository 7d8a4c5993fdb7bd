"""Looking up identities, and the links that add a way in."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.people.models import Identity, JoiningLink, Passkey, Person
from app.people.secrets import hashed


def identity_by_subject(db: Session, provider: str, subject: str) -> Identity | None:
    """Whose account elsewhere this is, as of now."""
    return db.scalar(
        select(Identity)
        .where(Identity.provider == provider, Identity.subject == subject)
        .execution_options(populate_existing=True)
    )


def identities_of(db: Session, person: Person) -> Sequence[Identity]:
    """The accounts elsewhere that a person signs in with, in the order in which they came."""
    return db.scalars(
        select(Identity).where(Identity.person_id == person.id).order_by(Identity.id)
    ).all()


def ways_in(db: Session, person: Person, *, providers: Collection[str]) -> int:
    """How many ways in a person has: their address, identities, passkeys.

    providers: the keys that can be signed in with here; an identity of another is no way in.
    """
    identities = select(func.count(Identity.id)).where(
        Identity.person_id == person.id, Identity.provider.in_(providers)
    )
    passkeys = select(func.count(Passkey.id)).where(
        Passkey.person_id == person.id, Passkey.removed_at.is_(None)
    )
    found = db.execute(select(identities.scalar_subquery(), passkeys.scalar_subquery())).one()
    joined, held = found
    return int(joined) + int(held) + (1 if person.email else 0)


def joining_link_by_secret(db: Session, secret: str) -> JoiningLink | None:
    """A joining link by what stands in the mail, with the person it is for."""
    return db.scalar(
        select(JoiningLink)
        .where(JoiningLink.token_hash == hashed(secret))
        .options(joinedload(JoiningLink.person))
    )


def joining_links_sent_since(db: Session, email: str, since: datetime) -> Sequence[datetime]:
    """When they went to an address lately, the oldest first."""
    return db.scalars(
        select(JoiningLink.made_at)
        .where(JoiningLink.email == email, JoiningLink.made_at > since)
        .order_by(JoiningLink.made_at)
    ).all()


def joining_links_asked_by(person_id: str) -> Select[datetime]:
    """When somebody had one sent."""
    return select(JoiningLink.made_at).where(JoiningLink.person_id == person_id)
