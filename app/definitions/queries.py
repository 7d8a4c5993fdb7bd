"""Definitions, texts, versions and clauses, as their pages need them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.definitions.models import (
    Change,
    Clause,
    Definition,
    Text,
    TextNode,
    Version,
    VersionStage,
    VersionStake,
    Wording,
    WorkingText,
)
from app.definitions.outline import numbers
from app.definitions.placed import Placed
from app.definitions.tree import Kind, Node
from app.groups.models import Membership
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.people.models import Person

WORKING = "working"


def definition_for(db: Session, slug: str, viewer: Person | None) -> Definition:
    """A definition by its slug, with its group and its working text. What only the group may see
    and what does not exist are the same NotFound."""
    if viewer is None:
        definition = db.scalar(_PUBLIC, {"slug": slug})
    else:
        definition = db.scalar(_VISIBLE, {"slug": slug, "viewer": viewer.id})
    if definition is None:
        raise NotFound
    return definition


def definitions_for(
    db: Session, viewer: Person | None, *, group_id: int | None = None
) -> Sequence[Definition]:
    """All definitions that the viewer may see, by name, with their groups."""
    statement = (
        select(Definition)
        .where(visible_to(viewer.id if viewer else None))
        .options(
            joinedload(Definition.group),
            joinedload(Definition.working).joinedload(WorkingText.text),
        )
        .order_by(Definition.name, Definition.id)
    )
    if group_id is not None:
        statement = statement.where(Definition.group_id == group_id)
    return db.scalars(statement).all()


def definitions_page(
    db: Session, viewer: Person | None, *, after: str | None = None, limit: int = 50
) -> Page[Definition]:
    """Definitions in the order in which they were begun, by cursor."""
    statement = (
        select(Definition)
        .where(visible_to(viewer.id if viewer else None))
        .options(
            joinedload(Definition.group),
            joinedload(Definition.working).joinedload(WorkingText.text),
        )
    )
    return paginate(db, statement, key=(Definition.id,), after=after, limit=limit, descending=False)


def visible_to(viewer_id: str | BindParameter[str] | None) -> ColumnElement[bool]:
    """Whether a person (none: the public) may see a definition; asked wherever lists cross
    definitions."""
    public = Definition.visibility == "public"
    if viewer_id is None:
        return public
    own = select(Membership.group_id).where(
        Membership.person_id == viewer_id, Membership.until.is_(None)
    )
    return or_(public, Definition.group_id.in_(own))


# Asked on every request: a statement that is built once is also compiled and looked up once.
_NAMED = (
    select(Definition)
    .where(Definition.slug == bindparam("slug"))
    .options(
        joinedload(Definition.group),
        joinedload(Definition.working).joinedload(WorkingText.text),
    )
)
_PUBLIC = _NAMED.where(visible_to(None))
_VISIBLE = _NAMED.where(visible_to(bindparam("viewer")))


def text_of(db: Session, text_id: int) -> list[Placed]:
    """A text in reading order, with its wordings. One query, however long the text is."""
    rows = db.execute(
        select(
            Clause.number,
            TextNode.kind,
            TextNode.depth,
            TextNode.wording_hash,
            TextNode.level,
            TextNode.ordinal,
            Clause.id,
            Wording.markdown,
            Wording.html,
        )
        .join(TextNode.clause)
        .join(TextNode.wording)
        .where(TextNode.text_id == text_id)
        .order_by(TextNode.position)
    ).all()
    nodes = [Node(row[0], Kind(row[1]), *row[2:6]) for row in rows]
    places = numbers(nodes)
    return [
        Placed(node, row[6], places[node.clause], row[7], row[8])
        for node, row in zip(nodes, rows, strict=True)
    ]


def tree_of(db: Session, text_id: int) -> tuple[Node, ...]:
    """A text as a tree, without its words. One query."""
    rows = db.execute(
        select(
            Clause.number,
            TextNode.kind,
            TextNode.depth,
            TextNode.wording_hash,
            TextNode.level,
            TextNode.ordinal,
        )
        .join(TextNode.clause)
        .where(TextNode.text_id == text_id)
        .order_by(TextNode.position)
    ).all()
    return tuple(Node(row[0], Kind(row[1]), *row[2:]) for row in rows)


def wordings_of(db: Session, hashes: set[str]) -> Mapping[str, str]:
    """The Markdown of wordings, by hash. One query."""
    if not hashes:
        return {}
    rows = db.execute(select(Wording.hash, Wording.markdown).where(Wording.hash.in_(hashes)))
    return {row[0]: row[1] for row in rows}


def clauses_of(db: Session, definition_id: int) -> dict[int, int]:
    """The ids of all clauses there ever were, by number. One query."""
    rows = db.execute(select(Clause.number, Clause.id).where(Clause.definition_id == definition_id))
    return {row[0]: row[1] for row in rows}


def text_now(db: Session, definition: Definition) -> Text:
    """The working text as it is now, not as it was when the definition was loaded."""
    return db.scalars(
        select(Text)
        .join(WorkingText, WorkingText.text_id == Text.id)
        .where(WorkingText.definition_id == definition.id)
    ).one()


def next_clause_number(db: Session, definition_id: int) -> int:
    """The number that the next new clause gets."""
    last = db.scalar(select(func.max(Clause.number)).where(Clause.definition_id == definition_id))
    return (last or 0) + 1


def clause_of(db: Session, definition: Definition, number: int) -> Clause:
    """A clause by its number, whether it stands or not."""
    clause = db.scalar(
        select(Clause).where(Clause.definition_id == definition.id, Clause.number == number)
    )
    if clause is None:
        raise NotFound
    return clause


def version_of(db: Session, definition: Definition, label: str) -> Version:
    """A version by its label, with its text, stages and who made it."""
    version = db.scalar(
        select(Version)
        .where(Version.definition_id == definition.id, Version.label == label)
        .options(joinedload(Version.text), joinedload(Version.by), selectinload(Version.stages))
    )
    if version is None:
        raise NotFound
    return version


def versions_of(db: Session, definition: Definition) -> Sequence[Version]:
    """All versions, the oldest first, with text and stages. Two queries."""
    return db.scalars(
        select(Version)
        .where(Version.definition_id == definition.id)
        .options(joinedload(Version.text), selectinload(Version.stages))
        .order_by(Version.id)
    ).all()


def versions_page(
    db: Session, definition: Definition, *, after: str | None = None, limit: int = 50
) -> Page[Version]:
    """Versions, the newest first, by cursor."""
    statement = (
        select(Version)
        .where(Version.definition_id == definition.id)
        .options(joinedload(Version.text), joinedload(Version.by), selectinload(Version.stages))
    )
    return paginate(db, statement, key=(Version.id,), after=after, limit=limit)


def stage_now(db: Session, version: Version) -> str:
    """The stage that a version is at."""
    latest = (
        select(VersionStage.stage)
        .where(VersionStage.version_id == version.id)
        .order_by(VersionStage.id.desc())
    )
    return db.scalars(latest).first() or "draft"


def ballot_at_stake(db: Session, version: Version) -> int | None:
    """The number of the ballot that is on ratifying a version, and not closed yet."""
    return db.scalar(
        select(VersionStake.ballot_number).where(VersionStake.version_id == version.id)
    )


def slug_is_taken(db: Session, slug: str) -> bool:
    """Whether a definition has this address, whoever may see it."""
    return db.scalar(select(Definition.id).where(Definition.slug == slug)) is not None


def label_is_taken(db: Session, definition: Definition, label: str) -> bool:
    """Whether a version of this definition has this label."""
    found = select(Version.id).where(Version.definition_id == definition.id, Version.label == label)
    return db.scalar(found) is not None


@dataclass(frozen=True, slots=True)
class Named:
    """A text under the name by which people ask for it: a version's label, "working", or "@12" for
    the text that the twelfth step led to."""

    label: str
    text: Text
    version: Version | None
    at: datetime

    @property
    def is_working(self) -> bool:
        return self.label == WORKING

    @property
    def step(self) -> int | None:
        """Of a text between versions: the step that led to it."""
        return int(self.label[1:]) if self.version is None and not self.is_working else None


def text_named(db: Session, definition: Definition, label: str) -> Named:
    """The text that a label names."""
    if label == WORKING:
        return Named(WORKING, definition.working.text, None, definition.working.since)
    if label.startswith("@"):
        return _text_after(db, definition, label)
    version = version_of(db, definition, label)
    return Named(version.label, version.text, version, version.at)


def _text_after(db: Session, definition: Definition, label: str) -> Named:
    """The text after a step; "@0" is the one that the definition began with."""
    digits = label[1:]
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 9):
        raise NotFound
    step, first = int(digits), int(digits) == 0
    row = db.execute(
        select(Change.from_text_id if first else Change.to_text_id, Change.at)
        .where(Change.definition_id == definition.id, Change.step == (1 if first else step))
        .limit(1)
    ).first()
    if row is None:
        raise NotFound
    return Named(f"@{step}", db.get_one(Text, row[0]), None, definition.since if first else row[1])
