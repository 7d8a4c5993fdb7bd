"""All that the page of one ballot shows, as its viewer may see it.

The number of queries depends neither on the votes nor on the size of the roll.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from app.ballots import rules
from app.ballots.counting import Outcome, Tally, decide
from app.ballots.models import Ballot, Closing, RollEntry, Vote
from app.ballots.queries_verb import closing_of, roll_at
from app.discussions.models import Comment
from app.discussions.queries import STANDS
from app.groups.models import Membership, Suspension
from app.groups.queries import membership_of, suspension_of
from app.kit.paging import Page, paginate
from app.kit.refusals import Refusal
from app.people.models import Person

VOTES_A_PAGE = 50
CATEGORY_SIZE_MIN = 3
OBJECTIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How a stakeholder category voted. ``category``: none is several small ones together."""

    category: str | None
    tally: Tally
    roll_size: int


@dataclass(frozen=True)
class BallotPage:
    """A ballot at a moment, for one viewer.

    ``outcome`` and ``counts`` are there only when the viewer may see the counts, ``votes`` only
    when they may see names; ``cast`` (how many have voted) is never hidden.
    """

    ballot: Ballot
    closing: Closing | None
    state: rules.State
    cast: int
    roll_size: int
    roll_is_frozen: bool
    outcome: Outcome | None
    counts: Sequence[Count]
    counts_refusal: Refusal | None
    votes: Page[Vote] | None
    names_refusal: Refusal | None
    my_vote: Vote | None
    vote_refusal: Refusal | None
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
    counts, is_frozen = _counts(db, ballot, now)
    everyone = _everyone(counts)
    counts_refusal = rules.may_see_counts(ballot, closing)
    names_refusal = rules.may_see_names(ballot, closing)
    return BallotPage(
        ballot=ballot,
        closing=closing,
        state=rules.state_of(ballot, closing, now),
        cast=everyone.tally.cast,
        roll_size=everyone.roll_size,
        roll_is_frozen=is_frozen,
        outcome=None if counts_refusal else decide(everyone.tally, everyone.roll_size, ballot.card),
        counts=[] if counts_refusal else _shown(counts, names_refusal),
        counts_refusal=counts_refusal,
        votes=None if names_refusal else votes_of(db, ballot, after=votes_after),
        names_refusal=names_refusal,
        my_vote=_vote(db, ballot, viewer),
        vote_refusal=_vote_refusal(db, ballot, closing, viewer, membership, is_frozen, now),
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


def _counts(db: Session, ballot: Ballot, now: datetime) -> tuple[list[Count], bool]:
    """By category, in their names' order; and whether the roll is frozen.

    Before it is, the roll is who would be on it: at the opening, or now if that is still to come.
    """
    rows = db.execute(
        select(RollEntry.category, Vote.choice, func.count())
        .outerjoin(
            Vote,
            and_(Vote.ballot_id == RollEntry.ballot_id, Vote.person_id == RollEntry.person_id),
        )
        .where(RollEntry.ballot_id == ballot.id)
        .group_by(RollEntry.category, Vote.choice)
    ).all()
    found: dict[str, dict[str | None, int]] = {}
    for category, choice, count in rows:
        found.setdefault(category, {})[choice] = count
    if not found:
        for member in roll_at(db, ballot.definition, min(now, ballot.opens_at)):
            name = member.category.name if member.category else ""
            silent = found.setdefault(name, {None: 0})
            silent[None] += 1
    counts = [
        Count(
            category,
            Tally(said.get("yes", 0), said.get("no", 0), said.get("abstain", 0)),
            sum(said.values()),
        )
        for category, said in sorted(found.items(), key=lambda one: (not one[0], one[0]))
    ]
    return counts, bool(rows)


def _shown(counts: Sequence[Count], names_refusal: Refusal | None) -> Sequence[Count]:
    """While names are not shown, categories of one or two people stand together: their counts
    would say how somebody voted."""
    if names_refusal is None:
        return counts
    large = [one for one in counts if one.roll_size >= CATEGORY_SIZE_MIN]
    small = [one for one in counts if one.roll_size < CATEGORY_SIZE_MIN]
    if small and sum(one.roll_size for one in small) < CATEGORY_SIZE_MIN and large:
        small.append(large.pop(large.index(min(large, key=lambda one: one.roll_size))))
    return [*large, _everyone(small)] if small else large


def _everyone(counts: Sequence[Count]) -> Count:
    return Count(
        None,
        Tally(
            sum(one.tally.yes for one in counts),
            sum(one.tally.no for one in counts),
            sum(one.tally.abstain for one in counts),
        ),
        sum(one.roll_size for one in counts),
    )


def _vote(db: Session, ballot: Ballot, viewer: Person | None) -> Vote | None:
    return vote_of(db, ballot, viewer.id) if viewer is not None else None


def _vote_refusal(
    db: Session,
    ballot: Ballot,
    closing: Closing | None,
    viewer: Person | None,
    membership: Membership | None,
    is_frozen: bool,
    now: datetime,
) -> Refusal | None:
    """Why this viewer can't vote now. Until the roll is frozen, membership speaks for it."""
    if viewer is None:
        on_roll = False
    elif is_frozen:
        on_roll = db.get(RollEntry, (ballot.id, viewer.id)) is not None
    else:
        roll = roll_at(db, ballot.definition, min(now, ballot.opens_at))
        on_roll = any(member.person_id == viewer.id for member in roll)
    return rules.may_cast(
        ballot,
        closing,
        on_roll=on_roll,
        choice="yes",
        words_hash=ballot.words_hash,
        now=now,
        suspension=_suspension(db, ballot, viewer, membership, now),
    )


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
