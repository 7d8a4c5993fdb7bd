"""All that is held about a person, for themselves: one statement a part, over every table.

A table that comes to hold something about people gets its part here or in ``queries_data_work``;
``tests/reading/test_data.py`` finds the column that was forgotten.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, or_, select
from sqlalchemy.orm import Session

from app.groups.models import Category, Group, Membership
from app.groups.models_coming import Invitation
from app.kit.models import Answer, Mail
from app.people.models import (
    Administration,
    Identity,
    JoiningLink,
    Passkey,
    Person,
    SignIn,
    SignInLink,
    Token,
)
from app.reading.models import Look
from app.reading.queries_data_coming import COMING
from app.reading.queries_data_moderation import MODERATION
from app.reading.queries_data_standing import STANDING
from app.reading.queries_data_work import WORK, Rows
from app.record.models import Entry, EntryWords, Log

Part = Callable[[Person], Rows]


def _self(one: Person) -> Rows:
    return select(
        Person.id,
        Person.name,
        Person.pronouns,
        Person.email,
        Person.time_zone,
        Person.locale,
        Person.theme,
        Person.invented,
        Person.since,
    ).where(Person.id == one.id)


def _sign_ins(one: Person) -> Rows:
    return (
        select(
            SignIn.device,
            SignIn.way,
            SignIn.since,
            SignIn.seen_at,
            SignIn.expires_at,
            SignIn.ended_at,
        )
        .where(SignIn.person_id == one.id)
        .order_by(SignIn.id)
    )


def _identities(one: Person) -> Rows:
    return (
        select(Identity.provider, Identity.subject, Identity.address, Identity.made_at)
        .where(Identity.person_id == one.id)
        .order_by(Identity.id)
    )


def _passkeys(one: Person) -> Rows:
    return (
        select(
            Passkey.name,
            Passkey.credential_id,
            Passkey.public_key,
            Passkey.sign_count,
            Passkey.made_at,
            Passkey.used_at,
            Passkey.removed_at,
        )
        .where(Passkey.person_id == one.id)
        .order_by(Passkey.id)
    )


def _joining_links(one: Person) -> Rows:
    return (
        select(
            JoiningLink.email,
            JoiningLink.provider,
            JoiningLink.subject,
            JoiningLink.address,
            JoiningLink.next_path,
            JoiningLink.made_at,
            JoiningLink.expires_at,
            JoiningLink.used_at,
        )
        .where(JoiningLink.person_id == one.id)
        .order_by(JoiningLink.made_at)
    )


def _tokens(one: Person) -> Rows:
    return (
        select(
            Token.name,
            Token.ending,
            Token.scopes,
            Token.made_at,
            Token.expires_at,
            Token.seen_at,
            Token.revoked_at,
        )
        .where(Token.person_id == one.id)
        .order_by(Token.id)
    )


def _sign_in_links(one: Person) -> Rows:
    return (
        select(
            SignInLink.email,
            SignInLink.next_path,
            SignInLink.made_at,
            SignInLink.expires_at,
            SignInLink.used_at,
        )
        .where(SignInLink.email == one.email)
        .order_by(SignInLink.made_at)
    )


def _mails(one: Person) -> Rows:
    """Without its text, which may hold a link that signs in: whoever has it reads it there."""
    return (
        select(Mail.to, Mail.subject, Mail.made_at, Mail.tries, Mail.next_try_at)
        .where(Mail.to == one.email)
        .order_by(Mail.id)
    )


def _answers(one: Person) -> Rows:
    return (
        select(Answer.key, Answer.status, Answer.location, Answer.body, Answer.at)
        .where(Answer.actor == one.id)
        .order_by(Answer.at)
    )


def _administrations(one: Person) -> Rows:
    return (
        select(Administration.since, Administration.until)
        .where(Administration.person_id == one.id)
        .order_by(Administration.id)
    )


def _memberships(one: Person) -> Rows:
    return (
        select(
            Group.slug.label("group"),
            Membership.role,
            Category.name.label("category"),
            Membership.affiliation,
            Membership.since,
            Membership.until,
        )
        .join(Membership.group)
        .outerjoin(Membership.category)
        .where(Membership.person_id == one.id)
        .order_by(Membership.id)
    )


def _invitations(one: Person) -> Rows:
    """To them."""
    accepted = (Invitation.ended_by_id == one.id) & (Invitation.outcome == "accepted")
    return _asked().where(or_(Invitation.email == one.email, accepted))


def _invitations_sent(one: Person) -> Rows:
    return _asked().where(Invitation.by_id == one.id)


def _invitations_ended(one: Person) -> Rows:
    """Of others, by them."""
    return _asked().where(Invitation.ended_by_id == one.id, Invitation.by_id != one.id)


def _asked() -> Rows:
    return (
        select(
            Group.slug.label("group"),
            Invitation.email,
            Invitation.name,
            Invitation.role,
            Category.name.label("category"),
            Invitation.affiliation,
            Invitation.at,
            Invitation.expires_at,
            Invitation.ended_at,
            Invitation.outcome,
        )
        .join(Group, Group.id == Invitation.group_id)
        .outerjoin(Category, Category.id == Invitation.category_id)
        .order_by(Invitation.id)
    )


def _looks(one: Person) -> Rows:
    return select(Look.until).where(Look.person_id == one.id)


def _entries(one: Person) -> Rows:
    """By them, and about them. Every row of a log is read: nobody asks for this often."""
    return (
        select(Log.subject.label("log"), Entry.sequence, Entry.at, Entry.verb, Entry.about)
        .join(Log, Log.id == Entry.log_id)
        .where(or_(Entry.person_id == one.id, Entry.about["person"].as_string() == one.id))
        .order_by(Entry.log_id, Entry.sequence)
    )


def _entry_words(one: Person) -> Rows:
    return (
        select(Log.subject.label("log"), Entry.sequence, EntryWords.field, EntryWords.text)
        .join(Log, Log.id == Entry.log_id)
        .join(
            EntryWords,
            (EntryWords.log_id == Entry.log_id) & (EntryWords.sequence == Entry.sequence),
        )
        .where(or_(Entry.person_id == one.id, Entry.about["person"].as_string() == one.id))
        .order_by(Entry.log_id, Entry.sequence, EntryWords.field)
    )


PARTS: Mapping[str, Part] = {
    "person": _self,
    "identities": _identities,
    "passkeys": _passkeys,
    "sign_ins": _sign_ins,
    "tokens": _tokens,
    "sign_in_links": _sign_in_links,
    "joining_links": _joining_links,
    "mails": _mails,
    "answers": _answers,
    "administrations": _administrations,
    "looks": _looks,
    "memberships": _memberships,
    "invitations": _invitations,
    "invitations_sent": _invitations_sent,
    "invitations_ended": _invitations_ended,
    **COMING,
    **STANDING,
    **WORK,
    **MODERATION,
    "record": _entries,
    "record_words": _entry_words,
}


def data_of(db: Session, person: Person) -> dict[str, Sequence[RowMapping]]:
    """Every part with its rows, in the order in which they came to be."""
    return {key: db.execute(part(person)).mappings().all() for key, part in PARTS.items()}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
