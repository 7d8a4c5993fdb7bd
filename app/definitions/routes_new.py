"""Beginnings: a definition in a group, a version of the working text."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from app.definitions import actions, queries, rules
from app.definitions.forms import DefinitionForm, VersionForm
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.groups.models import Group
from app.groups.queries import group_for, membership_of
from app.kit.db import Db
from app.kit.forms import Submitted, submitted
from app.kit.refusals import Refused, refuse_unless
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn, Viewer
from app.people.models import Person

router = APIRouter()

BLANK = {"visibility": "public", "language": "en"}
GroupSlug = Annotated[str, Path(max_length=60)]
FIELDS = {
    "slug_not_taken": "slug",
    "slug_in_use": "slug",
    "label_not_taken": "label",
    "label_in_use": "label",
}


def group_of(group: GroupSlug, viewer: Viewer, db: Db) -> Group:
    """The working group of the address."""
    return group_for(db, group, viewer)


VisibleGroup = Annotated[Group, Depends(group_of)]


@router.get("/g/{group}/definitions/new")
def new_definition_page(
    request: Request, group: VisibleGroup, person: SignedIn, db: Db
) -> Response:
    return _definition_page(request, db, group, person, Submitted.blank(DefinitionForm, **BLANK))


@router.post("/g/{group}/definitions")
def create_definition(
    request: Request,
    group: VisibleGroup,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[DefinitionForm], Depends(submitted(DefinitionForm))],
) -> Response:
    if not form.errors:
        try:
            made = actions.create_definition(db, group, by=person, **form.value.model_dump())
            return see_other(f"/d/{made.slug}/import", said="definition_created")
        except Refused as refused:
            _say(request, form, refused)
    return _definition_page(request, db, group, person, form, 422)


@router.get("/d/{slug}/versions/new")
def new_version_page(
    request: Request, definition: VisibleDefinition, person: SignedIn, db: Db
) -> Response:
    return _version_page(request, db, definition, person, Submitted.blank(VersionForm))


@router.post("/d/{slug}/versions")
def make_version(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    form: Annotated[Submitted[VersionForm], Depends(submitted(VersionForm))],
) -> Response:
    if not form.errors:
        sent = form.value
        try:
            actions.make_version(
                db,
                definition,
                by=person,
                label=sent.label,
                note=sent.note,
                base=sent.base or None,
            )
            return see_other(f"/d/{definition.slug}/v/{sent.label}", said="version_made")
        except Refused as refused:
            _say(request, form, refused)
    return _version_page(request, db, definition, person, form, 422)


def _definition_page(
    request: Request,
    db: Db,
    group: Group,
    person: Person,
    form: Submitted[DefinitionForm],
    status: int = 200,
) -> Response:
    refusal = rules.may_change_text(membership_of(db, group.id, person))
    if status != 200:
        refuse_unless(refusal)
    return page(request, "definitions/new.html", status, group=group, form=form, refusal=refusal)


def _version_page(
    request: Request,
    db: Db,
    definition: Definition,
    person: Person,
    form: Submitted[VersionForm],
    status: int = 200,
) -> Response:
    refusal = rules.may_change_text(membership_of(db, definition.group_id, person))
    if status != 200:
        refuse_unless(refusal)
    versions = queries.versions_of(db, definition)
    text = queries.text_now(db, definition)
    return page(
        request,
        "definitions/version_new.html",
        status,
        definition=definition,
        form=form,
        refusal=refusal,
        latest=versions[-1] if versions else None,
        clauses=len(queries.tree_of(db, text.id)),
        base=text.hash,
    )


def _say(request: Request, form: Submitted[Any], refused: Refused) -> None:
    field = FIELDS.get(refused.refusal.code)
    if refused.status == 403 and field is None:
        raise refused
    form.refuse(field or "", sentence_of(request, refused.refusal))
