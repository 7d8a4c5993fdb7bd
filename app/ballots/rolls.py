"""What a roll comes to: one hash over who was on it, and as what."""

from collections.abc import Iterable

from app.ballots.models import RollEntry
from app.record.canonical import content_hash


def roll_hash(roll: Iterable[RollEntry]) -> str:
    """SHA-256 over the canonical JSON of person, category and affiliation, in their order."""
    return content_hash(sorted([one.person_id, one.category, one.affiliation] for one in roll))
