"""Whether wordings, texts, changes and versions are what their names and the record say.

1. A wording has the hash of its words, and shows the HTML that they render to.
2. A text has the hash of its tree, and its nodes stand without gaps.
3. Each step of changes leads from one text to the next as the record tells it, wording by wording;
   the last one leads to the working text.
4. A version has the text, the maker and the stages that the record tells.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.definitions.models import (
    Change,
    Clause,
    Definition,
    Text,
    TextNode,
    Version,
    Wording,
    WorkingText,
)
from app.definitions.queries import tree_of
from app.definitions.tree import text_hash, wording_hash
from app.kit.markup import render_markdown
from app.record.findings import Finding, compared
from app.record.queries import Happening, told

AT_ONCE = 500
SOURCES = {"text.changed": "editorial", "draft.imported": "import", "proposal.adopted": "proposal"}
STAGES = {"version.put_forward": "candidate", "version.withdrawn": "withdrawn"}


def check(db: Session) -> Iterator[Finding]:
    """What is wrong with any definition."""
    yield from _check_wordings(db)
    for definition in db.scalars(select(Definition).order_by(Definition.id)).all():
        yield from _check_texts(db, definition)
        yield from _check_steps(db, definition)
        yield from _check_versions(db, definition)


def _check_wordings(db: Session) -> Iterator[Finding]:
    wordings = db.scalars(select(Wording).order_by(Wording.hash)).partitions(AT_ONCE)
    for wording in (one for some in wordings for one in some):
        if wording_hash(wording.markdown, wording.requirement) != wording.hash:
            yield Finding(f"wordings {wording.hash}", "its words do not have this hash")
        elif render_markdown(wording.markdown) != wording.html:
            yield Finding(f"wordings {wording.hash}", "its HTML is not what its words render to")


def _check_texts(db: Session, definition: Definition) -> Iterator[Finding]:
    rows = db.execute(
        select(Text, func.count(TextNode.position), func.max(TextNode.position))
        .outerjoin(Text.nodes)
        .where(Text.definition_id == definition.id)
        .group_by(Text.id)
        .order_by(Text.id)
    ).all()
    for text, count, last in rows:
        where = f"texts {definition.slug} {text.hash}"
        if text_hash(tree_of(db, text.id)) != text.hash:
            yield Finding(where, "its clauses do not have this hash")
        if count and last != count - 1:
            yield Finding(where, "its clauses do not stand without gaps")
    strays = (
        select(Text.hash)
        .join(Text.nodes)
        .join(TextNode.clause)
        .where(Clause.definition_id == definition.id, Text.definition_id != definition.id)
        .distinct()
    )
    for name in db.scalars(strays):
        yield Finding(
            f"texts {definition.slug} {name}", "its clauses stand in a text of another definition"
        )


def _check_steps(db: Session, definition: Definition) -> Iterator[Finding]:
    entries = {
        one.entry.about["step"]: one
        for one in told(db, definition.log_id, *SOURCES)
        if one.entry.about.get("changes")
    }
    before: int | None = None
    since = definition.since
    for step, rows in groupby(_changes(db, definition), lambda row: row[0].step):
        where = f"changes {definition.slug} {step}"
        changes = list(rows)
        entry = entries.pop(step, None)
        if entry is None:
            yield Finding(where, "no entry of the record tells of this step")
        else:
            yield from _compare_step(where, changes, entry)
        if before is not None and {row[0].from_text_id for row in changes} != {before}:
            yield Finding(where, "it does not begin where the step before it ended")
        yield from _replay(db, where, [(change, number) for change, number, *_ in changes])
        before, since = changes[-1][0].to_text_id, changes[-1][0].at
    for step in entries:
        yield Finding(f"changes {definition.slug} {step}", "the changes of this step are missing")
    working = db.get(WorkingText, definition.id)
    kept = None if working is None else (working.text_id if before else None, working.since)
    if kept != (before, since):
        yield Finding(f"working_texts {definition.slug}", "it is not where the last step ended")


def _changes(db: Session, definition: Definition) -> Sequence[Any]:
    """Every change in its order, with the clause's number and the hashes of both texts."""
    before, after = aliased(Text), aliased(Text)
    return db.execute(
        select(Change, Clause.number, before.hash, after.hash)
        .join(Clause, Clause.id == Change.clause_id)
        .join(before, before.id == Change.from_text_id)
        .join(after, after.id == Change.to_text_id)
        .where(Change.definition_id == definition.id)
        .order_by(Change.step, Change.position)
    ).all()


def _compare_step(where: str, rows: Sequence[Any], one: Happening) -> Iterator[Finding]:
    about = one.entry.about
    yield from compared(
        where,
        {
            "changes": ([[row[0].kind, row[1]] for row in rows], about["changes"]),
            "order": ([row[0].position for row in rows], list(range(len(rows)))),
            "beginning": ({row[2] for row in rows}, {about["from"]}),
            "end": ({row[3] for row in rows}, {about["to"]}),
            "time": ({row[0].at for row in rows}, {one.entry.at}),
            "source": ({row[0].source for row in rows}, {SOURCES[one.entry.verb]}),
            "proposal": ({row[0].proposal_number for row in rows}, {about.get("proposal")}),
        },
    )
    if one.entry.verb == "proposal.adopted":
        return  # its author and reason are the proposal's, and are compared there
    field = "reason" if one.entry.verb == "text.changed" else "note"
    yield from compared(where, {"author": ({r[0].by_id for r in rows}, {one.entry.person_id})})
    if field not in one.entry.words or one.said(field) is not None:
        reason = one.said(field) or ""
        yield from compared(where, {"reason": ({r[0].reason for r in rows}, {reason})})


def _replay(db: Session, where: str, changes: list[tuple[Change, int]]) -> Iterator[Finding]:
    """Follows the wordings of a step from its first text to its last."""
    first, last = changes[0][0].from_text_id, changes[-1][0].to_text_id
    wordings: dict[int, str | None] = {node.clause: node.wording for node in tree_of(db, first)}
    for change, clause in changes:
        if wordings.pop(clause, None) != change.from_wording_hash:
            yield Finding(where, f"clause {clause} did not have the wording that it says")
        if change.to_wording_hash is not None:
            wordings[clause] = change.to_wording_hash
    if wordings != {node.clause: node.wording for node in tree_of(db, last)}:
        yield Finding(where, "its changes do not lead to its text")


def _check_versions(db: Session, definition: Definition) -> Iterator[Finding]:
    entries = told(
        db, definition.log_id, "version.made", "draft.imported", "version.ratified", *STAGES
    )
    versions = db.scalars(
        select(Version)
        .where(Version.definition_id == definition.id)
        .options(joinedload(Version.text), selectinload(Version.stages))
        .order_by(Version.id)
    ).all()
    made = {}
    for one in entries:
        if one.entry.verb in ("version.made", "draft.imported") and "version" in one.entry.about:
            made[one.entry.about["version"]] = one
    for version in versions:
        where = f"versions {definition.slug} {version.label}"
        entry = made.pop(version.label, None)
        if entry is None:
            yield Finding(where, "no entry of the record tells of this version")
        else:
            yield from _compare_version(where, version, entry)
            yield from _compare_stages(definition, version, entry, entries)
    for label in made:
        yield Finding(f"versions {definition.slug} {label}", "the version is missing")


def _compare_version(where: str, version: Version, one: Happening) -> Iterator[Finding]:
    about = one.entry.about
    yield from compared(
        where,
        {
            "text": (version.text.hash, about.get("text", about.get("to"))),
            "time": (version.at, one.entry.at),
            "maker": (version.by_id, one.entry.person_id),
        },
    )
    if "note" not in one.entry.words or one.said("note") is not None:
        yield from compared(where, {"note": (version.note, one.said("note") or "")})


def _compare_stages(
    definition: Definition, version: Version, made: Happening, entries: Sequence[Happening]
) -> Iterator[Finding]:
    """The stages of a version are those that the record tells, in their order."""
    expected: list[tuple[str, Any, str | None]] = [("draft", made.entry.at, made.entry.person_id)]
    where = f"version_stages {definition.slug} {version.label}"
    for one in entries:
        about, at = one.entry.about, one.entry.at
        if one.entry.verb in STAGES and about["version"] == version.label:
            yield from _compare_reason(where, version, len(expected), one)
            expected.append((STAGES[one.entry.verb], at, one.entry.person_id))
        elif one.entry.verb == "version.ratified" and about["version"] == version.label:
            expected.append(("ratified", at, None))
        elif one.entry.verb == "version.ratified" and version.label in about["superseded"]:
            expected.append(("superseded", at, None))
    kept = [(stage.stage, stage.at, stage.by_id) for stage in version.stages]
    yield from compared(where, {"stages": (kept, expected)})


def _compare_reason(where: str, version: Version, place: int, one: Happening) -> Iterator[Finding]:
    if place < len(version.stages) and (
        "reason" not in one.entry.words or one.said("reason") is not None
    ):
        reason = one.said("reason") or ""
        yield from compared(where, {"reason": (version.stages[place].reason, reason)})
