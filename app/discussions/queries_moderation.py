"""What was reported: one's own open report, and the queue of the chairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.definitions.models import Definition
from app.discussions.models import Comment
from app.discussions.models_moderation import Report
from app.discussions.queries import WITH_HIDING, spoke_for
from app.discussions.queries_subject import subjects_of
from app.discussions.rules_moderation import may_open
from app.discussions.subjects import Subject
from app.groups.models import Membership
from app.groups.models_conduct import Block
from app.groups.queries import membership_of
from app.groups.queries_conduct import holds
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person
from app.people.models_erasure import Erasure

IS_OPEN = Report.ended_at.is_(None)


@dataclass(frozen=True)
class InContext:
    """A comment where it was said: on what, by whom for whom, and what it answers."""

    comment: Comment
    subject: Subject
    category: str
    parent: Comment | None


@dataclass(frozen=True)
class Reported(InContext):
    """A comment in its context, with the reports on it that no chair has answered."""

    reports: Sequence[Report]

    @property
    def seen(self) -> int:
        """The newest of them."""
        return max((report.id for report in self.reports), default=0)


def open_report(db: Session, comment: Comment, person: Person) -> Report | None:
    """A person's report on a comment that no chair has answered yet."""
    mine = Report.comment_id == comment.id, Report.by_id == person.id
    return db.scalar(select(Report).where(*mine, IS_OPEN))


def open_reports(
    db: Session, comment_ids: Sequence[int], *, until: int | None = None
) -> Sequence[Report]:
    """The open reports on some comments, with who made them; until: the newest one to look at."""
    statement = select(Report).where(Report.comment_id.in_(comment_ids), IS_OPEN)
    if until is not None:
        statement = statement.where(Report.id <= until)
    return db.scalars(statement.order_by(Report.id).options(joinedload(Report.by))).all()


def reported_by(db: Session, person: Person, comments: Sequence[Comment]) -> dict[int, Report]:
    """By comment id, this person's open reports on these."""
    ids = [comment.id for comment in comments]
    mine = select(Report).where(Report.by_id == person.id, Report.comment_id.in_(ids), IS_OPEN)
    return {report.comment_id: report for report in db.scalars(mine)}


def opens_to(db: Session, definition: Definition, comment: Comment, viewer: Person | None) -> bool:
    """Whether somebody reads the words of a hidden comment."""
    if viewer is None:
        return False
    return may_open(comment, viewer.id, membership_of(db, definition.group_id, viewer))


def people_to_block(db: Session, definition: Definition, now: datetime) -> Sequence[Person]:
    """Who speaks in the group: its members and whoever commented, by name; no chairs, and nobody
    who is blocked already, or erased."""
    current = Membership.group_id == definition.group_id, Membership.until.is_(None)
    members = select(Membership.person_id).where(*current)
    chairs = members.where(Membership.role == "chair")
    authors = select(Comment.by_id).where(Comment.definition_id == definition.id)
    blocked = select(Block.person_id).where(Block.group_id == definition.group_id, holds(now))
    return db.scalars(
        select(Person)
        .where(
            or_(Person.id.in_(members), Person.id.in_(authors)),
            Person.id.not_in(chairs),
            Person.id.not_in(blocked),
            Person.id.not_in(select(Erasure.person_id)),
        )
        .order_by(Person.name, Person.id)
    ).all()


def person_named(db: Session, person_id: str) -> Person:
    """Somebody by their opaque id; NotFound where nobody has it."""
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def queue_of(
    db: Session, definition: Definition, *, after: str | None = None, limit: int = 20
) -> Page[Reported]:
    """The comments of a definition with open reports, newest first. The number of queries does not
    depend on how many there are."""
    reported = select(Report.comment_id).where(IS_OPEN)
    statement = (
        select(Comment)
        .where(Comment.definition_id == definition.id, Comment.id.in_(reported))
        .options(*_IN_CONTEXT)
    )
    page = paginate(db, statement, key=(Comment.number,), after=after, limit=limit)
    reports: dict[int, list[Report]] = {}
    for report in open_reports(db, [comment.id for comment in page.items]):
        reports.setdefault(report.comment_id, []).append(report)
    return Page(
        [
            Reported(
                one.comment,
                one.subject,
                one.category,
                one.parent,
                reports.get(one.comment.id, ()),
            )
            for one in _in_context(db, definition, page.items)
        ],
        page.next,
    )


def in_context(db: Session, definition: Definition, number: int) -> InContext:
    """One comment where it was said; NotFound where there is none."""
    comment = db.scalar(
        select(Comment)
        .where(Comment.definition_id == definition.id, Comment.number == number)
        .options(*_IN_CONTEXT, selectinload(Comment.texts))
    )
    if comment is None:
        raise NotFound
    return _in_context(db, definition, [comment])[0]


def _in_context(
    db: Session, definition: Definition, comments: Sequence[Comment]
) -> list[InContext]:
    subjects = subjects_of(db, comments)
    categories = spoke_for(db, definition, comments)
    return [
        InContext(one, subjects[one.id], categories.get(one.id, ""), one.parent) for one in comments
    ]


_WHO_SAID = (joinedload(Comment.by), joinedload(Comment.retraction), WITH_HIDING)
_IN_CONTEXT = (
    *_WHO_SAID,
    joinedload(Comment.parent).options(*_WHO_SAID),
    joinedload(Comment.clause),
    joinedload(Comment.proposal),
    joinedload(Comment.version),
)
