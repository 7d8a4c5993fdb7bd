"""What comments are on: a subject by its address, and the subjects of comments."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import column, select, table
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.definitions.models import Clause, Definition, Version
from app.discussions.models import Comment
from app.discussions.subjects import SUBJECT_KINDS, Subject, SubjectKind
from app.kit.refusals import NotFound
from app.proposals.models import Proposal

# Ballots stand above this room: all that a comment needs of them is how they are addressed.
ballots = table(
    "ballots", column("id"), column("definition_id"), column("number"), column("question")
)

COLUMNS: dict[SubjectKind, InstrumentedAttribute[int | None]] = {
    "clause": Comment.clause_id,
    "proposal": Comment.proposal_id,
    "version": Comment.version_id,
    "ballot": Comment.ballot_id,
}


def subject_of(db: Session, definition: Definition, kind: SubjectKind, key: int | str) -> Subject:
    """The subject that an address or a form names; NotFound where there is none."""
    if kind == "ballot":
        row = db.execute(
            select(ballots.c.id, ballots.c.number, ballots.c.question).where(
                ballots.c.definition_id == definition.id, ballots.c.number == key
            )
        ).one_or_none()
    elif kind == "version":
        row = db.execute(
            select(Version.id, Version.label, Version.label).where(
                Version.definition_id == definition.id, Version.label == key
            )
        ).one_or_none()
    else:
        model: Any = {"clause": Clause, "proposal": Proposal}[kind]
        row = db.execute(
            select(model.id, model.number, model.number).where(
                model.definition_id == definition.id, model.number == key
            )
        ).one_or_none()
    if row is None:
        raise NotFound
    return Subject(kind, row[0], row[1], str(row[2]))


def subject_named(db: Session, definition: Definition, named: Mapping[str, Any]) -> Subject:
    """The subject that a form or a request names by its number or label: the first that it does."""
    for kind in SUBJECT_KINDS:
        key = named.get(kind)
        if key not in (None, ""):
            return subject_of(db, definition, kind, str(key) if kind == "version" else whole(key))
    raise NotFound


def whole(typed: object) -> int:
    """A number of a thing; what can't be one names nothing."""
    words = str(typed)
    if not (words.isascii() and words.isdecimal() and len(words) < 10):
        raise NotFound
    return int(words)


def keywords_of(db: Session, subject: Subject) -> dict[str, Any]:
    """A subject as ``post_comment`` wants it."""
    if subject.kind == "ballot":
        return {"ballot_id": subject.id}
    models = {"clause": Clause, "proposal": Proposal, "version": Version}
    return {subject.kind: db.get_one(models[subject.kind], subject.id)}


def subjects_of(db: Session, comments: Sequence[Comment]) -> dict[int, Subject]:
    """By comment id, what each is on. Clause, proposal and version are loaded with the comments."""
    ids = [comment.ballot_id for comment in comments if comment.ballot_id is not None]
    numbers: dict[int, int] = {}
    if ids:
        found = db.execute(select(ballots.c.id, ballots.c.number).where(ballots.c.id.in_(ids)))
        numbers = dict(found.all())
    return {comment.id: _subject_loaded(comment, numbers) for comment in comments}


def _subject_loaded(comment: Comment, ballot_numbers: dict[int, int]) -> Subject:
    if comment.clause is not None:
        return Subject("clause", comment.clause.id, comment.clause.number)
    if comment.proposal is not None:
        return Subject("proposal", comment.proposal.id, comment.proposal.number)
    if comment.version is not None:
        return Subject("version", comment.version.id, comment.version.label)
    assert comment.ballot_id is not None  # the table's CHECK: exactly one subject
    return Subject("ballot", comment.ballot_id, ballot_numbers[comment.ballot_id])


def subject_about(db: Session, comment: Comment) -> dict[str, int | str]:
    """How the record names what a comment is on."""
    models: dict[SubjectKind, tuple[Any, Any]] = {
        "clause": (Clause.id, Clause.number),
        "proposal": (Proposal.id, Proposal.number),
        "version": (Version.id, Version.label),
        "ballot": (ballots.c.id, ballots.c.number),
    }
    for kind, (identity, key) in models.items():
        if (subject_id := getattr(comment, f"{kind}_id")) is not None:
            return {kind: db.scalars(select(key).where(identity == subject_id)).one()}
    raise NotFound
