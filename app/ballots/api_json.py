"""Ballots as JSON."""

from datetime import datetime
from typing import Any

from app.ballots.cards import about_card
from app.ballots.counting import Tally
from app.ballots.models import Ballot, Closing, Vote
from app.ballots.queries_page import BallotPage
from app.ballots.receipts import Inclusion, Signer
from app.ballots.rules import state_of
from app.ballots.sentences import card_sentences, if_closed_now, what_would_turn_it
from app.kit.api import time
from app.people.api import person_json


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
        "recused": it.recused.count,
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
        "recusals": [
            {
                "person": person_json(one.person),
                "since": time(one.since),
                "reason": one.reason if it.membership or one is it.my_recusal else None,
            }
            for one in it.recusals
        ],
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
        "recused": closing.recused,
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


def my_vote_json(ballot: Ballot, vote: Vote, signer: Signer) -> dict[str, Any]:
    """One's own vote, with its receipt and the nonce by which it is named when it is replaced."""
    receipt = signer.receipt(ballot.leaf_of(vote)).text()
    return vote_json(vote) | {"nonce": vote.nonce, "receipt": receipt}


def checked_json(verdict: str | None, proof: Inclusion | None) -> dict[str, Any]:
    """What a receipt is worth, and the proof of its vote (RFC 9162, 2.1.3.2)."""
    return {
        "verdict": verdict,
        "index": proof.index if proof else None,
        "size": proof.size if proof else None,
        "path": [node.hex() for node in proof.proof] if proof else [],
        "root": proof.root.hex() if proof else None,
    }


# Examples, for the documentation of the API.
BALLOT = {
    "number": 25,
    "definition": "open-source-ai",
    "path": "/d/open-source-ai/b/25",
    "question": "Shall it say for whom?",
    "state": "open",
    "proposal": 41,
    "revision": 2,
    "version": None,
    "words": "c4322c…",
    "card": {
        "preset": "two_thirds",
        "threshold": "2/3",
        "strict": False,
        "base": "yes_no",
        "quorum": "1/2",
        "noes_max": None,
    },
    "names_shown": "closed",
    "counts_shown": "open",
    "opens_at": "2026-11-17T17:00:00.000Z",
    "closes_at": "2026-12-01T17:00:00.000Z",
    "closing": None,
}
MINE_EXAMPLE = {"items": [BALLOT], "next": "WyIyMDI2LTEyLTAxVDE3OjAwOjAwKzAwOjAwIiwgMjVd"}
BALLOTS_EXAMPLE = {"items": [{**BALLOT, "my_choice": "yes"}], "next": "WzI1XQ"}
BALLOT_EXAMPLE = {
    **BALLOT,
    "card_sentences": [
        "Carried if at least two thirds of the yes and no votes are yes.",
        "At least 29 of the 57 on the roll must vote.",
    ],
    "roll": 57,
    "roll_is_frozen": True,
    "recused": 1,
    "cast": 4,
    "tally": {"yes": 3, "no": 1, "abstain": 0},
    "categories": [{"category": "creators", "roll": 9, "yes": 3, "no": 1, "abstain": 0}],
    "if_closed_now": "If it closed now it would be lost: 4 of 57 voted, 29 were needed.",
    "my_choice": "yes",
    "may_vote": True,
    "why_not": None,
    "recusals": [
        {
            "person": {"id": "p_0f3a5c7e9b1d2f40", "name": "Sam Okoro"},
            "since": "2026-11-18T09:00:00.000Z",
            "reason": "My employer sells what this would allow.",
        }
    ],
    "extensions": [
        {
            "from": "2026-11-24T17:00:00.000Z",
            "to": "2026-12-01T17:00:00.000Z",
            "reason": "A holiday.",
            "at": "2026-11-20T09:00:00.000Z",
        }
    ],
}
CLOSED_EXAMPLE = {
    **BALLOT_EXAMPLE,
    "state": "carried",
    "cast": 54,
    "tally": {"yes": 43, "no": 8, "abstain": 3},
    "categories": [{"category": "creators", "roll": 9, "yes": 8, "no": 1, "abstain": 0}],
    "if_closed_now": None,
    "may_vote": False,
    "why_not": "ballot_closed",
    "closing": {
        "outcome": "carried",
        "sentence": "Carried: 43 of 51 yes and no votes are yes (84.31%), at least two thirds (34) "
        "were needed; 54 of 57 voted, 29 were needed; 1 of the 58 recused themselves.",
        "yes": 43,
        "no": 8,
        "abstain": 3,
        "roll": 57,
        "recused": 1,
        "votes_root": "1383aa…",
        "by": None,
        "at": "2026-12-01T17:00:00.000Z",
    },
}
RECUSED_EXAMPLE = {
    **BALLOT_EXAMPLE,
    "my_choice": None,
    "may_vote": False,
    "why_not": "recused",
}
VOTE = {
    "choice": "yes",
    "reason": "Clearer.",
    "words": "c4322c…",
    "at": "2026-11-23T19:50:43.010Z",
}
VOTE_EXAMPLE = {
    **VOTE,
    "nonce": "1698870fded38744ebb5d087a17061c9",
    "receipt": "clausewise vote receipt 1\n{…}\nkey 6395412cd4c0c91e\nsignature y1cq…\n",
}
COUNTED_EXAMPLE = {
    "verdict": "counted",
    "index": 2,
    "size": 54,
    "path": ["ab7fd9…", "889828…"],
    "root": "1383aa…",
}
MY_VOTE_EXAMPLE = {**VOTE_EXAMPLE, "inclusion": {**COUNTED_EXAMPLE, "verdict": None}}
VOTES_EXAMPLE = {
    "items": [
        {
            **VOTE,
            "person": {"id": "p_691a2446e073d8ef", "name": "Dara Singh"},
            "category": "creators",
            "affiliation": "",
            "interests": ["employer"],
        }
    ],
    "next": None,
}
