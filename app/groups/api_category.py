"""``/api/v1/g/{group}/categories``: whom members of a group speak for."""

from typing import Annotated

from fastapi import Body, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.groups import actions_category as actions, queries
from app.groups.forms import CategoryName
from app.groups.models import Category
from app.groups.routes import VisibleGroup
from app.groups.routes_category import TheCategory
from app.kit.api import api_router, reply, time
from app.kit.db import Db
from app.kit.scopes import needs
from app.people.current import SignedIn, Viewer, viewer

router = api_router("groups", viewer)

CATEGORY = {"number": 3, "name": "deployers", "place": 2, "retired_at": None}
CATEGORIES_EXAMPLE = {"items": [CATEGORY], "next": None}


class CategoryBody(BaseModel):
    """A category by its name."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "deployers"}]}
    )

    name: CategoryName


class PlaceBody(BaseModel):
    """Where a category is to stand, counted from 1."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"place": 1}]})

    place: int = Field(ge=1, le=1_000)


@router.get(
    "/g/{group}/categories",
    summary="Categories in their order, then those that were retired",
    responses={200: {"content": {"application/json": {"example": CATEGORIES_EXAMPLE}}}},
)
def list_categories(request: Request, group: VisibleGroup, person: Viewer, db: Db) -> Response:
    found = queries.all_categories_of(db, group.id)
    there = [one for one in found if one.retired_at is None]
    items = [_json(one, place) for place, one in enumerate(there, 1)]
    items += [_json(one, None) for one in found if one.retired_at is not None]
    return reply(request, db, {"items": items, "next": None})


@router.post(
    "/g/{group}/categories",
    summary="Add a category, or bring a retired one back",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": CATEGORY}}}},
)
@needs("admin")
def add_category(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    body: Annotated[CategoryBody, Body()],
) -> Response:
    category = actions.add_category(db, group, by=person, name=body.name)
    return _answer(request, db, category, status=201)


@router.put(
    "/g/{group}/categories/{number}/name",
    summary="Rename a category",
    responses={200: {"content": {"application/json": {"example": CATEGORY}}}},
)
@needs("admin")
def rename_category(
    request: Request,
    category: TheCategory,
    person: SignedIn,
    db: Db,
    body: Annotated[CategoryBody, Body()],
) -> Response:
    actions.rename_category(db, category, by=person, name=body.name)
    return _answer(request, db, category)


@router.put(
    "/g/{group}/categories/{number}/place",
    summary="Put a category at another place of the list",
    responses={200: {"content": {"application/json": {"example": CATEGORY}}}},
)
@needs("admin")
def move_category(
    request: Request,
    category: TheCategory,
    person: SignedIn,
    db: Db,
    body: Annotated[PlaceBody, Body()],
) -> Response:
    actions.move_category(db, category, by=person, place=body.place)
    return _answer(request, db, category)


@router.post(
    "/g/{group}/categories/{number}/retirement",
    summary="Take a category off the list; who speaks for it keeps it",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": CATEGORY}}}},
)
@needs("admin")
def retire_category(request: Request, category: TheCategory, person: SignedIn, db: Db) -> Response:
    actions.retire_category(db, category, by=person)
    return _answer(request, db, category, status=201)


def _answer(request: Request, db: Db, category: Category, status: int = 200) -> Response:
    there = [one.id for one in queries.categories_of(db, category.group_id)]
    place = there.index(category.id) + 1 if category.id in there else None
    return reply(request, db, _json(category, place), status=status)


def _json(category: Category, place: int | None) -> dict[str, object]:
    return {
        "number": category.id,
        "name": category.name,
        "place": place,
        "retired_at": time(category.retired_at),
    }
