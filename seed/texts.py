"""The definition of the story: which clause each key is, and how a version is made from a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions import draft
from app.definitions.actions import (
    create_definition,
    make_candidate,
    withdraw_version,
)
from app.definitions.actions_clause import edit_clause
from app.definitions.importing import import_draft
from app.definitions.models import Change, Clause, Definition, Version, WorkingText
from app.definitions.queries import clause_of, text_of
from app.definitions.tree import Block, Kind
from app.proposals.models import Proposal
from app.proposals.steps import Place, Step
from seed import telling
from seed.company import FOUNDER, Company
from seed.telling import Edit, Edited, Published

SLUG = "open-source-ai"


@dataclass
class Texts:
    """Versions by label, and the numbers of clauses by the keys that the files give them."""

    db: Session
    company: Company
    numbers: dict[str, int] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    _definition: Definition | None = None

    @property
    def definition(self) -> Definition:
        assert self._definition is not None, "nobody has begun it yet"
        return self._definition

    def begin(self) -> None:
        """The definition, before it has a word."""
        self._definition = create_definition(
            self.db,
            self.company.founded,
            by=self.company[FOUNDER],
            slug=SLUG,
            name="Open Source AI",
            summary="When may an AI system be called Open Source? The freedoms that everybody must "
            "have, and what must be within reach so that they can be exercised.",
        )

    def clause(self, key: str) -> Clause:
        """A clause by its key, whether it stands or not."""
        return clause_of(self.db, self.definition, self.numbers[key])

    def publish(self, told: Published) -> None:
        """Takes a draft over into the working text, and makes a version of it."""
        by = self.company[told.by]
        standing = {clause.number for clause in text_of(self.db, self._working_id())}
        known = [self.numbers.get(key) for key in told.keys]
        version = import_draft(
            self.db,
            self.definition,
            by=by,
            markdown=told.markdown,
            label=told.label,
            note=told.note,
            take=[number if number in standing else None for number in known],
        )
        placed = text_of(self.db, version.text_id)
        self.numbers |= {key: one.number for key, one in zip(told.keys, placed, strict=True)}
        if told.stage == "candidate":
            make_candidate(self.db, version, by=by)
        if told.replaces:
            former = self.versions[told.replaces]
            withdraw_version(self.db, former, by=by, reason=f"{told.label} takes its place.")
        self.versions[told.label] = version

    def edit(self, told: Edited) -> None:
        """An editor rewords a clause, for a reason."""
        edit_clause(
            self.db,
            self.definition,
            by=self.company[told.by],
            clause=self.numbers[told.key],
            markdown=told.words,
            reason=told.reason,
        )

    def steps(self, edits: Sequence[Edit]) -> list[Step]:
        """What a proposal puts forward, in the numbers of clauses."""
        return [self._step(edit) for edit in edits]

    def name_added(self, proposal: Proposal, edits: Sequence[Edit]) -> None:
        """Remembers the clauses that an adopted proposal has added, by their keys."""
        added = self.db.scalars(
            select(Clause.number)
            .join(Change, Change.clause_id == Clause.id)
            .where(
                Change.definition_id == self.definition.id,
                Change.proposal_number == proposal.number,
                Change.kind == "add",
            )
            .order_by(Change.position)
        ).all()
        keys = [edit.key for edit in edits if edit.verb == "add"]
        if added:
            self.numbers.update(zip(keys, added, strict=True))

    def _working_id(self) -> int:
        return self.db.get_one(WorkingText, self.definition.id).text_id

    def _step(self, edit: Edit) -> Step:
        words = edit.words or (words_of(edit.version, edit.key) if edit.version else "")
        adds = edit.verb == "add"
        place = None
        if edit.verb in ("add", "move"):
            place = (
                Place(under=self.numbers[edit.under])
                if edit.under
                else Place(after=self.numbers[edit.after])
            )
        return Step(
            edit.verb,
            clause=None if adds else self.numbers[edit.key],
            markdown=words,
            kind=Kind(edit.kind) if adds else None,
            place=place,
        )


def blocks_of(told: Published) -> dict[str, Block]:
    """The blocks of a version by the keys of their clauses, in reading order."""
    return dict(zip(told.keys, draft.parse(told.markdown), strict=True))


def words_of(label: str, key: str) -> str:
    """What a clause says in a version."""
    told = next(one for one in telling.versions() if one.label == label)
    return blocks_of(told)[key].markdown
