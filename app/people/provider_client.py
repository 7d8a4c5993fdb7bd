"""Speaks to providers: where to send somebody, who came back, where they sign out.

OpenID Connect Core 1.0 by code, with PKCE (RFC 7636), state and nonce; GitHub's OAuth 2 besides.
What goes wrong is a ``Refused`` that the person is shown. What only operators can mend is logged,
and never a code, a token or a secret.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

import httpx2
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import InvalidKeyIdError, JoseError

from app.kit import clock
from app.kit.refusals import Refusal, Refused
from app.people.id_tokens import OutOfTime, claims_of
from app.people.provider_metadata import Metadata, NotAsPublished, Published
from app.people.provider_transport import SECONDS, Limits
from app.people.providers import Provider
from app.people.round_trip import RoundTrip
from app.people.vouched import Vouched, of_claims, of_github

log = logging.getLogger("clausewise.providers")

T = TypeVar("T")
# Answers are asked for unpacked, so that their size is what it seems.
HEADERS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "Clausewise"}
# A code that is not taken: RFC 6749, 5.2, and GitHub's own word.
CODE_NOT_TAKEN = {"invalid_grant", "bad_verification_code"}


class ProviderClient:
    """One for each process. Its threads are its own, so a slow provider holds up no other page."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        *,
        base_url: str,
        development: bool,
        seconds: float = SECONDS,
    ) -> None:
        self.providers = providers
        self.base_url = base_url
        self.seconds = seconds
        self._transport = Limits(development=development, seconds=seconds)
        self._published = Published(self._public)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="provider")

    async def aside(self, provider: Provider, work: Callable[[], T]) -> T:
        """Does work in those threads. All of it together may take as long as three answers."""
        asked = asyncio.wrap_future(self._threads.submit(work))
        try:
            return await asyncio.wait_for(asked, 3 * self.seconds)
        except TimeoutError:
            log.warning("%s: no answer in time", provider.key)
            raise _down(provider) from None

    def metadata(self, provider: Provider) -> Metadata:
        """What the provider publishes, from within the last hour."""
        with self._faults(provider):
            return self._published.metadata(provider, clock.now())

    def way_there(self, provider: Provider, trip: RoundTrip) -> str:
        """The address at the provider where somebody says who they are."""
        metadata = self.metadata(provider)
        more = {"nonce": trip.nonce} if provider.speaks_openid else {}
        with self._client(provider, metadata) as client:
            address, _ = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=trip.state,
                code_verifier=trip.verifier,
                **more,
            )
        return str(address)

    def vouched(self, provider: Provider, trip: RoundTrip, code: str) -> Vouched:
        """Who came back with this code. A code is good once, and for this trip."""
        metadata = self.metadata(provider)
        with self._faults(provider), self._client(provider, metadata) as client:
            token = client.fetch_token(
                metadata.token_endpoint,
                code=code,
                code_verifier=trip.verifier,
                grant_type="authorization_code",
            )
            if provider.speaks_openid:
                said = self._openid(provider, metadata, client, token, trip)
            else:
                said = self._github(provider, client)
        if said is None:
            log.warning("%s: it does not say who came", provider.key)
            raise _not_proven(provider)
        return said

    def way_out(self, provider: Provider, id_token: str) -> str | None:
        """The address at the provider that ends its session, too (OpenID Connect RP-Initiated
        Logout 1.0); none if it has none. id_token: empty where it is not known."""
        endpoint = self.metadata(provider).end_session_endpoint
        if not endpoint:
            return None
        asked = {
            "client_id": provider.client_id,
            "post_logout_redirect_uri": f"{self.base_url}/",
            **({"id_token_hint": id_token} if id_token else {}),
        }
        return str(add_params_to_uri(endpoint, asked))

    def _openid(
        self,
        provider: Provider,
        metadata: Metadata,
        client: OAuth2Client,
        token: Mapping[str, Any],
        trip: RoundTrip,
    ) -> Vouched | None:
        """From the ID token; from the provider's userinfo, what the ID token leaves out."""
        id_token, access_token = token.get("id_token"), token.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise NotAsPublished("it sends no ID token")
        claims = self._claims(provider, metadata, id_token, access_token, trip)
        wanted = ("name" not in claims) or ("email" in provider.scopes and "email" not in claims)
        if wanted and metadata.userinfo_endpoint:
            more = _json(client.get(metadata.userinfo_endpoint))
            if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
                raise NotAsPublished("its userinfo is about somebody else")
            claims = {**more, **claims}
        said = of_claims(provider, claims)
        if said is not None and metadata.end_session_endpoint:
            return replace(said, id_token=id_token)
        return said

    def _claims(
        self,
        provider: Provider,
        metadata: Metadata,
        id_token: str,
        access_token: str,
        trip: RoundTrip,
    ) -> dict[str, Any]:
        """Asks for the keys again if the token names one that is not among those that are kept."""
        now = clock.now()
        expected: dict[str, Any] = {
            "client_id": provider.client_id,
            "nonce": trip.nonce,
            "access_token": access_token,
            "now": now,
        }
        try:
            return claims_of(id_token, self._published.keys(provider, now), metadata, **expected)
        except InvalidKeyIdError:
            keys = self._published.keys(provider, now, again=True)
            return claims_of(id_token, keys, metadata, **expected)

    def _github(self, provider: Provider, client: OAuth2Client) -> Vouched | None:
        user = _json(client.get(f"{provider.github_api}/user"))
        addresses = client.get(f"{provider.github_api}/user/emails")
        is_shown = addresses.status_code not in {403, 404}  # not, if that scope was not granted
        known = _json(addresses) if is_shown else []
        if not isinstance(user, dict) or not isinstance(known, list):
            raise NotAsPublished("its API answers otherwise than it says")
        return of_github(provider, user, known)

    def _client(self, provider: Provider, metadata: Metadata) -> OAuth2Client:
        return OAuth2Client(
            provider.client_id,
            provider.client_secret,
            token_endpoint_auth_method=metadata.token_auth,
            scope=" ".join(provider.scopes),
            redirect_uri=f"{self.base_url}/sign-in/with/{provider.key}/back",
            code_challenge_method="S256",
            transport=self._transport,
            timeout=self.seconds,
            headers=HEADERS,
        )

    def _public(self, address: str) -> Any:
        with httpx2.Client(
            transport=self._transport, timeout=self.seconds, headers=HEADERS
        ) as client:
            return _json(client.get(address))

    @contextmanager
    def _faults(self, provider: Provider) -> Iterator[None]:
        """Turns what can go wrong between two machines into what a person can be told."""
        try:
            yield
        except OAuthError as error:
            log.warning("%s: its token endpoint says %.60s", provider.key, error.error)
            if error.error in CODE_NOT_TAKEN:
                raise Refused(Refusal("code_not_taken", provider=provider.name), 409) from None
            raise _down(provider) from None
        except OutOfTime as error:
            log.warning("%s: an ID token of another time: %s", provider.key, error)
            raise Refused(Refusal("proof_out_of_time", provider=provider.name), 409) from None
        except JoseError as error:
            log.warning("%s: an ID token that does not hold: %s", provider.key, error)
            raise _not_proven(provider) from None
        except (httpx2.HTTPError, NotAsPublished, ValueError) as error:
            log.warning("%s: %s: %s", provider.key, type(error).__name__, error)
            raise _down(provider) from None


def _json(answer: httpx2.Response) -> Any:
    answer.raise_for_status()
    return answer.json()


def _down(provider: Provider) -> Refused:
    return Refused(Refusal("provider_down", provider=provider.name), 503)


def _not_proven(provider: Provider) -> Refused:
    return Refused(Refusal("proof_not_taken", provider=provider.name), 403)
