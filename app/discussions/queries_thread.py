"""The discussion of one subject, thread by thread, and the place of a comment in it.

The number of queries does not depend on how much was said. Threads are paged in the order in which
they began, so that a comment's page never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.definitions.models import Definition
from app.discussions import rules
from app.discussions.models import Comment
from app.discussions.models_moderation import SlowMode
from app.discussions.queries import WITH_HIDING, spoke_for
from app.discussions.queries_moderation import reported_by
from app.discussions.queries_slow import last_commented, slow_mode_of
from app.discussions.queries_subject import COLUMNS, subjects_of
from app.discussions.queries_then import Earlier, WordingThen, earlier_texts, wordings_then
from app.discussions.rules_moderation import may_moderate, may_open, may_report
from app.discussions.rules_slow import again_at
from app.discussions.subjects import Subject
from app.groups.models import Membership
from app.groups.models_conduct import Block
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.refusals import Refusal
from app.people.models import Person

THREADS_A_PAGE = 20


@dataclass
class Said:
    """One comment in its thread: whom its author spoke for, what the viewer may do, the answers.

    reported: by the viewer, and no chair has answered yet. may_open: what a chair has hidden.
    """

    comment: Comment
    category: str = ""
    may_edit: bool = False
    may_retract: bool = False
    may_report: bool = False
    reported: bool = False
    may_moderate: bool = False
    may_open: bool = False
    earlier: Sequence[Earlier] = ()
    wording: WordingThen | None = None
    answers: list["Said"] = field(default_factory=list)


@dataclass(frozen=True)
class Discussion:
    """One page of the threads on a subject.

    slow: while the definition is in slow mode. again_at: when the viewer may comment again then.
    block: what keeps the viewer from speaking in the group.
    """

    subject: Subject
    threads: Sequence[Said]
    comments: int
    page: int
    pages: int
    refusal: Refusal | None
    wording_hash: str = ""
    block: Block | None = None
    slow: SlowMode | None = None
    again_at: datetime | None = None


def discussion_of(
    db: Session,
    definition: Definition,
    subject: Subject,
    *,
    viewer: Person | None,
    page: int = 1,
) -> Discussion:
    """One page of threads (from 1; one beyond the last is the last), as the viewer sees it."""
    on_subject = COLUMNS[subject.kind] == subject.id
    comments, threads = db.execute(
        select(
            func.count(Comment.id), func.count(Comment.id).filter(Comment.thread_id.is_(None))
        ).where(on_subject)
    ).one()
    pages = max(1, -(-threads // THREADS_A_PAGE))
    page = min(max(page, 1), pages)
    began = (
        select(Comment.id)
        .where(on_subject, Comment.thread_id.is_(None))
        .order_by(Comment.id)
        .limit(THREADS_A_PAGE)
        .offset((page - 1) * THREADS_A_PAGE)
    )
    ids = db.scalars(began).all()
    found = db.scalars(
        select(Comment)
        .where(Comment.id.in_(ids) | Comment.thread_id.in_(ids))
        .order_by(Comment.id)
        .options(
            joinedload(Comment.by, innerjoin=True), joinedload(Comment.retraction), WITH_HIDING
        )
    ).all()
    membership = membership_of(db, definition.group_id, viewer) if viewer else None
    categories = spoke_for(db, definition, found)
    earlier = earlier_texts(db, [one for one in found if _is_read(one, viewer, membership)])
    current, wordings = wordings_then(db, definition, subject, found)
    said = [
        Said(
            comment,
            category=categories.get(comment.id, ""),
            earlier=earlier.get(comment.id, ()),
            wording=wordings.get(comment.wording_hash or ""),
        )
        for comment in found
    ]
    block = block_of(db, definition.group_id, viewer, clock.now())
    _say_what_one_may(db, said, viewer, membership, block)
    slow, again = _pace(db, definition, viewer)
    return Discussion(
        subject=subject,
        threads=_nested(said),
        comments=comments,
        page=page,
        pages=pages,
        refusal=rules.may_comment(membership, block),
        wording_hash=current,
        block=block,
        slow=slow,
        again_at=again,
    )


def _pace(
    db: Session, definition: Definition, viewer: Person | None
) -> tuple[SlowMode | None, datetime | None]:
    """The slow mode that is on, if one is, and when the viewer may comment again."""
    now = clock.now()
    slow = slow_mode_of(db, definition, now)
    last = last_commented(db, definition, viewer) if slow and viewer else None
    return slow, again_at(slow, last, now)


def _is_read(comment: Comment, viewer: Person | None, membership: Membership | None) -> bool:
    """Whether the viewer reads its words: a chair has not hidden them, or they may open them."""
    if comment.hiding is None:
        return True
    return viewer is not None and may_open(comment, viewer.id, membership)


def _say_what_one_may(
    db: Session,
    said: Sequence[Said],
    viewer: Person | None,
    membership: Membership | None,
    block: Block | None,
) -> None:
    """What the viewer may do with each of these comments; one query, none for the public."""
    if viewer is None:
        return
    now, mine = clock.now(), reported_by(db, viewer, [one.comment for one in said])
    for one in said:
        comment = one.comment
        one.may_edit = rules.may_edit(comment, viewer.id, membership, now, block) is None
        one.may_retract = rules.may_retract(comment, viewer.id) is None
        one.may_report = may_report(comment, viewer.id, mine.get(comment.id)) is None
        one.reported = comment.id in mine
        one.may_moderate = may_moderate(comment, viewer.id, membership) is None
        one.may_open = may_open(comment, viewer.id, membership)


def place_of(db: Session, definition: Definition, comment: Comment) -> str:
    """Where a comment is shown: the page of its subject, the page of its thread, and itself.

    The comment is one that ``comment_of`` loaded.
    """
    subject = subjects_of(db, [comment])[comment.id]
    page = page_of(db, subject, comment)
    query = f"?page={page}" if page > 1 else ""
    return f"{subject.path(definition.slug)}{query}#comment-{comment.number}"


def page_of(db: Session, subject: Subject, comment: Comment) -> int:
    """The page of a subject's discussion on which a comment's thread stands."""
    before = db.scalar(
        select(func.count(Comment.id)).where(
            COLUMNS[subject.kind] == subject.id,
            Comment.thread_id.is_(None),
            Comment.id < (comment.thread_id or comment.id),
        )
    )
    return (before or 0) // THREADS_A_PAGE + 1


def _nested(said: Sequence[Said]) -> list[Said]:
    """Answers under what they answer; a parent is always older than its answers."""
    by_id = {one.comment.id: one for one in said}
    threads: list[Said] = []
    for one in said:
        parent = by_id.get(one.comment.parent_id or 0)
        (parent.answers if parent else threads).append(one)
    return threads
