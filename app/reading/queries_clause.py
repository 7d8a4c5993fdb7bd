"""How one clause came to say what it says: its changes, with what brought each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session, aliased

from app.ballots.models import Ballot, Closing
from app.definitions.models import Change, Clause, Definition, TextNode, Version, Wording
from app.definitions.pieces import redline_html
from app.people.models import Person
from app.proposals.models import Adoption, Proposal, Revision


@dataclass(frozen=True, slots=True)
class Origin:
    """The proposal that brought a change: its title, and the ballot that carried it."""

    number: int
    title: str
    ballot: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Past:
    """One step in the life of a clause.

    kinds: add, reword, move, strike, as many as the step made. words: the wording it left, as a
    redline from the one before where there was one. labels: the versions that have this wording.
    """

    step: int
    kinds: tuple[str, ...]
    at: datetime
    name: str
    source: str
    reason: str
    origin: Origin | None
    split_from: int | None
    words: Markup
    labels: tuple[str, ...]

    @property
    def brought_words(self) -> bool:
        """Whether the clause says what it says since this step."""
        return "add" in self.kinds or "reword" in self.kinds


@dataclass(frozen=True, slots=True)
class Made:
    """A wording of a clause, and the version that has it."""

    label: str
    at: datetime
    wording: str


def past_of(db: Session, definition: Definition, clause: Clause, kind: str) -> list[Past]:
    """The steps of a clause, newest first; three queries. kind: what it is read as."""
    before, after, parent = aliased(Wording), aliased(Wording), aliased(Clause)
    rows = db.execute(
        select(Change, Person.name, before.markdown, after.markdown, parent.number)
        .join(Person, Person.id == Change.by_id)
        .outerjoin(before, before.hash == Change.from_wording_hash)
        .outerjoin(after, after.hash == Change.to_wording_hash)
        .outerjoin(parent, parent.id == Change.split_from_id)
        .where(Change.clause_id == clause.id)
        .order_by(Change.step, Change.position)
    ).all()
    made = _versions_with(db, clause)
    origins = _origins(db, definition, {row[0].proposal_number for row in rows})
    steps = [(number, list(group)) for number, group in groupby(rows, key=lambda row: row[0].step)]
    ends = [*(group[0][0].at for _, group in steps[1:]), None]
    past = [
        _past(group, made, origins, until, kind)
        for (_, group), until in zip(steps, ends, strict=False)
    ]
    return past[::-1]


def _past(
    group: Sequence[Row[*tuple[Any, ...]]],
    made: Sequence[Made],
    origins: Mapping[int, Origin],
    until: datetime | None,
    kind: str,
) -> Past:
    change: Change = group[0][0]
    labels = tuple(
        one.label for one in made if one.at >= change.at and (until is None or one.at < until)
    )
    return Past(
        step=change.step,
        kinds=tuple(row[0].kind for row in group),
        at=change.at,
        name=group[0][1],
        source=change.source,
        reason=change.reason,
        origin=origins.get(change.proposal_number or 0),
        split_from=next((row[4] for row in group if row[4] is not None), None),
        words=_words(group, kind),
        labels=labels,
    )


def _words(group: Sequence[Row[*tuple[Any, ...]]], kind: str) -> Markup:
    """What the step did to the words: a redline; empty where it only moved them."""
    first = next((row[2] for row in group if row[2] is not None), "")
    last = next((row[3] for row in reversed(group) if row[3] is not None), "")
    if all(row[0].kind == "move" for row in group) or first == last:
        return Markup("")
    return redline_html(first, last, kind)


def _versions_with(db: Session, clause: Clause) -> list[Made]:
    rows = db.execute(
        select(Version.label, Version.at, TextNode.wording_hash)
        .join(TextNode, TextNode.text_id == Version.text_id)
        .where(TextNode.clause_id == clause.id)
        .order_by(Version.at, Version.id)
    )
    return [Made(*row) for row in rows]


def _origins(db: Session, definition: Definition, numbers: set[int | None]) -> dict[int, Origin]:
    wanted = [number for number in numbers if number is not None]
    if not wanted:
        return {}
    rows = db.execute(
        select(Proposal.number, Revision.title, Ballot.number, Closing.sentence)
        .join(Adoption, Adoption.proposal_id == Proposal.id)
        .join(Revision, Revision.id == Adoption.revision_id)
        .outerjoin(
            Ballot,
            and_(
                Ballot.revision_id == Adoption.revision_id,
                Ballot.id.in_(select(Closing.ballot_id).where(Closing.outcome == "carried")),
            ),
        )
        .outerjoin(Closing, Closing.ballot_id == Ballot.id)
        .where(Proposal.definition_id == definition.id, Proposal.number.in_(wanted))
    )
    return {row[0]: Origin(row[0], row[1], row[2], row[3] or "") for row in rows}


def last_words(db: Session, clause: Clause) -> tuple[str, str]:
    """Kind and Markdown of a clause that does not stand any more, where it last stood."""
    row = db.execute(
        select(TextNode.kind, Wording.markdown)
        .join(Wording, Wording.hash == TextNode.wording_hash)
        .where(TextNode.clause_id == clause.id)
        .order_by(TextNode.text_id.desc())
        .limit(1)
    ).one()
    return row[0], row[1]
