"""What a ballot is about: locked, put at stake, and what a closing makes of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.ballots import queries, queries_verb, rules
from app.ballots.models import Ballot, Closing, Ratification
from app.definitions.actions import advance_stage, let_version_go, put_version_at_stake
from app.definitions.models import Version, WorkingText
from app.kit.db import lock
from app.kit.i18n import _
from app.kit.refusals import Refusal
from app.proposals import rules as proposal_rules
from app.proposals.actions import adopt_proposal, put_at_stake, reject_proposal
from app.proposals.models import Proposal
from app.proposals.queries import look_again
from app.record.actions import record


@dataclass(frozen=True, slots=True)
class Subject:
    """A proposal's current revision, or a version: what a new ballot keeps of it."""

    columns: dict[str, Any]
    words_hash: str
    question: str
    about: dict[str, Any]
    hindrance: Refusal | None


def lock_subject(
    db: Session, *, proposal: Proposal | None = None, version: Version | None = None
) -> Subject:
    """Locks what a new ballot is to be about, and says how it stands. Exactly one is given."""
    if (proposal is None) == (version is None):
        raise ValueError("a ballot is about a proposal or a version")
    if proposal is not None:
        lock(db, proposal)
        look_again(db, proposal)
        revision = proposal.revisions[-1]
        return Subject(
            columns={"proposal_id": proposal.id, "revision_id": revision.id},
            words_hash=revision.hash,
            question=revision.title,
            about={"proposal": proposal.number, "revision": revision.number},
            hindrance=proposal_rules.may_be_put_to_ballot(proposal, ()),  # ``begin`` looks for more
        )
    assert version is not None
    lock(db, version)
    version = queries_verb.version_now(db, version.id)
    running = queries.running_on(db, version_id=version.id)
    return Subject(
        columns={"version_id": version.id},
        words_hash=version.text.hash,
        question=_("Shall version %(label)s be ratified?") % {"label": version.label},
        about={"version": version.label},
        hindrance=rules.may_be_ratified(
            version.stages[-1].stage, running.number if running else None
        ),
    )


def begin(db: Session, ballot: Ballot) -> None:
    """From now on the subject stands still: no revision, no withdrawal."""
    if ballot.proposal_id is not None:
        proposal = db.get_one(Proposal, ballot.proposal_id)
        put_at_stake(db, proposal, ballot_number=ballot.number, at=ballot.at)
    if ballot.version_id is not None:
        version = db.get_one(Version, ballot.version_id)
        put_version_at_stake(db, version, ballot_number=ballot.number, at=ballot.at)


def lock_for_closing(db: Session, ballot: Ballot) -> None:
    """Locks all that a closing may change, before anything is written to the log."""
    if ballot.proposal_id is not None:
        lock(db, db.get_one(Proposal, ballot.proposal_id))
        lock(db, db.get_one(WorkingText, ballot.definition_id))
    if ballot.version_id is not None:
        lock(db, db.get_one(Version, ballot.version_id))


def follow(db: Session, ballot: Ballot, closing: Closing) -> None:
    """Adopts or rejects the proposal, or ratifies the version, as the closing says."""
    carried = closing.outcome == "carried"
    if ballot.proposal_id is not None:
        proposal = db.get_one(Proposal, ballot.proposal_id)
        if carried:
            adopt_proposal(db, proposal, at=closing.at, reason=closing.sentence)
        else:
            reject_proposal(db, proposal, at=closing.at, reason=closing.sentence)
    elif ballot.version_id is not None:
        version = queries_verb.version_now(db, ballot.version_id)
        let_version_go(db, version)
        if carried:
            ratify_version(db, version, ballot, closing)


def ratify_version(db: Session, version: Version, ballot: Ballot, closing: Closing) -> None:
    """Makes a version final on the ground of a closing; what was ratified before is superseded."""
    db.add(
        Ratification(
            version_id=version.id,
            ballot_id=ballot.id,
            text_hash=version.text.hash,
            at=closing.at,
        )
    )
    db.flush()
    former_ones = queries_verb.ratified_versions(db, version.definition_id)
    for former in former_ones:
        reason = _("Version %(label)s was ratified.") % {"label": version.label}
        advance_stage(db, former, stage="superseded", by=None, reason=reason, at=closing.at)
    reason = _("Ballot %(number)s carried it.") % {"number": ballot.number}
    advance_stage(db, version, stage="ratified", by=None, reason=reason, at=closing.at)
    record(
        db,
        ballot.definition.log_id,
        "version.ratified",
        by=None,
        at=closing.at,
        about={
            "version": version.label,
            "ballot": ballot.number,
            "text": version.text.hash,
            "superseded": [former.label for former in former_ones],
        },
    )
