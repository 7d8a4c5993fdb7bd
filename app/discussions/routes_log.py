"""``/g/{group}/moderation/log``: what chairs decided, for everybody who may read the group."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.discussions.moderation_log import Kind
from app.discussions.queries_log import moderation_log
from app.groups.routes import VisibleGroup
from app.kit.db import Db
from app.kit.forms import check
from app.kit.web import page
from app.people.current import Viewer

router = APIRouter(prefix="/g/{group}/moderation")


class LogForm(BaseModel):
    """What of it to show."""

    kind: Kind | None = None


@router.get("/log")
def show_log(
    request: Request,
    group: VisibleGroup,
    viewer: Viewer,
    db: Db,
    after: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    form = check(LogForm, {"kind": request.query_params.get("kind", "")})
    found = moderation_log(
        db, group, viewer, kind=None if form.errors else form.value.kind, after=after
    )
    return page(
        request,
        "discussions/log.html",
        422 if form.errors else 200,
        group=group,
        found=found,
        form=form,
        query={**form.typed, "after": after},
    )
