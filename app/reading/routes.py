"""Home, and the working text of a definition."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from app.definitions.models import Definition
from app.definitions.routes import VisibleDefinition
from app.definitions.rules import may_change_text
from app.discussions.queries import categories_then
from app.discussions.queries_margin import Margin, margins_of
from app.kit import clock, i18n
from app.kit.db import Db
from app.kit.pages import kept, public_page, shared_fragments
from app.kit.web import page
from app.people.current import Viewer
from app.people.models import Person
from app.proposals.queries_margin import OpenChange, open_proposals_by_clause
from app.reading.boxes import Box, boxes_of, proposers
from app.reading.queries import Visit, needs_of, reading_of, steps_of, visit_of
from app.reading.text import Part, Reading, Table

router = APIRouter()

FRAGMENTS = ("reading/_head.html", "reading/_side.html", "reading/_text.html")


@router.get("/d/{slug}")
def definition_page(
    request: Request, definition: VisibleDefinition, viewer: Viewer, db: Db
) -> Response:
    visit = visit_of(db, definition, viewer)
    return public_page(
        request, visit.sequence, lambda: _definition_page(request, definition, viewer, db, visit)
    )


def _definition_page(
    request: Request, definition: Definition, viewer: Person | None, db: Db, visit: Visit
) -> Response:
    lead, beside, words = shared_fragments(
        request, FRAGMENTS, visit.sequence, lambda: _shared(request, definition, db)
    )
    return page(
        request,
        "reading/definition.html",
        definition=definition,
        lead=lead,
        beside=beside,
        words=words,
        needs=needs_of(db, definition, viewer, clock.now()),
        may_change_text=may_change_text(visit.membership),
    )


def _shared(request: Request, definition: Definition, db: Db) -> dict[str, Any]:
    """What everybody reads alike: the text, what is going on at each clause, the versions."""
    reading = standing_text(request, definition, db)
    changes = open_proposals_by_clause(db, definition)
    kinds = {clause.number: clause.kind for clause in reading.clauses}
    margins = margins_of(db, definition)
    categories = categories_then(db, definition.group_id, _said(changes, margins))
    boxes = boxes_of(changes, categories, kinds, kept(request))
    return {
        "definition": definition,
        "reading": reading,
        "steps": steps_of(db, definition),
        "boxes": boxes,
        "drawn": lambda part: _drawn(request, definition, part, margins, boxes, categories),
        "heats": _heats(reading, {clause: m.comments for clause, m in margins.items()}),
        "section_counts": {
            "proposals": len({one.number for found in changes.values() for one in found}),
            "comments": sum(margin.comments for margin in margins.values()),
        },
    }


def _drawn(
    request: Request,
    definition: Definition,
    part: Part,
    margins: Mapping[int | None, Margin],
    boxes: Mapping[int, list[Box]],
    categories: Mapping[tuple[str, int], str],
) -> Markup:
    """One part of the text as HTML, drawn anew only when something about it is different: after a
    comment, one clause is, and the others stand as they were."""
    clauses = part.all_rows if isinstance(part, Table) else (part,)
    about = tuple(
        (
            clause,
            (margin := margins.get(clause.id)),
            tuple(categories.get(("comment", note.number)) for note in margin.notes)
            if margin
            else (),
            tuple(boxes.get(clause.number, ())),
        )
        for clause in clauses
    )
    root = f"/d/{definition.slug}"
    macros: Any = request.app.state.templates.get_template("reading/_clause.html").module
    drawn: Markup = kept(request).once(
        ("part", root, i18n.locale_now.get(), about),
        lambda: macros.part_article(part, root, margins, boxes, categories),
        len,
    )
    return drawn


def _said(
    changes: Mapping[int | None, Sequence[OpenChange]], margins: Mapping[int | None, Margin]
) -> list[tuple[tuple[str, int], str, datetime]]:
    """Who speaks beside the text, and when they spoke: of proposals, and of notes."""
    return proposers(changes) + [
        (("comment", note.number), note.by_id, note.at)
        for clause, margin in margins.items()
        if clause is not None
        for note in margin.notes
    ]


def standing_text(request: Request, definition: Definition, db: Db) -> Reading:
    """The working text. A text never changes; how many changes led to it may, when one is undone
    and so an older text is the newest again."""
    working = definition.working
    return kept(request).once(
        ("text", working.text_id, working.since),
        lambda: reading_of(db, working.text_id),
        lambda reading: 2_000 * len(reading.clauses),
    )


def _heats(reading: Reading, counts: Mapping[int | None, int]) -> list[float]:
    """For each line of the contents, how much is said beneath it, as a share of the most."""
    said = [sum(counts.get(clause, 0) for clause in entry.clauses) for entry in reading.contents]
    most = max(said, default=0)
    return [count / most if most else 0.0 for count in said]
