"""Coming into a group by a link, or by asking; and what chairs do about both."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.groups import queries, queries_joining, rules, rules_joining
from app.groups.actions import about_membership, begin_membership, words_of_membership
from app.groups.mails import request_mail
from app.groups.models import Category, Group, Membership
from app.groups.models_coming import JoinLink, JoinRequest, LinkUse
from app.kit import clock
from app.kit.db import lock
from app.people.models import Person
from app.people.secrets import hashed, new_secret
from app.record.actions import record
from app.settings import Settings


def make_join_link(
    db: Session,
    group: Group,
    *,
    by: Person,
    label: str,
    role: str,
    uses_max: int,
    days: int,
) -> tuple[JoinLink, str]:
    """A new link into a group, and its secret, which is shown this once."""
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_joining.may_make_link(mine, role=role, uses_max=uses_max, days=days))
    secret = new_secret()
    link = JoinLink(
        group_id=group.id,
        label=label,
        role=role,
        uses_max=uses_max,
        token_hash=hashed(secret),
        by_id=by.id,
        at=now,
        expires_at=now + timedelta(days=days),
    )
    db.add(link)
    db.flush()
    about = {"link": link.id, "role": role, "people": uses_max}
    record(db, group.log_id, "join_link.made", by=by.id, at=now, about=about)
    return link, secret


def revoke_join_link(db: Session, link: JoinLink, *, by: Person) -> None:
    """Ends a link at once. Who came by it stays."""
    group = db.get_one(Group, link.group_id)
    lock(db, group)
    lock(db, link)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_joining.may_revoke_link(mine, link))
    link.revoked_at = now
    record(db, group.log_id, "join_link.revoked", by=by.id, at=now, about={"link": link.id})


def join_by_link(
    db: Session,
    link: JoinLink,
    *,
    by: Person,
    category: Category | None = None,
    affiliation: str = "",
) -> Membership:
    """Somebody comes into a group by a link that they hold, and says whom they speak for."""
    group = db.get_one(Group, link.group_id)
    lock(db, group)
    lock(db, link)
    now = clock.now()
    uses = queries_joining.uses_of(db, link)
    rules.enforce(rules_joining.may_use_link(link, uses=uses, now=now))
    mine = queries.membership_of(db, group.id, by)
    was = queries_joining.was_in_group(db, group.id, by)
    rules.enforce(rules_joining.may_join(mine, was_in_group=was))
    db.add(LinkUse(link_id=link.id, person_id=by.id, at=now))
    membership = begin_membership(
        db,
        group,
        person=by,
        role=link.role,
        category=category,
        affiliation=affiliation,
        now=now,
        through=by,
    )
    record(
        db, group.log_id, "member.joined", by=by.id, at=now,
        about={"link": link.id, **about_membership(membership, category)},
        words=words_of_membership(membership),
    )  # fmt: skip
    return membership


def ask_to_join(
    db: Session,
    group: Group,
    *,
    by: Person,
    words: str,
    category: Category | None = None,
    affiliation: str = "",
) -> JoinRequest:
    """Somebody asks to join, in a few words; a chair will decide."""
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    last = queries_joining.last_request(db, group.id, by)
    rules.enforce(rules_joining.may_ask_to_join(mine, last, words=words, now=now))
    request = JoinRequest(
        group_id=group.id,
        person_id=by.id,
        words=words.strip(),
        category_id=category.id if category else None,
        affiliation=affiliation,
        at=now,
    )
    db.add(request)
    db.flush()
    record(
        db, group.log_id, "join_request.made", by=by.id, at=now,
        about={"request": request.id, "person": by.id}, words={"words": request.words},
    )  # fmt: skip
    return request


def withdraw_join_request(db: Session, request: JoinRequest, *, by: Person) -> None:
    """Who asked takes it back."""
    group = db.get_one(Group, request.group_id)
    lock(db, request)
    now = clock.now()
    rules.enforce(
        rules_joining.may_withdraw_request(request, asked_by_them=by.id == request.person_id)
    )
    _decide(request, "withdrawn", by, now)
    about = {"request": request.id, "person": by.id}
    record(db, group.log_id, "join_request.withdrawn", by=by.id, at=now, about=about)


def accept_join_request(
    db: Session,
    request: JoinRequest,
    *,
    by: Person,
    role: str,
    category: Category | None,
    settings: Settings,
) -> Membership:
    """A chair lets in who asked, with a role and a category; they are told by mail."""
    group = db.get_one(Group, request.group_id)
    lock(db, group)
    lock(db, request)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_joining.may_decide_request(mine, request))
    person = db.get_one(Person, request.person_id)
    membership = begin_membership(
        db,
        group,
        person=person,
        role=role,
        category=category,
        affiliation=request.affiliation,
        now=now,
        through=by,
    )
    request_mail(db, request, group, person, settings=settings)
    record(
        db, group.log_id, "join_request.accepted", by=by.id, at=now,
        about={"request": request.id, **about_membership(membership, category)},
        words=words_of_membership(membership),
    )  # fmt: skip
    return membership


def decline_join_request(
    db: Session, request: JoinRequest, *, by: Person, reason: str, settings: Settings
) -> None:
    """A chair says no to who asked, and why; they are told by mail."""
    group = db.get_one(Group, request.group_id)
    lock(db, group)
    lock(db, request)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_joining.may_decide_request(mine, request, reason=reason))
    _decide(request, "declined", by, now)
    request.reason = reason.strip()
    person = db.get_one(Person, request.person_id)
    request_mail(db, request, group, person, settings=settings)
    record(
        db, group.log_id, "join_request.declined", by=by.id, at=now,
        about={"request": request.id, "person": person.id}, words={"reason": request.reason},
    )  # fmt: skip


def _decide(request: JoinRequest, decision: str, by: Person, now: datetime) -> None:
    request.decided_at, request.decision, request.decided_by_id = now, decision, by.id
