"""``/api/v1/g/{group}/conduct-rules``: what a group asks of those who speak in it."""

from typing import Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.groups.actions_conduct import make_conduct_rule
from app.groups.forms_conduct import RuleNumber, RuleWords
from app.groups.models_conduct import ConductRule
from app.groups.queries_conduct import conduct_rule_of, conduct_rules_of
from app.groups.routes import VisibleGroup
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.scopes import needs
from app.people.current import SignedIn, Viewer, viewer

router = api_router("moderation", viewer)

RULE = {
    "number": 2,
    "words": "Speak about the words, not about the person.",
    "since": "2026-11-24T08:00:00.000Z",
    "replaces": 1,
    "replaced_by": None,
}
RULES_EXAMPLE = {"items": [RULE], "next": None}


class ConductRuleBody(BaseModel):
    """A rule of conduct; ``replaces`` is the number of the rule whose place it takes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"words": "Speak about the words, not about the person.", "replaces": 1}]
        },
    )

    words: RuleWords
    replaces: RuleNumber | None = None


@router.get(
    "/g/{group}/conduct-rules",
    summary="The rules of conduct of a group, replaced ones too, by number",
    responses={200: {"content": {"application/json": {"example": RULES_EXAMPLE}}}},
)
def list_conduct_rules(request: Request, group: VisibleGroup, db: Db, person: Viewer) -> Response:
    items = [conduct_rule_json(rule) for rule in conduct_rules_of(db, group.id)]
    return reply(request, db, {"items": items, "next": None})


@router.post(
    "/g/{group}/conduct-rules",
    summary="Make a rule of conduct, or replace one",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": RULE}}}},
)
@needs("admin")
def add_conduct_rule(
    request: Request, group: VisibleGroup, db: Db, person: SignedIn, body: ConductRuleBody
) -> Response:
    made = make_conduct_rule(db, group, by=person, words=body.words, replaces=body.replaces)
    rule = conduct_rule_of(db, group.id, made.number)
    assert rule is not None
    location = f"/api/v1/g/{group.slug}/conduct-rules"
    return reply(request, db, conduct_rule_json(rule), status=201, location=location)


def conduct_rule_json(rule: ConductRule) -> dict[str, Any]:
    """A rule, with the numbers of those before and after it in its place."""
    return {
        "number": rule.number,
        "words": rule.words,
        "since": time(rule.since),
        "replaces": rule.replaces.number if rule.replaces else None,
        "replaced_by": rule.replaced_by.number if rule.replaced_by else None,
    }
