"""Writing a revision: locks, its steps checked against the working text, its words kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.definitions.actions import keep_wordings
from app.definitions.models import Definition, WorkingText
from app.definitions.placed import Placed
from app.definitions.queries import next_clause_number
from app.definitions.tree import wording_hash
from app.kit.db import lock
from app.kit.markup import render_markdown
from app.kit.refusals import Refused, Stale
from app.proposals import queries, rules
from app.proposals.models import Proposal, ProposedChange, Revision
from app.proposals.queries_rebase import changed_since, nodes_of
from app.proposals.rebase import Rebased, rebase
from app.proposals.steps import Step, canonical_step, revision_hash, settled, with_all_under


def look_at(db: Session, proposal: Proposal) -> None:
    """Locks a proposal and reads again all that the rules ask about."""
    lock(db, proposal)
    queries.look_again(db, proposal)


def locked_text(db: Session, definition: Definition) -> WorkingText:
    """The working text, which nobody else can change until this transaction ends."""
    working = db.get_one(WorkingText, definition.id)
    lock(db, working)
    db.refresh(working, ["text"])
    return working


def checked_steps(
    db: Session,
    definition: Definition,
    working: WorkingText,
    text: Sequence[Placed],
    steps: Sequence[Step],
    base: str | None,
) -> list[Step]:
    """The steps as they are kept, with all that they strike; or a refusal.

    base: the hash of the text that they were written before; Stale if it matters that another one
    stands now.
    """
    if base is not None and base != working.text.hash:
        _refuse_stale(db, definition, base, text, steps)
    nodes = nodes_of(text)
    words = {placed.number: placed.markdown for placed in text}
    rules.enforce(rules.may_stand(steps, nodes, words))
    whole = with_all_under(settled(steps, nodes), nodes)
    by_hash = {placed.wording: placed.markdown for placed in text}
    number = next_clause_number(db, definition.id)
    result = rebase(whole, nodes, nodes, by_hash, next_clause=number)
    if not isinstance(result, Rebased):
        raise Refused(rules.refusal_of(result[0]), 422)
    rules.enforce(rules.must_change_something(result.text, nodes))
    return whole


def new_revision(
    working: WorkingText,
    steps: Sequence[Step],
    *,
    number: int,
    title: str,
    rationale: str,
    at: datetime,
) -> Revision:
    """A revision against the working text, not yet written down."""
    title, rationale = " ".join(title.split()), rationale.strip()
    rules.enforce(rules.must_be_titled(title, rationale))
    return Revision(
        number=number,
        title=title,
        rationale=rationale,
        rationale_html=render_markdown(rationale),
        base_text_id=working.text_id,
        hash=revision_hash(working.text.hash, title, steps),
        at=at,
    )


def keep_revision(
    db: Session,
    proposal: Proposal,
    revision: Revision,
    text: Sequence[Placed],
    steps: Sequence[Step],
) -> None:
    """Writes a revision down, with its changes and the wordings that they need."""
    written = [step.markdown for step in steps if step.verb in ("reword", "add")]
    keep_wordings(db, {wording_hash(markdown): markdown for markdown in written})
    standing = {placed.number: placed for placed in text}
    revision.changes = [_change(i, step, standing) for i, step in enumerate(steps, 1)]
    proposal.revisions.append(revision)


def about_revision(proposal: Proposal, revision: Revision, steps: Sequence[Step]) -> dict[str, Any]:
    """What the record says of a revision: all that its hash rests on."""
    return {
        "proposal": proposal.number,
        "revision": revision.number,
        "hash": revision.hash,
        "changes": [canonical_step(step) for step in steps],
    }


def _change(position: int, step: Step, standing: dict[int, Placed]) -> ProposedChange:
    clause = standing[step.clause] if step.clause is not None else None
    words = step.verb in ("reword", "add")
    place = step.place
    anchor = standing[place.anchor] if place is not None and place.anchor is not None else None
    depth: int | None = None
    if place is not None:
        depth = anchor.depth + (place.under is not None) if anchor is not None else 0
    return ProposedChange(
        position=position,
        verb=step.verb,
        clause_id=clause.clause_id if clause is not None else None,
        from_hash=clause.wording if clause is not None else None,
        to_hash=wording_hash(step.markdown) if words else None,
        kind=str(step.kind) if step.verb == "add" else None,
        after_id=anchor.clause_id if anchor is not None else None,
        depth=depth,
    )


def _refuse_stale(
    db: Session,
    definition: Definition,
    base: str,
    text: Sequence[Placed],
    steps: Sequence[Step],
) -> None:
    """Raises Stale with base, current and yours of the first clause that has changed."""
    found = changed_since(db, definition, base, text, steps)
    if found is None:
        return
    clause, before = found
    now = next((placed.markdown for placed in text if placed.number == clause), "")
    yours = next((step.markdown for step in steps if step.clause == clause), "")
    raise Stale(base=before, current=now, yours=yours, clause=clause)
