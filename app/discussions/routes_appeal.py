"""Appealing against what was decided about oneself, and deciding about an appeal."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.discussions import actions_appeal as actions
from app.discussions.forms_moderation import AppealForm, DecisionForm
from app.discussions.measures import Measure, MeasureKind
from app.discussions.queries_appeal import chairs_beside, measure_for
from app.discussions.rules_appeal import may_appeal, may_decide
from app.discussions.rules_moderation import enforce
from app.groups.models import Group
from app.groups.queries import membership_of
from app.groups.routes import VisibleGroup
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refusal
from app.kit.web import Number, page, see_other
from app.people.current import SignedIn
from app.people.models import Person
from app.people.queries import administration_of, names_of
from app.people.routes import Config

router = APIRouter(prefix="/g/{group}/moderation/{kind}/{number}/appeal")

Kinds = Literal["hidings", "blocks", "suspensions"]
KINDS: dict[Kinds, MeasureKind] = {
    "hidings": "hiding",
    "blocks": "block",
    "suspensions": "suspension",
}


def readable_measure(
    group: VisibleGroup, kind: Kinds, number: Number, person: SignedIn, db: Db
) -> Measure:
    """What the address names, for who may read an appeal against it."""
    return measure_for(db, group, KINDS[kind], number, person, clock.now())


TheMeasure = Annotated[Measure, Depends(readable_measure)]


@router.get("")
def show_appeal(
    request: Request, group: VisibleGroup, measure: TheMeasure, person: SignedIn, db: Db
) -> Response:
    return _appeal_page(request, db, group, measure, person)


@router.post("")
def make_appeal(
    request: Request,
    group: VisibleGroup,
    measure: TheMeasure,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[AppealForm], Depends(submitted(AppealForm))],
) -> Response:
    if form.errors:
        enforce(may_appeal(measure, person.id, clock.now()))
        return _appeal_page(request, db, group, measure, person, form=form)
    actions.make_appeal(db, group, measure, by=person, words=form.value.words)
    return see_other(f"/g/{group.slug}/{measure.path}", said="appeal_made")


@router.post("/decision")
def decide_appeal(
    request: Request,
    group: VisibleGroup,
    measure: TheMeasure,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[DecisionForm], Depends(submitted(DecisionForm))],
) -> Response:
    if form.errors:
        enforce(_may_decide(db, group, measure, person))
        return _appeal_page(request, db, group, measure, person, form=form)
    actions.decide_appeal(
        db,
        group,
        measure,
        by=person,
        outcome=form.value.outcome,
        reason=form.value.reason,
        settings=config,
    )
    return see_other(f"/g/{group.slug}/{measure.path}", said="appeal_decided")


def _may_decide(db: Db, group: Group, measure: Measure, person: Person) -> Refusal | None:
    now = clock.now()
    return may_decide(
        measure,
        person.id,
        membership_of(db, group.id, person),
        administration_of(db, person),
        chairs_beside(db, group.id, measure, now),
        now,
    )


def _appeal_page(
    request: Request,
    db: Db,
    group: Group,
    measure: Measure,
    person: Person,
    *,
    form: Submitted[Any] | None = None,
) -> Response:
    """What was decided, what is said against it, and what became of that. form: the mistaken."""
    now, appeal = clock.now(), measure.appeal
    named = {measure.row.by_id, measure.person_id, appeal.decided_by_id if appeal else None}
    return page(
        request,
        "discussions/appeal.html",
        422 if form else 200,
        group=group,
        it=measure,
        appeal=appeal,
        people=names_of(db, {id for id in named if id}),
        still_holds=measure.holds_at(now),
        is_own=measure.person_id == person.id,
        chairs_beside=chairs_beside(db, group.id, measure, now),
        may_appeal=may_appeal(measure, person.id, now),
        may_decide=_may_decide(db, group, measure, person),
        form=form,
    )
