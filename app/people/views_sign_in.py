"""The page to sign in on, which everything that goes wrong with signing in ends on."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.kit.forms import Submitted
from app.kit.refusals import Refusal
from app.kit.web import page
from app.people import queries
from app.people.ceremonies import party_of
from app.people.forms import SignInForm
from app.people.provider_client import ProviderClient
from app.people.providers import Provider
from app.settings import Settings


def show_sign_in(
    request: Request,
    db: Session,
    form: Submitted[SignInForm],
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> Response:
    """With a form that was refused, or with what was refused elsewhere."""
    settings: Settings = request.app.state.settings
    names: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "providers": providers_of(request).values(),
        "passkeys": party_of(settings.base_url) is not None,
        "people": queries.invented_people(db) if settings.demo else [],
    }
    return page(request, "people/sign_in.html", status, **names)


def providers_of(request: Request) -> Mapping[str, Provider]:
    """Where people can have accounts to sign in with here, by key."""
    client: ProviderClient = request.app.state.providers
    return client.providers
