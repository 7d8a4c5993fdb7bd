"""Who of a group commented and voted since a moment: two queries, whatever there is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Select,
    SQLColumnExpression,
    and_,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.ballots.models import Ballot, Vote
from app.definitions.models import Definition
from app.definitions.queries import visible_to
from app.discussions.models import Comment
from app.groups.models import Group, Membership
from app.people.models import Person
from app.reading.coverage import PERIODS, Coverage, Heard, cover


def coverage_of(
    db: Session,
    group: Group,
    members: Sequence[Membership],
    viewer: Person | None,
    *,
    period: str,
    now: datetime,
) -> Coverage:
    """Of the members of now, in what the viewer may see. Needs the categories of the group.

    Each was heard with the affiliation that they had then.
    Whoever votes where names are not shown is counted by nobody.
    """
    days = PERIODS[period]
    since = now - timedelta(days=days) if days is not None else None
    here = and_(Definition.group_id == group.id, visible_to(viewer.id if viewer else None))
    as_whom = (Membership.person_id, Membership.affiliation)
    commenters = (
        select(*as_whom)
        .join(Comment, _was_at(group, Comment.by_id, Comment.at))
        .join(Comment.definition)
        .where(here)
        .distinct()
    )
    voters = (
        select(*as_whom)
        .join(Vote, _was_at(group, Vote.person_id, Vote.at))
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .join(Ballot.definition)
        .where(
            here,
            or_(
                Ballot.names_shown == "open",
                and_(Ballot.names_shown == "closed", Ballot.closing.has()),
            ),
        )
        .distinct()
    )
    if since is not None:
        commenters = commenters.where(Comment.at >= since)
        voters = voters.where(Vote.at >= since)
    return cover(members, group.categories, _heard(db, commenters), _heard(db, voters))


def _heard(db: Session, statement: Select[str, str]) -> set[Heard]:
    return {Heard(*row) for row in db.execute(statement)}


def _was_at(
    group: Group, person_id: ColumnExpressionArgument[str], at: SQLColumnExpression[datetime]
) -> ColumnElement[bool]:
    """The membership in the group that somebody had at a moment."""
    return and_(
        Membership.group_id == group.id,
        Membership.person_id == person_id,
        Membership.since <= at,
        or_(Membership.until.is_(None), Membership.until > at),
    )
