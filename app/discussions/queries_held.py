"""Which words of the record are held back from its pages, though the record keeps them."""

from collections.abc import Sequence
from typing import Literal

from app.record.queries import Happening

Held = Literal["chairs"]

# What is written for the chairs only.
FOR_CHAIRS = frozenset({"comment.reported"})


def held_back(found: Sequence[Happening]) -> dict[int, Held]:
    """By sequence, why the words of an entry are shown to nobody who reads the record."""
    return {
        one.entry.sequence: "chairs" for one in found if one.entry.verb in FOR_CHAIRS and one.words
    }
