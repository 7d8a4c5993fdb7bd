"""Whether proposals say what they said, and ended as the record tells.

1. A revision has the hash of its title, its changes and the text that it was written against; its
   words are those of its entry.
2. Adoptions, rejections and withdrawals are those that the record tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.definitions.models import Change, Definition, Text
from app.definitions.queries import tree_of
from app.kit.markup import render_markdown
from app.proposals.models import Proposal, ProposedChange, Revision
from app.proposals.queries import steps_of
from app.proposals.steps import canonical_step, revision_hash
from app.record.findings import Finding, compared
from app.record.queries import Happening, told

WRITTEN = ("proposal.put_forward", "proposal.revised")
ENDS = {
    "proposal.adopted": "adoption",
    "proposal.rejected": "rejection",
    "proposal.withdrawn": "withdrawal",
}


def check(db: Session) -> Iterator[Finding]:
    """What is wrong with any proposal."""
    for definition in db.scalars(select(Definition).order_by(Definition.id)).all():
        proposals = _proposals(db, definition)
        yield from _check_revisions(db, definition, proposals)
        yield from _check_ends(db, definition, proposals)
        yield from _check_adopted(db, definition, proposals)


def _proposals(db: Session, definition: Definition) -> Sequence[Proposal]:
    changes = selectinload(Proposal.revisions).selectinload(Revision.changes)
    return db.scalars(
        select(Proposal)
        .where(Proposal.definition_id == definition.id)
        .options(
            changes.joinedload(ProposedChange.clause),
            changes.joinedload(ProposedChange.after),
            changes.joinedload(ProposedChange.to_wording),
            joinedload(Proposal.adoption),
            joinedload(Proposal.rejection),
            joinedload(Proposal.withdrawal),
        )
        .order_by(Proposal.number)
    ).all()


def _check_revisions(
    db: Session, definition: Definition, proposals: Sequence[Proposal]
) -> Iterator[Finding]:
    entries = {
        (one.entry.about["proposal"], one.entry.about["revision"]): one
        for one in told(db, definition.log_id, *WRITTEN)
    }
    bases = dict(
        db.execute(select(Text.id, Text.hash).where(Text.definition_id == definition.id)).all()
    )
    steps = steps_of(db, [revision for one in proposals for revision in one.revisions])
    for proposal in proposals:
        for revision in proposal.revisions:
            where = f"revisions {definition.slug} {proposal.number} {revision.number}"
            own = steps[revision.id]
            if revision_hash(bases[revision.base_text_id], revision.title, own) != revision.hash:
                yield Finding(where, "its words do not have its hash")
            if render_markdown(revision.rationale) != revision.rationale_html:
                yield Finding(where, "its HTML is not what its rationale renders to")
            yield from _check_wordings(db, where, revision)
            entry = entries.pop((proposal.number, revision.number), None)
            if entry is None:
                yield Finding(where, "no entry of the record tells of this revision")
                continue
            changes = [canonical_step(step) for step in own]
            yield from _compare_revision(where, proposal, revision, changes, entry)
    for proposal_number, number in entries:
        where = f"revisions {definition.slug} {proposal_number} {number}"
        yield Finding(where, "the revision is missing")


def _check_wordings(db: Session, where: str, revision: Revision) -> Iterator[Finding]:
    """The words that a change is of stood in the text that it was written against."""
    standing = {node.clause: node.wording for node in tree_of(db, revision.base_text_id)}
    for change in revision.changes:
        own = standing.get(change.clause.number) if change.clause else None
        if change.from_hash != own:
            yield Finding(where, f"its change {change.position} is not of the words that stood")


def _compare_revision(
    where: str,
    proposal: Proposal,
    revision: Revision,
    changes: list[dict[str, Any]],
    one: Happening,
) -> Iterator[Finding]:
    about = one.entry.about
    pairs: dict[str, tuple[Any, Any]] = {
        "hash": (revision.hash, about["hash"]),
        "changes": (changes, about["changes"]),
        "order": ([c.position for c in revision.changes], [n + 1 for n in range(len(changes))]),
        "time": (revision.at, one.entry.at),
        "author": (proposal.by_id, one.entry.person_id),
    }
    for field in ("title", "rationale"):
        if one.said(field) is not None:
            pairs[field] = (getattr(revision, field), one.said(field))
    yield from compared(where, pairs)


def _check_ends(
    db: Session, definition: Definition, proposals: Sequence[Proposal]
) -> Iterator[Finding]:
    entries: dict[tuple[str, int], Happening] = {}
    for one in told(db, definition.log_id, *ENDS):
        entries[ENDS[one.entry.verb], one.entry.about["proposal"]] = one
    for proposal in proposals:
        for name in ENDS.values():
            where = f"{name}s {definition.slug} {proposal.number}"
            end, entry = getattr(proposal, name), entries.get((name, proposal.number))
            if (end is None) != (entry is None):
                yield Finding(where, "the row and the record do not both tell of it")
            elif end is not None and entry is not None:
                yield from compared(where, _end(proposal, end, entry))


def _check_adopted(
    db: Session, definition: Definition, proposals: Sequence[Proposal]
) -> Iterator[Finding]:
    """The changes that a proposal brought are its author's, and lead to the text it says."""
    for proposal in proposals:
        adoption = proposal.adoption
        if adoption is None:
            continue
        title = next((r.title for r in proposal.revisions if r.id == adoption.revision_id), None)
        where = f"changes {definition.slug} {adoption.step}"
        for change in db.scalars(
            select(Change).where(
                Change.definition_id == definition.id, Change.proposal_number == proposal.number
            )
        ):
            yield from compared(
                where,
                {
                    "author": (change.by_id, proposal.by_id),
                    "reason": (change.reason, title),
                    "step": (change.step, adoption.step),
                    "text": (change.to_text_id, adoption.text_id),
                },
            )


def _end(proposal: Proposal, end: Any, one: Happening) -> Mapping[str, tuple[Any, Any]]:
    """What a row says of the end of a proposal, and what its entry does."""
    about = one.entry.about
    pairs: dict[str, tuple[Any, Any]] = {"time": (end.at, one.entry.at)}
    if hasattr(end, "merged"):
        revision = next((r.number for r in proposal.revisions if r.id == end.revision_id), None)
        pairs |= {
            "revision": (revision, about["revision"]),
            "step": (end.step, about["step"]),
            "merging": (end.merged, about["merged"]),
        }
    elif "reason" not in one.entry.words or one.said("reason") is not None:
        pairs |= {"reason": (end.reason, one.said("reason") or "")}
    return pairs
