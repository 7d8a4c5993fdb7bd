"""One clause: what it says, how it came to say so, what is proposed, what is said about it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app.definitions.models import Clause, Definition
from app.definitions.queries import clause_of
from app.definitions.routes import VisibleDefinition
from app.definitions.rules import may_change_text
from app.discussions.queries import categories_then
from app.discussions.queries_thread import discussion_of
from app.discussions.subjects import Subject
from app.kit.db import Db
from app.kit.markup import render_inline, render_markdown
from app.kit.pages import kept, public_page
from app.kit.web import page
from app.people.current import Viewer
from app.people.models import Person
from app.proposals.queries_margin import open_proposals_by_clause
from app.proposals.rules import may_propose
from app.reading.boxes import Box, boxes_of, proposers
from app.reading.queries import Visit, visit_of
from app.reading.queries_clause import last_words, past_of
from app.reading.routes import standing_text

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Page = Annotated[int, Query(ge=1, le=10**6)]


@router.get("/d/{slug}/c/{number}")
def clause_page(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    number: Number,
    page: Page = 1,
) -> Response:
    visit = visit_of(db, definition, viewer)
    return public_page(
        request,
        visit.sequence,
        lambda: _clause_page(request, definition, viewer, db, visit, number, page),
    )


def _clause_page(
    request: Request,
    definition: Definition,
    viewer: Person | None,
    db: Db,
    visit: Visit,
    number: int,
    thread_page: int,
) -> Response:
    clause = clause_of(db, definition, number)
    reading = standing_text(request, definition, db)
    found = next((at for at, one in enumerate(reading.clauses) if one.number == number), None)
    standing = reading.clauses[found] if found is not None else None
    kind, markdown = (
        (standing.kind, standing.markdown) if standing is not None else last_words(db, clause)
    )
    discussion = discussion_of(
        db,
        definition,
        Subject("clause", clause.id, clause.number),
        viewer=viewer,
        page=thread_page,
    )
    render = render_inline if kind in ("heading", "row") else render_markdown
    return page(
        request,
        "reading/clause.html",
        definition=definition,
        clause=clause,
        standing=standing,
        kind=kind,
        words_html=render(markdown),
        markdown=markdown,
        above=reading.above(found) if found is not None else [],
        before=reading.clauses[found - 1] if found else None,
        after=reading.clauses[found + 1 : found + 2] if found is not None else [],
        past=past_of(db, definition, clause, kind),
        boxes=_boxes(request, db, definition, clause, kind),
        discussion=discussion,
        may_propose=may_propose(visit.membership, discussion.block),
        may_change_text=may_change_text(visit.membership),
    )


def _boxes(
    request: Request, db: Db, definition: Definition, clause: Clause, kind: str
) -> list[Box]:
    changes = open_proposals_by_clause(db, definition, clause=clause.number)
    categories = categories_then(db, definition.group_id, proposers(changes))
    boxes = boxes_of(changes, categories, {clause.number: kind}, kept(request))
    return boxes.get(clause.number, [])
