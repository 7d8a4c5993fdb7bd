"""``/d/{slug}/moderation``: how moderation works here, and what waits for the chairs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions import actions_slow
from app.discussions.forms_moderation import SlowModeForm
from app.discussions.rules_slow import may_set_slow_mode
from app.discussions.views_moderation import Refilled, moderation_page
from app.groups.actions_conduct import make_conduct_rule
from app.groups.forms_conduct import ConductRuleForm
from app.groups.queries import membership_of
from app.groups.rules_conduct import may_make_conduct_rule
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused, refuse_unless
from app.kit.web import see_other, sentence_of
from app.people.current import SignedIn, Viewer

router = APIRouter(prefix="/d/{slug}/moderation")


@router.get("")
def show(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    after: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    return moderation_page(request, db, definition, viewer, after=after)


@router.post("/rules")
def add_conduct_rule(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[ConductRuleForm], Depends(submitted(ConductRuleForm))],
) -> Response:
    status = 422
    if form.errors:
        refuse_unless(may_make_conduct_rule(membership_of(db, definition.group_id, person)))
    else:
        try:
            rule = make_conduct_rule(
                db,
                definition.group,
                by=person,
                words=form.value.words,
                replaces=form.value.replaces,
            )
            where = f"/d/{definition.slug}/moderation#rule-{rule.number}"
            return see_other(where, said="conduct_rule_made")
        except Refused as refused:
            if refused.status == 403:
                raise
            form.refuse("words", sentence_of(request, refused.refusal))
            status = refused.status
    about = str(form.typed["replaces"])
    refilled = Refilled("rule", int(about) if about.isdecimal() and len(about) < 10 else 0, form)
    return moderation_page(request, db, definition, person, refilled=refilled, status=status)


@router.post("/slow-mode")
def set_slow_mode(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[SlowModeForm], Depends(submitted(SlowModeForm))],
) -> Response:
    if form.errors:
        refuse_unless(may_set_slow_mode(membership_of(db, definition.group_id, person)))
        refilled = Refilled("slow_mode", 0, form)
        return moderation_page(request, db, definition, person, refilled=refilled, status=422)
    actions_slow.set_slow_mode(
        db,
        definition,
        by=person,
        minutes=form.value.minutes,
        until=clock.now() + form.value.lasts,
        reason=form.value.reason,
    )
    return see_other(f"/d/{definition.slug}/moderation#slow", said="slow_mode_set")


@router.post("/slow-mode/end")
def end_slow_mode(definition: VisibleDefinition, person: SignedIn, db: Db) -> Response:
    actions_slow.end_slow_mode(db, definition, by=person)
    return see_other(f"/d/{definition.slug}/moderation#slow", said="slow_mode_ended")
