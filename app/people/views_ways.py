"""The ways in to one's account, as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session

from app.kit.refusals import Refusal
from app.people import queries_identity, rules_identity
from app.people.current import sign_in_here
from app.people.models import Identity, Person
from app.people.providers import Provider
from app.people.round_trip import joining_proof
from app.people.views_sign_in import providers_of


@dataclass(frozen=True, slots=True)
class Way:
    """An identity; its provider, if it is still one here; why it can't be taken away, if so."""

    identity: Identity
    provider: Provider | None
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Ways:
    """``proof``: stands in the links that add an identity from one of ``providers``."""

    held: Sequence[Way]
    providers: Sequence[Provider]
    proof: str


def ways_of(request: Request, db: Session, person: Person) -> Ways:
    """What a person signs in with."""
    providers = providers_of(request)
    identities = queries_identity.identities_of(db, person)
    ways_in = queries_identity.ways_in(db, person, providers=providers)
    held = [
        Way(
            one,
            providers.get(one.provider),
            rules_identity.may_leave_identity(ways_in - (1 if one.provider in providers else 0)),
        )
        for one in identities
    ]
    sign_in = sign_in_here(request)
    proof = joining_proof(sign_in.token_hash) if sign_in is not None else ""
    return Ways(held, list(providers.values()), proof)
