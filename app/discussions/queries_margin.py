"""How much is going on at each clause, and its latest notes: the margin of the text."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from app.definitions.models import Clause, Definition
from app.discussions.models import Comment, Hiding, Retraction
from app.discussions.queries import STANDS
from app.people.models import Person

NOTES_A_CLAUSE = 2
EXCERPT_LENGTH = 180


@dataclass(frozen=True, slots=True)
class Note:
    """The beginning of a thread, short enough for the margin. by_id and at: who, and when."""

    number: int
    kind: str
    by_id: str
    at: datetime
    name: str
    excerpt: str
    answers: int


@dataclass(frozen=True, slots=True)
class Margin:
    """What was said on one clause and stands, answers included; and the latest threads."""

    comments: int
    objections: int
    notes: tuple[Note, ...]

    @property
    def told(self) -> int:
        """How many of the comments the notes tell of."""
        return len(self.notes) + sum(note.answers for note in self.notes)


def counts_by_clause(db: Session, definition: Definition) -> dict[int, int]:
    """By clause number, how many comments stand on it; one grouped query."""
    rows = db.execute(
        select(Clause.number, func.count(Comment.id))
        .join(Comment, Comment.clause_id == Clause.id)
        .where(Comment.definition_id == definition.id, STANDS)
        .group_by(Clause.number)
        .order_by(Clause.number)
    )
    return dict(rows.all())


def margins_of(db: Session, definition: Definition) -> dict[int | None, Margin]:
    """By clause id, in one query; under None, what was said on anything else than a clause.

    Objections come first among the threads, then the latest. All margins together tell of every
    comment that stands.
    """
    objects = case((Comment.kind == "objection", 1), else_=0)
    answers = case((Comment.thread_id.is_(None), 0), else_=1)
    ranked = (
        select(
            Comment.id,
            func.count().over(partition_by=Comment.clause_id).label("comments"),
            func.sum(objects).over(partition_by=Comment.clause_id).label("objections"),
            func.row_number()
            .over(
                partition_by=Comment.clause_id,
                order_by=(answers, objects.desc(), Comment.id.desc()),
            )
            .label("rank"),
        )
        .where(Comment.definition_id == definition.id, STANDS)
        .subquery()
    )
    answer = aliased(Comment)
    answered = (
        select(func.count(answer.id))
        .outerjoin(Retraction, Retraction.comment_id == answer.id)
        .outerjoin(Hiding, and_(Hiding.comment_id == answer.id, Hiding.lifted_at.is_(None)))
        .where(answer.thread_id == Comment.id, Retraction.comment_id.is_(None), Hiding.id.is_(None))
        .correlate(Comment)
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            Comment.clause_id,
            ranked.c.comments,
            ranked.c.objections,
            Comment.thread_id,
            Comment.number,
            Comment.kind,
            Comment.by_id,
            Comment.at,
            Person.name,
            func.substr(Comment.html, 1, 4 * EXCERPT_LENGTH),
            answered,
        )
        .join(ranked, ranked.c.id == Comment.id)
        .join(Person, Person.id == Comment.by_id)
        .where(ranked.c.rank <= NOTES_A_CLAUSE)
        .order_by(Comment.clause_id, ranked.c.rank)
    ).all()
    return {
        clause_id: _margin(list(group))
        for clause_id, group in groupby(rows, key=lambda row: row[0])
    }


def _margin(rows: Sequence[Row[*tuple[Any, ...]]]) -> Margin:
    """The margin of one clause. A thread whose first comment does not stand has no note."""
    notes = tuple(
        Note(number, kind, by_id, at, name, excerpt(beginning), answers)
        for _, _, _, thread_id, number, kind, by_id, at, name, beginning, answers in rows
        if thread_id is None
    )
    return Margin(rows[0][1], rows[0][2], notes)


def excerpt(rendered: str, length: int = EXCERPT_LENGTH) -> str:
    """The first words of rendered Markdown, as plain text; what is cut ends in an ellipsis."""
    whole = re.sub(r"<[^>]*(>|$)", " ", rendered)
    words = re.sub(r"\s+", " ", html.unescape(whole)).strip()
    words = re.sub(r" (?=[.,;:!?…)”’])", "", words)
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
