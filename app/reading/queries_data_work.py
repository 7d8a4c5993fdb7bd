"""What a person did: said, proposed, voted, wrote, ran. Parts of ``queries_data``."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, select

from app.ballots.models import Ballot, Closing, Extension, RollEntry, Vote
from app.ballots.models_recusal import Recusal
from app.definitions.models import Change, Clause, Definition, Version, VersionStage, Wording
from app.discussions.models import Comment, CommentText, Retraction
from app.people.models import Person
from app.proposals.models import Proposal, ProposedChange, Revision, Second, Withdrawal

# A statement of any columns.
Rows = Select[*tuple[Any, ...]]

DEFINITION = Definition.slug.label("definition")
COMMENT = Comment.number.label("comment")
PROPOSAL = Proposal.number.label("proposal")
BALLOT = Ballot.number.label("ballot")


def of_definition(thing: Any, *columns: Any) -> Rows:
    """Columns of things that belong to a definition, which is named first."""
    return (
        select(DEFINITION, *columns)
        .select_from(thing)
        .join(Definition, Definition.id == thing.definition_id)
        .order_by(thing.id)
    )


def _comments(one: Person) -> Rows:
    columns = (COMMENT, Comment.kind, Comment.quote, Comment.body, Comment.at, Comment.edited_at)
    return of_definition(Comment, *columns).where(Comment.by_id == one.id)


def _comment_texts(one: Person) -> Rows:
    columns = (COMMENT, CommentText.number, CommentText.body, CommentText.at)
    return (
        of_definition(Comment, *columns)
        .join(CommentText, CommentText.comment_id == Comment.id)
        .where(Comment.by_id == one.id)
        .order_by(CommentText.number)
    )


def _retractions(one: Person) -> Rows:
    return (
        of_definition(Comment, COMMENT, Retraction.reason, Retraction.at)
        .join(Retraction, Retraction.comment_id == Comment.id)
        .where(Comment.by_id == one.id)
    )


def _revisions(one: Person) -> Rows:
    columns = (
        PROPOSAL,
        Revision.number.label("revision"),
        Revision.title,
        Revision.rationale,
        Revision.hash,
        Revision.at,
    )
    return (
        of_definition(Proposal, *columns)
        .join(Revision, Revision.proposal_id == Proposal.id)
        .where(Proposal.by_id == one.id)
        .order_by(Revision.number)
    )


def _proposed_changes(one: Person) -> Rows:
    columns = (
        PROPOSAL,
        Revision.number.label("revision"),
        ProposedChange.position,
        ProposedChange.verb,
        Clause.number.label("clause"),
        Wording.markdown,
    )
    return (
        of_definition(Proposal, *columns)
        .join(Revision, Revision.proposal_id == Proposal.id)
        .join(ProposedChange, ProposedChange.revision_id == Revision.id)
        .outerjoin(Clause, Clause.id == ProposedChange.clause_id)
        .outerjoin(Wording, Wording.hash == ProposedChange.to_hash)
        .where(Proposal.by_id == one.id)
        .order_by(Revision.number, ProposedChange.position)
    )


def _withdrawals(one: Person) -> Rows:
    return (
        of_definition(Proposal, PROPOSAL, Withdrawal.reason, Withdrawal.at)
        .join(Withdrawal, Withdrawal.proposal_id == Proposal.id)
        .where(Proposal.by_id == one.id)
    )


def _seconds(one: Person) -> Rows:
    return (
        of_definition(Proposal, PROPOSAL, Second.at)
        .join(Second, Second.proposal_id == Proposal.id)
        .where(Second.person_id == one.id)
    )


def _rolls(one: Person) -> Rows:
    return (
        of_definition(Ballot, BALLOT, RollEntry.category, RollEntry.affiliation)
        .join(RollEntry, RollEntry.ballot_id == Ballot.id)
        .where(RollEntry.person_id == one.id)
    )


def _votes(one: Person) -> Rows:
    columns = (BALLOT, Vote.choice, Vote.reason, Vote.words_hash, Vote.nonce, Vote.at)
    return (
        of_definition(Ballot, *columns)
        .join(Vote, Vote.ballot_id == Ballot.id)
        .where(Vote.person_id == one.id)
    )


def _recusals(one: Person) -> Rows:
    columns = (BALLOT, Recusal.reason, Recusal.vote_nonce.label("nonce"), Recusal.since)
    return (
        of_definition(Ballot, *columns, Recusal.until)
        .join(Recusal, Recusal.ballot_id == Ballot.id)
        .where(Recusal.person_id == one.id)
    )


def _ballots(one: Person) -> Rows:
    columns = (BALLOT, Ballot.question, Ballot.opens_at, Ballot.closes_at, Ballot.at)
    return of_definition(Ballot, *columns).where(Ballot.by_id == one.id)


def _extensions(one: Person) -> Rows:
    columns = (BALLOT, Extension.from_time, Extension.to_time, Extension.reason, Extension.at)
    return (
        of_definition(Ballot, *columns)
        .join(Extension, Extension.ballot_id == Ballot.id)
        .where(Extension.by_id == one.id)
    )


def _closings(one: Person) -> Rows:
    return (
        of_definition(Ballot, BALLOT, Closing.outcome, Closing.at)
        .join(Closing, Closing.ballot_id == Ballot.id)
        .where(Closing.by_id == one.id)
    )


def _changes(one: Person) -> Rows:
    columns = (
        Change.step,
        Change.position,
        Change.kind,
        Clause.number.label("clause"),
        Wording.markdown,
        Change.source,
        Change.reason,
        Change.at,
    )
    return (
        of_definition(Change, *columns)
        .join(Clause, Clause.id == Change.clause_id)
        .outerjoin(Wording, Wording.hash == Change.to_wording_hash)
        .where(Change.by_id == one.id)
    )


def _versions(one: Person) -> Rows:
    columns = (Version.label.label("version"), Version.note, Version.at)
    return of_definition(Version, *columns).where(Version.by_id == one.id)


def _stages(one: Person) -> Rows:
    columns = (
        Version.label.label("version"),
        VersionStage.stage,
        VersionStage.reason,
        VersionStage.at,
    )
    return (
        of_definition(Version, *columns)
        .join(VersionStage, VersionStage.version_id == Version.id)
        .where(VersionStage.by_id == one.id)
        .order_by(VersionStage.id)
    )


WORK: Mapping[str, Callable[[Person], Rows]] = {
    "comments": _comments,
    "comment_texts": _comment_texts,
    "retractions": _retractions,
    "revisions": _revisions,
    "proposed_changes": _proposed_changes,
    "withdrawals": _withdrawals,
    "seconds": _seconds,
    "rolls": _rolls,
    "votes": _votes,
    "recusals": _recusals,
    "ballots": _ballots,
    "extensions": _extensions,
    "closings": _closings,
    "changes": _changes,
    "versions": _versions,
    "version_stages": _stages,
}
