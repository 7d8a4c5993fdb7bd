"""What a comment is on, as addresses and threads name it."""

from dataclasses import dataclass
from typing import Literal, get_args

SubjectKind = Literal["clause", "proposal", "version", "ballot"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
ROOMS: dict[SubjectKind, str] = {"clause": "c", "proposal": "p", "version": "v", "ballot": "b"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A clause, proposal, version or ballot: its row, and its number (or label) in addresses."""

    kind: SubjectKind
    id: int
    key: int | str
    title: str = ""

    def path(self, slug: str) -> str:
        """The page where the subject stands, with its discussion."""
        return f"/d/{slug}/{ROOMS[self.kind]}/{self.key}"
