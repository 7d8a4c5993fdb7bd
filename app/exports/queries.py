"""Versions to take away, and the copy of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.ballots.models import Ballot, Closing, Ratification
from app.definitions.models import Definition, Text, TextNode, Version, WorkingText
from app.definitions.outline import numbers
from app.definitions.queries import WORKING, version_of
from app.definitions.tree import Kind, Node
from app.exports.copies import CopiedClause, CopiedRatification, Copy
from app.groups.models import Group
from app.kit.paging import Page, paginate
from app.kit.refusals import NotFound
from app.record.canonical import canonical


@dataclass(frozen=True, slots=True)
class Takeable:
    """A version as the export page lists it; without a label it is the working text."""

    label: str | None
    stage: str | None
    at: datetime
    ratified: bool = False


def takeable(db: Session, definition: Definition) -> Sequence[Takeable]:
    """Ratified versions first, then the others, each newest first; the working text last."""
    versions = db.scalars(
        _versions(definition).order_by(Version.at.desc(), Version.id.desc())
    ).all()
    found = _told(db, versions)
    found.sort(key=lambda one: not one.ratified)
    working = takeable_now(db, definition)
    return [*found, working] if working else found


def takeable_page(
    db: Session, definition: Definition, *, after: str | None = None, limit: int = 50
) -> Page[Takeable]:
    """Versions, the newest first, by cursor."""
    page = paginate(db, _versions(definition), key=(Version.id,), after=after, limit=limit)
    return Page(_told(db, page.items), page.next)


def takeable_now(db: Session, definition: Definition) -> Takeable | None:
    """The working text."""
    working = db.get(WorkingText, definition.id)
    return Takeable(None, None, working.since) if working else None


def _versions(definition: Definition) -> Select[Version]:
    return (
        select(Version)
        .where(Version.definition_id == definition.id)
        .options(selectinload(Version.stages))
    )


def _told(db: Session, versions: Sequence[Version]) -> list[Takeable]:
    """How these versions stand; one query."""
    ratified = set(
        db.scalars(
            select(Ratification.version_id).where(
                Ratification.version_id.in_([version.id for version in versions])
            )
        )
    )
    return [
        Takeable(version.label, *_standing(version), version.id in ratified) for version in versions
    ]


def definition_named(db: Session, slug: str) -> Definition:
    """A definition by its slug, whoever may see it: for those who have the database in hand."""
    definition = db.scalar(select(Definition).where(Definition.slug == slug))
    if definition is None:
        raise NotFound
    return definition


def copy_of(db: Session, definition: Definition, label: str, base_url: str) -> Copy:
    """The copy of a version, or of the text that is called ``working``. Raises NotFound."""
    group = db.get_one(Group, definition.group_id)
    here = f"{base_url.rstrip('/')}/d/{definition.slug}"
    if label == WORKING:
        working = db.get(WorkingText, definition.id)
        if working is None:
            raise NotFound
        stage, made, at = None, working.since, working.since
        address, ratification = here, None
        text = _text(db, working.text_id)
    else:
        version = version_of(db, definition, label)
        made, (stage, at) = version.at, _standing(version)
        address = f"{here}/v/{label}"
        text = _text(db, version.text_id)
        ratification = _ratification(db, version, group, here)
    return Copy(
        definition=definition.name,
        slug=definition.slug,
        group=group.name,
        language=definition.language,
        label=None if label == WORKING else label,
        stage=stage,
        made=made,
        at=at,
        text=text.hash,
        address=address,
        schema_address=f"{base_url.rstrip('/')}/schemas/definition-1.json",
        clauses=_clauses(text),
        ratification=ratification,
    )


def citable_copy_of(db: Session, definition: Definition, label: str, base_url: str) -> Copy:
    """The same, of words that stay: a text that may still change cannot be cited."""
    if label == WORKING:
        raise NotFound
    return copy_of(db, definition, label, base_url)


def _standing(version: Version) -> tuple[str, datetime]:
    """The stage that a version stands at, and since when."""
    if not version.stages:
        return "draft", version.at
    return version.stages[-1].stage, version.stages[-1].at


def _text(db: Session, text_id: int) -> Text:
    return db.scalars(
        select(Text)
        .where(Text.id == text_id)
        .options(
            selectinload(Text.nodes).joinedload(TextNode.clause),
            selectinload(Text.nodes).joinedload(TextNode.wording),
        )
    ).one()


def _clauses(text: Text) -> tuple[CopiedClause, ...]:
    nodes = [
        Node(n.clause.number, Kind(n.kind), n.depth, n.wording_hash, n.level, n.ordinal)
        for n in text.nodes
    ]
    places = numbers(nodes)
    return tuple(
        CopiedClause(
            clause=node.clause.number,
            number=places[node.clause.number],
            kind=node.kind,
            depth=node.depth,
            level=node.level,
            ordinal=node.ordinal,
            markdown=node.wording.markdown,
            html=node.wording.html,
            wording=node.wording_hash,
            requirement=(
                canonical(node.wording.requirement).decode() if node.wording.requirement else None
            ),
        )
        for node in text.nodes
    )


def _ratification(
    db: Session, version: Version, group: Group, here: str
) -> CopiedRatification | None:
    ratification = db.scalar(
        select(Ratification)
        .where(Ratification.version_id == version.id)
        .options(
            joinedload(Ratification.closing).joinedload(Closing.ballot).load_only(Ballot.number)
        )
    )
    if ratification is None:
        return None
    closing = ratification.closing
    return CopiedRatification(
        by=group.name,
        at=ratification.at,
        ballot=closing.ballot.number,
        ballot_address=f"{here}/b/{closing.ballot.number}",
        outcome=closing.sentence,
        hash=ratification.text_hash,
    )
