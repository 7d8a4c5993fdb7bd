"""Tokens for the API: made for some things and some time, revoked at once."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.refusals import NotFound, refuse_unless
from app.kit.scopes import SCOPES, Scope
from app.people import rules_token as rules
from app.people.models import Person, SignIn, Token
from app.people.secrets import hashed, new_secret
from app.record.actions import INSTANCE, record


def make_token(
    db: Session,
    person: Person,
    *,
    name: str,
    scopes: Collection[Scope],
    days: int | None,
    here: SignIn | None = None,
) -> tuple[Token, str]:
    """A new token for the API, and its secret, which is shown this once.

    days: after which it ends; ``None``: it ends when it is revoked. here: the session that it is
    made in; a token counts as shown with the passkey that its session was begun with.
    """
    now = clock.now()
    refuse_unless(rules.may_make_token(scopes), 422)
    secret = new_secret("cw_")
    token = Token(
        person_id=person.id,
        name=name,
        token_hash=hashed(secret),
        ending=secret[-4:],
        scopes=" ".join(scope for scope in SCOPES if scope in scopes),
        made_at=now,
        expires_at=now + timedelta(days=days) if days is not None else None,
        passkey_id=here.passkey_id if here is not None else None,
    )
    db.add(token)
    db.flush()
    record(
        db, INSTANCE, "token.made", by=person.id, at=now,
        about={"token": token.id, "scopes": token.scopes},
    )  # fmt: skip
    return token, secret


def revoke_token(db: Session, token: Token, *, by: Person) -> None:
    """Ends a token at once."""
    if token.person_id != by.id:
        raise NotFound
    now = clock.now()
    token.revoked_at = token.revoked_at or now
    record(db, INSTANCE, "token.revoked", by=by.id, at=now, about={"token": token.id})
