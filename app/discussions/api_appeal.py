"""``/api/v1/g/{group}/moderation/…/appeal``: appeals, and what becomes of them."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.discussions import actions_appeal as actions
from app.discussions.api_bodies_moderation import AppealBody, DecisionBody
from app.discussions.measures import Measure
from app.discussions.queries_appeal import appeals_waiting, measure_for
from app.discussions.routes_appeal import TheMeasure
from app.groups.models import Group
from app.groups.queries import membership_of
from app.groups.routes import VisibleGroup
from app.groups.rules import must_be_chair
from app.kit import clock
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.refusals import refuse_unless
from app.kit.scopes import needs
from app.people.current import SignedIn, viewer
from app.people.models import Person
from app.people.queries import names_of
from app.people.routes import Config

router = api_router("moderation", viewer)

PATH = "/g/{group}/moderation/{kind}/{number}/appeal"
EXAMPLE: dict[str, Any] = {
    "kind": "block",
    "number": 3,
    "person": {"id": "p_0f3a5c7e9b1d2f40", "name": "Sam Okoro"},
    "by": {"id": "p_5b1f0d7c2f9e8a44", "name": "Ana Ferreira"},
    "rule": 2,
    "reason": "Three comments about persons, after a word of warning.",
    "since": "2026-11-24T18:00:00.000Z",
    "until": "2026-12-01T18:00:00.000Z",
    "holds": True,
    "appeal": {
        "words": "Two of the three are quotations.",
        "at": "2026-11-25T09:00:00.000Z",
        "outcome": None,
        "decided_by": None,
        "decided_at": None,
        "reason": None,
    },
}
DECIDED_EXAMPLE = {
    **EXAMPLE,
    "holds": False,
    "appeal": {
        **EXAMPLE["appeal"],
        "outcome": "lifted",
        "decided_by": {"id": "p_9d4e0a6b7c8f1e22", "name": "Bruno Keller"},
        "decided_at": "2026-11-26T09:00:00.000Z",
        "reason": "They are.",
    },
}


@router.get(
    "/g/{group}/moderation/appeals",
    summary="Appeals that wait for a decision, the first first",
    responses={
        200: {"content": {"application/json": {"example": {"items": [EXAMPLE], "next": None}}}}
    },
)
def list_appeals(request: Request, group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    refuse_unless(must_be_chair(membership_of(db, group.id, person)))
    found = appeals_waiting(db, group.id, clock.now())
    names = names_of(db, set().union(*(_named(one) for one in found)))
    return reply(request, db, {"items": [_json(one, names) for one in found], "next": None})


@router.get(
    PATH,
    summary="What was decided about you, and the appeal against it",
    description="For whom it is about, and for chairs. `number` is that of the hiding, the block "
    "or the suspension.",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def show_appeal(
    request: Request, group: VisibleGroup, measure: TheMeasure, person: SignedIn, db: Db
) -> Response:
    return reply(request, db, _json(measure, names_of(db, _named(measure))))


@router.post(
    PATH,
    summary="Appeal, once, against what was decided about you",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def make_appeal(
    request: Request,
    group: VisibleGroup,
    measure: TheMeasure,
    person: SignedIn,
    db: Db,
    body: AppealBody,
) -> Response:
    actions.make_appeal(db, group, measure, by=person, words=body.words)
    location = f"/api/v1/g/{group.slug}/{measure.path}"
    return reply(request, db, _again(db, group, measure, person), status=201, location=location)


@router.post(
    f"{PATH}/decision",
    summary="Decide about an appeal, as another chair",
    responses={200: {"content": {"application/json": {"example": DECIDED_EXAMPLE}}}},
)
@needs("admin")
def decide_appeal(
    request: Request,
    group: VisibleGroup,
    measure: TheMeasure,
    person: SignedIn,
    db: Db,
    config: Config,
    body: DecisionBody,
) -> Response:
    actions.decide_appeal(
        db, group, measure, by=person, outcome=body.outcome, reason=body.reason, settings=config
    )
    return reply(request, db, _again(db, group, measure, person))


def _again(db: Db, group: Group, measure: Measure, person: Person) -> dict[str, Any]:
    after = measure_for(db, group, measure.kind, measure.number, person, clock.now())
    return _json(after, names_of(db, _named(after)))


def _named(one: Measure) -> set[str]:
    named = {one.person_id, one.row.by_id, one.appeal.decided_by_id if one.appeal else None}
    return {id for id in named if id}


def _json(one: Measure, names: dict[str, str]) -> dict[str, Any]:
    """What was decided, and the appeal against it. For who may read that."""
    appeal = one.appeal
    return {
        "kind": one.kind,
        "number": one.number,
        "person": _person(one.person_id, names),
        "by": _person(one.row.by_id, names),
        **({"comment": one.comment.number} if one.comment else {}),
        "rule": one.rule.number if one.rule else None,
        "reason": one.row.reason,
        "since": time(one.since),
        "until": time(one.until),
        "holds": one.holds_at(clock.now()),
        "appeal": {
            "words": appeal.words,
            "at": time(appeal.at),
            "outcome": appeal.outcome,
            "decided_by": _person(appeal.decided_by_id, names),
            "decided_at": time(appeal.decided_at),
            "reason": appeal.reason or None,
        }
        if appeal
        else None,
    }


def _person(id: str | None, names: dict[str, str]) -> dict[str, str | None] | None:
    return {"id": id, "name": names.get(id)} if id else None
