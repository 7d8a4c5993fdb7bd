"""Ballots as JSON."""

from datetime import datetime
from typing import Any

from app.ballots.cards import about_card
from app.ballots.counting import Tally
from app.ballots.models import Ballot, Closing, Vote
from app.ballots.queries_page import BallotPage
from app.ballots.receipts import Inclusion
from app.ballots.rules import state_of
from app.ballots.sentences import card_sentences, if_closed_now, what_would_turn_it
from app.kit.api import time


def ballot_json(ballot: Ballot, now: datetime) -> dict[str, Any]:
    """A ballot as lists show it. ``words`` is the hash of what is voted on."""
    return {
        "number": ballot.number,
        "definition": ballot.definition.slug,
        "path": ballot.path,
        "question": ballot.question,
        "state": state_of(ballot, ballot.closing, now),
        "proposal": ballot.proposal.number if ballot.proposal else None,
        "revision": ballot.revision.number if ballot.revision else None,
        "version": ballot.version.label if ballot.version else None,
        "words": ballot.words_hash,
        "card": about_card(ballot.card),
        "names_shown": ballot.names_shown,
        "counts_shown": ballot.counts_shown,
        "opens_at": time(ballot.opens_at),
        "closes_at": time(ballot.closes_at),
        "closing": closing_json(ballot.closing) if ballot.closing else None,
    }


def page_json(it: BallotPage, now: datetime) -> dict[str, Any]:
    """One ballot, with the counts that its viewer may see."""
    outcome = it.outcome
    return ballot_json(it.ballot, now) | {
        "card_sentences": card_sentences(it.ballot.card, it.roll_size),
        "roll": it.roll_size,
        "roll_is_frozen": it.roll_is_frozen,
        "cast": it.cast,
        "tally": tally_json(outcome.tally) if outcome else None,
        "categories": [
            {"category": one.category, "roll": one.roll_size, **tally_json(one.tally)}
            for one in it.counts
        ],
        "if_closed_now": f"{if_closed_now(outcome)} {what_would_turn_it(outcome)}"
        if outcome and it.state == "open"
        else None,
        "my_choice": it.my_vote.choice if it.my_vote else None,
        "may_vote": it.vote_refusal is None,
        "why_not": it.vote_refusal.code if it.vote_refusal else None,
        "extensions": [
            {
                "from": time(one.from_time),
                "to": time(one.to_time),
                "reason": one.reason,
                "at": time(one.at),
            }
            for one in it.ballot.extensions
        ],
    }


def closing_json(closing: Closing) -> dict[str, Any]:
    """How a ballot ended."""
    return {
        "outcome": closing.outcome,
        "sentence": closing.sentence,
        **tally_json(closing.tally),
        "roll": closing.roll_size,
        "votes_root": closing.votes_root,
        "by": closing.by_id,
        "at": time(closing.at),
    }


def tally_json(tally: Tally) -> dict[str, int]:
    return {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain}


def vote_json(vote: Vote) -> dict[str, Any]:
    """A vote, without whose it is."""
    return {
        "choice": vote.choice,
        "reason": vote.reason,
        "words": vote.words_hash,
        "at": time(vote.at),
    }


def checked_json(verdict: str | None, proof: Inclusion | None) -> dict[str, Any]:
    """What a receipt is worth, and the proof of its vote (RFC 9162, 2.1.3.2)."""
    return {
        "verdict": verdict,
        "index": proof.index if proof else None,
        "size": proof.size if proof else None,
        "path": [node.hex() for node in proof.proof] if proof else [],
        "root": proof.root.hex() if proof else None,
    }
