"""A copy of a text, as it leaves the house: all that the formats need, and nothing to look up."""

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CopiedClause:
    """A clause where it stands in the text, in reading order; `depth` makes the tree.

    clause: its stable number in the definition. number: its place in this text, such as "3.1".
    wording: the hash that names its wording. requirement: as canonical JSON, where it has one.
    """

    clause: int
    number: str
    kind: str
    depth: int
    level: int | None
    ordinal: int | None
    markdown: str
    html: str
    wording: str
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class CopiedRatification:
    """What made the version final. hash: of the text that was ratified."""

    by: str
    at: datetime
    ballot: int
    ballot_address: str
    outcome: str
    hash: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A text of a definition. Without a label it is the working text, which may change.

    language: a BCP 47 tag. text: the hash that names the text. made: when it was frozen (for the
    working text: when it last changed). at: when it came to its stage.
    address: where it is to be found for good (for the working text: where it is read).
    """

    definition: str
    slug: str
    group: str
    language: str
    label: str | None
    stage: str | None
    made: datetime
    at: datetime
    text: str
    address: str
    schema_address: str
    clauses: tuple[CopiedClause, ...]
    ratification: CopiedRatification | None = None

    @property
    def issued(self) -> datetime:
        """What it is cited by, whatever became of it since: when it was ratified, else made."""
        return self.ratification.at if self.ratification else self.made

    @property
    def name(self) -> str:
        """The name of a file that holds this copy, without an ending: open-source-ai-1.0."""
        label = re.sub(r"[^0-9A-Za-z.-]+", "-", self.label or "working")
        return f"{self.slug}-{label}"
