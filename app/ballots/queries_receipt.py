"""Checking a receipt against what is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.ballots.models import Ballot, Closing, Vote
from app.ballots.models_recusal import Recusal
from app.ballots.queries_verb import votes_in_order
from app.ballots.receipts import Inclusion, Receipt, Signer, inclusion
from app.record.canonical import leaf_hash

Verdict = Literal[
    "not_signed",
    "other_ballot",
    "replaced",
    "recused",
    "missing",
    "stands",
    "counted",
    "not_under_root",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a receipt is worth; ``proof`` is there once the vote was sealed."""

    verdict: Verdict
    proof: Inclusion | None = None

    @property
    def counts(self) -> bool:
        """Whether the vote stands, or was counted."""
        return self.verdict in ("stands", "counted")


def check_receipt(
    db: Session,
    ballot: Ballot,
    closing: Closing | None,
    receipt: Receipt | None,
    signer: Signer,
) -> Checked:
    """Whether the receipt was signed here, and its vote stands or was counted."""
    if receipt is None or not signer.has_signed(receipt):
        return Checked("not_signed")
    facts = receipt.facts()
    if facts.get("ballot") != ballot.path:
        return Checked("other_ballot")
    if _went_with_recusal(db, ballot, str(facts.get("nonce"))):
        return Checked("recused")
    vote = db.get(Vote, (ballot.id, str(facts.get("person"))))
    if vote is None:
        return Checked("replaced" if _was_replaced(db, ballot, facts) else "missing")
    leaf = ballot.leaf_of(vote)
    if leaf.hash() != leaf_hash(facts):
        was_at = datetime.fromisoformat(facts["at"])
        return Checked("replaced" if vote.at > was_at else "missing")
    if closing is None:
        return Checked("stands")
    proof = inclusion_of(db, ballot, vote.person_id)
    if proof is None or proof.root.hex() != closing.votes_root:
        return Checked("not_under_root", proof)
    return Checked("counted", proof)


def inclusion_of(db: Session, ballot: Ballot, person_id: str) -> Inclusion | None:
    """The proof that a person's vote is under the root of all votes as they stand."""
    leaves = [ballot.leaf_of(vote) for vote in votes_in_order(db, ballot, again=False)]
    return inclusion(leaves, person_id)


def _went_with_recusal(db: Session, ballot: Ballot, nonce: str) -> bool:
    named = exists().where(Recusal.ballot_id == ballot.id, Recusal.vote_nonce == nonce)
    return bool(db.scalar(select(named)))


def _was_replaced(db: Session, ballot: Ballot, facts: dict[str, Any]) -> bool:
    """Whether another vote of theirs came after this one, and then went with a recusal."""
    later = exists().where(
        Recusal.ballot_id == ballot.id,
        Recusal.person_id == str(facts["person"]),
        Recusal.vote_nonce.is_not(None),
        Recusal.since >= datetime.fromisoformat(facts["at"]),
    )
    return bool(db.scalar(select(later)))
