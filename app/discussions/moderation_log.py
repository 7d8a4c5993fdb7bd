"""What stands in the log of moderation, and what of it somebody reads. Pure."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

Kind = Literal["hiding", "slow_mode", "block", "suspension", "appeal"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# The verbs of each kind, as the record has them: what was decided, and what ended it.
VERBS: dict[Kind, tuple[str, ...]] = {
    "hiding": ("comment.hidden", "hiding.lifted"),
    "slow_mode": ("slow_mode.set", "slow_mode.ended"),
    "block": ("person.blocked", "block.lifted"),
    "suspension": ("member.suspended", "suspension.lifted"),
    "appeal": ("appeal.made", "appeal.decided"),
}
KIND_OF: dict[str, Kind] = {verb: kind for kind, verbs in VERBS.items() for verb in verbs}

# What is about a person, and not about words of theirs that stand somewhere under their name.
ABOUT_SOMEBODY: frozenset[Kind] = frozenset({"block", "suspension"})
# What can be appealed against: an appeal names it, so that it stands among its own kind, too.
APPEALED: tuple[Kind, ...] = ("hiding", "block", "suspension")


def verbs_of(kind: Kind | None) -> tuple[str, ...]:
    """The verbs of one kind, or of all."""
    return VERBS[kind] if kind else tuple(KIND_OF)


def is_about(verb: str, about: Mapping[str, Any]) -> Kind:
    """What an entry is about; of an appeal, what it is against."""
    kind = KIND_OF[verb]
    return next((one for one in APPEALED if one in about), kind) if kind == "appeal" else kind


def reason_is_read(about: Kind, *, in_group: bool, is_about_viewer: bool) -> bool:
    """Whether somebody reads why. Why somebody was suspended, and whether that stands, is told to
    them and to the group; all else was decided under a rule of conduct, or for everybody, and
    everybody reads why."""
    return about != "suspension" or in_group or is_about_viewer
