"""What the templates of this room are given."""

from typing import Any

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.definitions.outline import numbers
from app.definitions.pieces import redline_html
from app.definitions.queries import tree_of
from app.discussions.forms import CommentForm, EditForm, RetractionForm
from app.discussions.models import Comment
from app.discussions.queries_thread import discussion_of, page_of
from app.discussions.subjects import Subject
from app.kit.forms import Submitted
from app.kit.refusals import Stale
from app.people.models import Person


def write_view(
    db: Session,
    definition: Definition,
    person: Person,
    subject: Subject,
    *,
    form: Submitted[CommentForm] | Submitted[EditForm] | Submitted[RetractionForm],
    parent: Comment | None = None,
    editing: Comment | None = None,
    retracting: Comment | None = None,
    stale: Stale | None = None,
) -> dict[str, Any]:
    """The discussion with a form in its place: under what is answered, or at its comment."""
    beside = parent or editing or retracting
    return {
        "definition": definition,
        "discussion": discussion_of(
            db,
            definition,
            subject,
            viewer=person,
            page=page_of(db, subject, beside) if beside else 10**6,
        ),
        "place": place_in_text(db, definition, subject),
        "writing": {
            "form": form,
            "parent": parent,
            "editing": editing,
            "retracting": retracting,
            "stale": redline_html(stale.base, stale.current) if stale else None,
        },
    }


def place_in_text(db: Session, definition: Definition, subject: Subject) -> str | None:
    """Where a clause stands ("3.1"), for what is on a clause that does."""
    if subject.kind != "clause":
        return None
    return numbers(tree_of(db, definition.working.text_id)).get(int(subject.key))
