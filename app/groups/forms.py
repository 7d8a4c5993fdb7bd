"""The forms of working groups, one model each."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.groups.rules_category import CATEGORIES_MAX, CATEGORY_LENGTH_MAX
from app.groups.rules_interest import INTEREST_LENGTH_MAX
from app.groups.rules_joining import LINK_DAYS_MAX, LINK_USES_MAX, WORDS_LENGTH_MAX
from app.groups.rules_standing import REASON_LENGTH_MAX, SUSPENSION_MAX
from app.kit.forms import Line, Prose, Upload, keepable
from app.kit.i18n import _
from app.people.forms import check_email

LIST_LENGTH_MAX = 200_000

CategoryName = Annotated[Line, StringConstraints(min_length=1, max_length=CATEGORY_LENGTH_MAX)]


def none_twice(names: Sequence[str]) -> list[str]:
    """The names as they came; which is there already, in whatever capitals, is left out."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return list(seen.values())


def _lines(text: str) -> str:
    """Names of categories, one a line."""
    names = none_twice([name for line in text.splitlines() if (name := " ".join(line.split()))])
    for name in names:
        if len(name) > CATEGORY_LENGTH_MAX:
            raise ValueError(
                _("A category has at most %(most)d characters: “%(name)s…” has more.")
                % {"most": CATEGORY_LENGTH_MAX, "name": name[:40]}
            )
    if len(names) > CATEGORIES_MAX:
        raise ValueError(_("At most %(most)d categories fit here.") % {"most": CATEGORIES_MAX})
    return "\n".join(names)


def address_from(name: str) -> str:
    """What a name comes to as an address; empty where it has no Latin letters and no digits."""
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:60].strip("-")


class GroupForm(BaseModel):
    """A new working group; without an address it gets one from its name.

    categories: whom its members speak for, one a line. your_name: of who makes it, where nobody has
    asked them yet.
    """

    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]
    slug: Annotated[Line, StringConstraints(max_length=60)] = ""
    summary: Annotated[Prose, StringConstraints(max_length=1_000)] = ""
    categories: Annotated[Prose, AfterValidator(_lines)] = ""
    your_name: Annotated[Line, StringConstraints(max_length=120)] = ""


Role = Literal["chair", "editor", "member", "observer"]
Category = Annotated[Line, StringConstraints(max_length=CATEGORY_LENGTH_MAX)]
Affiliation = Annotated[Line, StringConstraints(max_length=160)]
PersonName = Annotated[Line, StringConstraints(max_length=120)]
Address = Annotated[Line, StringConstraints(max_length=254), check_email]


class MemberForm(BaseModel):
    """Somebody to invite or to bring in, by address. category: its name."""

    email: Address
    name: PersonName = ""
    role: Role = "member"
    category: Category = ""
    affiliation: Affiliation = ""


Cell = Annotated[str, AfterValidator(keepable)]


class ListForm(BaseModel):
    """A list of people, pasted or uploaded, and what a chair mended in it.

    of: the hash of the list that the mended rows belong to; ``number`` and the columns are of the
    same length, a place a row. adding: categories that the group is to get. good: how many rows the
    button said were good. deed: "check" shows what is wrong, "invite" sends.
    """

    file: Upload | None = None
    people: Annotated[Cell, StringConstraints(max_length=LIST_LENGTH_MAX)] = ""
    of: Annotated[str, StringConstraints(max_length=64)] = ""
    number: list[str] = []
    name: list[Cell] = []
    email: list[Cell] = []
    role: list[Cell] = []
    category: list[Cell] = []
    affiliation: list[Cell] = []
    adding: list[Cell] = []
    good: int = 0
    deed: Literal["check", "invite"] = "check"


class AnswerForm(BaseModel):
    """An answer to an invitation, named by the secret of its mail or, to its address, by number."""

    token: Annotated[str, StringConstraints(max_length=200)] = ""
    number: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    name: PersonName = ""
    category: Category = ""


class LinkForm(BaseModel):
    """A link into the group: whom it is for, as what, how many people, how many days."""

    label: Annotated[Line, StringConstraints(min_length=1, max_length=80)]
    role: Literal["member", "observer"] = "observer"
    uses_max: Annotated[int, Field(ge=1, le=LINK_USES_MAX)] = 50
    days: Annotated[int, Field(ge=1, le=LINK_DAYS_MAX)] = 14


class JoinForm(BaseModel):
    """Coming in by a link: its secret, and what the newcomer says of themselves."""

    token: Annotated[str, StringConstraints(max_length=200)] = ""
    category: Category = ""
    affiliation: Affiliation = ""


class AskForm(BaseModel):
    """Asking to join, in a few words."""

    words: Annotated[Prose, StringConstraints(min_length=1, max_length=WORDS_LENGTH_MAX)]
    category: Category = ""
    affiliation: Affiliation = ""


class LetInForm(BaseModel):
    """A chair's yes to who asked: as what, and for whom they speak."""

    role: Role = "member"
    category: Category = ""


class DeclineForm(BaseModel):
    """A chair's no, and why."""

    reason: Annotated[Prose, StringConstraints(min_length=1, max_length=WORDS_LENGTH_MAX)]


class CategoryForm(BaseModel):
    """A category, by its name."""

    name: CategoryName


class PlaceForm(BaseModel):
    """Where a category is to stand, counted from 1."""

    place: Annotated[int, Field(ge=1, le=1_000)]


class MembershipForm(BaseModel):
    """What somebody is to be in the group from now on."""

    role: Role
    category: Category = ""
    affiliation: Affiliation = ""


class AffiliationForm(BaseModel):
    """With whom somebody is from now on; empty where with nobody."""

    affiliation: Affiliation = ""


class InterestForm(BaseModel):
    """What may weigh with somebody, and who reads it."""

    kind: Literal["employer", "funding", "other"]
    words: Annotated[Prose, StringConstraints(min_length=1, max_length=INTEREST_LENGTH_MAX)]
    shown_to: Literal["everybody", "group"]


class SuspensionForm(BaseModel):
    """For how many days somebody only reads, and why."""

    days: Annotated[int, Field(ge=1, le=SUSPENSION_MAX.days)]
    reason: Annotated[Prose, StringConstraints(min_length=1, max_length=REASON_LENGTH_MAX)]
