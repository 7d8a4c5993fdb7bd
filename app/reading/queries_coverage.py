"""Who of a group commented and voted since a moment: two queries, whatever there is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.ballots.models import Ballot, Vote
from app.definitions.models import Definition
from app.definitions.queries import visible_to
from app.discussions.models import Comment
from app.groups.models import Group, Membership
from app.people.models import Person
from app.reading.coverage import PERIODS, Coverage, cover


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

    Whoever votes where names are not shown is counted by nobody.
    """
    days = PERIODS[period]
    since = now - timedelta(days=days) if days is not None else None
    here = and_(Definition.group_id == group.id, visible_to(viewer.id if viewer else None))
    commenters = select(Comment.by_id).join(Comment.definition).where(here).distinct()
    voters = (
        select(Vote.person_id)
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
    return cover(members, group.categories, set(db.scalars(commenters)), set(db.scalars(voters)))
