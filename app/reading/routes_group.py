"""The page of a working group: its definitions, whom it speaks for, its members."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.definitions.queries import definitions_for
from app.definitions.rules import may_create_definition
from app.groups import queries, rules
from app.groups.models import Category, Group, Membership
from app.groups.queries_passkey import passkey_condition_of
from app.groups.routes import VisibleGroup
from app.groups.rules_passkey import may_set_passkey_condition
from app.kit import clock
from app.kit.db import Db
from app.kit.web import page
from app.people.current import Viewer
from app.reading.coverage import PERIOD, PERIODS, alone_words, what_stands_out
from app.reading.queries_coverage import coverage_of

router = APIRouter()


@router.get("/g/{group}")
def show(
    request: Request, group: VisibleGroup, db: Db, person: Viewer, period: str = PERIOD
) -> Response:
    period = period if period in PERIODS else PERIOD
    members = queries.members_of(db, group.id)
    mine = queries.membership_of(db, group.id, person)
    coverage = coverage_of(db, group, members, person, period=period, now=clock.now())
    return page(
        request,
        "groups/show.html",
        group=group,
        definitions=definitions_for(db, person, group_id=group.id),
        members=members,
        by_category=_by_category(group, members),
        mine=mine,
        may_manage=rules.may_manage_members(mine),
        may_create=may_create_definition(mine),
        passkey_condition=passkey_condition_of(db, group.id),
        passkey_missing=rules.passkey_is_shown(mine),
        may_ask_passkeys=may_set_passkey_condition(mine),
        coverage=coverage,
        stands_out=what_stands_out(coverage),
        alone_words=alone_words,
        period=period,
        periods=PERIODS,
    )


def _by_category(
    group: Group, members: Sequence[Membership]
) -> list[tuple[Category | None, list[Membership]]]:
    """Every category, the empty ones too; retired ones that members have; then those without."""
    retired = {m.category_id: m.category for m in members if m.category and m.category.retired_at}
    categories = [*group.categories, *retired.values()]
    lists: list[tuple[Category | None, list[Membership]]] = [
        (c, [m for m in members if m.category_id == c.id]) for c in categories
    ]
    without = [m for m in members if m.category_id is None]
    return [*lists, *([(None, without)] if without else [])]
