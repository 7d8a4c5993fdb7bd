"""How a person came into groups without an invitation, and what they did as a chair about that.
Parts of ``queries_data``."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from app.groups.models import Category, Group
from app.groups.models_coming import JoinLink, JoinRequest, LinkUse
from app.people.models import Person
from app.reading.queries_data_work import Rows


def _requests(one: Person) -> Rows:
    return _asked().where(JoinRequest.person_id == one.id)


def _requests_decided(one: Person) -> Rows:
    """Of others, by them: without what those wrote, which is theirs."""
    return (
        select(
            Group.slug.label("group"),
            JoinRequest.decided_at,
            JoinRequest.decision,
            JoinRequest.reason,
        )
        .join(Group, Group.id == JoinRequest.group_id)
        .where(JoinRequest.decided_by_id == one.id, JoinRequest.person_id != one.id)
        .order_by(JoinRequest.id)
    )


def _asked() -> Rows:
    return (
        select(
            Group.slug.label("group"),
            JoinRequest.words,
            Category.name.label("category"),
            JoinRequest.affiliation,
            JoinRequest.at,
            JoinRequest.decided_at,
            JoinRequest.decision,
            JoinRequest.reason,
        )
        .join(Group, Group.id == JoinRequest.group_id)
        .outerjoin(Category, Category.id == JoinRequest.category_id)
        .order_by(JoinRequest.id)
    )


def _links_made(one: Person) -> Rows:
    return (
        select(
            Group.slug.label("group"),
            JoinLink.label,
            JoinLink.role,
            JoinLink.uses_max,
            JoinLink.at,
            JoinLink.expires_at,
            JoinLink.revoked_at,
        )
        .join(Group, Group.id == JoinLink.group_id)
        .where(JoinLink.by_id == one.id)
        .order_by(JoinLink.id)
    )


def _links_used(one: Person) -> Rows:
    return (
        select(Group.slug.label("group"), LinkUse.at)
        .join(JoinLink, JoinLink.id == LinkUse.link_id)
        .join(Group, Group.id == JoinLink.group_id)
        .where(LinkUse.person_id == one.id)
        .order_by(LinkUse.link_id)
    )


COMING: Mapping[str, Callable[[Person], Rows]] = {
    "join_requests": _requests,
    "join_requests_decided": _requests_decided,
    "join_links": _links_made,
    "join_link_uses": _links_used,
}
