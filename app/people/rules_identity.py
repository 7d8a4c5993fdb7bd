"""Who may sign in with an account elsewhere, add it to theirs, take it away."""

from collections.abc import Collection
from datetime import datetime

from app.kit.refusals import Refusal
from app.people.models import Identity, JoiningLink, Person
from app.people.rules import may_use_link
from app.people.vouched import Vouched


def may_come(said: Vouched, *, provider: str) -> Refusal | None:
    """Somebody new. Who has not confirmed their address there can do so; who has none comes so."""
    if said.address is not None and said.checked is False:
        return Refusal("address_not_checked", provider=provider, address=said.address)
    return None


def may_join_identity(current: Identity | None, person: Person, *, provider: str) -> Refusal | None:
    """An account elsewhere is one person's at a time."""
    if current is None:
        return None
    mine = current.person_id == person.id
    code = "identity_joined_already" if mine else "identity_of_somebody_else"
    return Refusal(code, provider=provider)


def may_leave_identity(ways_in: int) -> Refusal | None:
    """Never the last way in. ways_in: how many would be left."""
    return Refusal("last_way_in") if ways_in == 0 else None


def may_use_joining_link(
    link: JoiningLink | None, now: datetime, *, providers: Collection[str]
) -> Refusal | None:
    """As a link that signs in, and only while the address it went to is that person's.

    providers: the keys that can be signed in with here.
    """
    if link is None or link.provider not in providers:
        return Refusal("link_unknown")
    if (refusal := may_use_link(link, now)) is not None:
        return refusal
    return Refusal("link_of_another_address") if link.person.email != link.email else None


def may_take_address(
    link: JoiningLink | None, by: Person, owner: Person | None, now: datetime
) -> Refusal | None:
    """Who asked for the link, and who has the address nowhere else. owner: who has it now.

    Of the link of somebody else nothing is told.
    """
    if link is None or link.person_id != by.id or link.provider is not None:
        return Refusal("link_unknown")
    if (refusal := may_use_link(link, now)) is not None:
        return refusal
    return Refusal("address_in_use") if owner is not None else None
