"""Which passkeys may be added, shown and taken away."""

from datetime import datetime

from app.kit.refusals import Refusal
from app.people.models import Passkey


def may_add_passkey(current: Passkey | None) -> Refusal | None:
    """One is added once. current: the one that has its id already."""
    return Refusal("passkey_added_already") if current is not None else None


def may_show_passkey(passkey: Passkey | None, *, handle: str, begun_at: datetime) -> Refusal | None:
    """One that is there, of the person that it names, for a question asked after its last answer.

    handle: whose it says it is. begun_at: when it was asked. An answer that was seen once is so
    nothing worth a second time, though no list of answers is kept.
    """
    if passkey is None or passkey.removed_at is not None or passkey.person_id != handle:
        return Refusal("passkey_unknown")
    if passkey.used_at is not None and begun_at <= passkey.used_at:
        return Refusal("passkey_shown_already")
    return None


def may_count_on(before: int, now: int) -> Refusal | None:
    """A device that counts counts up (WebAuthn, 6.1.1); else there is a copy. Many do not count."""
    return Refusal("passkey_copied") if (before or now) and now <= before else None


def may_remove_passkey(ways_in: int) -> Refusal | None:
    """Never the last way in. ways_in: how many would be left."""
    return Refusal("last_way_in") if ways_in == 0 else None
