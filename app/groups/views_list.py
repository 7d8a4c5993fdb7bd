"""A list of people as its page shows it: what is good, what is to be mended, who is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.groups.member_list import COLUMNS
from app.groups.models import ROLES
from app.groups.rules_invitation import Judged
from app.kit.forms import Submitted
from app.kit.refusals import Refusal
from app.record.canonical import content_hash

MENDED_MAX = 100  # rows that can be mended in place at once; past it, the list is what is wrong


@dataclass(frozen=True)
class Checked:
    """A list with each row judged.

    adding: categories that the group is to get with it. addable: those that it lacks, with how many
    rows name each.
    """

    text: str
    judged: Sequence[Judged]
    adding: Sequence[str]
    addable: Sequence[tuple[str, int]]

    @property
    def of(self) -> str:
        """The name of this very list."""
        return content_hash(self.text)

    @property
    def good(self) -> list[Judged]:
        return [one for one in self.judged if one.invitee is not None]

    @property
    def there(self) -> list[Judged]:
        """Who is in the group, invited, or in the list before."""
        return [one for one in self.judged if one.is_there_already]

    @property
    def wrong(self) -> list[Judged]:
        return [one for one in self.judged if one.invitee is None and not one.is_there_already]


@dataclass(frozen=True)
class Mend:
    """The form of one row: what was typed, what is wrong with it by column, what there is to choose
    from (what was typed among it, whatever it is)."""

    number: int
    form: Submitted[Any]
    roles: Sequence[str]
    categories: Sequence[str]


def mends(
    judged: Sequence[Judged],
    categories: Sequence[str],
    sentence: Callable[[Refusal], str],
    most: int = MENDED_MAX,
) -> list[Mend]:
    """The forms of these rows, the first so many of them."""
    known = {name.casefold(): name for name in categories}
    found = []
    for one in judged[:most]:
        typed = {name: getattr(one.row, name) for name in COLUMNS}
        role = typed["role"].casefold() or "member"
        typed["role"] = role if role in ROLES else typed["role"]
        typed["category"] = known.get(typed["category"].casefold(), typed["category"])
        found.append(
            Mend(
                one.row.number,
                Submitted(typed, None, {n: sentence(why) for n, why in one.refusals.items()}),
                _with(ROLES, typed["role"]),
                _with(categories, typed["category"]),
            )
        )
    return found


def _with(choices: Sequence[str], typed: str) -> list[str]:
    return [*choices, *([typed] if typed and typed not in choices else [])]
