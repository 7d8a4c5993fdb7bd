"""Inviting people by mail, and what becomes of an invitation."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.groups import queries, queries_invitation as invitations, rules, rules_invitation
from app.groups.actions import (
    about_membership,
    begin_membership,
    put_categories,
    words_of_membership,
)
from app.groups.mails import invitation_mail
from app.groups.member_list import Row
from app.groups.models import Category, Group, Membership
from app.groups.models_coming import Invitation
from app.groups.rules_invitation import INVITATION_LIFETIME, Invitee
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal
from app.people.actions import change_profile
from app.people.models import Person
from app.people.secrets import hashed, new_secret
from app.record.actions import record
from app.settings import Settings


def send_invitations(
    db: Session,
    group: Group,
    *,
    by: Person,
    rows: Sequence[Row],
    adding: Sequence[str] = (),
    settings: Settings,
) -> list[Invitation]:
    """Invites each person of a list by a mail of their own: all of them, or nobody.

    adding: categories that the group is to get with it. The list is judged again under the lock,
    as the page has judged it before.
    """
    lock(db, group)
    now = clock.now()
    _may_send(db, group, by, len(rows), now)
    known = invitations.known_for(db, group, [row.email for row in rows], now)
    judged = rules_invitation.judge(rows, known, {name.casefold() for name in adding})
    for one in judged:
        rules.enforce(next(iter(one.refusals.values()), None))
    added = put_categories(db, group, adding)
    invitees = [one.invitee for one in judged if one.invitee is not None]
    for expired in invitations.unanswered(db, group.id, [one.email for one in invitees]):
        _end(expired, "replaced", by, now)
    db.flush()
    named = {one.name.casefold(): one for one in queries.categories_of(db, group.id)}
    sent = [
        _invite(
            db, group, one, named.get(one.category.casefold()), by=by, now=now, settings=settings
        )
        for one in invitees
    ]
    about = {"invitations": [one.id for one in sent], "categories": [one.name for one in added]}
    record(db, group.log_id, "invitation.sent", by=by.id, at=now, about=about)
    return sent


def send_invitation_again(
    db: Session, invitation: Invitation, *, by: Person, settings: Settings
) -> Invitation:
    """Replaces an invitation that has no outcome by a new one to the same address.

    The link of the earlier mail works no more, and there is time for an answer from now on.
    """
    group = db.get_one(Group, invitation.group_id)
    lock(db, group)
    lock(db, invitation)
    now = clock.now()
    _may_send(db, group, by, 1, now)
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_invitation.may_withdraw_invitation(mine, invitation))
    asked = invitations.known_for(db, group, [invitation.email], now).asked
    rules.enforce(rules_invitation.may_ask_again(asked.get(invitation.email, 0)))
    _end(invitation, "replaced", by, now)
    db.flush()
    invitee = Invitee(
        invitation.email, invitation.name, invitation.role, "", invitation.affiliation
    )
    category = db.get(Category, invitation.category_id) if invitation.category_id else None
    sent = _invite(db, group, invitee, category, by=by, now=now, settings=settings)
    about = {"invitations": [sent.id], "replaces": invitation.id, "categories": []}
    record(db, group.log_id, "invitation.sent", by=by.id, at=now, about=about)
    return sent


def withdraw_invitation(db: Session, invitation: Invitation, *, by: Person) -> None:
    """Takes an invitation back: its link works no more."""
    group = db.get_one(Group, invitation.group_id)
    lock(db, group)
    lock(db, invitation)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_invitation.may_withdraw_invitation(mine, invitation))
    _end(invitation, "withdrawn", by, now)
    about = {"invitation": invitation.id}
    record(db, group.log_id, "invitation.withdrawn", by=by.id, at=now, about=about)


def accept_invitation(
    db: Session,
    invitation: Invitation,
    *,
    by: Person,
    category: Category | None = None,
    name: str = "",
) -> Membership:
    """Somebody joins as they were invited; whoever holds the link, or has the address.

    category: their choice where the invitation names none. name: what they want to be called.
    """
    group = db.get_one(Group, invitation.group_id)
    lock(db, group)
    lock(db, invitation)
    now = clock.now()
    rules.enforce(rules_invitation.may_answer(invitation, now))
    if queries.membership_of(db, group.id, by) is not None:
        rules.enforce(Refusal("you_are_in_group"))
    if name and name != by.name:
        change_profile(db, by, name=name, time_zone=by.time_zone, locale=by.locale, theme=by.theme)
    _end(invitation, "accepted", by, now)
    if invitation.category_id is not None:
        named = db.get(Category, invitation.category_id)
        category = named if named and named.retired_at is None else category
    membership = begin_membership(
        db,
        group,
        person=by,
        role=invitation.role,
        category=category,
        affiliation=invitation.affiliation,
        now=now,
        through=by,
    )
    about = {"invitation": invitation.id, **about_membership(membership, category)}
    words = words_of_membership(membership)
    record(db, group.log_id, "invitation.accepted", by=by.id, at=now, about=about, words=words)
    return membership


def decline_invitation(db: Session, invitation: Invitation, *, by: Person | None) -> None:
    """Says no to an invitation. by: none where whoever holds the link is not signed in."""
    group = db.get_one(Group, invitation.group_id)
    lock(db, group)
    lock(db, invitation)
    now = clock.now()
    rules.enforce(rules_invitation.may_answer(invitation, now))
    _end(invitation, "declined", by, now)
    about = {"invitation": invitation.id}
    who = by.id if by else None
    record(db, group.log_id, "invitation.declined", by=who, at=now, about=about)


def _may_send(db: Session, group: Group, by: Person, adding: int, now: datetime) -> None:
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_invitation.may_invite(mine))
    since = now - timedelta(days=1)
    of_group, by_person = invitations.sent_since(db, since, group_id=group.id, person=by)
    rules.enforce(rules_invitation.may_send(adding, of_group=of_group, by_person=by_person))


def _invite(
    db: Session,
    group: Group,
    invitee: Invitee,
    category: Category | None,
    *,
    by: Person,
    now: datetime,
    settings: Settings,
) -> Invitation:
    secret = new_secret()
    invitation = Invitation(
        group_id=group.id,
        email=invitee.email,
        name=invitee.name,
        role=invitee.role,
        category_id=category.id if category else None,
        affiliation=invitee.affiliation,
        token_hash=hashed(secret),
        by_id=by.id,
        at=now,
        expires_at=now + INVITATION_LIFETIME,
    )
    db.add(invitation)
    db.flush()
    invitation_mail(db, invitation, group, by=by, secret=secret, settings=settings)
    return invitation


def _end(invitation: Invitation, outcome: str, by: Person | None, now: datetime) -> None:
    invitation.ended_at, invitation.outcome = now, outcome
    invitation.ended_by_id = by.id if by else None
