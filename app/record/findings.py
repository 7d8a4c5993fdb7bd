"""What a verification found that does not agree with itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be.

    where: the row, as a person would look for it ("record_entries d/open-source-ai 12").
    what: the rule that it breaks, in a sentence.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def compared(where: str, pairs: Mapping[str, tuple[Any, Any]]) -> Iterator[Finding]:
    """What of a row is not as the record tells it. pairs: by name, what is kept and told."""
    for name, (kept, told) in pairs.items():
        if kept != told:
            yield Finding(where, f"its {name} is not what the record tells")
