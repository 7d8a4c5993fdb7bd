"""Definitions, clauses, wordings, texts, changes, versions.

Wordings, texts, changes and versions are immutable: a trigger refuses to alter them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text as LongText,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.groups.models import Group
from app.kit.db import Base
from app.people.models import Person

KINDS = "('heading', 'paragraph', 'item', 'row', 'note')"
STAGES = ("draft", "candidate", "ratified", "superseded", "withdrawn")


class Definition(Base):
    """A text being agreed."""

    __tablename__ = "definitions"
    __table_args__ = (CheckConstraint("visibility IN ('public', 'group')", name="visibility"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(LongText, default="")
    visibility: Mapped[str] = mapped_column(String(8), default="public")
    language: Mapped[str] = mapped_column(String(16), default="en", comment="of the text; BCP 47")
    log_id: Mapped[int] = mapped_column(ForeignKey("logs.id"), unique=True)
    since: Mapped[datetime]

    group: Mapped[Group] = relationship(lazy="raise")
    working: Mapped["WorkingText"] = relationship(lazy="raise", back_populates="definition")


class Clause(Base):
    """A stable place in a definition. Its number is its identity, and never changes."""

    __tablename__ = "clauses"
    __table_args__ = (UniqueConstraint("definition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    number: Mapped[int]
    since: Mapped[datetime]


class Wording(Base):
    """One immutable text of a clause, named by the hash of its content."""

    __tablename__ = "wordings"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    markdown: Mapped[str] = mapped_column(LongText)
    html: Mapped[str] = mapped_column(LongText, comment="rendered and sanitised when written")
    requirement: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Text(Base):
    """An immutable ordered tree of (clause, wording), named by its tree hash."""

    __tablename__ = "texts"
    __table_args__ = (UniqueConstraint("definition_id", "hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    hash: Mapped[str] = mapped_column(String(64), index=True)

    nodes: Mapped[list["TextNode"]] = relationship(
        lazy="raise", order_by="TextNode.position", back_populates="text"
    )


class TextNode(Base):
    """One clause in one text, in reading order; ``depth`` makes the tree."""

    __tablename__ = "text_nodes"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        UniqueConstraint("text_id", "clause_id"),
        Index("ix_text_nodes_clause", "clause_id"),
    )

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"))
    wording_hash: Mapped[str] = mapped_column(ForeignKey("wordings.hash"))
    kind: Mapped[str] = mapped_column(String(10))
    depth: Mapped[int]
    level: Mapped[int | None] = mapped_column(comment="of a heading: 1 to 6")
    ordinal: Mapped[int | None] = mapped_column(comment="of an ordered item: its number")

    text: Mapped[Text] = relationship(lazy="raise", back_populates="nodes")
    clause: Mapped[Clause] = relationship(lazy="raise")
    wording: Mapped[Wording] = relationship(lazy="raise")


class WorkingText(Base):
    """Which text of a definition is the newest; locked by whoever changes it."""

    __tablename__ = "working_texts"

    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"), primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    since: Mapped[datetime]

    definition: Mapped[Definition] = relationship(lazy="raise", back_populates="working")
    text: Mapped[Text] = relationship(lazy="raise")


class Change(Base):
    """One reword, add, strike or move, on the step from one text to the next.

    Changes made together share ``step`` (counted per definition), ``from_text`` and ``to_text``.
    ``source`` says what brought them: an import, an editor, or the proposal of that number.
    """

    __tablename__ = "changes"
    __table_args__ = (
        CheckConstraint("kind IN ('reword', 'add', 'strike', 'move')", name="kind"),
        CheckConstraint("source IN ('import', 'editorial', 'proposal')", name="source"),
        CheckConstraint(
            "(source = 'proposal') = (proposal_number IS NOT NULL)", name="proposal_number"
        ),
        UniqueConstraint("definition_id", "step", "position"),
        Index("ix_changes_clause", "clause_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    step: Mapped[int]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"))
    from_text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    to_text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    from_wording_hash: Mapped[str | None] = mapped_column(ForeignKey("wordings.hash"))
    to_wording_hash: Mapped[str | None] = mapped_column(ForeignKey("wordings.hash"))
    split_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("clauses.id"), comment="of an added clause: the one it was split off"
    )
    source: Mapped[str] = mapped_column(String(10))
    proposal_number: Mapped[int | None]
    reason: Mapped[str] = mapped_column(LongText)
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]

    clause: Mapped[Clause] = relationship(lazy="raise", foreign_keys=[clause_id])
    by: Mapped[Person] = relationship(lazy="raise")


class Version(Base):
    """A text that was given a label and frozen."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("definition_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definitions.id"))
    label: Mapped[str] = mapped_column(String(40))
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    note: Mapped[str] = mapped_column(LongText, default="")
    by_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]

    definition: Mapped[Definition] = relationship(lazy="raise")
    text: Mapped[Text] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise")
    stages: Mapped[list["VersionStage"]] = relationship(
        lazy="raise", order_by="VersionStage.id", back_populates="version"
    )

    @property
    def stage(self) -> str:
        """Where it stands now."""
        return self.stages[-1].stage


class VersionStage(Base):
    """A version came to a stage: who, when, why. The latest is where it stands."""

    __tablename__ = "version_stages"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('draft', 'candidate', 'ratified', 'superseded', 'withdrawn')", name="stage"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    stage: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(LongText, default="")
    by_id: Mapped[str | None] = mapped_column(
        ForeignKey("persons.id"), comment="none: a ballot's close brought it"
    )
    at: Mapped[datetime]

    version: Mapped[Version] = relationship(lazy="raise", back_populates="stages")


class VersionStake(Base):
    """A ballot is on ratifying a version: until it closes, nobody takes the version back.

    The key lets one ballot at a time be on a version. Written when the ballot is opened, removed by
    its closing.
    """

    __tablename__ = "version_stakes"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    ballot_number: Mapped[int]
    since: Mapped[datetime]
