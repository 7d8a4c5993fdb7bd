"""Which words of the record are held back from its pages, though the record keeps them."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions.models import Definition
from app.discussions.models import Comment
from app.record.queries import Happening

Held = Literal["chairs", "group", "hidden"]

# What is written for the chairs only.
FOR_CHAIRS = frozenset({"comment.reported", "appeal.made"})
# What is written for people in the group, who read it where it stands.
FOR_GROUP = frozenset({"recusal.declared"})
# All that the author of a comment wrote in it: hidden with it, in every text that it ever had.
OF_A_COMMENT = frozenset({"comment.posted", "comment.edited", "comment.retracted"})


def held_back(db: Session, definition: Definition, found: Sequence[Happening]) -> dict[int, Held]:
    """By sequence, why the words of an entry are shown to nobody who reads the record; one query.

    Nobody: who may open a hidden comment does so where it stands.
    """
    spoken = {
        one.entry.sequence: one.entry.about["comment"]
        for one in found
        if one.entry.verb in OF_A_COMMENT
    }
    hidden = set(
        db.scalars(
            select(Comment.number).where(
                Comment.definition_id == definition.id,
                Comment.number.in_(set(spoken.values())),
                Comment.hiding.has(),
            )
        )
    )
    held: dict[int, Held] = {
        sequence: "hidden" for sequence, comment in spoken.items() if comment in hidden
    }
    for one in found:
        if one.entry.verb in FOR_CHAIRS and one.words:
            held[one.entry.sequence] = "chairs"
        elif one.entry.verb in FOR_GROUP and one.words:
            held[one.entry.sequence] = "group"
    return held
