"""``/api/v1/d/…``: definitions, their texts and clauses, changes and comparisons."""

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from app.definitions import actions, queries, queries_changes
from app.definitions.api_bodies import (
    AddBody,
    ChangesBody,
    DefinitionBody,
    IfMatch,
    MoveBody,
    RewordBody,
    StrikeBody,
)
from app.definitions.api_json import (
    CHANGED_EXAMPLE,
    CHANGES_EXAMPLE,
    CLAUSE_EXAMPLE,
    COMPARISON_EXAMPLE,
    DEFINITION,
    DEFINITIONS_EXAMPLE,
    OTHER_TEXT,
    TEXT_EXAMPLE,
    change_json,
    clause_json,
    comparison_json,
    definition_json,
    text_json,
)
from app.definitions.changes import Add, Change, Move, Reword, Strike
from app.definitions.comparison import compare
from app.definitions.places import form_at
from app.definitions.routes import VisibleDefinition
from app.definitions.rules import must_fit, settled_wording
from app.definitions.tree import Node, wording_hash
from app.groups.queries import group_for
from app.kit.api import Cursor, Limit, api_router, if_match, reply
from app.kit.db import Db
from app.kit.refusals import NotFound, Refusal, Refused, refuse_unless
from app.people.current import SignedIn, Viewer, viewer

router = api_router("definitions", viewer)

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Pair = Annotated[
    str, Path(max_length=90, description="Two texts: 0.0.6...0.0.8; working; or @12 after step 12")
]


@router.get(
    "/d",
    summary="Definitions, the oldest first",
    responses={200: {"content": {"application/json": {"example": DEFINITIONS_EXAMPLE}}}},
)
def list_definitions(
    request: Request, db: Db, person: Viewer, after: Cursor = None, limit: Limit = 50
) -> Response:
    found = queries.definitions_page(db, person, after=after, limit=limit)
    items = [definition_json(definition) for definition in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/g/{group}/definitions",
    summary="Begin a definition",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": DEFINITION}}}},
)
def create_definition(
    request: Request,
    group: Annotated[str, Path(max_length=60)],
    db: Db,
    person: SignedIn,
    body: DefinitionBody,
) -> Response:
    made = actions.create_definition(
        db, group_for(db, group, person), by=person, **body.model_dump()
    )
    definition = queries.definition_for(db, made.slug, person)
    location = f"/api/v1/d/{made.slug}"
    return reply(request, db, definition_json(definition), status=201, location=location)


@router.get(
    "/d/{slug}",
    summary="A definition",
    responses={200: {"content": {"application/json": {"example": DEFINITION}}}},
)
def show_definition(request: Request, definition: VisibleDefinition, db: Db) -> Response:
    return reply(request, db, definition_json(definition))


@router.get(
    "/d/{slug}/text",
    summary="The working text, under its hash as ETag",
    responses={200: {"content": {"application/json": {"example": TEXT_EXAMPLE}}}},
)
def show_text(request: Request, definition: VisibleDefinition, db: Db) -> Response:
    text = definition.working.text
    answer = text_json(text, queries.text_of(db, text.id))
    return reply(request, db, answer, etag=text.hash)


@router.get(
    "/d/{slug}/changes",
    summary="Changes, the newest first",
    responses={200: {"content": {"application/json": {"example": CHANGES_EXAMPLE}}}},
)
def list_changes(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    after: Cursor = None,
    limit: Limit = 50,
) -> Response:
    found = queries_changes.changes_page(db, definition, after=after, limit=limit)
    items = [change_json(change) for change in found.items]
    return reply(request, db, {"items": items, "next": found.next})


@router.post(
    "/d/{slug}/changes",
    summary="Make an editorial change",
    status_code=201,
    responses={
        201: {"content": {"application/json": {"example": CHANGED_EXAMPLE}}},
        412: OTHER_TEXT,
    },
)
def change_text(
    request: Request,
    definition: VisibleDefinition,
    db: Db,
    person: SignedIn,
    body: ChangesBody,
    wanted: IfMatch = None,
) -> Response:
    text = definition.working.text
    if_match(request, text.hash)
    nodes = queries.tree_of(db, text.id)
    number = queries.next_clause_number(db, definition.id)
    changes, words = _changes(body, nodes, number)
    taken = actions.change_text(
        db,
        definition,
        by=person,
        changes=changes,
        words=words,
        reason=body.reason,
        base=text.hash,
    )
    return reply(
        request,
        db,
        taken.about,
        status=201,
        location=f"/api/v1/d/{definition.slug}/text",
        etag=taken.after.hash,
    )


@router.get(
    "/d/{slug}/clauses/{number}",
    summary="A clause: where it stands, how it came so",
    responses={200: {"content": {"application/json": {"example": CLAUSE_EXAMPLE}}}},
)
def show_clause(
    request: Request, definition: VisibleDefinition, db: Db, number: Number
) -> Response:
    clause = queries.clause_of(db, definition, number)
    standing = queries.text_of(db, definition.working.text_id)
    found = next((one for one in standing if one.number == number), None)
    versions = queries_changes.versions_with(db, clause)
    return reply(
        request,
        db,
        {
            "clause": number,
            "standing": clause_json(found) if found else None,
            "versions": [
                {"label": one.label, "kind": one.kind, "wording": one.wording} for one in versions
            ],
            "changes": [change_json(c) for c in queries_changes.clause_history(db, clause)],
            "url": f"/d/{definition.slug}/c/{number}",
        },
    )


@router.get(
    "/d/{slug}/compare/{pair}",
    summary="Two texts, clause by clause",
    responses={200: {"content": {"application/json": {"example": COMPARISON_EXAMPLE}}}},
)
def compare_texts(request: Request, definition: VisibleDefinition, db: Db, pair: Pair) -> Response:
    first, dots, second = pair.partition("...")
    if not dots:
        raise NotFound
    a, b = (queries.text_named(db, definition, label).text for label in (first, second))
    before, after = queries.text_of(db, a.id), queries.text_of(db, b.id)
    splits = queries_changes.splits_between(db, definition, a, b)
    comparison = compare([one.node for one in before], [one.node for one in after], splits)
    return reply(request, db, comparison_json(comparison, before, after))


def _changes(
    body: ChangesBody, nodes: tuple[Node, ...], number: int
) -> tuple[list[Change], dict[str, str]]:
    """The changes with the wordings that they bring, settled as they are kept."""
    kinds = {node.clause: node.kind for node in nodes}
    known = set(kinds)
    changes: list[Change] = []
    words: dict[str, str] = {}

    def wording(kind: str, markdown: str) -> str:
        refuse_unless(must_fit(kind, markdown), 422)
        settled = settled_wording(kind, markdown)
        name = wording_hash(settled)
        words[name] = settled
        return name

    for one in body.changes:
        match one:
            case RewordBody(clause=clause, markdown=markdown):
                _must_stand(clause, known)
                changes.append(Reword(clause, wording(kinds[clause], markdown)))
            case AddBody(kind=kind, markdown=markdown, under=under, after=after):
                for place in (under, after):
                    if place is not None:
                        _must_stand(place, known)
                form = form_at(nodes, kind, under, after)
                changes.append(Add(number, wording(kind, markdown), form, under, after))
                number += 1
            case StrikeBody(clause=clause):
                changes.append(Strike(clause))
            case MoveBody(clause=clause, under=under, after=after):
                changes.append(Move(clause, under, after))
    return changes, words


def _must_stand(clause: int, known: set[int]) -> None:
    if clause not in known:
        raise Refused(Refusal("clause_not_standing", clause=clause), 409)
