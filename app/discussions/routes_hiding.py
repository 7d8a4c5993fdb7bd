"""Hiding a comment, and lifting that: for chairs."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.discussions import actions_hiding as actions, rules_moderation as rules
from app.discussions.forms_moderation import HidingForm, LiftingForm
from app.discussions.queries import comment_of
from app.discussions.queries_moderation import in_context
from app.discussions.queries_thread import place_of
from app.discussions.views import place_in_text
from app.groups.queries import membership_of
from app.groups.queries_conduct import conduct_rules_of
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused
from app.kit.web import Number, page, see_other, sentence_of
from app.people.current import SignedIn
from app.people.routes import Config

router = APIRouter(prefix="/d/{slug}/comments/{number}")

FIELDS = {"conduct_rule_unknown": "rule", "conduct_rule_replaced": "rule"}


@router.get("/hide")
def hide_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    comment = comment_of(db, definition, number)
    membership = membership_of(db, definition.group_id, person)
    rules.enforce(rules.may_hide(comment, person.id, membership))
    return _hide_page(request, db, definition, number, Submitted.blank(HidingForm))


@router.post("/hiding")
def hide_comment(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    config: Config,
    form: Annotated[Submitted[HidingForm], Depends(submitted(HidingForm))],
) -> Response:
    comment = comment_of(db, definition, number)
    status = 422
    if form.errors:
        membership = membership_of(db, definition.group_id, person)
        rules.enforce(rules.may_hide(comment, person.id, membership))
    else:
        value = form.value
        try:
            actions.hide_comment(
                db,
                definition,
                comment,
                by=person,
                rule=value.rule,
                reason=value.reason,
                settings=config,
            )
            return see_other(place_of(db, definition, comment), said="comment_hidden")
        except Refused as refused:
            if refused.status == 403:
                raise
            form.refuse(FIELDS.get(refused.refusal.code, ""), sentence_of(request, refused.refusal))
            status = refused.status
    return _hide_page(request, db, definition, number, form, status)


@router.get("/lift")
def lift_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db, number: Number
) -> Response:
    comment = comment_of(db, definition, number)
    membership = membership_of(db, definition.group_id, person)
    rules.enforce(rules.may_lift(comment, person.id, membership))
    return _lift_page(request, db, definition, number, Submitted.blank(LiftingForm))


@router.post("/hiding/lifting")
def lift_hiding(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    number: Number,
    form: Annotated[Submitted[LiftingForm], Depends(submitted(LiftingForm))],
) -> Response:
    comment = comment_of(db, definition, number)
    if form.errors:
        membership = membership_of(db, definition.group_id, person)
        rules.enforce(rules.may_lift(comment, person.id, membership))
        return _lift_page(request, db, definition, number, form, 422)
    actions.lift_hiding(db, definition, comment, by=person, reason=form.value.reason)
    return see_other(place_of(db, definition, comment), said="hiding_lifted")


def _hide_page(
    request: Request,
    db: Db,
    definition: Definition,
    number: int,
    form: Submitted[HidingForm],
    status: int = 200,
) -> Response:
    in_force = [r for r in conduct_rules_of(db, definition.group_id) if r.replaced_by is None]
    return _page(request, db, definition, number, "hide", form, status, conduct_rules=in_force)


def _lift_page(
    request: Request,
    db: Db,
    definition: Definition,
    number: int,
    form: Submitted[LiftingForm],
    status: int = 200,
) -> Response:
    return _page(request, db, definition, number, "lift", form, status)


def _page(
    request: Request,
    db: Db,
    definition: Definition,
    number: int,
    name: str,
    form: Submitted[Any],
    status: int,
    **more: Any,
) -> Response:
    """A comment where it was said, and a form about it. Only for who may open what is hidden."""
    it = in_context(db, definition, number)
    return page(
        request,
        f"discussions/{name}.html",
        status,
        definition=definition,
        it=it,
        place=place_in_text(db, definition, it.subject),
        form=form,
        **more,
    )
