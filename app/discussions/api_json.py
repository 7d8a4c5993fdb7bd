"""Comments as JSON."""

from typing import Any

from app.discussions import rules
from app.discussions.models import Comment, Hiding
from app.discussions.subjects import Subject
from app.kit.api import time
from app.people.api import person_json


def comment_json(
    slug: str, comment: Comment, subject: Subject, category: str | None, *, opens: bool = False
) -> dict[str, Any]:
    """A comment as the API says it. One that was retracted has no words.

    opens: whether who asks may read what a chair has hidden; nobody else gets words of that.
    """
    gone = comment.hiding is not None and not opens
    gone = gone or (comment.hiding is None and comment.retraction is not None)
    return {
        "number": comment.number,
        "url": f"/d/{slug}/comments/{comment.number}",
        "kind": comment.kind,
        "on": {subject.kind: subject.key},
        "wording": comment.wording_hash,
        "parent": comment.parent.number if comment.parent is not None else None,
        "quote": None if gone else comment.quote,
        "body": None if gone else comment.body,
        "html": None if gone else comment.html,
        "by": person_json(comment.by) | {"category": category},
        "at": time(comment.at),
        "edited_at": time(comment.edited_at),
        "edit_until": time(rules.edit_ends_at(comment)),
        "retracted_at": time(comment.retraction.at) if comment.retraction is not None else None,
        "hidden": hiding_json(comment.hiding) if comment.hiding is not None else None,
    }


def hiding_json(hiding: Hiding) -> dict[str, Any]:
    """Since when a comment is hidden, under which rule of conduct, and why."""
    return {
        "number": hiding.id,
        "at": time(hiding.at),
        "rule": hiding.rule.number,
        "reason": hiding.reason,
    }


def etag_of(comment: Comment) -> str:
    """Which text of a comment this is, and whether its words are there to read."""
    state = "r" if comment.retraction is not None else ""
    state += f"h{comment.hiding.id}" if comment.hiding is not None else ""
    return f"{comment.number}.{len(comment.texts)}{state}"


# Examples, for the documentation of the API.
COMMENT = {
    "number": 444,
    "url": "/d/open-source-ai/comments/444",
    "kind": "question",
    "on": {"clause": 12},
    "wording": "1166ae…",
    "parent": None,
    "quote": "any purpose",
    "body": "Whose law is meant?",
    "html": "<p>Whose law is meant?</p>\n",
    "by": {"id": "p_691a2446e073d8ef", "name": "Dara Singh", "category": "creators"},
    "at": "2026-11-23T19:48:51.148Z",
    "edited_at": None,
    "edit_until": "2026-11-23T19:58:51.148Z",
    "retracted_at": None,
    "hidden": None,
}
COMMENTS_EXAMPLE = {"items": [COMMENT], "next": "WzQ0NF0"}
COMMENT_EXAMPLE = {**COMMENT, "place": "/d/open-source-ai/c/12#comment-444"}
EDITED_EXAMPLE = {
    **COMMENT_EXAMPLE,
    "body": "Whose law is meant, and as of when?",
    "html": "<p>Whose law is meant, and as of when?</p>\n",
    "edited_at": "2026-11-23T19:50:02.310Z",
}
RETRACTED_EXAMPLE = {
    **COMMENT_EXAMPLE,
    "quote": None,
    "body": None,
    "html": None,
    "retracted_at": "2026-11-24T08:00:00.000Z",
}
COUNTS_EXAMPLE = {"12": 7, "84": 1}
