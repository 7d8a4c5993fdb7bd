"""The page of moderation, which every form on it shows again."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.outline import numbers
from app.definitions.queries import tree_of
from app.discussions.queries_appeal import appeals_waiting
from app.discussions.queries_moderation import queue_of
from app.discussions.queries_slow import slow_mode_of
from app.discussions.rules_slow import may_set_slow_mode
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of, blocks_of, conduct_rules_of
from app.groups.rules import must_be_chair
from app.groups.rules_conduct import is_named_to, may_make_conduct_rule
from app.kit import clock
from app.kit.forms import Submitted
from app.kit.web import page
from app.people.models import Person


@dataclass(frozen=True, slots=True)
class Refilled:
    """A form of the page that could not be taken, with what was typed. about: the number of the
    comment, or of the rule of conduct, that it is about, if it is about one."""

    name: str
    about: int
    form: Submitted[Any]


def moderation_page(
    request: Request,
    db: Session,
    definition: Definition,
    viewer: Person | None,
    *,
    after: str | None = None,
    refilled: Refilled | None = None,
    status: int = 200,
) -> Response:
    """What everybody reads of it; and for chairs, what waits for them."""
    membership = membership_of(db, definition.group_id, viewer)
    chairs_only, now = must_be_chair(membership), clock.now()
    queue = None if chairs_only else queue_of(db, definition, after=after)
    return page(
        request,
        "discussions/moderation.html",
        status,
        definition=definition,
        queue=queue,
        places=numbers(tree_of(db, definition.working.text_id)) if queue else {},
        chairs_only=chairs_only,
        appeals=[] if chairs_only else appeals_waiting(db, definition.group_id, now),
        conduct_rules=conduct_rules_of(db, definition.group_id),
        may_make_rule=may_make_conduct_rule(membership),
        slow=slow_mode_of(db, definition, now),
        blocks=[
            (one, is_named_to(one.person_id, viewer.id if viewer else None, membership))
            for one in blocks_of(db, definition.group_id, now)
        ],
        own_block=block_of(db, definition.group_id, viewer, now),
        may_set_slow_mode=may_set_slow_mode(membership),
        refilled=refilled,
        query={"after": after or ""},
    )
