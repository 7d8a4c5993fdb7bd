"""Being somebody: a browser with that person's session, a program with their token."""

import secrets
from datetime import timedelta
from typing import Any

import httpx2
from sqlalchemy.orm import Session

from app.kit import clock
from app.people.cookie import HOST_ONLY, PLAIN
from app.people.models import Person, SignIn, Token
from app.people.secrets import hashed
from tests.browser import PlainBrowser


class Browser(PlainBrowser):
    """A plain browser that can be anybody's, without going through the mail each time."""

    def __init__(self, client: httpx2.Client, db: Session) -> None:
        super().__init__(client)
        self.db = db

    def sign_in(self, person: Person) -> "Browser":
        """From now on this browser is this person's."""
        self.sign_out()
        name = HOST_ONLY if self.client.base_url.scheme == "https" else PLAIN
        self.client.cookies.set(name, session_of(self.db, person))
        return self


class Api:
    """The JSON API as a program uses it."""

    def __init__(self, client: httpx2.Client, db: Session, token: str | None = None) -> None:
        self.client = client
        self.db = db
        self.headers = {"authorization": f"Bearer {token}"} if token else {}

    def as_(self, person: Person, scopes: str = "read write vote admin") -> "Api":
        """The same, with this person's token."""
        return Api(self.client, self.db, token_of(self.db, person, scopes))

    def get(self, path: str, **content: Any) -> httpx2.Response:
        return self.request("GET", path, **content)

    def post(self, path: str, **content: Any) -> httpx2.Response:
        return self.request("POST", path, **content)

    def put(self, path: str, **content: Any) -> httpx2.Response:
        return self.request("PUT", path, **content)

    def patch(self, path: str, **content: Any) -> httpx2.Response:
        return self.request("PATCH", path, **content)

    def delete(self, path: str, **content: Any) -> httpx2.Response:
        return self.request("DELETE", path, **content)

    def request(self, method: str, path: str, **content: Any) -> httpx2.Response:
        headers = {**self.headers, **content.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **content)


def session_of(db: Session, person: Person) -> str:
    """The cookie of a new session, which lasts for as long as the test's clock may run."""
    secret = secrets.token_urlsafe(32)
    db.add(
        SignIn(
            token_hash=hashed(secret),
            person_id=person.id,
            device="test",
            since=clock.now(),
            expires_at=clock.now() + timedelta(days=3650),
            seen_at=clock.now() + timedelta(days=3650),
        )
    )
    db.flush()
    return secret


def token_of(db: Session, person: Person, scopes: str = "read write vote admin") -> str:
    """The secret of a new token."""
    secret = "cw_" + secrets.token_urlsafe(32)
    db.add(
        Token(
            person_id=person.id,
            name="test",
            token_hash=hashed(secret),
            ending=secret[-4:],
            scopes=scopes,
            made_at=clock.now(),
        )
    )
    db.flush()
    return secret
