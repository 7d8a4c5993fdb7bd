"""``/d/{slug}/moderation``: how moderation works here, and what waits for the chairs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.definitions.routes import VisibleDefinition
from app.discussions.views_moderation import Refilled, moderation_page
from app.groups.actions_conduct import make_conduct_rule
from app.groups.forms_conduct import ConductRuleForm
from app.groups.queries import membership_of
from app.groups.rules_conduct import may_make_conduct_rule
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
