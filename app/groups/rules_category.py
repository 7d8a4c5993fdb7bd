"""Who keeps a group's categories, and what they may be called. Pure."""

from collections.abc import Sequence
from datetime import datetime

from app.groups.models import Category, Membership
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal

CATEGORIES_MAX = 40
CATEGORY_LENGTH_MAX = 80


def may_add_category(
    membership: Membership | None, name: str, names: Sequence[str]
) -> Refusal | None:
    """A chair, under a name that no other has, if there are not too many. names: of those there."""
    if refusal := may_rename_category(membership, name, names):
        return refusal
    if len(names) >= CATEGORIES_MAX:
        return Refusal("too_many_categories", most=CATEGORIES_MAX)
    return None


def may_rename_category(
    membership: Membership | None, name: str, others: Sequence[str]
) -> Refusal | None:
    """A chair; names are told apart without their capitals. others: those of all but this one."""
    if refusal := must_be_chair(membership):
        return refusal
    if not name.strip() or len(name) > CATEGORY_LENGTH_MAX:
        return Refusal("category_name", most=CATEGORY_LENGTH_MAX)
    if name.casefold() in {one.casefold() for one in others}:
        return Refusal("category_in_use", name=name)
    return None


def may_keep_category(membership: Membership | None, retired_at: datetime | None) -> Refusal | None:
    """A chair moves or retires what is on the list."""
    if refusal := must_be_chair(membership):
        return refusal
    return Refusal("category_is_retired") if retired_at is not None else None


def may_speak_for(category: Category | None, before: int | None = None) -> Refusal | None:
    """Nobody begins to speak for a category that was retired. before: what they speak for now."""
    if category is None or category.retired_at is None or category.id == before:
        return None
    return Refusal("category_is_retired")
