"""Looking up passkeys, and what was begun with one."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.people.models import Passkey, Person, SignIn, Token


def passkeys_of(db: Session, person: Person) -> Sequence[Passkey]:
    """The passkeys that somebody has, in the order in which they came."""
    return db.scalars(
        select(Passkey)
        .where(Passkey.person_id == person.id, Passkey.removed_at.is_(None))
        .order_by(Passkey.id)
    ).all()


def passkey_by_credential(db: Session, credential_id: str) -> Passkey | None:
    """The passkey of this id, with its person; also one that was taken away."""
    return db.scalar(
        select(Passkey)
        .where(Passkey.credential_id == credential_id)
        .options(joinedload(Passkey.person))
    )


def sign_ins_with(db: Session, passkey: Passkey) -> Sequence[SignIn]:
    """The sessions that were begun with a passkey and have not been ended."""
    return db.scalars(
        select(SignIn).where(SignIn.passkey_id == passkey.id, SignIn.ended_at.is_(None))
    ).all()


def tokens_with(db: Session, passkey: Passkey) -> Sequence[Token]:
    """The tokens that were made in such sessions."""
    return db.scalars(select(Token).where(Token.passkey_id == passkey.id)).all()
