"""``/api/v1/d/…/versions`` and ``/imports``: versions and their stages, drafts and their plans."""

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from app.definitions import actions, queries
from app.definitions.api_bodies import IfMatch, ImportBody, PlanBody, StageBody, VersionBody
from app.definitions.api_json import (
    DRAFT,
    OTHER_TEXT,
    PLAN_EXAMPLE,
    TEXT_EXAMPLE,
    VERSION,
    VERSIONS_EXAMPLE,
    WITHDRAWN,
    plan_json,
    text_json,
    version_json,
)
from app.definitions.importing import import_draft, plan_import
from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.definitions.rules import may_change_text
from app.groups.queries import membership_of
from app.kit.api import Cursor, Limit, api_router, if_match, reply
from app.kit.db import Db
from app.kit.refusals import refuse_unless
from app.kit.scopes import needs
from app.people.current import SignedIn, viewer

router = api_router("versions", viewer)

Label = Annotated[str, Path(max_length=40)]


@router.get(
    "/d/{slug}/versions",
    summary="Versions, the newest first",
    responses={200: {"content": {"application/json": {"example": VERSIONS_EXAMPLE}}}},
)
def list_versions(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    found = queries.versions_page(db, definition, after=after, limit=limit)
    items = [version_json(version, definition.slug) for version in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/d/{slug}/versions",
    summary="Make a version of the working text",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": DRAFT}}}, 412: OTHER_TEXT},
)
def make_version(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    body: VersionBody,
    wanted: IfMatch = None,
) -> Response:
    base = _read(request, definition, wanted)
    actions.make_version(db, definition, by=person, label=body.label, note=body.note, base=base)
    return _answer(request, db, definition, body.label, status=201)


@router.get(
    "/d/{slug}/versions/{label}",
    summary="A version",
    responses={200: {"content": {"application/json": {"example": VERSION}}}},
)
def show_version(request: Request, definition: VisibleDefinition, db: Db, label: Label) -> Response:
    return _answer(request, db, definition, label)


@router.get(
    "/d/{slug}/versions/{label}/text",
    summary="The text of a version, under its hash",
    responses={200: {"content": {"application/json": {"example": TEXT_EXAMPLE}}}},
)
def show_version_text(
    request: Request, definition: VisibleDefinition, db: Db, label: Label
) -> Response:
    text = queries.version_of(db, definition, label).text
    return reply(request, db, text_json(text, queries.text_of(db, text.id)), etag=text.hash)


@router.post(
    "/d/{slug}/versions/{label}/candidacy",
    summary="Put it before the group",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": VERSION}}}},
)
def make_candidate(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    label: Label,
    body: StageBody,
) -> Response:
    version = queries.version_of(db, definition, label)
    actions.make_candidate(db, version, by=person, reason=body.reason)
    return _answer(request, db, definition, label, status=201)


@router.post(
    "/d/{slug}/versions/{label}/withdrawal",
    summary="Take it back",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": WITHDRAWN}}}},
)
def withdraw_version(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    label: Label,
    body: StageBody,
) -> Response:
    version = queries.version_of(db, definition, label)
    actions.withdraw_version(db, version, by=person, reason=body.reason)
    return _answer(request, db, definition, label, status=201)


@router.post(
    "/d/{slug}/imports/plan",
    summary="What importing a draft would do; nothing is kept",
    responses={200: {"content": {"application/json": {"example": PLAN_EXAMPLE}}}},
)
@needs("read")  # nothing is kept
def plan_of_draft(
    request: Request, definition: VisibleDefinition, db: Db, person: SignedIn, body: PlanBody
) -> Response:
    refuse_unless(may_change_text(membership_of(db, definition.group_id, person)))
    drafted = plan_import(db, definition, body.markdown, body.take)
    return reply(request, db, plan_json(drafted))


@router.post(
    "/d/{slug}/imports",
    summary="Import a draft: it becomes a version",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": DRAFT}}}, 412: OTHER_TEXT},
)
def import_a_draft(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    body: ImportBody,
    wanted: IfMatch = None,
) -> Response:
    base = _read(request, definition, wanted)
    import_draft(
        db,
        definition,
        by=person,
        markdown=body.markdown,
        label=body.version,
        note=body.note,
        take=body.take,
        base=body.base or base,
    )
    return _answer(request, db, definition, body.version, status=201)


def _read(request: Request, definition: Definition, wanted: str | None) -> str | None:
    """The text that ``If-Match`` names, for the verb to look at again under its lock."""
    current = definition.working.text.hash
    if_match(request, current)
    return current if wanted is not None else None


def _answer(
    request: Request, db: Db, definition: Definition, label: str, status: int = 200
) -> Response:
    version = queries.version_of(db, definition, label)
    location = f"/api/v1/d/{definition.slug}/versions/{label}" if status == 201 else None
    return reply(
        request, db, version_json(version, definition.slug), status=status, location=location
    )
