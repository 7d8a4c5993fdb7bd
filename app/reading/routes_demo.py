"""Whom one can be in demo mode: the invented people with their roles."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.groups.queries import members_everywhere
from app.kit.db import Db
from app.kit.refusals import NotFound
from app.kit.web import page
from app.people.current import Viewer
from app.people.queries import invented_people
from app.people.routes import settings_of
from app.people.rules import safe_next
from app.settings import Settings

router = APIRouter()


@router.get("/sign-in/demo")
def choose_person(
    request: Request,
    db: Db,
    person: Viewer,
    config: Annotated[Settings, Depends(settings_of)],
    next: str = "/",
) -> Response:
    if not config.demo:
        raise NotFound
    return page(request, "reading/demo.html", people=_offered(db), next=safe_next(next))


def _offered(db: Session) -> list[dict[str, Any]]:
    """Every invented person once, with the first of their memberships; who has none comes last."""
    known: dict[str, Any] = {}
    for membership in members_everywhere(db):
        known.setdefault(membership.person_id, membership)
    return [
        {
            "id": person.id,
            "name": person.name,
            "role": held.role if (held := known.get(person.id)) else "",
            "category": held.category.name if held and held.category else "",
            "affiliation": held.affiliation if held else "",
        }
        for person in invented_people(db)
    ]
