"""The page on which chairs keep the categories of their group."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.groups import actions_category as actions, queries
from app.groups.forms import CategoryForm, PlaceForm
from app.groups.models import Category, Group
from app.groups.routes import VisibleGroup
from app.groups.rules_invitation import may_invite
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import NotFound, Refused, refuse_unless
from app.kit.web import Number, page, see_other, sentence_of
from app.people.current import SignedIn
from app.people.models import Person

router = APIRouter(prefix="/g/{group}/categories")

Sent = Annotated[Submitted[CategoryForm], Depends(submitted(CategoryForm))]


def category_of(group: VisibleGroup, number: Number, db: Db) -> Category:
    """The category of the address, of this very group."""
    category = db.get(Category, number)
    if category is None or category.group_id != group.id:
        raise NotFound
    return category


TheCategory = Annotated[Category, Depends(category_of)]


@router.get("")
def categories(request: Request, group: VisibleGroup, person: SignedIn, db: Db) -> Response:
    return _page(request, db, group, person)


@router.post("")
def add_category(
    request: Request, group: VisibleGroup, person: SignedIn, db: Db, form: Sent
) -> Response:
    status = 422
    if not form.errors:
        try:
            actions.add_category(db, group, by=person, name=form.value.name)
            return see_other(f"/g/{group.slug}/categories", said="categories_changed")
        except Refused as refused:
            status = _say(request, form, refused)
    return _page(request, db, group, person, form=form, status=status)


@router.post("/{number}")
def rename_category(
    request: Request,
    group: VisibleGroup,
    category: TheCategory,
    person: SignedIn,
    db: Db,
    form: Sent,
) -> Response:
    status = 422
    if not form.errors:
        try:
            actions.rename_category(db, category, by=person, name=form.value.name)
            return see_other(f"/g/{group.slug}/categories", said="categories_changed")
        except Refused as refused:
            status = _say(request, form, refused)
    return _page(request, db, group, person, renaming=(category.id, form), status=status)


@router.post("/{number}/place")
def move_category(
    group: VisibleGroup,
    category: TheCategory,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[PlaceForm], Depends(submitted(PlaceForm))],
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    if form.errors:
        raise NotFound  # the place stands in the page; nobody types it
    actions.move_category(db, category, by=person, place=form.value.place)
    return see_other(f"/g/{group.slug}/categories#category-{category.id}")


@router.post("/{number}/retirement")
def retire_category(
    group: VisibleGroup, category: TheCategory, person: SignedIn, db: Db
) -> Response:
    actions.retire_category(db, category, by=person)
    return see_other(f"/g/{group.slug}/categories", said="category_retired")


def _page(
    request: Request,
    db: Db,
    group: Group,
    person: Person,
    *,
    form: Submitted[CategoryForm] | None = None,
    renaming: tuple[int, Submitted[CategoryForm]] | None = None,
    status: int = 200,
) -> Response:
    refuse_unless(may_invite(queries.membership_of(db, group.id, person)))
    found = queries.all_categories_of(db, group.id)
    return page(
        request,
        "groups/categories.html",
        status,
        group=group,
        categories=[one for one in found if one.retired_at is None],
        retired=[one for one in found if one.retired_at is not None],
        sizes=queries.category_sizes(db, group.id),
        form=form or Submitted.blank(CategoryForm),
        renaming=renaming,
    )


def _say(request: Request, form: Submitted[CategoryForm], refused: Refused) -> int:
    if refused.status == 403:
        raise refused
    form.refuse("name", sentence_of(request, refused.refusal))
    return refused.status
