"""What a person declared in a group, what kept them from acting in it, and what they did as a
chair about others. Parts of ``queries_data``."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from app.groups.models import Group, Suspension
from app.groups.models_interest import Interest
from app.people.models import Person
from app.reading.queries_data_work import Rows


def _suspensions(one: Person) -> Rows:
    return _suspended().where(Suspension.person_id == one.id)


def _suspensions_made(one: Person) -> Rows:
    return _suspended().where(Suspension.by_id == one.id)


def _suspensions_lifted(one: Person) -> Rows:
    return _suspended().where(Suspension.lifted_by_id == one.id)


def _interests(one: Person) -> Rows:
    return (
        select(
            Group.slug.label("group"),
            Interest.kind,
            Interest.words,
            Interest.shown_to,
            Interest.since,
            Interest.until,
        )
        .join(Group, Group.id == Interest.group_id)
        .where(Interest.person_id == one.id)
        .order_by(Interest.id)
    )


def _suspended() -> Rows:
    return (
        select(
            Group.slug.label("group"),
            Suspension.reason,
            Suspension.since,
            Suspension.until,
            Suspension.lifted_at,
        )
        .join(Group, Group.id == Suspension.group_id)
        .order_by(Suspension.id)
    )


STANDING: Mapping[str, Callable[[Person], Rows]] = {
    "interests": _interests,
    "suspensions": _suspensions,
    "suspensions_made": _suspensions_made,
    "suspensions_lifted": _suspensions_lifted,
}
