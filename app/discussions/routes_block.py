"""Blocking somebody from speaking in the group, and lifting that: for chairs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.discussions.forms_moderation import BlockForm, LiftingForm
from app.discussions.queries_moderation import people_to_block, person_named
from app.groups.actions_block import block_person as block, lift_block as lift
from app.groups.models_conduct import Block
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_for, conduct_rules_of
from app.groups.rules import enforce, must_be_chair
from app.groups.rules_conduct import may_lift_block
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused, refuse_unless
from app.kit.web import Number, page, see_other, sentence_of
from app.people.current import SignedIn
from app.people.routes import Config

router = APIRouter(prefix="/d/{slug}/moderation")

FIELDS = {
    "conduct_rule_unknown": "rule",
    "conduct_rule_replaced": "rule",
    "chair_not_blocked": "person",
    "blocked_already": "person",
}


@router.get("/block")
def block_page(
    request: Request,
    definition: VisibleDefinition,
    viewer: SignedIn,
    db: Db,
    person: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    refuse_unless(must_be_chair(membership_of(db, definition.group_id, viewer)))
    form = Submitted.blank(BlockForm, person=person)
    return _block_page(request, db, definition, form)


@router.post("/blocks")
def block_person(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[BlockForm], Depends(submitted(BlockForm))],
) -> Response:
    refuse_unless(must_be_chair(membership_of(db, definition.group_id, person)))
    if form.errors:
        return _block_page(request, db, definition, form, 422)
    theirs = person_named(db, form.value.person)
    try:
        block(
            db,
            definition.group,
            by=person,
            person=theirs,
            rule=form.value.rule,
            until=clock.now() + form.value.lasts,
            reason=form.value.reason,
            settings=config,
        )
    except Refused as refused:
        if refused.status == 403 and refused.refusal.code not in FIELDS:
            raise
        form.refuse(FIELDS.get(refused.refusal.code, ""), sentence_of(request, refused.refusal))
        return _block_page(request, db, definition, form, refused.status)
    return see_other(f"/d/{definition.slug}/moderation#blocks", said="person_blocked")


@router.get("/blocks/{number}/lift")
def lift_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    held = block_for(db, definition.group_id, number)
    membership = membership_of(db, definition.group_id, person)
    enforce(may_lift_block(held, person.id, membership, clock.now()))
    return _lift_page(request, definition, held, Submitted.blank(LiftingForm))


@router.post("/blocks/{number}/lifting")
def lift_block(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[LiftingForm], Depends(submitted(LiftingForm))],
) -> Response:
    held = block_for(db, definition.group_id, number)
    if form.errors:
        membership = membership_of(db, definition.group_id, person)
        enforce(may_lift_block(held, person.id, membership, clock.now()))
        return _lift_page(request, definition, held, form, 422)
    try:
        lift(db, definition.group, held, by=person, reason=form.value.reason)
    except Refused as refused:
        if refused.status == 403:
            raise
        form.refuse("", sentence_of(request, refused.refusal))
        return _lift_page(request, definition, held, form, refused.status)
    return see_other(f"/d/{definition.slug}/moderation#blocks", said="block_lifted")


def _block_page(
    request: Request,
    db: Db,
    definition: Definition,
    form: Submitted[BlockForm],
    status: int = 200,
) -> Response:
    rules = conduct_rules_of(db, definition.group_id)
    return page(
        request,
        "discussions/block.html",
        status,
        definition=definition,
        people=people_to_block(db, definition, clock.now()),
        conduct_rules=[rule for rule in rules if rule.replaced_by is None],
        form=form,
    )


def _lift_page(
    request: Request,
    definition: Definition,
    held: Block,
    form: Submitted[LiftingForm],
    status: int = 200,
) -> Response:
    return page(
        request,
        "discussions/lift_block.html",
        status,
        definition=definition,
        block=held,
        form=form,
    )
