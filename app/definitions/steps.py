"""From one text to the next, and from one stage to the next: the rows, without an entry.

Verbs of several rooms take these steps (an editorial change, an import, a proposal adopted, a
version ratified); each of them records what it did, once, with `Taken.about` among its facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.definitions import queries, rules
from app.definitions.changes import Add, Change, Move, Reword, Strike, apply_changes
from app.definitions.models import (
    Change as ChangeRow,
    Clause,
    Definition,
    Text,
    TextNode,
    Version,
    VersionStage,
    Wording,
    WorkingText,
)
from app.definitions.tree import Node, Unlawful, text_hash, wording_hash
from app.kit import clock
from app.kit.db import lock
from app.kit.markup import render_markdown
from app.kit.refusals import Refusal, Refused, refuse_unless
from app.people.models import Person

Source = Literal["import", "editorial", "proposal"]
VERBS = {Reword: "reword", Add: "add", Strike: "strike", Move: "move"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: its number in the definition, and the texts at both ends."""

    number: int
    before: Text
    after: Text
    changes: tuple[Change, ...]

    @property
    def about(self) -> dict[str, Any]:
        """The facts of the step, for the entry of the verb that took it."""
        return {
            "step": self.number,
            "from": self.before.hash,
            "to": self.after.hash,
            "changes": [[VERBS[type(change)], change.clause] for change in self.changes],
        }


def take_step(
    db: Session,
    definition: Definition,
    *,
    by: Person,
    changes: Sequence[Change],
    words: Mapping[str, str],
    reason: str,
    source: Source,
    at: datetime,
    proposal_number: int | None = None,
    split_from: Mapping[int, int] | None = None,
) -> Taken:
    """Makes the changes: the working text, which the caller has locked, becomes the next one.

    words: the Markdown of every wording that the changes bring, by its hash. split_from: for
    clauses that are added, the clause that they were split off. Numbers of added clauses are the
    caller's, from `queries.next_clause_number` on; a clause that was struck may be added again.
    Raises Refused when a change cannot be made, or when nothing would change.
    """
    working = db.get_one(WorkingText, definition.id)
    before = db.get_one(Text, working.text_id)
    old = queries.tree_of(db, before.id)
    try:
        new = apply_changes(old, changes)
    except Unlawful as error:
        raise Refused(rules.of_unlawful(error), 409) from error
    if new == old:
        raise Refused(Refusal("nothing_changes"), 409)
    keep_wordings(db, words)
    ids = _clauses(db, definition, changes, at)
    after = _keep_text(db, definition, new, ids)
    taken = Taken(_next_step(db, definition), before, after, tuple(changes))
    db.execute(
        insert(ChangeRow),
        [
            {
                "definition_id": definition.id,
                "step": taken.number,
                "position": position,
                "clause_id": ids[change.clause],
                "from_text_id": before.id,
                "to_text_id": after.id,
                "split_from_id": ids.get((split_from or {}).get(change.clause, 0)),
                "source": source,
                "proposal_number": proposal_number,
                "reason": reason,
                "by_id": by.id,
                "at": at,
                **wordings,
            }
            for position, (change, wordings) in enumerate(_worded(old, changes))
        ],
    )
    working.text_id, working.since = after.id, at
    db.flush()
    db.expire(working, ["text"])
    return taken


def keep_wordings(db: Session, words: Mapping[str, str]) -> None:
    """Keeps wordings, by hash, that are not kept yet; two people may do so at once."""
    if any(wording_hash(markdown) != name for name, markdown in words.items()):
        raise ValueError("a wording is named by its own hash")
    known = queries.wordings_of(db, set(words))
    fresh = [
        {"hash": name, "markdown": markdown, "html": render_markdown(markdown)}
        for name, markdown in words.items()
        if name not in known
    ]
    if not fresh:
        return
    on_sqlite = db.get_bind().dialect.name == "sqlite"
    into = sqlite.insert(Wording) if on_sqlite else postgresql.insert(Wording)
    db.execute(into.on_conflict_do_nothing(), fresh)


def put_version(
    db: Session, definition: Definition, *, by: Person, label: str, note: str, at: datetime
) -> Version:
    """Freezes the working text, which the caller has locked, under a label."""
    if queries.label_is_taken(db, definition, label):
        raise Refused(Refusal("label_in_use", label=label), 409)
    version = Version(
        definition_id=definition.id,
        label=label,
        text=db.get_one(Text, db.get_one(WorkingText, definition.id).text_id),
        note=note,
        by=by,
        at=at,
    )
    version.stages = [VersionStage(stage="draft", by_id=by.id, at=at)]
    db.add(version)
    db.flush()
    return version


def advance_stage(
    db: Session,
    version: Version,
    *,
    stage: str,
    by: Person | None,
    reason: str = "",
    at: datetime | None = None,
) -> VersionStage:
    """Brings a version to a stage. by: who did, or None when a ballot's close brought it. at: the
    time of the verb's entry in the record; the clock's, where it is not given."""
    lock(db, version)
    refuse_unless(rules.may_advance(queries.stage_now(db, version), stage), 409)
    row = VersionStage(
        version_id=version.id,
        stage=stage,
        reason=reason,
        by_id=by.id if by else None,
        at=at or clock.now(),
    )
    db.add(row)
    db.flush()
    db.expire(version, ["stages"])
    return row


def _clauses(
    db: Session, definition: Definition, changes: Sequence[Change], at: datetime
) -> dict[int, int]:
    """The ids of all clauses by number, those that are new included."""
    ids = queries.clauses_of(db, definition.id)
    new = sorted({c.clause for c in changes if isinstance(c, Add)} - ids.keys())
    if new and new != list(range(len(ids) + 1, len(ids) + 1 + len(new))):
        raise Refused(Refusal("clause_number_not_next", clause=new[0]), 409)
    rows = [Clause(definition_id=definition.id, number=number, since=at) for number in new]
    db.add_all(rows)
    db.flush()
    return ids | {row.number: row.id for row in rows}


def _keep_text(
    db: Session, definition: Definition, nodes: Sequence[Node], ids: Mapping[int, int]
) -> Text:
    """The text of these nodes: the one that is kept already, or a new one."""
    name = text_hash(nodes)
    kept = db.scalar(select(Text).where(Text.definition_id == definition.id, Text.hash == name))
    if kept is not None:
        return kept
    text = Text(definition_id=definition.id, hash=name)
    db.add(text)
    db.flush()
    if nodes:
        db.execute(
            insert(TextNode),
            [
                {
                    "text_id": text.id,
                    "position": position,
                    "clause_id": ids[node.clause],
                    "wording_hash": node.wording,
                    "kind": str(node.kind),
                    "depth": node.depth,
                    "level": node.level,
                    "ordinal": node.ordinal,
                }
                for position, node in enumerate(nodes)
            ],
        )
    return text


def _next_step(db: Session, definition: Definition) -> int:
    last = db.scalar(
        select(func.max(ChangeRow.step)).where(ChangeRow.definition_id == definition.id)
    )
    return (last or 0) + 1


def _worded(
    old: Sequence[Node], changes: Sequence[Change]
) -> list[tuple[Change, dict[str, str | None]]]:
    """Each change with its kind and its wordings before and after, as the changes follow."""
    wording = {node.clause: node.wording for node in old}
    found: list[tuple[Change, dict[str, str | None]]] = []
    for change in changes:
        before = wording.get(change.clause)
        match change:
            case Reword(clause, new) | Add(clause, new):
                wording[clause] = new
            case Strike(clause):
                del wording[clause]
            case Move():
                pass
        facts = {
            "kind": VERBS[type(change)],
            "from_wording_hash": before,
            "to_wording_hash": wording.get(change.clause),
        }
        found.append((change, facts))
    return found
