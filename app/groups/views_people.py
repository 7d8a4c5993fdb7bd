"""The page of a group's people, with whatever form on it could not be taken."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.groups import queries, queries_invitation, queries_joining
from app.groups.forms import DeclineForm, LetInForm, LinkForm, MemberForm
from app.groups.models import ROLES, Group
from app.groups.rules_invitation import may_invite
from app.groups.rules_joining import LINK_ROLES
from app.kit import clock
from app.kit.forms import Submitted
from app.kit.refusals import refuse_unless
from app.kit.web import page
from app.people.models import Person

LINK = {"role": "observer", "uses_max": 50, "days": 14}


@dataclass(frozen=True, slots=True)
class Deciding:
    """An answer to a request that could not be taken, as it was typed."""

    number: int
    let_in: Submitted[LetInForm] | None = None
    decline: Submitted[DeclineForm] | None = None


def people_page(
    request: Request,
    db: Session,
    group: Group,
    person: Person,
    *,
    state: str = "open",
    after: str = "",
    form: Submitted[MemberForm] | None = None,
    added: Submitted[MemberForm] | None = None,
    link: Submitted[LinkForm] | None = None,
    made: str = "",
    deciding: Deciding | None = None,
    status: int = 200,
) -> Response:
    """For chairs. form, added, link, deciding: what was typed; made: the address of a new link."""
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    counts = {
        one: queries_invitation.invitations_count(db, group.id, one)
        for one in queries_invitation.STATES
    }
    links = queries_joining.links_of(db, group.id)
    names: dict[str, Any] = {
        "form": form or Submitted.blank(MemberForm, role="member"),
        "added": added or Submitted.blank(MemberForm, role="member"),
        "link": link or Submitted.blank(LinkForm, **LINK),
        "roles": ROLES,
        "link_roles": LINK_ROLES,
        "members": queries.members_count(db, group.id),
        "query": {"state": state, "after": after},
        "this_moment": clock.now(),
    }
    return page(
        request,
        "groups/people.html",
        status,
        group=group,
        state=state,
        counts=counts,
        invitations=queries_invitation.invitations_page(db, group.id, state, after=after or None),
        requests=queries_joining.requests_page(db, group.id),
        links=links,
        made=made,
        deciding=deciding,
        **names,
    )
