"""Signing in with accounts elsewhere; adding them to one's own, and taking them away."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.kit.i18n import _
from app.kit.mail import queue_mail
from app.kit.refusals import NotFound, refuse_unless
from app.people import queries, queries_identity, rules, rules_identity
from app.people.actions import add_person, open_session
from app.people.models import Identity, JoiningLink, Person, SignIn
from app.people.providers import Provider
from app.people.secrets import hashed, new_secret
from app.people.vouched import Vouched
from app.record.actions import INSTANCE, record
from app.settings import Settings


def sign_in_by_identity(
    db: Session,
    said: Vouched,
    *,
    provider: Provider,
    next_path: str,
    device: str,
    settings: Settings,
    instead_of: SignIn | None = None,
) -> str | None:
    """Signs in whoever the provider says came back; answers the secret of the new session.

    1. A known identity: the person whose it is.
    2. An unknown one, with a checked address of somebody: nobody is signed in. A link goes to that
       address, and joins the identity to that person when they say so.
    3. An unknown one otherwise: a new person, with the address if the provider checked it.

    ``None`` in the second case.
    """
    identity = queries_identity.identity_by_subject(db, said.provider, said.subject)
    if identity is not None:
        lock(db, db.get_one(Person, identity.person_id), shared=True)
        identity = queries_identity.identity_by_subject(db, said.provider, said.subject)
    if identity is None:
        refuse_unless(rules_identity.may_come(said, provider=provider.name))
        address = said.vouched_address
        owner = queries.person_by_email(db, address) if address else None
        if owner is not None:
            _send_joining_link(db, owner, said, provider, next_path, settings)
            return None
        person = add_person(db, name=_name_of(said, provider), email=address)
        identity = join_identity(db, said, provider=provider, by=person)
    else:
        person = db.get_one(Person, identity.person_id)
    return _begin(db, person, identity, said.id_token, device, settings, instead_of)


def join_identity(db: Session, said: Vouched, *, provider: Provider, by: Person) -> Identity:
    """Adds an account elsewhere to the ways in of somebody who is signed in."""
    lock(db, by)
    now = clock.now()
    current = queries_identity.identity_by_subject(db, said.provider, said.subject)
    refuse_unless(rules_identity.may_join_identity(current, by, provider=provider.name), 409)
    identity = Identity(
        person_id=by.id,
        provider=said.provider,
        subject=said.subject,
        address=said.address,
        made_at=now,
    )
    db.add(identity)
    db.flush()
    record(db, INSTANCE, "identity.joined", by=by.id, at=now, about={"identity": identity.id})
    return identity


def join_identity_by_link(
    db: Session,
    *,
    secret: str,
    providers: Mapping[str, Provider],
    device: str,
    settings: Settings,
    instead_of: SignIn | None = None,
) -> tuple[str, str]:
    """Spends a joining link: the identity that it was sent for is this person's from now on, and
    they are signed in. Answers the secret of the session, and the path to go on to.

    providers: those that can be signed in with here, by key.
    """
    link = queries_identity.joining_link_by_secret(db, secret)
    if link is not None:
        lock(db, link.person)
        lock(db, link)
    now = clock.now()
    refuse_unless(rules_identity.may_use_joining_link(link, now, providers=providers), status=409)
    assert link is not None
    provider = providers[str(link.provider)]
    said = Vouched(str(link.provider), str(link.subject), address=link.address)
    link.used_at = now
    identity = join_identity(db, said, provider=provider, by=link.person)
    session = _begin(db, link.person, identity, None, device, settings, instead_of)
    return session, link.next_path


def leave_identity(
    db: Session, identity: Identity, *, providers: Collection[str], by: Person
) -> None:
    """Takes an account elsewhere away from one's ways in; never the last one.

    providers: the keys that can be signed in with here.
    """
    lock(db, by)
    now = clock.now()
    current = queries_identity.identity_by_subject(db, identity.provider, identity.subject)
    if current is None or current.person_id != by.id:
        raise NotFound
    ways_in = queries_identity.ways_in(db, by, providers=providers)
    left = ways_in - (1 if identity.provider in providers else 0)
    refuse_unless(rules_identity.may_leave_identity(left), 409)
    record(db, INSTANCE, "identity.left", by=by.id, at=now, about={"identity": identity.id})
    db.delete(identity)


def _send_joining_link(
    db: Session,
    person: Person,
    said: Vouched,
    provider: Provider,
    next_path: str,
    settings: Settings,
) -> None:
    now = clock.now()
    email = str(person.email)
    sent = queries_identity.joining_links_sent_since(db, email, now - rules.LINK_LIFETIME)
    refuse_unless(rules.may_send_link(sent), status=429)
    secret = new_secret()
    db.add(
        JoiningLink(
            token_hash=hashed(secret),
            person_id=person.id,
            email=email,
            provider=said.provider,
            subject=said.subject,
            address=said.address,
            next_path=rules.safe_next(next_path),
            made_at=now,
            expires_at=now + rules.LINK_LIFETIME,
        )
    )
    text = _(
        "Somebody came to Clausewise with an account at %(provider)s, and %(provider)s says that "
        "this address is theirs. It is the address of your account here.\n\n"
        "If that was you, open this address to sign in with %(provider)s from now on. It works "
        "once, until %(time)s UTC:\n\n"
        "%(address)s\n\n"
        "If it was not you, do nothing: without it, that account opens nothing of yours."
    ) % {
        "provider": provider.name,
        "time": (now + rules.LINK_LIFETIME).strftime("%H:%M"),
        "address": f"{settings.base_url}/sign-in/join?token={secret}",
    }
    subject = _("Sign in to Clausewise with %(provider)s?") % {"provider": provider.name}
    queue_mail(db, to=email, subject=subject, text=text)
    record(db, INSTANCE, "joining_link.sent", by=None, at=now)


def _begin(
    db: Session,
    person: Person,
    identity: Identity,
    id_token: str | None,
    device: str,
    settings: Settings,
    instead_of: SignIn | None,
) -> str:
    sign_in, secret = open_session(
        db,
        person,
        way=identity.provider,
        device=device,
        settings=settings,
        instead_of=instead_of,
        id_token=id_token,
    )
    about = {"session": sign_in.id, "identity": identity.id}
    record(db, INSTANCE, "session.begun", by=person.id, at=sign_in.since, about=about)
    return secret


def _name_of(said: Vouched, provider: Provider) -> str:
    """What a new person is called until they choose."""
    if said.name or said.address:
        return said.name or str(said.address).split("@")[0]
    return _("Somebody from %(provider)s") % {"provider": provider.name}
