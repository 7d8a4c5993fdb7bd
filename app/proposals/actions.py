"""The verbs of proposals. Those that ballots call stand in ``actions_ballot``.

Locks are taken in one order: proposal, working text, log. The clock is read after them.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.definitions.queries import text_of
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Stale
from app.people.models import Person
from app.proposals import queries, rules
from app.proposals.actions_ballot import adopt_proposal, put_at_stake, reject_proposal
from app.proposals.actions_revision import (
    about_revision,
    checked_steps,
    keep_revision,
    locked_text,
    look_at,
    new_revision,
)
from app.proposals.models import Proposal, Revision, Second, Withdrawal
from app.proposals.steps import Step
from app.record.actions import record

__all__ = [
    "adopt_proposal",
    "propose",
    "put_at_stake",
    "reject_proposal",
    "revise_proposal",
    "second_proposal",
    "take_back_second",
    "withdraw_proposal",
]


def propose(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    title: str,
    rationale: str,
    steps: Sequence[Step],
    base: str | None = None,
) -> Proposal:
    """Puts changes of the working text forward. Who shows the proposal looks at it again.

    base: the hash of the text that the person had before them; the working text, where it is not
    given. Raises Stale when a clause that is named has changed since. With a struck clause goes
    all that stands under it, each by name.
    """
    working = locked_text(db, definition)
    now = clock.now()
    block = block_of(db, definition.group_id, by, now)
    rules.enforce(rules.may_propose(membership_of(db, definition.group_id, by), block))
    text = text_of(db, working.text_id)
    steps = checked_steps(db, definition, working, text, steps, base)
    revision = new_revision(working, steps, number=1, title=title, rationale=rationale, at=now)
    again = queries.same_under_way(db, definition, by, revision.hash)
    rules.enforce(rules.must_be_new(again))
    number = queries.next_number(db, definition)
    proposal = Proposal(definition_id=definition.id, number=number, by_id=by.id, at=now)
    keep_revision(db, proposal, revision, text, steps)
    db.add(proposal)
    record(
        db,
        definition.log_id,
        "proposal.put_forward",
        by=by.id,
        at=now,
        about=about_revision(proposal, revision, steps),
        words={"title": revision.title, "rationale": revision.rationale},
    )
    return proposal


def revise_proposal(
    db: Session,
    definition: Definition,
    proposal: Proposal,
    *,
    by: Person,
    title: str,
    rationale: str,
    steps: Sequence[Step],
    base: str | None = None,
    seen: int | None = None,
) -> Revision:
    """Puts the proposal otherwise, against the working text of now; that ends a conflict. Earlier
    revisions are kept, and seconds stay. Who shows the proposal looks at it again.

    seen: the number of the revision that the person began from. Raises Stale where there is a
    later one, and as ``propose`` does.
    """
    lock(db, proposal)
    working = locked_text(db, definition)
    now = clock.now()
    queries.look_again(db, proposal)
    membership = membership_of(db, definition.group_id, by)
    block = block_of(db, definition.group_id, by, now)
    rules.enforce(rules.may_revise(proposal, by.id, membership, block))
    last = proposal.revisions[-1]
    if seen is not None and seen != last.number:
        began = next((one.title for one in proposal.revisions if one.number == seen), "")
        raise Stale(base=began, current=last.title, yours=title, revision=last.number)
    text = text_of(db, working.text_id)
    steps = checked_steps(db, definition, working, text, steps, base)
    revision = new_revision(
        working, steps, number=last.number + 1, title=title, rationale=rationale, at=now
    )
    rules.enforce(rules.may_follow(revision, last))
    keep_revision(db, proposal, revision, text, steps)
    record(
        db,
        definition.log_id,
        "proposal.revised",
        by=by.id,
        at=now,
        about=about_revision(proposal, revision, steps),
        words={"title": revision.title, "rationale": revision.rationale},
    )
    return revision


def second_proposal(
    db: Session, definition: Definition, proposal: Proposal, *, by: Person
) -> Second:
    """Stands behind somebody else's proposal."""
    look_at(db, proposal)
    now = clock.now()
    membership = membership_of(db, definition.group_id, by)
    rules.enforce(rules.may_second(proposal, by.id, membership))
    second = Second(person=by, at=now)
    proposal.seconds.append(second)
    about = {"proposal": proposal.number, "revision": proposal.revisions[-1].number}
    record(db, definition.log_id, "proposal.seconded", by=by.id, at=now, about=about)
    return second


def take_back_second(
    db: Session, definition: Definition, proposal: Proposal, *, by: Person
) -> None:
    """No longer stands behind a proposal. The record keeps both."""
    look_at(db, proposal)
    now = clock.now()
    rules.enforce(rules.may_take_back_second(proposal, by.id))
    second = next(one for one in proposal.seconds if one.person_id == by.id)
    proposal.seconds.remove(second)
    db.delete(second)
    about = {"proposal": proposal.number}
    record(db, definition.log_id, "second.taken_back", by=by.id, at=now, about=about)


def withdraw_proposal(
    db: Session, definition: Definition, proposal: Proposal, *, by: Person, reason: str = ""
) -> Withdrawal:
    """Takes one's own proposal back, for good; it stays readable."""
    look_at(db, proposal)
    now = clock.now()
    rules.enforce(rules.may_withdraw(proposal, by.id))
    proposal.withdrawal = withdrawal = Withdrawal(reason=reason.strip(), at=now)
    record(
        db,
        definition.log_id,
        "proposal.withdrawn",
        by=by.id,
        at=now,
        about={"proposal": proposal.number},
        words={"reason": withdrawal.reason} if withdrawal.reason else None,
    )
    return withdrawal
