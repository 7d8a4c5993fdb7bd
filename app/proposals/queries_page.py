"""The page of a proposal, and the sheet on which one is written: all that they show."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.definitions.placed import Placed
from app.definitions.queries import text_of
from app.groups.models import Membership
from app.groups.queries import membership_of
from app.groups.queries_conduct import block_of
from app.kit import clock
from app.kit.refusals import Refusal
from app.people.models import Person
from app.proposals import rules
from app.proposals.models import Proposal, Revision
from app.proposals.queries import alternatives, clauses_touched, steps_of
from app.proposals.queries_list import categories_of
from app.proposals.queries_rebase import carried_over
from app.proposals.rebase import Clash, Rebased
from app.proposals.rules import State
from app.proposals.shown import Between, Shown, differences, shown_steps
from app.proposals.steps import Step


@dataclass(frozen=True)
class Written:
    """A revision with its changes, and how they differ from the revision before."""

    revision: Revision
    steps: list[Step]
    changes: list[Shown]
    since: list[Between]
    previous: Revision | None


@dataclass(frozen=True)
class Alternative:
    """Another proposal under way on some of the same clauses, with what it says of them."""

    proposal: Proposal
    category: str
    changes: list[Shown]

    @property
    def number(self) -> int:
        return self.proposal.number

    @property
    def title(self) -> str:
        return self.proposal.revisions[-1].title


@dataclass(frozen=True)
class Standing:
    """How a proposal under way stands against the working text.

    merged: some clause has changed since, and a clean merge can be made. clashes: it can't.
    """

    merged: bool
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class ProposalPage:
    """A proposal as one viewer sees it. The refusals explain why a button is not there."""

    proposal: Proposal
    state: State
    category: str
    text: list[Placed]
    revisions: list[Written]
    alternatives: list[Alternative]
    standing: Standing | None
    membership: Membership | None
    may_revise: Refusal | None
    may_second: Refusal | None
    may_take_back: Refusal | None
    may_withdraw: Refusal | None

    @property
    def last(self) -> Written:
        return self.revisions[-1]


def proposal_page(
    db: Session, definition: Definition, proposal: Proposal, *, viewer: Person | None
) -> ProposalPage:
    """The page of a proposal that was loaded whole; eleven queries at most."""
    text = text_of(db, definition.working.text_id)
    revisions = written_revisions(db, proposal, text)
    membership = membership_of(db, definition.group_id, viewer)
    block = block_of(db, definition.group_id, viewer, clock.now())
    state = rules.state_of(proposal)
    under_way = state in (State.open, State.in_conflict)
    last = revisions[-1]
    viewer_id = viewer.id if viewer is not None else None
    return ProposalPage(
        proposal=proposal,
        state=state,
        category=categories_of(db, definition, [proposal.id]).get(proposal.id, ""),
        text=text,
        revisions=revisions,
        alternatives=alternatives_to(
            db, definition, clauses_touched(last.steps), text, besides=proposal.number
        )
        if under_way
        else [],
        standing=standing_of(db, definition, last.revision, text, steps=last.steps)
        if under_way
        else None,
        membership=membership,
        may_revise=rules.may_revise(proposal, viewer_id, membership, block),
        may_second=rules.may_second(proposal, viewer_id, membership),
        may_take_back=rules.may_take_back_second(proposal, viewer_id),
        may_withdraw=rules.may_withdraw(proposal, viewer_id),
    )


def written_revisions(db: Session, proposal: Proposal, text: Sequence[Placed]) -> list[Written]:
    """Every revision, the first one first; one query."""
    steps = steps_of(db, proposal.revisions)
    written: list[Written] = []
    for revision in proposal.revisions:
        changes = shown_steps(steps[revision.id], text, _before(revision))
        previous = written[-1] if written else None
        since = differences(previous.changes, changes) if previous is not None else []
        earlier = previous.revision if previous is not None else None
        written.append(Written(revision, steps[revision.id], changes, since, earlier))
    return written


def alternatives_to(
    db: Session,
    definition: Definition,
    clauses: Sequence[int],
    text: Sequence[Placed],
    *,
    besides: int | None = None,
) -> list[Alternative]:
    """The other proposals under way on these clauses, with their changes there."""
    others = alternatives(db, definition, clauses, besides=besides)
    if not others:
        return []
    categories = categories_of(db, definition, [other.id for other in others])
    steps = steps_of(db, [other.revisions[-1] for other in others])
    found: list[Alternative] = []
    for other in others:
        last = other.revisions[-1]
        here = [step for step in steps[last.id] if step.clause in clauses]
        shown = shown_steps(here, text, _before(last))
        found.append(Alternative(other, categories.get(other.id, ""), shown))
    return found


def changes_of(db: Session, revision: Revision, base: Sequence[Placed]) -> list[Shown]:
    """What one revision puts forward. base: the text that it was written against."""
    return shown_steps(steps_of(db, [revision])[revision.id], base, _before(revision))


def standing_of(
    db: Session,
    definition: Definition,
    revision: Revision,
    text: Sequence[Placed],
    *,
    steps: Sequence[Step] | None = None,
) -> Standing:
    """How a revision under way stands against the working text, which is ``text``."""
    result = carried_over(db, definition, revision, definition.working.text_id, text, steps=steps)
    if isinstance(result, Rebased):
        return Standing(result.merged, ())
    return Standing(False, result)


def _before(revision: Revision) -> dict[int, str]:
    """By clause, the words that a revision was written against."""
    return {
        change.clause.number: change.from_wording.markdown
        for change in revision.changes
        if change.clause is not None and change.from_wording is not None
    }
