"""Making a working group, and what comes next for its first chair."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from app.groups import actions, queries, rules
from app.groups.forms import GroupForm, address_from
from app.groups.models import Category, Group
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.i18n import _
from app.kit.refusals import Refused
from app.kit.web import page, see_other, sentence_of
from app.people.addresses import name_until_asked
from app.people.current import SignedIn, Viewer
from app.people.models import Person
from app.people.queries import administration_of
from app.people.routes import Config

router = APIRouter()

FIELDS = {"slug_not_taken": "slug", "group_slug_in_use": "slug"}


def visible_group(group: Annotated[str, Path(max_length=60)], db: Db, viewer: Viewer) -> Group:
    """The working group of the address."""
    return queries.group_for(db, group, viewer)


VisibleGroup = Annotated[Group, Depends(visible_group)]


def category_named(db: Db, group_id: int, form: Submitted[Any]) -> Category | None:
    """The category that a form names. One that the group does not have (any more) is refused."""
    named = str(form.typed.get("category") or "")
    found = next((one for one in queries.categories_of(db, group_id) if one.name == named), None)
    if named and found is None:
        form.refuse("category", _("This is not one of the choices."))
    return found


@router.get("/groups/new")
def new_group_page(request: Request, person: SignedIn, db: Db, config: Config) -> Response:
    form = Submitted.blank(GroupForm, your_name=person.name)
    return _new(request, db, person, config.groups_by, form)


@router.post("/groups")
def create_group(
    request: Request,
    person: SignedIn,
    db: Db,
    config: Config,
    form: Annotated[Submitted[GroupForm], Depends(submitted(GroupForm))],
) -> Response:
    status = 422
    if not form.errors:
        sent = form.value
        try:
            made = actions.create_group(
                db,
                by=person,
                slug=sent.slug or address_from(sent.name),
                name=sent.name,
                summary=sent.summary,
                categories=sent.categories.splitlines(),
                your_name=sent.your_name,
                only_administrators=config.groups_by == "administrators",
            )
            return see_other(f"/g/{made.slug}/start", said="group_created")
        except Refused as refused:
            if refused.status == 403:
                raise
            form.refuse(FIELDS.get(refused.refusal.code, ""), sentence_of(request, refused.refusal))
            status = refused.status
    return _new(request, db, person, config.groups_by, form, status)


def _new(
    request: Request,
    db: Db,
    person: Person,
    groups_by: str,
    form: Submitted[GroupForm],
    status: int = 200,
) -> Response:
    refusal = rules.may_create_group(
        administration_of(db, person),
        only_administrators=groups_by == "administrators",
        made_lately=0,
    )
    asks_name = person.email is not None and person.name == name_until_asked(person.email)
    return page(request, "groups/new.html", status, form=form, refusal=refusal, asks_name=asks_name)
