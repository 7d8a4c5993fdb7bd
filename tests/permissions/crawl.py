"""Going to every address as each kind of people, and reading from the answer what they got."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

import httpx2
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import Connection
from starlette.routing import Route

from app.groups.actions_joining import ask_to_join
from app.people.cookie import HOST_ONLY
from tests.addresses import addresses
from tests.house.refusals import sentences
from tests.permissions.asking import OWN_NAME, Ask
from tests.permissions.people import NOT_THERE, OUTSIDE, SIGN_IN, YES
from tests.permissions.scene import Scene
from tests.permissions.words import GROUP, PUBLIC
from tests.straight import straight

# What a number in a path is, by the part before it.
NUMBERS = {
    "c": 4,
    "clauses": 4,
    "p": 1,
    "proposals": 1,
    "b": 2,
    "ballots": 2,
    "comments": 1,
    "blocks": 1,
}
FILES = ("/static/", "/assets/")  # for everybody, and not of the application


def everything(app: FastAPI) -> Iterator[str]:
    """Every address of the application, also those that stand beside the rooms; files excepted."""
    yield from (str(one) for one in addresses(app))
    for route in app.routes:
        if type(route) is Route:
            yield f"GET {route.path}"


@dataclass
class Crawl:
    """Somebody who goes about, as any kind of people."""

    scene: Scene
    client: httpx2.Client
    connection: Connection

    def ask(self, kind: str, address: str, ask: Ask, slug: str = PUBLIC) -> httpx2.Response:
        """The answer at an address of the table. What an unsafe one has done is undone."""
        path = path_of(address, self.scene, ask, slug)
        method = address.split(" ", 1)[0]
        if method == "GET":
            return self.get(kind, path)
        person = self.scene.people[kind]
        body = {
            name: person.name if person and value == OWN_NAME else value
            for name, value in (ask.body or {}).items()
        }
        content = {} if ask.body is None else {"json" if _is_api(path) else "data": body}
        savepoint = self.connection.begin_nested()
        try:
            before(address, self.scene, kind)
            return self._send(method, kind, path, **content)
        finally:
            savepoint.rollback()
            self.scene.db.expire_all()

    def get(self, kind: str, path: str) -> httpx2.Response:
        return self._send("GET", kind, path)

    def _send(self, method: str, kind: str, path: str, **content: object) -> httpx2.Response:
        self.client.cookies.clear()
        headers = {"sec-fetch-site": "same-origin"}
        if self.scene.people[kind] is not None:
            if _is_api(path):
                headers["authorization"] = f"Bearer {self.scene.tokens[kind]}"
            else:
                headers["cookie"] = f"{HOST_ONLY}={self.scene.cookies[kind]}"
        return self.client.request(method, path, headers=headers, **content)  # type: ignore[arg-type]


def path_of(address: str, scene: Scene, ask: Ask, slug: str = PUBLIC) -> str:
    """The path of an address in the scene, with its query."""
    values = {
        **scene.values,
        "slug": slug,
        "group": GROUP,
        "label": "0.1",
        "pair": "0.1...0.2",
        "key": "nowhere",
        **ask.parts,
    }
    filled: list[str] = []
    for part in address.split(" ", 1)[1].split("/"):
        if "{number}" in part and "number" not in ask.parts:
            before = filled[-1]
            part = str(NUMBERS.get(before) or scene.values[before])
        for name, value in values.items():
            part = part.replace("{" + name + "}", str(value))
        filled.append(part)
    return "/".join(filled) + ask.query


def before(address: str, scene: Scene, kind: str) -> None:
    """What the scene can't hold for everybody at once: whoever takes a request back has made one."""
    person = scene.people[kind]
    if "/requests/mine/" in address and person is not None and kind in OUTSIDE:
        ask_to_join(scene.db, scene.cast.group, by=person, words="Me too.")


@contextmanager
def going_about(app: FastAPI, scene: Scene, connection: Connection) -> Iterator[Crawl]:
    """For as long as a crawl may take. Nothing else goes on in the application meanwhile: once a
    minute it would write when sessions were seen last, in the midst of a test's one connection."""
    with straight(app) as client:
        yield Crawl(scene, client, connection)


def got(answer: httpx2.Response, expected: str) -> str:
    """What somebody got: ``yes``, or the code of the refusal.

    A page says no code but the sentence, so it is asked whether it has the one that is expected.
    """
    status = answer.status_code
    if status < 400:
        asks_to_sign_in = answer.headers.get("location", "").startswith("/sign-in?next=")
        return SIGN_IN if asks_to_sign_in else YES
    if status == 401:
        return SIGN_IN
    if _is_api(answer.request.url.path):
        return str(answer.json().get("code", status))
    words = " ".join(html.unescape(answer.text).split())
    if status in (403, 409, 422) and expected in sentences() and _said(expected).search(words):
        return expected
    return NOT_THERE if status == 404 else f"{status} {_alert(answer.text)}"


def links(page: httpx2.Response) -> list[str]:
    """Where a page leads to, in this application, in the order in which it says so."""
    if not page.headers.get("content-type", "").startswith("text/html"):
        return []
    here, found = str(page.url), []
    for node in LexborHTMLParser(page.text).css("a[href]"):
        url = urlsplit(urljoin(here, node.attributes["href"] or ""))
        if url.netloc == page.url.host and not url.path.startswith(FILES):
            found.append(url._replace(scheme="", netloc="", fragment="").geturl())
    return found


def address_of(path: str, known: list[str]) -> str | None:
    """Which of these addresses a path is; as in the application, the first that fits."""
    plain = path.partition("?")[0]
    return next((one for one in known if _pattern(one).fullmatch(plain)), None)


@cache
def _pattern(address: str) -> re.Pattern[str]:
    path = re.escape(address.removeprefix("GET "))
    return re.compile(re.sub(r"\\{[^}]+\\}", "[^/]+", path))


@cache
def _said(code: str) -> re.Pattern[str]:
    """One of the sentences of a refusal, whatever its facts are."""
    each = [
        re.sub(r"\\{\w+\\}", ".+?", re.escape(one)) for one in sentences()[code].split(" / ") if one
    ]
    return re.compile("|".join(each))


def _alert(page: str) -> str:
    found = LexborHTMLParser(page).css_first("[role=alert]")
    return " ".join(found.text().split())[:200] if found else ""


def _is_api(path: str) -> bool:
    return path.startswith("/api/")
