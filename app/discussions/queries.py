"""What was said: one comment, the list of a definition with its filters, and answers to me."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from app.definitions.models import Clause, Definition, TextNode, WorkingText
from app.discussions.models import Comment, Hiding
from app.discussions.queries_subject import COLUMNS
from app.discussions.subjects import SUBJECT_KINDS
from app.groups.models import Category, Membership
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person

Key = TypeVar("Key", bound=Hashable)

# What stands: said, not taken back, and not hidden by a chair. Every page that says how many
# comments there are asks this, and every search for words.
STANDS = and_(~Comment.retraction.has(), ~Comment.hiding.has())
COMMENTS_STANDING = select(func.count(Comment.id)).where(STANDS)


@dataclass(frozen=True)
class Filters:
    """What a list of comments is narrowed to; each is empty or one value from the address."""

    kind: str = ""
    subject: str = ""
    clause: int | None = None
    person: str = ""
    category: str = ""
    words: str = ""


def comment_of(db: Session, definition: Definition, number: int) -> Comment:
    """One comment by its number, with who said it and what became of it."""
    comment = db.scalar(
        select(Comment)
        .where(Comment.definition_id == definition.id, Comment.number == number)
        .options(*_WITH_AUTHOR, *_WITH_SUBJECT, selectinload(Comment.texts))
    )
    if comment is None:
        raise NotFound
    return comment


def comments_made_by(person_id: str) -> Select[datetime]:
    """When somebody commented, wherever that was."""
    return select(Comment.at).where(Comment.by_id == person_id)


def comments_count(db: Session, definition: Definition) -> int:
    """How many comments of a definition stand, whatever they are on, answers included."""
    return db.scalar(COMMENTS_STANDING.where(Comment.definition_id == definition.id)) or 0


def comments_of(
    db: Session,
    definition: Definition,
    filters: Filters,
    *,
    after: str | None = None,
    limit: int = 50,
) -> Page[Comment]:
    """The comments of a definition, newest first. What was retracted or hidden is not found by its
    words."""
    statement = (
        select(Comment)
        .where(Comment.definition_id == definition.id)
        .options(*_WITH_AUTHOR, *_WITH_SUBJECT)
    )
    statement = _narrowed(statement, definition, filters)
    return paginate(db, statement, key=(Comment.number,), after=after, limit=limit)


def _narrowed(
    statement: Select[Comment], definition: Definition, filters: Filters
) -> Select[Comment]:
    if filters.kind:
        statement = statement.where(Comment.kind == filters.kind)
    for kind in SUBJECT_KINDS:
        if filters.subject == kind:
            statement = statement.where(COLUMNS[kind].is_not(None))
    if filters.clause is not None:
        statement = statement.where(
            Comment.clause_id.in_(
                select(Clause.id).where(
                    Clause.definition_id == definition.id, Clause.number == filters.clause
                )
            )
        )
    if filters.person:
        statement = statement.where(Comment.by_id == filters.person)
    if filters.category:
        statement = statement.where(
            select(Membership.id)
            .join(Membership.category)
            .where(
                Membership.person_id == Comment.by_id,
                Membership.group_id == definition.group_id,
                Membership.since <= Comment.at,
                or_(Membership.until.is_(None), Membership.until > Comment.at),
                Category.name == filters.category,
            )
            .correlate(Comment)
            .exists()
        )
    if filters.words:
        statement = statement.where(
            or_(
                Comment.body.icontains(filters.words, autoescape=True),
                Comment.quote.icontains(filters.words, autoescape=True),
            ),
            STANDS,
        )
    return statement


def spoke_for(db: Session, definition: Definition, comments: Sequence[Comment]) -> dict[int, str]:
    """By comment id, the stakeholder category that its author spoke for when they said it."""
    said = [(comment.id, comment.by_id, comment.at) for comment in comments]
    return categories_then(db, definition.group_id, said)


def categories_then(
    db: Session, group_id: int, said: Sequence[tuple[Key, str, datetime]]
) -> dict[Key, str]:
    """By key, the category of a person's membership at a moment; one query.

    said: (key, person's id, moment). The periods are compared here: a join on them is answered by
    going through all members for each row.
    """
    if not said:
        return {}
    people: dict[str, list[Membership]] = {}
    for membership in db.scalars(
        select(Membership)
        .where(
            Membership.person_id.in_(sorted({person_id for _, person_id, _ in said})),
            Membership.group_id == group_id,
            Membership.category_id.is_not(None),
        )
        .options(joinedload(Membership.category))
    ):
        people.setdefault(membership.person_id, []).append(membership)
    return {
        key: membership.category.name
        for key, person_id, moment in said
        for membership in people.get(person_id, ())
        if membership.category is not None and membership.was_current_at(moment)
    }


def authors_of(db: Session, definition: Definition) -> Sequence[Person]:
    """Everybody who said something on a definition, by name."""
    said = select(Comment.by_id).where(Comment.definition_id == definition.id)
    return db.scalars(select(Person).where(Person.id.in_(said)).order_by(Person.name)).all()


def categories_in(db: Session, definition: Definition) -> Sequence[str]:
    """The stakeholder categories of the definition's group, in the group's order."""
    return db.scalars(
        select(Category.name)
        .where(Category.group_id == definition.group_id)
        .order_by(Category.position)
    ).all()


def replies_to(
    db: Session,
    person: Person,
    *,
    definition_ids: Sequence[int],
    since: datetime,
    limit: int = 10,
) -> Sequence[Comment]:
    """What others answered to this person's comments since a moment, newest first."""
    mine = aliased(Comment)
    return db.scalars(
        select(Comment)
        .join(mine, mine.id == Comment.parent_id)
        .join(Comment.definition)
        .where(
            mine.by_id == person.id,
            Comment.by_id != person.id,
            Comment.at >= since,
            Comment.definition_id.in_(definition_ids),
            STANDS,
        )
        .order_by(Comment.at.desc(), Comment.id.desc())
        .limit(limit)
        .options(contains_eager(Comment.definition), *_WITH_AUTHOR, *_WITH_SUBJECT)
    ).all()


def next_number(db: Session, definition_id: int) -> int:
    """The number of the next comment; whoever asks holds the lock on the definition's log."""
    last = db.scalar(select(func.max(Comment.number)).where(Comment.definition_id == definition_id))
    return (last or 0) + 1


def same_before(db: Session, comment: Comment) -> Comment | None:
    """The last comment that says what this new one does, by the same person in the same place; one
    that was taken back does not count."""
    alike = ("definition_id", "by_id", "kind", "body", "quote", "parent_id")
    columns = [*alike, *(column.key for column in COLUMNS.values())]
    same = [getattr(Comment, one).is_not_distinct_from(getattr(comment, one)) for one in columns]
    kept = ~Comment.retraction.has()
    return db.scalar(select(Comment).where(*same, kept).order_by(Comment.id.desc()).limit(1))


def wording_before(
    db: Session, definition: Definition, clause_id: int, seen: str | None = None
) -> str:
    """The hash of the wording that somebody commenting on a clause has before them.

    ``seen``, if the clause ever had it; else what stands in the working text; else what stood last.
    """
    had = select(TextNode.wording_hash).where(TextNode.clause_id == clause_id)
    if seen and db.scalar(had.where(TextNode.wording_hash == seen).limit(1)):
        return seen
    standing = db.scalar(
        had.join(WorkingText, WorkingText.text_id == TextNode.text_id).where(
            WorkingText.definition_id == definition.id
        )
    )
    last = standing or db.scalar(had.order_by(TextNode.text_id.desc()).limit(1))
    if last is None:
        raise NotFound
    return last


WITH_HIDING = joinedload(Comment.hiding).joinedload(Hiding.rule)
_WITH_AUTHOR = (
    joinedload(Comment.by, innerjoin=True),
    joinedload(Comment.retraction),
    WITH_HIDING,
)
_WITH_SUBJECT = (
    joinedload(Comment.parent),
    joinedload(Comment.clause),
    joinedload(Comment.proposal),
    joinedload(Comment.version),
)
