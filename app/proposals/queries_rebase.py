"""How proposals stand against the working text of today, and which steps a text can take."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.definitions.models import Change, Definition, Text, WorkingText
from app.definitions.placed import Placed
from app.definitions.queries import next_clause_number, text_of, tree_of, wordings_of
from app.definitions.tree import Node, parent_clauses
from app.kit.refusals import NotFound
from app.proposals.models import Held, Proposal, Revision
from app.proposals.queries import WHOLE, steps_of
from app.proposals.queries_list import IS_IN_STATE, LAST_REVISION
from app.proposals.rebase import Clash, Rebased, rebase
from app.proposals.steps import Step


def carried_over(
    db: Session,
    definition: Definition,
    revision: Revision,
    text_id: int,
    text: Sequence[Placed],
    *,
    steps: Sequence[Step] | None = None,
) -> Rebased | tuple[Clash, ...]:
    """A revision carried over to a text: what it would change there, or which clauses clash.

    The revision comes with its changes. At most four queries.
    """
    steps = steps_of(db, [revision])[revision.id] if steps is None else steps
    current = nodes_of(text)
    base = current if revision.base_text_id == text_id else tree_of(db, revision.base_text_id)
    return rebase(
        steps,
        base,
        current,
        words_of(db, text, base, steps),
        next_clause=next_clause_number(db, definition.id),
    )


def words_of(
    db: Session, text: Sequence[Placed], base: Sequence[Node], steps: Sequence[Step]
) -> dict[str, str]:
    """Markdown by hash: of the whole text, and of the clauses of its base that steps name."""
    words = {placed.wording: placed.markdown for placed in text}
    named = {step.clause for step in steps}
    missing = {node.wording for node in base if node.clause in named} - words.keys()
    return {**words, **wordings_of(db, missing)}


def words_in(db: Session, definition: Definition, text_hash: str) -> dict[int, str]:
    """By clause, the Markdown of the text with this hash; empty where there is no such text."""
    found = db.scalar(
        select(Text.id).where(Text.definition_id == definition.id, Text.hash == text_hash)
    )
    if found is None:
        return {}
    return {placed.number: placed.markdown for placed in text_of(db, found)}


def changed_since(
    db: Session,
    definition: Definition,
    base: str,
    text: Sequence[Placed],
    steps: Sequence[Step],
) -> tuple[int, str] | None:
    """The first clause that steps name and that is not what it was in the text with this hash;
    with its Markdown then. ``None`` where nothing that matters has changed."""
    base_id = db.scalar(
        select(Text.id).where(Text.definition_id == definition.id, Text.hash == base)
    )
    if base_id is None:
        raise NotFound
    before, now = tree_of(db, base_id), nodes_of(text)
    above_before, above_now = parent_clauses(before), parent_clauses(now)
    was, stands = {n.clause: n for n in before}, {n.clause: n for n in now}
    for step in steps:
        anchor = step.place.anchor if step.place is not None else None
        for clause in (step.clause, anchor):
            if clause is None or clause not in was:
                continue
            same = clause in stands and above_before[clause] == above_now[clause]
            if clause == step.clause and step.verb != "move":
                same = same and was[clause].wording == stands[clause].wording
            if not same:
                return clause, wordings_of(db, {was[clause].wording})[was[clause].wording]
    return None


def texts_not_held(db: Session) -> Sequence[WorkingText]:
    """The working texts that have changed since the proposals under way were held against them."""
    return db.scalars(
        select(WorkingText)
        .outerjoin(Held, Held.definition_id == WorkingText.definition_id)
        .where(
            or_(
                Held.text_id.is_(None),
                Held.text_id != WorkingText.text_id,
                Held.since != WorkingText.since,
            )
        )
        .order_by(WorkingText.definition_id)
    ).all()


def overtaken(db: Session, working: WorkingText) -> list[int]:
    """The ids of proposals that can't be put into a working text, and are not marked."""
    definition = db.get_one(Definition, working.definition_id)
    text = text_of(db, working.text_id)
    written_before = select(Revision.proposal_id).where(
        LAST_REVISION, Revision.base_text_id != working.text_id
    )
    found = db.scalars(
        select(Proposal)
        .where(
            Proposal.definition_id == working.definition_id,
            IS_IN_STATE["open"],
            Proposal.id.in_(written_before),
        )
        .options(*WHOLE)
        .order_by(Proposal.number)
    ).all()
    results = {
        one.id: carried_over(db, definition, one.revisions[-1], working.text_id, text)
        for one in found
    }
    return [id for id, result in results.items() if not isinstance(result, Rebased)]


def working_text_id(db: Session, definition: Definition) -> int:
    """Which text is the newest now, whatever was loaded before."""
    return db.scalars(
        select(WorkingText.text_id).where(WorkingText.definition_id == definition.id)
    ).one()


def last_step(db: Session, definition: Definition) -> int:
    """The number of the newest step of the text; 0 where there was none."""
    return (
        db.scalar(select(func.max(Change.step)).where(Change.definition_id == definition.id)) or 0
    )


def nodes_of(text: Sequence[Placed]) -> tuple[Node, ...]:
    """The tree of a text that was loaded with its words."""
    return tuple(placed.node for placed in text)
