"""Making a group, and keeping its members."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.groups import queries, rules, rules_category
from app.groups.models import ROLES, Category, Group, Membership
from app.groups.queries_invitation import unanswered
from app.groups.queries_joining import last_request
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.actions import add_person, change_profile
from app.people.addresses import name_until_asked
from app.people.models import Person
from app.people.queries import administration_of, person_by_email
from app.record.actions import open_log, record


def create_group(
    db: Session,
    *,
    by: Person,
    slug: str,
    name: str,
    summary: str = "",
    categories: list[str],
    only_administrators: bool = False,
    your_name: str = "",
) -> Group:
    """A new working group with its stakeholder categories; who makes it is its first chair.

    only_administrators: as the instance has it for people; its operators are not asked. your_name:
    what the chair wants to be called, whose name stands in all that the group sends.
    """
    lock(db, by)
    now = clock.now()
    rules.enforce(
        rules.may_create_group(
            administration_of(db, by),
            only_administrators=only_administrators,
            made_lately=queries.groups_made_since(db, by, now - timedelta(days=1)),
        )
    )
    rules.enforce(rules.must_be_group_address(slug, taken=queries.slug_is_taken(db, slug)))
    if your_name and your_name != by.name:
        change_profile(
            db, by, name=your_name, time_zone=by.time_zone, locale=by.locale, theme=by.theme
        )
    log = open_log(db, f"g/{slug}")
    group = Group(slug=slug, name=name, summary=summary, log_id=log.id, since=now)
    group.categories = [Category(name=c, position=i) for i, c in enumerate(categories)]
    db.add(group)
    db.flush()
    db.add(_membership(group, by, "chair", None, "", now))
    db.flush()
    record(
        db, log.id, "group.created", by=by.id, at=now,
        about={"group": slug, "categories": categories}, words={"name": name, "summary": summary},
    )  # fmt: skip
    return group


def add_member(
    db: Session,
    group: Group,
    *,
    by: Person,
    person: Person,
    role: str,
    category: Category | None = None,
    affiliation: str = "",
) -> Membership:
    """Brings a person into a group."""
    lock(db, group)
    now = clock.now()
    refuse_unless(rules.may_manage_members(queries.membership_of(db, group.id, by)))
    if queries.membership_of(db, group.id, person) is not None:
        raise Refused(Refusal("already_in_group", name=person.name), 409)
    membership = begin_membership(
        db,
        group,
        person=person,
        role=role,
        category=category,
        affiliation=affiliation,
        now=now,
        through=by,
    )
    record(
        db, group.log_id, "member.added", by=by.id, at=now,
        about=about_membership(membership, category), words=words_of_membership(membership),
    )  # fmt: skip
    return membership


def change_membership(
    db: Session,
    group: Group,
    *,
    by: Person,
    person: Person,
    role: str,
    category: Category | None,
    affiliation: str,
    seen: int | None = None,
) -> Membership:
    """Gives a member another role, category or affiliation, from now on.

    seen: the membership that ``by`` began from; where another one stands by now, nothing changes.
    """
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    refuse_unless(rules.may_manage_members(mine))
    before = _current(db, group, person, seen)
    rules.enforce(rules_category.may_speak_for(category, before.category_id))
    losing_chair = before.role == "chair" and role != "chair"
    left = queries.chairs_beside(db, group.id, person) if losing_chair else None
    refuse_unless(rules.may_manage_members(mine, chairs_left=left))
    before.until = now
    db.flush()
    after = _membership(group, person, role, category, affiliation, now)
    db.add(after)
    db.flush()
    record(
        db, group.log_id, "member.changed", by=by.id, at=now,
        about=about_membership(after, category), words=words_of_membership(after),
    )  # fmt: skip
    return after


def end_membership(
    db: Session, group: Group, *, by: Person, person: Person, seen: int | None = None
) -> None:
    """Takes a person out of a group, from now on. What they said and voted stays.

    seen: as for ``change_membership``.
    """
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    refuse_unless(rules.may_manage_members(mine))
    membership = _current(db, group, person, seen)
    is_chair = membership.role == "chair"
    left = queries.chairs_beside(db, group.id, person) if is_chair else None
    refuse_unless(rules.may_manage_members(mine, chairs_left=left))
    membership.until = now
    record(db, group.log_id, "member.left", by=by.id, at=now, about={"person": person.id})


def newcomer(db: Session, *, email: str, name: str = "") -> Person:
    """Who has this address; somebody new where nobody has, named after it until they say."""
    found = person_by_email(db, email)
    return found or add_person(db, name=name or name_until_asked(email), email=email)


def begin_membership(
    db: Session,
    group: Group,
    *,
    person: Person,
    role: str,
    category: Category | None,
    affiliation: str,
    now: datetime,
    through: Person,
) -> Membership:
    """Somebody is in a group from now on; what they asked or were asked is over with that.

    through: whose deed it is, their own or a chair's.
    """
    rules.enforce(rules_category.may_speak_for(category))
    membership = _membership(group, person, role, category, affiliation, now)
    db.add(membership)
    for invitation in unanswered(db, group.id, [person.email] if person.email else []):
        invitation.ended_at, invitation.ended_by_id = now, through.id
        invitation.outcome = "accepted" if through.id == person.id else "withdrawn"
    request = last_request(db, group.id, person)
    if request is not None and request.decision is None:
        request.decided_at, request.decided_by_id = now, through.id
        request.decision = "withdrawn" if through.id == person.id else "accepted"
    db.flush()
    return membership


def put_categories(db: Session, group: Group, names: Sequence[str]) -> list[Category]:
    """Adds categories to a group, after those that it has; a retired one comes back.

    What it has already is left out. Whoever asks holds the group's lock.
    """
    all_of_them = queries.all_categories_of(db, group.id)
    there = {one.name.casefold(): one for one in all_of_them}
    position = max((one.position for one in all_of_them), default=-1)
    added = []
    for name in names:
        found = there.get(name.casefold())
        if found is not None and found.retired_at is None:
            continue
        position += 1
        if found is None:
            found = there[name.casefold()] = Category(group_id=group.id, name=name)
            db.add(found)
        found.position, found.retired_at = position, None
        added.append(found)
    db.flush()
    return added


def about_membership(membership: Membership, category: Category | None) -> dict[str, str | None]:
    """What entries of the record say of a membership."""
    return {
        "person": membership.person_id,
        "role": membership.role,
        "category": category.name if category else None,
    }


def words_of_membership(membership: Membership) -> dict[str, str]:
    """Where somebody works is theirs: it stands beside the entry, and can go."""
    return {"affiliation": membership.affiliation} if membership.affiliation else {}


def _current(db: Session, group: Group, person: Person, seen: int | None) -> Membership:
    membership = queries.membership_of(db, group.id, person)
    if membership is None:
        raise Refused(Refusal("not_a_member_now", name=person.name), 409)
    refuse_unless(rules.may_follow(membership.id, seen), 412)
    return membership


def _membership(
    group: Group,
    person: Person,
    role: str,
    category: Category | None,
    affiliation: str,
    since: datetime,
) -> Membership:
    if role not in ROLES:
        raise Refused(Refusal("unknown_role", role=role), 422)
    return Membership(
        group_id=group.id,
        person_id=person.id,
        role=role,
        category_id=category.id if category else None,
        affiliation=affiliation,
        since=since,
    )
