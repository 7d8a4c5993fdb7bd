"""All that the page of one ballot shows, as its viewer may see it.

The number of queries depends neither on the votes nor on the size of the roll.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.ballots import rules, rules_recusal
from app.ballots.counting import Outcome, Recused, decide
from app.ballots.models import Ballot, Closing, RollEntry, Vote
from app.ballots.models_recusal import Recusal
from app.ballots.queries_counts import Count, counts_of, everyone_of, shown_of
from app.ballots.queries_recusal import recusals_of
from app.ballots.queries_verb import closing_of, roll_at
from app.discussions.models import Comment
from app.discussions.queries import STANDS
from app.groups.models import Membership, Suspension
from app.groups.queries import membership_of, suspension_of
from app.kit.paging import Page, paginate
from app.kit.refusals import Refusal
from app.people.models import Person

VOTES_A_PAGE = 50
OBJECTIONS_SHOWN = 5


@dataclass(frozen=True)
class BallotPage:
    """A ballot at a moment, for one viewer.

    ``outcome`` and ``counts`` are there only when the viewer may see the counts, ``votes`` only
    when they may see names; ``cast`` (how many have voted) is never hidden. ``roll_size`` is
    without those who recused themselves; why they did is for people in the group, and for them.
    """

    ballot: Ballot
    closing: Closing | None
    state: rules.State
    cast: int
    roll_size: int
    roll_is_frozen: bool
    recused: Recused
    recusals: Sequence[Recusal]
    my_recusal: Recusal | None
    outcome: Outcome | None
    counts: Sequence[Count]
    counts_refusal: Refusal | None
    votes: Page[Vote] | None
    names_refusal: Refusal | None
    my_vote: Vote | None
    vote_refusal: Refusal | None
    recuse_refusal: Refusal | None
    membership: Membership | None
    close_refusal: Refusal | None
    extend_refusal: Refusal | None
    objections: Sequence[Comment]


def ballot_page(
    db: Session,
    ballot: Ballot,
    *,
    viewer: Person | None,
    now: datetime,
    votes_after: str | None = None,
) -> BallotPage:
    """Everything about a ballot that ``ballot_for`` loaded."""
    closing = closing_of(db, ballot)
    membership = membership_of(db, ballot.definition.group_id, viewer)
    recusals = recusals_of(db, ballot)
    my_recusal = next((r for r in recusals if viewer and r.person_id == viewer.id), None)
    counts, recused, is_frozen = counts_of(db, ballot, recusals, now)
    everyone = everyone_of(counts)
    stands: dict[str, Any] = {
        "on_roll": _on_roll(db, ballot, viewer, is_frozen, now),
        "suspension": _suspension(db, ballot, viewer, membership, now),
        "recusal": my_recusal,
    }
    counts_refusal = rules.may_see_counts(ballot, closing)
    names_refusal = rules.may_see_names(ballot, closing)
    return BallotPage(
        ballot=ballot,
        closing=closing,
        state=rules.state_of(ballot, closing, now),
        cast=everyone.tally.cast,
        roll_size=everyone.roll_size,
        roll_is_frozen=is_frozen,
        recused=recused,
        recusals=recusals,
        my_recusal=my_recusal,
        outcome=None
        if counts_refusal
        else decide(everyone.tally, everyone.roll_size, ballot.card, recused),
        counts=[] if counts_refusal else shown_of(counts, names_refusal),
        counts_refusal=counts_refusal,
        votes=None if names_refusal else votes_of(db, ballot, after=votes_after),
        names_refusal=names_refusal,
        my_vote=_vote(db, ballot, viewer),
        vote_refusal=rules.may_cast(
            ballot, closing, choice="yes", words_hash=ballot.words_hash, now=now, **stands
        ),
        recuse_refusal=rules_recusal.may_recuse(ballot, closing, reason=None, now=now, **stands),
        membership=membership,
        close_refusal=rules.may_close(
            ballot,
            membership,
            voted=everyone.tally.cast,
            roll_size=everyone.roll_size,
            now=now,
        )
        if closing is None
        else rules.may_still_vote(ballot, closing, now),
        extend_refusal=rules.may_extend(membership, ballot, closing, to_time=None, now=now),
        objections=_objections(db, ballot),
    )


def votes_of(
    db: Session, ballot: Ballot, *, after: str | None = None, limit: int = VOTES_A_PAGE
) -> Page[Vote]:
    """Votes with person and category, the latest first. Ask ``may_see_names`` before."""
    return paginate(
        db,
        select(Vote)
        .where(Vote.ballot_id == ballot.id)
        .options(joinedload(Vote.entry).joinedload(RollEntry.person)),
        key=(Vote.at, Vote.person_id),
        after=after,
        limit=limit,
    )


def vote_of(db: Session, ballot: Ballot, person_id: str) -> Vote | None:
    """What this person says in this ballot now."""
    return db.get(Vote, (ballot.id, person_id))


def _vote(db: Session, ballot: Ballot, viewer: Person | None) -> Vote | None:
    return vote_of(db, ballot, viewer.id) if viewer is not None else None


def _on_roll(
    db: Session, ballot: Ballot, viewer: Person | None, is_frozen: bool, now: datetime
) -> bool:
    """Until the roll is frozen, membership speaks for it."""
    if viewer is None:
        return False
    if is_frozen:
        return db.get(RollEntry, (ballot.id, viewer.id)) is not None
    roll = roll_at(db, ballot.definition, min(now, ballot.opens_at))
    return any(member.person_id == viewer.id for member in roll)


def _suspension(
    db: Session,
    ballot: Ballot,
    viewer: Person | None,
    membership: Membership | None,
    now: datetime,
) -> Suspension | None:
    """What keeps the viewer from acting; who has left the group may still be on the roll."""
    if viewer is None or membership is not None:
        return membership.suspension if membership else None
    return suspension_of(db, ballot.definition.group_id, viewer, now)


def _objections(db: Session, ballot: Ballot) -> Sequence[Comment]:
    """Objections to what is voted on, or to the ballot, that stand; oldest first."""
    on_it = Comment.ballot_id == ballot.id
    if ballot.proposal_id is not None:
        on_it = on_it | (Comment.proposal_id == ballot.proposal_id)
    if ballot.version_id is not None:
        on_it = on_it | (Comment.version_id == ballot.version_id)
    return db.scalars(
        select(Comment)
        .where(
            on_it,
            Comment.kind == "objection",
            Comment.thread_id.is_(None),
            STANDS,
        )
        .options(joinedload(Comment.by))
        .order_by(Comment.number)
        .limit(OBJECTIONS_SHOWN)
    ).all()
