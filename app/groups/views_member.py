"""The page of one person in a group, with whatever form on it could not be taken."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.groups import (
    queries,
    queries_interest,
    queries_standing,
    rules_interest,
    rules_standing,
)
from app.groups.affiliations import affiliations_of
from app.groups.forms import AffiliationForm, InterestForm, MembershipForm, SuspensionForm
from app.groups.models import ROLES, Group
from app.groups.rules import may_manage_members
from app.kit import clock
from app.kit.forms import Submitted
from app.kit.refusals import NotFound
from app.kit.web import page
from app.people.models import Person


def member_page(
    request: Request,
    db: Session,
    group: Group,
    member: Person,
    viewer: Person | None,
    *,
    changing: Submitted[MembershipForm] | None = None,
    affiliating: Submitted[AffiliationForm] | None = None,
    suspending: Submitted[SuspensionForm] | None = None,
    declaring: Submitted[InterestForm] | None = None,
    status: int = 200,
) -> Response:
    """NotFound for who never was in the group. The forms: what was typed."""
    periods = queries_standing.periods_of(db, group, member)
    if not periods:
        raise NotFound
    now = clock.now()
    mine = queries.membership_of(db, group.id, viewer)
    theirs = queries.membership_of(db, group.id, member)
    is_self = viewer is not None and viewer.id == member.id
    may_manage = may_manage_members(mine)
    current = {
        "role": theirs.role if theirs else "member",
        "category": theirs.category.name if theirs and theirs.category else "",
        "affiliation": theirs.affiliation if theirs else "",
    }
    return page(
        request,
        "groups/member.html",
        status,
        group=group,
        member=member,
        theirs=theirs,
        periods=periods,
        affiliations=affiliations_of(periods),
        interests=queries_interest.interests_of(
            db, group, member, queries_interest.seen_by(viewer, mine)
        ),
        may_declare=rules_interest.may_declare_interest(mine, standing=0, kind=None, words=None),
        declaring=declaring or Submitted.blank(InterestForm),
        suspensions=queries_standing.suspensions_of(db, group, member) if mine else [],
        this_moment=now,
        is_self=is_self,
        may_manage=may_manage,
        may_leave=rules_standing.may_leave(
            mine, chairs_left=queries.chairs_beside(db, group.id, member)
        )
        if is_self
        else None,
        may_suspend=may_manage
        or rules_standing.may_suspend(
            mine, theirs, name=member.name, until=None, reason=None, now=now
        ),
        changing=changing or Submitted.blank(MembershipForm, **current),
        may_affiliate=rules_standing.may_change_affiliation(
            mine, theirs, name=member.name, affiliation=None
        ),
        affiliating=affiliating
        or Submitted.blank(AffiliationForm, affiliation=current["affiliation"]),
        suspending=suspending or Submitted.blank(SuspensionForm, days=14),
        roles=ROLES,
    )
