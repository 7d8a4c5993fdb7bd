"""Who may put forward what, and when. Pure.

A proposal is handed over with its outcome rows, stake, seconds and last revision loaded.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.definitions.rules import must_fit, settled_wording
from app.definitions.tree import Kind, Node
from app.groups.models import Membership
from app.groups.models_conduct import Block
from app.groups.rules import must_be_voter
from app.groups.rules_conduct import must_not_be_blocked
from app.kit.refusals import Refusal, Refused
from app.proposals.models import Proposal, Revision
from app.proposals.rebase import Clash
from app.proposals.steps import Step

CHANGES_MAX = 50


TITLE_LENGTH_MAX = 200
RATIONALE_LENGTH_MAX = 20_000

# Whom a refusal is about gives 403, when 409; what was given, all the rest, 422.
_WHO = {
    "not_in_group",
    "observers_do_not",
    "suspended",
    "blocked",
    "proposal_of_somebody_else",
    "proposal_of_ones_own",
}
_WHEN = {
    "proposal_has_ended",
    "proposal_is_at_stake",
    "proposal_in_conflict",
    "proposed_already",
    "seconded_already",
    "not_seconded",
}


class State(StrEnum):
    """Where a proposal stands. Whether a ballot is on it, its stake says."""

    open = "open"
    in_conflict = "in_conflict"
    withdrawn = "withdrawn"
    adopted = "adopted"
    rejected = "rejected"


def enforce(refusal: Refusal | None) -> None:
    """Raises what a rule had against a verb, with the status that fits it."""
    if refusal is not None:
        code = refusal.code
        raise Refused(refusal, 403 if code in _WHO else 409 if code in _WHEN else 422)


def state_of(proposal: Proposal) -> State:
    """In conflict means: the text has changed so that the last revision could not be put into it,
    that was written down, and its author has not answered."""
    if proposal.adoption is not None:
        return State.adopted
    if proposal.rejection is not None:
        return State.rejected
    if proposal.withdrawal is not None:
        return State.withdrawn
    last = proposal.revisions[-1].id
    if any(conflict.revision_id == last for conflict in proposal.conflicts):
        return State.in_conflict
    return State.open


def must_be_alive(proposal: Proposal) -> Refusal | None:
    """Not adopted, rejected or withdrawn."""
    state = state_of(proposal)
    if state in (State.open, State.in_conflict):
        return None
    return Refusal("proposal_has_ended", state=str(state), proposal=proposal.number)


def must_be_at_rest(proposal: Proposal) -> Refusal | None:
    """Until the ballot on it has closed, a proposal says what it said when that was set."""
    if proposal.stake is None:
        return None
    return Refusal("proposal_is_at_stake", ballot=proposal.stake.ballot_number)


def may_propose(membership: Membership | None, block: Block | None = None) -> Refusal | None:
    """Members, editors and chairs, but nobody whom a chair has blocked. block: the one that holds
    now."""
    return must_be_voter(membership) or must_not_be_blocked(block)


def must_be_new(again: int | None) -> Refusal | None:
    """A form that was sent twice is one proposal. again: the number of the same one under way."""
    return None if again is None else Refusal("proposed_already", proposal=again)


def may_revise(
    proposal: Proposal,
    by_id: str | None,
    membership: Membership | None,
    block: Block | None = None,
) -> Refusal | None:
    """Its author, as long as nothing has become of it and no ballot is on it."""
    if proposal.by_id != by_id:
        return Refusal("proposal_of_somebody_else")
    return may_propose(membership, block) or must_be_alive(proposal) or must_be_at_rest(proposal)


def may_second(
    proposal: Proposal, by_id: str | None, membership: Membership | None
) -> Refusal | None:
    """Any other member, once, as long as it is alive; also while a ballot is open."""
    if refusal := must_be_voter(membership) or must_be_alive(proposal):
        return refusal
    if proposal.by_id == by_id:
        return Refusal("proposal_of_ones_own")
    if any(second.person_id == by_id for second in proposal.seconds):
        return Refusal("seconded_already")
    return None


def may_take_back_second(proposal: Proposal, by_id: str | None) -> Refusal | None:
    """Who seconded it, as long as it is alive; also after leaving the group."""
    if not any(second.person_id == by_id for second in proposal.seconds):
        return Refusal("not_seconded")
    return must_be_alive(proposal)


def may_withdraw(proposal: Proposal, by_id: str | None) -> Refusal | None:
    """Its author, also after leaving the group; not under people who are voting on it."""
    if proposal.by_id != by_id:
        return Refusal("proposal_of_somebody_else")
    return must_be_alive(proposal) or must_be_at_rest(proposal)


def may_be_put_to_ballot(proposal: Proposal, clashes: Sequence[Clash]) -> Refusal | None:
    """Alive, without conflict, in no other ballot. Who may open one is for ballots to say.

    clashes: with the text of now, marked or not: people do not vote on changes that could not be
    made if they were carried today.
    """
    if refusal := must_be_alive(proposal):
        return refusal
    if clashes or state_of(proposal) is State.in_conflict:
        return Refusal("proposal_in_conflict", proposal=proposal.number)
    return must_be_at_rest(proposal)


def may_adopt(proposal: Proposal) -> Refusal | None:
    """What is alive. The closing that carries it is the ground; ballots ask for the rest."""
    return must_be_alive(proposal)


def may_stand(steps: Sequence[Step], text: Sequence[Node], words: dict[int, str]) -> Refusal | None:
    """Whether these changes make a proposal against this text. words: Markdown by clause.

    What the tree as a whole makes of them is for ``rebase`` to find out.
    """
    if not steps:
        return Refusal("proposal_without_changes")
    if len(steps) > CHANGES_MAX:
        return Refusal("proposal_with_too_many_changes", most=CHANGES_MAX)
    standing = {node.clause: node for node in text}
    for step in steps:
        if refusal := may_stand_alone(step, standing, words):
            return refusal
    return _contradiction(steps)


def may_stand_alone(
    step: Step, standing: Mapping[int, Node], words: Mapping[int, str]
) -> Refusal | None:
    """Whether one change, taken by itself, can be put forward."""
    if step.verb == "add":
        if step.kind is None:
            return Refusal("place_is_needed")
    elif step.clause not in standing:
        return Refusal("clause_not_there", clause=step.clause or 0)
    if step.verb in ("add", "reword"):
        node = standing.get(step.clause or 0)
        kind = node.kind if node is not None else step.kind or Kind.paragraph
        if refusal := must_fit(kind, step.markdown):
            return refusal
        if settled_wording(kind, step.markdown) == words.get(step.clause or 0):
            return Refusal("words_are_the_same", clause=step.clause)
    if step.verb in ("add", "move"):
        return _may_stand_there(step, standing)
    return None


def _may_stand_there(step: Step, standing: Mapping[int, Node]) -> Refusal | None:
    if step.place is None:
        return Refusal("place_is_needed")
    anchor = step.place.anchor
    if anchor is not None and anchor not in standing:
        return Refusal("clause_not_there", clause=anchor)
    if anchor is not None and anchor == step.clause:
        return Refusal("place_is_itself", clause=anchor)
    return None


def _contradiction(steps: Sequence[Step]) -> Refusal | None:
    """A clause may be reworded and moved, but nothing twice, and what is struck is only struck."""
    verbs: dict[int, list[str]] = {}
    for step in steps:
        if step.clause is not None and step.verb != "add":
            verbs.setdefault(step.clause, []).append(step.verb)
    for clause, done in verbs.items():
        if len(set(done)) < len(done) or ("strike" in done and len(done) > 1):
            return Refusal("clause_changed_twice", clause=clause)
    moved = {step.clause for step in steps if step.verb == "move"}
    for step in steps:
        if step.place is not None and step.place.anchor in moved:
            return Refusal("place_moves_too", clause=step.place.anchor)
    return None


def must_change_something(after: Sequence[Node], before: Sequence[Node]) -> Refusal | None:
    """A text that comes out as it went in is no proposal."""
    return Refusal("proposal_without_changes") if tuple(after) == tuple(before) else None


def must_be_titled(title: str, rationale: str) -> Refusal | None:
    """One line that says what would be different; why is asked for, not forced."""
    if not title:
        return Refusal("title_is_needed")
    if len(title) > TITLE_LENGTH_MAX or len(rationale) > RATIONALE_LENGTH_MAX:
        return Refusal("proposal_is_too_long", title=TITLE_LENGTH_MAX, rest=RATIONALE_LENGTH_MAX)
    return None


def may_follow(revision: Revision, last: Revision) -> Refusal | None:
    """A revision says something else than the one before it, or says it of another text."""
    if revision.hash == last.hash and revision.rationale == last.rationale:
        return Refusal("revision_says_the_same")
    return None


def refusal_of(clash: Clash) -> Refusal:
    """What a clash with the current text says where a proposal is being written."""
    if clash.why == "struck":
        return Refusal("clause_not_there", clause=clash.clause)
    if clash.why == "place_gone":
        return Refusal("place_is_gone", clause=clash.clause)
    if clash.code:
        return Refusal(clash.code, clause=clash.clause)
    return Refusal("changes_cannot_stand", clause=clash.clause)
