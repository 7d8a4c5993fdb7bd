"""Comparing two texts of a definition: choose them, read what changed."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app.definitions import queries, queries_changes
from app.definitions.compared import compared
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.kit.db import Db
from app.kit.pages import public_page
from app.kit.refusals import NotFound
from app.kit.web import page, see_other, url
from app.people.current import Viewer
from app.record.queries import log_of

router = APIRouter(prefix="/d/{slug}/compare")

Label = Annotated[str, Query(max_length=40)]
Pair = Annotated[str, Path(max_length=90)]


@router.get("")
def choose_texts(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    a: Label = "",
    b: Label = "",
    view: Literal["inline", "beside"] = "inline",
    only: Literal["", "changes"] = "",
) -> Response:
    """The form; with both labels in the address, on to the comparison."""
    labels = [version.label for version in queries.versions_of(db, definition)]
    known = [*labels, queries.WORKING]
    if all(name in known or name.startswith("@") for name in (a, b)):
        return see_other(
            url(f"/d/{definition.slug}/compare/{a}...{b}", view=_view(view), only=only)
        )
    chosen = {"a": a or (labels[-1] if labels else ""), "b": b or queries.WORKING}
    return page(
        request,
        "definitions/compare_choose.html",
        definition=definition,
        labels=labels,
        chosen=chosen,
    )


@router.get("/{pair}")
def comparison_page(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    pair: Pair,
    view: Literal["inline", "beside"] = "inline",
    only: Literal["", "changes"] = "",
) -> Response:
    sequence = (definition.log_id, log_of(db, definition.log_id).size)
    return public_page(
        request, sequence, lambda: _comparison(request, definition, db, pair, view, only)
    )


def _comparison(
    request: Request,
    definition: Definition,
    db: Db,
    pair: str,
    view: Literal["inline", "beside"],
    only: Literal["", "changes"],
) -> Response:
    first, dots, second = pair.partition("...")
    if not dots:
        raise NotFound
    a = queries.text_named(db, definition, first)
    b = queries.text_named(db, definition, second)
    found = compared(
        queries.text_of(db, a.text.id),
        queries.text_of(db, b.text.id),
        splits=queries_changes.splits_between(db, definition, a.text, b.text),
        view=view,
        only_changes=only == "changes",
    )
    return page(
        request,
        "definitions/compare.html",
        definition=definition,
        a=a,
        b=b,
        compared=found,
        labels=[version.label for version in queries.versions_of(db, definition)],
        chosen={"a": first, "b": second},
        view=view,
        only=only,
    )


def _view(view: str) -> str:
    """Left out of the address where it is what one gets anyway."""
    return "" if view == "inline" else view
