"""What a verification found that does not agree with itself."""

from dataclasses import dataclass


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
