"""The living page of every component in every state; in development only."""

from types import SimpleNamespace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.kit.forms import Submitted
from app.kit.refusals import NotFound
from app.kit.web import page
from app.people.current import Viewer
from app.people.routes import settings_of
from app.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/dev/patterns")
def patterns(
    request: Request, person: Viewer, config: Annotated[Settings, Depends(settings_of)]
) -> Response:
    if not config.development:
        raise NotFound
    filled = {"choice": "yes", "reason": "Publishing what may be published costs nothing."}
    return page(
        request,
        "patterns.html",
        form=Submitted.blank(BaseModel, **filled),
        refused=_refused(),
        people=[
            SimpleNamespace(name=name) for name in ("Ana Ferreira", "Bruno Keller", "ليلى حداد")
        ],
    )


def _refused() -> Submitted[Any]:
    typed = {"title": "", "words": "Whoever wants to modify", "kind": "add", "force": "binding"}
    form = Submitted.blank(BaseModel, **typed)
    form.refuse("title", "This is needed.")
    form.refuse("words", "At most 20 characters fit here; this has 23.")
    form.refuse("names", "Say yes or no.")
    return form
