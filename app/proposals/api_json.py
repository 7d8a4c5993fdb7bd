"""Proposals as the API tells of them."""

from typing import Any

from app.kit.api import time
from app.people.api import person_json
from app.proposals.models import Proposal
from app.proposals.queries_list import Row
from app.proposals.queries_page import ProposalPage, Written
from app.proposals.rebase import Clash
from app.proposals.rules import State
from app.proposals.shown import Shown
from app.proposals.steps import canonical_step


def row_json(slug: str, row: Row) -> dict[str, Any]:
    """A proposal in a list."""
    return {
        **_head(slug, row.proposal, row.state, row.category),
        "title": row.revision.title,
        "revision": row.revision.number,
        "hash": row.revision.hash,
        "clauses": list(row.clauses),
        "seconds": row.seconds,
    }


def proposal_json(slug: str, it: ProposalPage) -> dict[str, Any]:
    """A proposal with all its revisions and how it stands today."""
    proposal = it.proposal
    return {
        **_head(slug, proposal, it.state, it.category),
        "title": it.last.revision.title,
        "revision": it.last.revision.number,
        "hash": it.last.revision.hash,
        "seconds": [
            {"by": person_json(second.person), "at": time(second.at)} for second in proposal.seconds
        ],
        "revisions": [_revision(written) for written in it.revisions],
        "alternatives": [other.number for other in it.alternatives],
        "standing": None
        if it.standing is None
        else {
            "merged": it.standing.merged,
            "clashes": [_clash(clash) for clash in it.standing.clashes],
        },
        "ending": _ending(proposal),
    }


def _head(slug: str, proposal: Proposal, state: State, category: str) -> dict[str, Any]:
    stake = proposal.stake
    return {
        "number": proposal.number,
        "state": str(state),
        "ballot": stake.ballot_number if stake is not None else None,
        "by": person_json(proposal.by),
        "category": category or None,
        "at": time(proposal.at),
        "url": f"/d/{slug}/p/{proposal.number}",
    }


def _revision(written: Written) -> dict[str, Any]:
    revision = written.revision
    return {
        "number": revision.number,
        "title": revision.title,
        "rationale": revision.rationale,
        "rationale_html": revision.rationale_html,
        "hash": revision.hash,
        "at": time(revision.at),
        "changes": [_change(one) for one in written.changes],
    }


def _change(one: Shown) -> dict[str, Any]:
    """A change as it was sent, with the words on both sides."""
    words = {"before": one.before} if one.step.clause is not None else {}
    if one.step.verb in ("reword", "add"):
        words["markdown"] = one.step.markdown
    return canonical_step(one.step) | words


def _clash(clash: Clash) -> dict[str, Any]:
    spans = [{"base": s.base, "yours": s.ours, "now": s.theirs} for s in clash.spans]
    return {"clause": clash.clause, "why": clash.why, "spans": spans}


def _ending(proposal: Proposal) -> dict[str, Any] | None:
    if proposal.adoption is not None:
        adoption = proposal.adoption
        return {"at": time(adoption.at), "step": adoption.step, "merged": adoption.merged}
    if proposal.rejection is not None:
        return {"at": time(proposal.rejection.at), "reason": proposal.rejection.reason}
    if proposal.withdrawal is not None:
        return {"at": time(proposal.withdrawal.at), "reason": proposal.withdrawal.reason}
    return None


# Examples, for the documentation of the API.
_HEAD = {
    "number": 41,
    "state": "open",
    "ballot": None,
    "by": {"id": "p_5b1f0d7c2f9e8a44", "name": "Chloé Marchand"},
    "category": "deployers",
    "at": "2026-11-16T09:30:00.000Z",
    "url": "/d/open-source-ai/p/41",
    "title": "Describe all of the data",
    "revision": 1,
    "hash": "85a89c…",
}
PROPOSALS_EXAMPLE = {
    "items": [{**_HEAD, "clauses": [12], "seconds": 3}],
    "next": "WzQxXQ",
}
PROPOSAL_EXAMPLE = {
    **_HEAD,
    "seconds": [
        {
            "by": {"id": "p_691a2446e073d8ef", "name": "Dara Singh"},
            "at": "2026-11-16T11:00:00.000Z",
        }
    ],
    "revisions": [
        {
            "number": 1,
            "title": "Describe all of the data",
            "rationale": "“Enough” leaves open for whom.",
            "rationale_html": "<p>“Enough” leaves open for whom.</p>\n",
            "hash": "85a89c…",
            "at": "2026-11-16T09:30:00.000Z",
            "changes": [
                {
                    "verb": "reword",
                    "clause": 12,
                    "wording": "11f436…",
                    "before": "Enough of it is described.",
                    "markdown": "All of it is described.",
                }
            ],
        }
    ],
    "alternatives": [38],
    "standing": {"merged": False, "clashes": []},
    "ending": None,
}
WITHDRAWN_EXAMPLE = {
    **PROPOSAL_EXAMPLE,
    "state": "withdrawn",
    "standing": None,
    "ending": {"at": "2026-11-17T08:00:00.000Z", "reason": "Done better in 12."},
}
