"""Keeping the stakeholder categories of a group: whom its members can speak for."""

from sqlalchemy.orm import Session

from app.groups import queries, rules, rules_category
from app.groups.actions import put_categories
from app.groups.models import Category, Group
from app.kit import clock
from app.kit.db import lock
from app.people.models import Person
from app.record.actions import record


def add_category(db: Session, group: Group, *, by: Person, name: str) -> Category:
    """A category more, at the end of the list; one that was retired comes back."""
    lock(db, group)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    names = [one.name for one in queries.categories_of(db, group.id)]
    rules.enforce(rules_category.may_add_category(mine, name, names))
    (category,) = put_categories(db, group, [name])
    about = {"category": category.id, "name": category.name}
    record(db, group.log_id, "category.added", by=by.id, at=now, about=about)
    return category


def rename_category(db: Session, category: Category, *, by: Person, name: str) -> None:
    """Calls a category something else, for members of now; rolls keep what it was called then."""
    group = db.get_one(Group, category.group_id)
    lock(db, group)
    lock(db, category)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    others = [c.name for c in queries.all_categories_of(db, group.id) if c.id != category.id]
    rules.enforce(rules_category.may_rename_category(mine, name, others))
    about = {"category": category.id, "from": category.name, "name": name}
    category.name = name
    record(db, group.log_id, "category.renamed", by=by.id, at=now, about=about)


def move_category(db: Session, category: Category, *, by: Person, place: int) -> None:
    """Puts a category at another place of the list, counted from 1; the others make room."""
    group = db.get_one(Group, category.group_id)
    lock(db, group)
    lock(db, category)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_category.may_keep_category(mine, category.retired_at))
    others = [c for c in queries.categories_of(db, group.id) if c.id != category.id]
    place = min(max(place, 1), len(others) + 1)
    for position, one in enumerate([*others[: place - 1], category, *others[place - 1 :]]):
        one.position = position
    about = {"category": category.id, "name": category.name, "place": place}
    record(db, group.log_id, "category.moved", by=by.id, at=now, about=about)


def retire_category(db: Session, category: Category, *, by: Person) -> None:
    """Takes a category off the list: nobody new speaks for it. Who does, and rolls, keep it."""
    group = db.get_one(Group, category.group_id)
    lock(db, group)
    lock(db, category)
    now = clock.now()
    mine = queries.membership_of(db, group.id, by)
    rules.enforce(rules_category.may_keep_category(mine, category.retired_at))
    category.retired_at = now
    about = {"category": category.id, "name": category.name}
    record(db, group.log_id, "category.retired", by=by.id, at=now, about=about)
