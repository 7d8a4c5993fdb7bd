"""Who may be erased, and when."""

from datetime import timedelta

from app.kit.refusals import Refusal
from app.people.models import Administration
from app.people.models_erasure import Erasure

# How long a link that is over is still told from one that never was.
LINKS_KEPT = timedelta(days=1)


def may_be_erased(erasure: Erasure | None, administration: Administration | None) -> Refusal | None:
    """Once; and not while they keep the instance, for whoever does must be somebody."""
    if erasure is not None:
        return Refusal("erased_already")
    return Refusal("administrator_stays") if administration is not None else None


def must_be_typed(typed: str | None, name: str) -> Refusal | None:
    """Who erases themselves types their name, for it can't be taken back. None: an operator."""
    if typed is None or typed.strip() == name:
        return None
    return Refusal("name_not_typed", name=name)
