"""Who votes what, and when, so that a ballot comes to the tally that the story tells. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from seed.telling import Balloted

# People to sign in as, who shall find an open ballot that waits for them.
STILL_TO_VOTE = ("ana", "bruno", "chloe", "farah")


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote."""

    at: datetime
    by: str
    choice: str
    reason: str = ""


def votes(ballot: Balloted, roll: Sequence[str], opens: datetime, until: datetime) -> list[Cast]:
    """The votes of a ballot between its opening and a moment, in the order of time.

    Those with a reason are the story's. The rest come from the roll in an order that looks like
    chance and is the same each time. Raises ValueError where the roll is too small.
    """
    given = {by: (choice, reason) for by, choice, reason in ballot.votes}
    waiting = STILL_TO_VOTE if ballot.closes.startswith("now") else ()
    others = [one for one in roll if one not in given and one not in waiting]
    others.sort(key=lambda one: _chance(ballot.key, one, "order"))
    named = [choice for choice, _ in given.values()]
    for choice, wanted in zip(("yes", "no", "abstain"), ballot.tally, strict=True):
        more = wanted - named.count(choice)
        if not 0 <= more <= len(others):
            raise ValueError(f"{ballot.key}: no {wanted} votes {choice} from a roll of {len(roll)}")
        given |= dict.fromkeys(others[:more], (choice, ""))
        del others[:more]
    window = until - opens
    cast = [
        Cast(opens + window * (0.02 + 0.95 * _chance(ballot.key, by, "time") ** 1.5), by, *said)
        for by, said in given.items()
    ]
    return sorted(cast, key=lambda one: (one.at, one.by))


def _chance(*about: str) -> float:
    """A number between 0 and 1 that depends on nothing but what it is about."""
    return int(hashlib.sha256("|".join(about).encode()).hexdigest()[:12], 16) / 16**12
