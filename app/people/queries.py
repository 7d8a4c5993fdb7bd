"""Looking up persons, and what they are signed in with."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.kit.models import Mail
from app.people.models import Administration, Person, SignIn, SignInLink, Token
from app.people.secrets import hashed


def _works(
    now: datetime | SQLColumnExpression[datetime],
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What is so of a token that was not revoked and is not over."""
    return Token.revoked_at.is_(None), or_(Token.expires_at.is_(None), Token.expires_at > now)


# Asked on every request: a statement that is built once is also compiled and looked up once.
_SIGN_IN = (
    select(SignIn)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("now"),
        func.coalesce(SignIn.seen_at, SignIn.since) > bindparam("idle_since"),
    )
    .options(joinedload(SignIn.person))
)
_TOKEN = (
    select(Token)
    .where(Token.token_hash == bindparam("token_hash"), *_works(bindparam("now")))
    .options(joinedload(Token.person))
)


def person_by_email(db: Session, email: str) -> Person | None:
    """The person with this address, however it is capitalised."""
    return db.scalar(select(Person).where(Person.email == email.strip().lower()))


def names_of(db: Session, ids: set[str]) -> dict[str, str]:
    """Display names by opaque id; who is gone is missing."""
    if not ids:
        return {}
    rows = db.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return dict(rows.all())  # a result by itself looks like a mapping


def sign_in_by_secret(db: Session, secret: str, now: datetime, *, idle: timedelta) -> SignIn | None:
    """The running session of a cookie, with its person. idle: how long it lasts unseen."""
    found = {"token_hash": hashed(secret), "now": now, "idle_since": now - idle}
    return db.scalar(_SIGN_IN, found)


def token_by_secret(db: Session, secret: str, now: datetime) -> Token | None:
    """The token that has not ended, with its person."""
    return db.scalar(_TOKEN, {"token_hash": hashed(secret), "now": now})


def link_by_secret(db: Session, secret: str) -> SignInLink | None:
    """A sign-in link by what stands in the mail."""
    return db.get(SignInLink, hashed(secret))


def links_sent_since(db: Session, email: str, since: datetime) -> Sequence[datetime]:
    """When links went to an address lately, the oldest first."""
    return db.scalars(
        select(SignInLink.made_at)
        .where(SignInLink.email == email, SignInLink.made_at > since)
        .order_by(SignInLink.made_at)
    ).all()


def sign_ins_of(db: Session, person: Person, now: datetime, *, idle: timedelta) -> Sequence[SignIn]:
    """The running sessions of a person, newest first. idle: how long they last unseen."""
    return db.scalars(
        select(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now,
            func.coalesce(SignIn.seen_at, SignIn.since) > now - idle,
        )
        .order_by(SignIn.id.desc())
    ).all()


def sign_ins_over_with_id_token(db: Session, now: datetime) -> Sequence[SignIn]:
    """Sessions that ended by themselves and still hold what a provider signed."""
    return db.scalars(
        select(SignIn).where(SignIn.id_token.is_not(None), SignIn.expires_at <= now).limit(100)
    ).all()


def tokens_of(db: Session, person: Person, now: datetime) -> Sequence[Token]:
    """The tokens of a person that work, newest first."""
    return db.scalars(
        select(Token).where(Token.person_id == person.id, *_works(now)).order_by(Token.id.desc())
    ).all()


def administration_of(db: Session, person: Person | None) -> Administration | None:
    """The administration that somebody has now, if any."""
    if person is None:
        return None
    return db.scalar(
        select(Administration).where(
            Administration.person_id == person.id, Administration.until.is_(None)
        )
    )


def invented_people(db: Session) -> Sequence[Person]:
    """The seeded people whom demo mode offers, by name."""
    return db.scalars(select(Person).where(Person.invented).order_by(Person.name)).all()


def recent_mails(db: Session) -> Sequence[Mail]:
    """The newest mails; for development, where no server takes them."""
    return db.scalars(select(Mail).order_by(Mail.id.desc()).limit(50)).all()
