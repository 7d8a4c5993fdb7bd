"""Erasing a person: what says who they are goes, what they did stays under a tombstone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.kit import clock
from app.kit.db import lock
from app.kit.models import Answer, Mail
from app.kit.refusals import refuse_unless
from app.people import queries, rules_erasure
from app.people.models import Identity, JoiningLink, Passkey, Person, SignIn, SignInLink, Token
from app.people.models_erasure import Erasure
from app.people.queries_erasure import addresses_of
from app.record.actions import PEOPLE, open_log, record
from app.record.models import Entry, EntryWords, Log

# What a room above forgets of a person, and what the entry has to tell of that.
Forgetting = Callable[[Session, Person, datetime], dict[str, Any]]


def erase_person(
    db: Session,
    person: Person,
    *,
    by: Person | None,
    elsewhere: Sequence[Forgetting],
    typed: str | None = None,
) -> Erasure:
    """Erases a person, for good.

    1. Name, pronouns and what else is shown of them: a tombstone stands in their place.
    2. Every way in, every session and token, every link and mail to an address of theirs, and every
       answer that is kept for a program and names them.
    3. Their names in the record: words and salt go, so that no guess can be told from the words.
    4. What rooms above know (``elsewhere``): affiliations, what they have looked at.

    by: themselves, who type their name; none for an operator. What they wrote and how they voted is
    the group's, and stays under an opaque id; so do all hashes.
    """
    lock(db, person)
    now = clock.now()
    erasure = db.get(Erasure, person.id, populate_existing=True)
    refuse_unless(rules_erasure.may_be_erased(erasure, queries.administration_of(db, person)), 409)
    refuse_unless(rules_erasure.must_be_typed(typed, person.name), 422)
    told: dict[str, Any] = {"person": person.id}
    for forget in elsewhere:
        told |= forget(db, person, now)
    log = db.scalar(select(Log).where(Log.subject == PEOPLE)) or open_log(db, PEOPLE)
    lock(db, log)  # after groups, as joining one does; numbers are given one after the other
    _close_ways_in(db, person, now)
    _forget_names(db, person, log)
    erasure = Erasure(person_id=person.id, number=_next_number(db), at=now)
    db.add(erasure)
    person.name, person.pronouns, person.email = erasure.name, "", None
    person.time_zone, person.locale, person.theme = "UTC", "en", "auto"
    person.invented = False
    db.flush()
    record(db, PEOPLE, "person.erased", by=by.id if by else None, at=now, about=told)
    return erasure


def _close_ways_in(db: Session, person: Person, now: datetime) -> None:
    """Links that are long over go too, whosever they are: they may hold an address of before."""
    addresses = addresses_of(db, person)
    long_over = now - rules_erasure.LINKS_KEPT
    db.execute(delete(Mail).where(Mail.to.in_(addresses)))
    db.execute(
        delete(SignInLink).where(
            or_(SignInLink.email.in_(addresses), SignInLink.expires_at < long_over)
        )
    )
    db.execute(
        delete(JoiningLink).where(
            or_(
                JoiningLink.person_id == person.id,
                JoiningLink.email.in_(addresses),
                JoiningLink.expires_at < long_over,
            )
        )
    )
    for kind in (Identity, Token, SignIn, Passkey):
        db.execute(delete(kind).where(kind.person_id == person.id))
    # An answer that names a person names them by their id, too.
    named = Answer.body.contains(person.id, autoescape=True)
    db.execute(delete(Answer).where(or_(Answer.actor == person.id, named)))


def _forget_names(db: Session, person: Person, log: Log) -> None:
    """Every name they had, in the record of who people are."""
    entries = select(Entry.sequence).where(Entry.log_id == log.id, Entry.person_id == person.id)
    db.execute(
        update(EntryWords)
        .where(EntryWords.log_id == log.id, EntryWords.sequence.in_(entries))
        .values(text=None, salt="")
    )


def _next_number(db: Session) -> int:
    return (db.scalar(select(func.max(Erasure.number))) or 0) + 1
