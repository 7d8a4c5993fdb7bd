"""Passkeys: added, named and taken away by their owner, and signed in with."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import NotFound, Refusal, Refused, refuse_unless
from app.people import (
    ceremonies,
    queries_identity,
    queries_passkey as queries,
    rules_passkey as rules,
)
from app.people.actions import open_session
from app.people.ceremonies import Ceremony, NotShown, Party
from app.people.models import Passkey, Person, SignIn
from app.record.actions import INSTANCE, record
from app.settings import Settings


def add_passkey(
    db: Session, *, by: Person, name: str, credential: str, ceremony: Ceremony, party: Party
) -> Passkey:
    """Adds a passkey to one's ways in. credential: what the browser answered, as JSON."""
    lock(db, by)
    now = clock.now()
    try:
        found = ceremonies.added(party, ceremony, credential)
    except NotShown:
        raise Refused(Refusal("passkey_not_taken"), 422) from None
    current = queries.passkey_by_credential(db, found.credential_id)
    refuse_unless(rules.may_add_passkey(current), 409)
    passkey = Passkey(
        person_id=by.id,
        name=name,
        credential_id=found.credential_id,
        public_key=found.public_key,
        sign_count=found.sign_count,
        made_at=now,
    )
    db.add(passkey)
    db.flush()
    record(db, INSTANCE, "passkey.added", by=by.id, at=now, about={"passkey": passkey.id})
    return passkey


def rename_passkey(db: Session, passkey: Passkey, *, name: str, by: Person) -> None:
    """Calls a passkey otherwise, to tell it from others."""
    lock(db, passkey)
    now = clock.now()
    _must_be_of(passkey, by)
    passkey.name = name
    record(db, INSTANCE, "passkey.renamed", by=by.id, at=now, about={"passkey": passkey.id})


def remove_passkey(
    db: Session,
    passkey: Passkey,
    *,
    by: Person,
    here: SignIn | None,
    providers: Collection[str],
) -> None:
    """Takes a passkey away from one's ways in, never the last one; and what it opened with it.

    Sessions that were begun with it end, since it may be that its device is lost. The one that its
    owner is in (``here``) goes on, but no longer counts as begun with a passkey; nor do tokens.
    providers: the keys that can be signed in with here.
    """
    lock(db, by)
    lock(db, passkey)
    now = clock.now()
    _must_be_of(passkey, by)
    ways_in = queries_identity.ways_in(db, by, providers=providers)
    refuse_unless(rules.may_remove_passkey(ways_in - 1), 409)
    passkey.removed_at = now
    ended = []
    for sign_in in queries.sign_ins_with(db, passkey):
        if here is not None and sign_in.id == here.id:
            sign_in.passkey_id = None
        else:
            sign_in.ended_at = now
            ended.append(sign_in.id)
    for token in queries.tokens_with(db, passkey):
        token.passkey_id = None
    record(
        db, INSTANCE, "passkey.removed", by=by.id, at=now,
        about={"passkey": passkey.id, "sessions": ended},
    )  # fmt: skip


def sign_in_by_passkey(
    db: Session,
    *,
    credential: str,
    ceremony: Ceremony,
    party: Party,
    device: str,
    settings: Settings,
    instead_of: SignIn | None = None,
) -> str:
    """Signs in whose device has shown a passkey; returns the secret of the new session.

    credential: what the browser answered, as JSON.
    """
    try:
        credential_id, handle = ceremonies.named(credential)
    except NotShown:
        raise Refused(Refusal("passkey_not_taken"), 422) from None
    passkey = queries.passkey_by_credential(db, credential_id)
    if passkey is not None:
        lock(db, passkey)
    now = clock.now()
    refuse_unless(rules.may_show_passkey(passkey, handle=handle, begun_at=ceremony.begun_at), 409)
    assert passkey is not None
    try:
        found = ceremonies.shown(party, ceremony, credential, public_key=passkey.public_key)
    except NotShown:
        raise Refused(Refusal("passkey_not_taken"), 422) from None
    refuse_unless(rules.may_count_on(passkey.sign_count, found.sign_count), 409)
    passkey.sign_count, passkey.used_at = found.sign_count, now
    sign_in, session = open_session(
        db,
        passkey.person,
        way="passkey",
        device=device,
        settings=settings,
        instead_of=instead_of,
        passkey_id=passkey.id,
    )
    record(
        db, INSTANCE, "session.begun", by=passkey.person_id, at=now, about={"session": sign_in.id}
    )
    return session


def _must_be_of(passkey: Passkey, person: Person) -> None:
    if passkey.person_id != person.id or passkey.removed_at is not None:
        raise NotFound
