"""The verbs of definitions; those on one clause are in actions_clause, imports in importing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.definitions import queries, rules
from app.definitions.changes import Add, Change, Reword
from app.definitions.models import (
    Definition,
    Text,
    Version,
    VersionStage,
    VersionStake,
    WorkingText,
)
from app.definitions.steps import Taken, advance_stage, keep_wordings, put_version, take_step
from app.definitions.tree import Kind, text_hash
from app.groups.models import Group
from app.groups.queries import membership_of
from app.groups.rules import must_be_editor
from app.kit import clock
from app.kit.db import lock
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.models import Person
from app.record.actions import open_log, record

__all__ = [
    "advance_stage",
    "change_text",
    "create_definition",
    "keep_wordings",
    "let_version_go",
    "make_candidate",
    "make_version",
    "put_version_at_stake",
    "take_step",
    "withdraw_version",
]


def create_definition(
    db: Session,
    group: Group,
    *,
    by: Person,
    slug: str,
    name: str,
    summary: str = "",
    visibility: str = "public",
    language: str = "en",
) -> Definition:
    """Begins a definition: a text of no clauses, with a record of its own."""
    lock(db, group)
    now = clock.now()
    refuse_unless(rules.may_create_definition(membership_of(db, group.id, by)))
    refuse_unless(rules.must_be_address(slug), 422)
    if queries.slug_is_taken(db, slug):
        raise Refused(Refusal("slug_in_use", slug=slug), 409)
    log = open_log(db, f"d/{slug}")
    definition = Definition(
        group_id=group.id,
        slug=slug,
        name=name,
        summary=summary,
        visibility=visibility,
        language=language,
        log_id=log.id,
        since=now,
    )
    db.add(definition)
    db.flush()
    text = Text(definition_id=definition.id, hash=text_hash(()))
    db.add(text)
    db.flush()
    db.add(WorkingText(definition_id=definition.id, text_id=text.id, since=now))
    db.flush()
    record(
        db,
        log.id,
        "definition.created",
        by=by.id,
        at=now,
        about={"definition": slug, "visibility": visibility, "language": language},
        words={"name": name, "summary": summary},
    )
    return definition


def change_text(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    changes: Sequence[Change],
    words: Mapping[str, str],
    reason: str,
    base: str | None = None,
) -> Taken:
    """Makes an editorial change of the working text.

    words: the Markdown of the wordings that the changes bring, by hash. base: the hash of the text
    that the editor had before them; when the working text is another by now, it is refused.
    """
    lock(db, db.get_one(WorkingText, definition.id))
    now = clock.now()
    refuse_unless(rules.may_change_text(membership_of(db, definition.group_id, by)))
    if not reason.strip():
        raise Refused(Refusal("reason_needed"), 422)
    text = db.get_one(Text, db.get_one(WorkingText, definition.id).text_id)
    refuse_unless(rules.must_have_read(base, text.hash), 409)
    kinds = {node.clause: node.kind for node in queries.tree_of(db, text.id)}
    for change in changes:
        match change:
            case Add(wording=wording, form=form):
                kind = form.kind
            case Reword(clause, wording):
                kind = kinds.get(clause, Kind.paragraph)
            case _:
                continue
        if wording not in words:
            raise Refused(Refusal("wording_unknown", wording=wording), 422)
        refuse_unless(rules.must_fit(kind, words[wording]), 422)
    taken = take_step(
        db,
        definition,
        by=by,
        changes=changes,
        words=words,
        reason=reason,
        source="editorial",
        at=now,
    )
    record(
        db,
        definition.log_id,
        "text.changed",
        by=by.id,
        at=now,
        about=taken.about,
        words={"reason": reason},
    )
    return taken


def make_version(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    label: str,
    note: str = "",
    base: str | None = None,
) -> Version:
    """Gives the working text a label and freezes it, as a draft. base: as in ``change_text``."""
    working = db.get_one(WorkingText, definition.id)
    lock(db, working)
    now = clock.now()
    standing = queries.tree_of(db, working.text_id)
    refuse_unless(rules.may_make_version(membership_of(db, definition.group_id, by)))
    refuse_unless(rules.must_be_label(label, len(standing)), 422)
    refuse_unless(rules.must_have_read(base, text_hash(standing)), 409)
    version = put_version(db, definition, by=by, label=label, note=note, at=now)
    record(
        db,
        definition.log_id,
        "version.made",
        by=by.id,
        at=now,
        about={"version": label, "text": version.text.hash},
        words={"note": note} if note else {},
    )
    return version


def make_candidate(db: Session, version: Version, *, by: Person, reason: str = "") -> VersionStage:
    """Puts a draft before the group, to be ratified or sent back."""
    lock(db, version)
    definition = db.get_one(Definition, version.definition_id)
    stage = queries.stage_now(db, version)
    membership = membership_of(db, definition.group_id, by)
    refuse_unless(must_be_editor(membership))
    refuse_unless(rules.may_make_candidate(membership, stage), 409)
    row = advance_stage(db, version, stage="candidate", by=by, reason=reason)
    record(
        db,
        definition.log_id,
        "version.put_forward",
        by=by.id,
        at=row.at,
        about={"version": version.label},
        words={"reason": reason} if reason else {},
    )
    return row


def withdraw_version(db: Session, version: Version, *, by: Person, reason: str) -> VersionStage:
    """Takes back a version that was not ratified; it stays readable, with the reason."""
    lock(db, version)
    definition = db.get_one(Definition, version.definition_id)
    stage = queries.stage_now(db, version)
    membership = membership_of(db, definition.group_id, by)
    at_stake = queries.ballot_at_stake(db, version)
    refuse_unless(must_be_editor(membership))
    refuse_unless(rules.may_withdraw_version(membership, stage, at_stake), 409)
    if not reason.strip():
        raise Refused(Refusal("reason_needed"), 422)
    row = advance_stage(db, version, stage="withdrawn", by=by, reason=reason)
    record(
        db,
        definition.log_id,
        "version.withdrawn",
        by=by.id,
        at=row.at,
        about={"version": version.label},
        words={"reason": reason},
    )
    return row


def put_version_at_stake(
    db: Session, version: Version, *, ballot_number: int, at: datetime
) -> None:
    """Keeps a version from being withdrawn. Called by the verb that opens the ballot, which holds
    the lock and leaves the entry."""
    db.add(VersionStake(version_id=version.id, ballot_number=ballot_number, since=at))
    db.flush()


def let_version_go(db: Session, version: Version) -> None:
    """The ballot on it is closed. Called by the closing, which holds the lock."""
    db.delete(db.get_one(VersionStake, version.id))
    db.flush()
