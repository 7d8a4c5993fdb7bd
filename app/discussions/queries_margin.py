"""How much is going on at each clause, and its latest notes: the margin of the text."""

import html
import re
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions.models import Comment, Retraction
from app.groups.models import Category, Membership
from app.people.models import Person

NOTES_A_CLAUSE = 2
EXCERPT_LENGTH = 180


@dataclass(frozen=True, slots=True)
class Count:
    """What was said on one clause and not retracted."""

    comments: int
    objections: int


@dataclass(frozen=True, slots=True)
class Note:
    """The beginning of a thread, short enough for the margin."""

    number: int
    kind: str
    name: str
    category: str
    excerpt: str
    answers: int


def counts_by_clause(db: Session, definition_id: int) -> dict[int, Count]:
    """By clause id. Answers count as well."""
    rows = db.execute(
        select(
            Comment.clause_id,
            func.count(Comment.id),
            func.sum(case((Comment.kind == "objection", 1), else_=0)),
        )
        .outerjoin(Retraction, Retraction.comment_id == Comment.id)
        .where(
            Comment.definition_id == definition_id,
            Comment.clause_id.is_not(None),
            Retraction.comment_id.is_(None),
        )
        .group_by(Comment.clause_id)
    )
    return {clause: Count(comments, objections) for clause, comments, objections in rows}


def latest_by_clause(db: Session, definition: Definition) -> dict[int, list[Note]]:
    """By clause id, the latest threads, objections first."""
    rank = (
        func.row_number()
        .over(
            partition_by=Comment.clause_id,
            order_by=(case((Comment.kind == "objection", 0), else_=1), Comment.id.desc()),
        )
        .label("rank")
    )
    ranked = (
        select(Comment.id, rank)
        .outerjoin(Retraction, Retraction.comment_id == Comment.id)
        .where(
            Comment.definition_id == definition.id,
            Comment.clause_id.is_not(None),
            Comment.thread_id.is_(None),
            Retraction.comment_id.is_(None),
        )
        .subquery()
    )
    answer = Comment.__table__.alias("answer")
    answers = (
        select(func.count()).where(answer.c.thread_id == Comment.id).correlate(Comment)
    ).scalar_subquery()
    rows = db.execute(
        select(
            Comment.clause_id,
            Comment.number,
            Comment.kind,
            Person.name,
            Category.name,
            func.substr(Comment.html, 1, 4 * EXCERPT_LENGTH),
            answers,
        )
        .join(ranked, ranked.c.id == Comment.id)
        .join(Person, Person.id == Comment.by_id)
        .outerjoin(
            Membership,
            (Membership.person_id == Comment.by_id)
            & (Membership.group_id == definition.group_id)
            & (Membership.since <= Comment.at)
            & (Membership.until.is_(None) | (Membership.until > Comment.at)),
        )
        .outerjoin(Category, Category.id == Membership.category_id)
        .where(ranked.c.rank <= NOTES_A_CLAUSE)
        .order_by(Comment.clause_id, ranked.c.rank)
    )
    notes: dict[int, list[Note]] = {}
    for clause, number, kind, name, category, beginning, count in rows:
        note = Note(number, kind, name, category or "", excerpt(beginning), count)
        notes.setdefault(clause, []).append(note)
    return notes


def excerpt(rendered: str, length: int = EXCERPT_LENGTH) -> str:
    """The first words of rendered Markdown, as plain text; what is cut ends in an ellipsis."""
    whole = re.sub(r"<[^>]*(>|$)", " ", rendered)
    words = re.sub(r"\s+", " ", html.unescape(whole)).strip()
    words = re.sub(r" (?=[.,;:!?…)”’])", "", words)
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
