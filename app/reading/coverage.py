"""Whom a group speaks for, and who of them is heard: by category and by affiliation, and what
stands out, in words. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, TypeVar

from app.groups.models import Category, Membership
from app.kit.i18n import _, ngettext, number_words

One = TypeVar("One")

DOMINANT = Fraction(1, 3)  # more than this is pointed out
FEW = 4  # of fewer people nothing is said about shares: one of two is no dominance
AFFILIATIONS_SHOWN = 8


class Heard(NamedTuple):
    """Somebody who commented or voted, and with whom they were at that time."""

    person_id: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class Part:
    """A category, or an affiliation: how many members, and how many people were heard.

    name: none for those without one. alone: of how many affiliations it is the sum, each of one
    person or beyond those that are shown; none for one that stands for itself.
    """

    name: str | None
    members: int
    commenters: int
    voters: int
    key: int | None = None
    alone: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All parts, and the sums over them."""

    categories: Sequence[Part]
    affiliations: Sequence[Part]
    members: int
    commenters: int
    voters: int

    @property
    def most(self) -> int:
        """The size of the largest part: the length of a full bar."""
        return max((_size(one) for one in (*self.categories, *self.affiliations)), default=0)


def cover(
    members: Sequence[Membership],
    categories: Sequence[Category],
    commenters: Set[Heard],
    voters: Set[Heard],
) -> Coverage:
    """members: with their category. categories: those of the group, in their order.

    Of those who were heard, who is a member now counts: in the category of now, and for the
    affiliation of then.
    """
    ids = {one.person_id for one in members}
    commented = sorted(one for one in commenters if one.person_id in ids)
    voted = sorted(one for one in voters if one.person_id in ids)

    def part(name: str | None, people: Sequence[Membership], key: int | None = None) -> Part:
        own = {one.person_id for one in people}
        return Part(
            name, len(people), len(own & _people(commented)), len(own & _people(voted)), key
        )

    by_category = _sorted_out(members, lambda one: one.category_id)
    known = {one.id: one.name for one in categories}
    known |= {m.category_id: m.category.name for m in members if m.category and m.category_id}
    parts = [part(name, by_category.get(id, []), id) for id, name in known.items()]
    if without := by_category.get(None):
        parts.append(part(None, without))
    return Coverage(
        parts,
        _affiliations(members, commented, voted),
        len(members),
        len(_people(commented)),
        len(_people(voted)),
    )


def what_stands_out(it: Coverage) -> list[str]:
    """Whole sentences: who is missing, who weighs more than a third, who was not heard."""
    named = [one for one in it.categories if one.name is not None]
    said = []
    if empty := [one.name for one in named if not one.members]:
        said.append(_("Nobody speaks for %(names)s.") % {"names": _listed(empty)})
    said += [sentence for one in named if (sentence := _dominance(one, it))]
    silent = [one.name for one in named if one.members and not one.commenters and not one.voters]
    if silent and (it.commenters or it.voters):
        said.append(
            _("Nobody who speaks for %(names)s commented or voted in this time.")
            % {"names": _listed(silent)}
        )
    said += [
        _("More than a third of the members are with %(name)s (%(part)s of %(all)s).")
        % {"name": one.name, **_of(one.members, it.members)}
        for one in it.affiliations
        if one.name and _is_dominant(one.members, it.members)
    ]
    return said


def alone_words(part: Part) -> str:
    """What the sum of several affiliations is called."""
    count = part.alone or 0
    return ngettext("one that nobody shares", "%(count)s that nobody shares", count) % {
        "count": number_words(count)
    }


def _dominance(one: Part, it: Coverage) -> str:
    """Of the members; or, where that is not so, of those who were heard."""
    told = {
        _("More than a third of the members speak for %(name)s (%(part)s of %(all)s)."): (
            one.members,
            it.members,
        ),
        _("More than a third of those who commented speak for %(name)s (%(part)s of %(all)s)."): (
            one.commenters,
            it.commenters,
        ),
        _("More than a third of those who voted speak for %(name)s (%(part)s of %(all)s)."): (
            one.voters,
            it.voters,
        ),
    }
    for words, (part, whole) in told.items():
        if _is_dominant(part, whole):
            return words % {"name": one.name, **_of(part, whole)}
    return ""


def _is_dominant(part: int, whole: int) -> bool:
    return whole >= FEW and Fraction(part, whole) > DOMINANT


def _of(part: int, whole: int) -> dict[str, str]:
    return {"part": number_words(part), "all": number_words(whole)}


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(name for name in names if name)


def _affiliations(
    members: Sequence[Membership], commented: Sequence[Heard], voted: Sequence[Heard]
) -> list[Part]:
    """The largest ones of more than one person; the others together; those without at the end.

    One that nobody is with any more still counts who was heard from there.
    """
    kept = {one.person_id: one.affiliation for one in members}
    now = [Heard(*one) for one in kept.items()]
    found = [_sorted_out(some, _affiliation) for some in (now, commented, voted)]

    def part(keys: Iterable[Hashable], name: str | None, alone: int | None = None) -> Part:
        those = [[one for key in keys for one in by.get(key, [])] for by in found]
        counts = [len(_people(some)) for some in those]
        return Part(name, counts[0], counts[1], counts[2], alone=alone)

    everybody = reversed([*now, *commented, *voted])  # it is called as the first of them does
    names = {_affiliation(one): one.affiliation.strip() for one in everybody}
    parts = {key: part([key], name) for key, name in names.items() if key}
    ordered = sorted(parts, key=lambda key: (-_size(parts[key]), names[key]))
    shown = [key for key in ordered if _size(parts[key]) > 1][:AFFILIATIONS_SHOWN]
    rest = ordered[len(shown) :]
    together = [part(rest, "", alone=len(rest))] if rest else []
    return [*(parts[key] for key in shown), *together, *([part([""], None)] if "" in names else [])]


def _affiliation(one: Heard) -> str:
    return one.affiliation.strip().casefold()


def _people(some: Iterable[Heard]) -> set[str]:
    return {one.person_id for one in some}


def _size(one: Part) -> int:
    return max(one.members, one.commenters, one.voters)


def _sorted_out(some: Iterable[One], key: Callable[[One], Hashable]) -> dict[Hashable, list[One]]:
    found: dict[Hashable, list[One]] = {}
    for one in some:
        found.setdefault(key(one), []).append(one)
    return found


PERIODS: Mapping[str, int | None] = {"30": 30, "90": 90, "365": 365, "all": None}
PERIOD: Literal["365"] = "365"
