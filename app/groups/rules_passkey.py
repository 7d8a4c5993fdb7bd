"""Whether a group may ask its chairs and editors for passkeys."""

from app.groups.models import Membership
from app.groups.models_passkey import PasskeyCondition
from app.groups.rules import must_be_chair
from app.kit.refusals import Refusal


def may_set_passkey_condition(membership: Membership | None) -> Refusal | None:
    """Chairs, and nobody asks of others what they don't do themselves."""
    if refusal := must_be_chair(membership):
        return refusal
    assert membership is not None
    return None if membership.by_passkey else Refusal("passkey_of_ones_own_first")


def may_lift_passkey_condition(membership: Membership | None) -> Refusal | None:
    """Chairs; it holds for them until it is lifted."""
    return must_be_chair(membership)


def must_not_be_asked(current: PasskeyCondition | None) -> Refusal | None:
    """It is asked once at a time."""
    return Refusal("passkeys_asked_already") if current is not None else None


def must_be_asked(current: PasskeyCondition | None) -> Refusal | None:
    """What is not asked can't be lifted."""
    return Refusal("passkeys_not_asked") if current is None else None
