"""What the templates of this room are given."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.definitions.outline import numbers
from app.definitions.pieces import redline_html
from app.definitions.placed import Placed
from app.definitions.queries import tree_of
from app.definitions.tree import Kind
from app.kit.i18n import _
from app.kit.paging import Page
from app.proposals.forms import ListForm
from app.proposals.queries_list import Row, authors_of, categories_in, counts_by_state
from app.proposals.queries_page import ProposalPage
from app.proposals.shown import Overtaken

EXCERPT_LENGTH = 70
MARKS = re.compile(r"[*_`\\]|\[(?=[^\]]*\]\()|\]\([^)]*\)")


def list_view(
    db: Session, definition: Definition, chosen: ListForm, found: Page[Row]
) -> dict[str, Any]:
    """The list of proposals with its filters."""
    return {
        "definition": definition,
        "page": found,
        "query": chosen.model_dump(),
        "chosen": chosen.filters(),
        "counts": counts_by_state(db, definition),
        "authors": authors_of(db, definition),
        "all_categories": categories_in(db, definition),
        "places": numbers(tree_of(db, definition.working.text_id)),
    }


def place_choices(text: Sequence[Placed]) -> list[tuple[str, str]]:
    """Every place where a clause could stand, in reading order."""
    choices = [("first", _("At the very beginning"))]
    for placed in text:
        label = label_of(placed)
        if placed.kind in (Kind.heading, Kind.item, Kind.row):
            choices.append(
                (f"under:{placed.number}", _("First under %(clause)s") % {"clause": label})
            )
        if placed.kind is Kind.heading:
            words = _("After all of %(clause)s")
        else:
            words = _("After %(clause)s")
        choices.append((f"after:{placed.number}", words % {"clause": label}))
    return choices


def label_of(placed: Placed) -> str:
    """A clause in a line: where it stands and how it begins."""
    return f"{placed.place} {excerpt(placed.markdown)}"


@lru_cache(maxsize=8192)
def excerpt(markdown: str) -> str:
    """The first words, without the marks of Markdown."""
    words = " ".join(MARKS.sub("", markdown).split())
    if len(words) <= EXCERPT_LENGTH:
        return words
    return words[:EXCERPT_LENGTH].rsplit(" ", 1)[0] + " …"


def show_view(definition: Definition, it: ProposalPage) -> dict[str, Any]:
    """The page of a proposal, apart from what higher rooms add to it."""
    standing = {placed.number: placed for placed in it.text}
    last = it.last
    overtaken: dict[int, Overtaken] = {}
    for one in last.changes:
        here = standing.get(one.step.clause or 0)
        if one.step.verb == "reword" and here is not None and here.markdown != one.before:
            overtaken[here.number] = Overtaken(one.before, here.markdown, one.step.markdown)
    return {
        "definition": definition,
        "root": f"/d/{definition.slug}",
        "it": it,
        "proposal": it.proposal,
        "places": {placed.number: placed.place for placed in it.text},
        "standing": standing,
        "overtaken": overtaken,
        "redline_html": redline_html,
    }
