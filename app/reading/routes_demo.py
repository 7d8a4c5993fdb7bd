"""Whom one can be in demo mode: the invented people with their roles."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.kit.db import Db
from app.kit.refusals import NotFound
from app.kit.web import page
from app.people.current import Viewer
from app.people.routes import settings_of
from app.people.rules import safe_next
from app.reading.queries_demo import people_offered
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
    return page(request, "reading/demo.html", people=people_offered(db), next=safe_next(next))
