"""What groups forget of a person who is erased. A part of ``erase_person``."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, tuple_, update
from sqlalchemy.orm import Session

from app.groups import queries_erasure, rules_erasure
from app.groups.models import Group, Membership, Suspension
from app.groups.models_coming import Invitation, JoinRequest
from app.groups.models_conduct import Block
from app.groups.models_interest import Interest
from app.kit.db import lock
from app.kit.models import Mail
from app.kit.refusals import refuse_unless
from app.people.models import Person
from app.people.models_erasure import TOMBSTONE
from app.people.queries_erasure import addresses_of
from app.record.models import Entry, EntryWords


def forget_in_groups(db: Session, person: Person, now: datetime) -> dict[str, Any]:
    """Ends what they are in every group, and empties where they worked.

    The entry of the erasure is the one that tells that these memberships ended.
    """
    theirs = select(Membership.group_id).where(Membership.person_id == person.id)
    for group in db.scalars(select(Group).where(Group.id.in_(theirs)).order_by(Group.id)).all():
        lock(db, group)
    refuse_unless(rules_erasure.may_leave_for_good(queries_erasure.groups_without(db, person)), 409)
    for one in db.scalars(select(Membership).where(Membership.person_id == person.id)).all():
        one.affiliation = ""
        one.until = one.until or now
    _forget_words(db, person, "affiliation")
    _forget_invitations(db, person, now)
    _forget_requests(db, person, now)
    _leave_mails(db, person)
    return {}


def _forget_words(db: Session, person: Person, *fields: str) -> None:
    """What groups' records have of these words; who they are in an entry is ``person``."""
    logs = select(Group.log_id)
    entries = select(Entry.log_id, Entry.sequence).where(
        Entry.log_id.in_(logs), Entry.about["person"].as_string() == person.id
    )
    db.execute(
        update(EntryWords)
        .where(tuple_(EntryWords.log_id, EntryWords.sequence).in_(entries))
        .where(EntryWords.field.in_(fields))
        .values(text=None, salt="")
    )


def _forget_invitations(db: Session, person: Person, now: datetime) -> None:
    """Whom the invitations to them were for; those without an answer are declined."""
    accepted = and_(Invitation.ended_by_id == person.id, Invitation.outcome == "accepted")
    to_them = Invitation.email.in_(addresses_of(db, person))
    for one in db.scalars(select(Invitation).where(or_(accepted, to_them))).all():
        if one.ended_at is None:
            one.ended_at, one.outcome = now, "declined"
        one.email, one.name, one.affiliation = "", "", ""


def _forget_requests(db: Session, person: Person, now: datetime) -> None:
    """What they wrote when they asked to join, and declared; why they were declined, suspended,
    blocked."""
    for one in db.scalars(select(JoinRequest).where(JoinRequest.person_id == person.id)).all():
        if one.decided_at is None:
            one.decided_at, one.decision = now, "withdrawn"
        one.words, one.affiliation, one.reason = "", "", ""
    for held in db.scalars(select(Suspension).where(Suspension.person_id == person.id)).all():
        held.reason = ""
    for block in db.scalars(select(Block).where(Block.person_id == person.id)).all():
        block.reason, block.lifted_reason = "", ""
    for told in db.scalars(select(Interest).where(Interest.person_id == person.id)).all():
        told.words, told.until = "", told.until or now
    _forget_words(db, person, "words", "reason")


def _leave_mails(db: Session, person: Person) -> None:
    """Mails that ask somebody in for them, and wait to be sent, name them no more."""
    asked = select(Invitation.email).where(Invitation.by_id == person.id, Invitation.email != "")
    name = re.compile(rf"(?<!\w){re.escape(person.name)}(?!\w)")
    for mail in db.scalars(select(Mail).where(Mail.to.in_(asked), Mail.sent_at.is_(None))).all():
        mail.subject = name.sub(TOMBSTONE, mail.subject)[:200]
        mail.text = name.sub(TOMBSTONE, mail.text)
