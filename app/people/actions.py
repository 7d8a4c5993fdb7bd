"""Signing in and out, and how one is shown."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import Database, lock
from app.kit.i18n import _
from app.kit.mail import queue_mail
from app.kit.refusals import NotFound, refuse_unless
from app.people import queries, rules
from app.people.addresses import name_until_asked
from app.people.models import Person, SignIn, SignInLink
from app.people.secrets import hashed, new_secret
from app.record.actions import INSTANCE, PEOPLE, record
from app.settings import Settings


def add_person(
    db: Session, *, name: str, email: str | None, time_zone: str = "UTC", invented: bool = False
) -> Person:
    """A new person. by: nobody; people come by signing in, by invitation, or with the seed."""
    now = clock.now()
    person = Person(
        name=name,
        email=email.strip().lower() if email else None,
        time_zone=time_zone,
        invented=invented,
        since=now,
    )
    db.add(person)
    db.flush()
    record(db, PEOPLE, "person.came", by=person.id, at=now, words={"name": name})
    return person


def send_sign_in_link(db: Session, *, email: str, next_path: str, settings: Settings) -> None:
    """Mails a link that signs in whoever opens it: once, within fifteen minutes.

    The same work and the same answer whether the address is known or not.
    """
    now = clock.now()
    email = email.strip().lower()
    since = now - rules.LINK_LIFETIME
    refuse_unless(rules.may_send_link(queries.links_sent_since(db, email, since)), status=429)
    secret = new_secret()
    db.add(
        SignInLink(
            token_hash=hashed(secret),
            email=email,
            next_path=rules.safe_next(next_path),
            made_at=now,
            expires_at=now + rules.LINK_LIFETIME,
        )
    )
    address = f"{settings.base_url}/sign-in/link?token={secret}"
    text = _(
        "Open this address to sign in to Clausewise. It works once, until %(time)s UTC:\n\n"
        "%(address)s\n\n"
        "If you did not ask for it, do nothing: nobody can sign in without it."
    ) % {"time": (now + rules.LINK_LIFETIME).strftime("%H:%M"), "address": address}
    queue_mail(db, to=email, subject=_("Your link to sign in to Clausewise"), text=text)
    record(db, INSTANCE, "sign_in_link.sent", by=None, at=now)


def sign_in_by_link(
    db: Session, *, secret: str, device: str, settings: Settings, instead_of: SignIn | None = None
) -> tuple[str, str]:
    """Spends a link, and returns the secret of a new session and the path to go on to.

    Who is new becomes a person here, named after the address until they choose a name.
    """
    link = queries.link_by_secret(db, secret)
    if link is not None:
        lock(db, link)
    now = clock.now()
    refuse_unless(rules.may_use_link(link, now), status=409)
    assert link is not None
    link.used_at = now
    person = queries.person_by_email(db, link.email)
    if person is None:
        person = add_person(db, name=name_until_asked(link.email), email=link.email)
    sign_in, session = open_session(
        db, person, way="mail", device=device, settings=settings, instead_of=instead_of
    )
    record(db, INSTANCE, "session.begun", by=person.id, at=now, about={"session": sign_in.id})
    return session, link.next_path


def sign_in_as_demo_person(
    db: Session,
    *,
    person_id: str,
    device: str,
    settings: Settings,
    instead_of: SignIn | None = None,
) -> str:
    """Signs in as one of the seeded, invented people; only in demo mode."""
    person = db.get(Person, person_id)
    invented = person is not None and person.invented
    refuse_unless(rules.may_sign_in_as_demo_person(demo=settings.demo, invented=invented))
    assert person is not None
    sign_in, session = open_session(
        db, person, way="demo", device=device, settings=settings, instead_of=instead_of
    )
    record(
        db, INSTANCE, "session.begun", by=person.id, at=sign_in.since, about={"session": sign_in.id}
    )  # fmt: skip
    return session


def sign_out(db: Session, sign_in: SignIn, *, by: Person) -> None:
    """Ends the session that this browser is in, or another of the same person."""
    if sign_in.person_id != by.id:
        raise NotFound
    now = clock.now()
    _end(sign_in, now)
    record(db, INSTANCE, "session.ended", by=by.id, at=now, about={"session": sign_in.id})


def change_profile(
    db: Session,
    person: Person,
    *,
    name: str,
    time_zone: str,
    locale: str,
    theme: str,
    pronouns: str | None = None,
) -> None:
    """A person changes how they are shown and how things are shown to them.

    pronouns: none where they are not asked for, and stay.
    """
    lock(db, person)
    now = clock.now()
    pronouns = person.pronouns if pronouns is None else pronouns
    shown = {"name": name, "pronouns": pronouns}
    changed = {field: said for field, said in shown.items() if getattr(person, field) != said}
    person.name, person.pronouns = name, pronouns
    person.time_zone, person.locale, person.theme = time_zone, locale, theme
    record(db, PEOPLE, "profile.changed", by=person.id, at=now, words=changed)


def open_session(
    db: Session,
    person: Person,
    *,
    way: str,
    device: str,
    settings: Settings,
    instead_of: SignIn | None = None,
    id_token: str | None = None,
    passkey_id: int | None = None,
) -> tuple[SignIn, str]:
    """A new session and its secret: a part of every verb that signs somebody in.

    Every sign-in has a secret of its own, and the session that the browser was in until then ends,
    so nobody goes on in one that was begun by somebody else.
    """
    now = clock.now()
    secret = new_secret()
    if instead_of is not None:
        _end(instead_of, now)
    sign_in = SignIn(
        token_hash=hashed(secret),
        person_id=person.id,
        device=device[:200],
        since=now,
        expires_at=now + timedelta(days=settings.session_days),
        way=way,
        id_token=id_token,
        passkey_id=passkey_id,
    )
    db.add(sign_in)
    db.flush()
    return sign_in, secret


def forget_id_tokens(database: Database) -> int:
    """Takes what providers signed out of sessions that ended by themselves, and says of how many.

    The clock's, not a person's: nothing happens to anybody, so no entry tells of it.
    """
    now = clock.now()
    with database.reading() as db:
        if not queries.sign_ins_over_with_id_token(db, now):
            return 0
    with database.writing() as db:
        over = queries.sign_ins_over_with_id_token(db, now)
        for sign_in in over:
            sign_in.id_token = None
    return len(over)


def _end(sign_in: SignIn, now: datetime) -> None:
    sign_in.ended_at = sign_in.ended_at or now
    sign_in.id_token = None
