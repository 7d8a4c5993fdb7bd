"""Tabs of Chromium that are lent to one test after the other."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Response, ViewportSize

VIEWPORT: ViewportSize = {"width": 1280, "height": 720}


class Tabs:
    """Tabs that are lent to one test after the other, each in a context of its own: to open one takes
    longer than most tests do. What a test left in it is gone before it is lent again."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.idle: dict[str, list[Page]] = defaultdict(list)
        self.origins: dict[Page, set[str]] = defaultdict(set)

    @contextmanager
    def lent(self, troubles: list[str] | None = None, **options: Any) -> Iterator[Page]:
        """A tab that is signed in nowhere. troubles: what goes wrong in it; options: of its context."""
        idle = self.idle[repr(sorted(options.items()))]
        page = idle.pop() if idle else self._open(options)
        with noting(page, [] if troubles is None else troubles):
            yield page
        self._clear(page)
        idle.append(page)

    def _open(self, options: dict[str, Any]) -> Page:
        page = self.chromium.new_context(**options, reduced_motion="reduce").new_page()
        page.on("framenavigated", lambda frame: self.origins[page].add(origin_of(frame.url)))
        return page

    def _clear(self, page: Page) -> None:
        """Nothing is left but what the cache has of files."""
        context = page.context
        for other in context.pages:
            if other is not page:
                other.close()
        context.unroute_all()
        page.unroute_all()
        with page.expect_navigation(url="about:blank"):  # by itself: it keeps its process
            page.evaluate("location.replace('about:blank')")
        session = context.new_cdp_session(page)
        for origin in self.origins.pop(page, ()):
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()
        context.clear_cookies()
        page.set_viewport_size(VIEWPORT)
        page.emulate_media(color_scheme="light")


def origin_of(url: str) -> str:
    """https://example.org:8443"""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@contextmanager
def noting(page: Page, troubles: list[str]) -> Iterator[None]:
    """Notes script errors and files that are missing."""

    def error(what: Error) -> None:
        troubles.append(f"script: {what}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"console: {message.text}")

    def answered(answer: Response) -> None:
        if answer.status >= 400 and ("/static/" in answer.url or "/assets/" in answer.url):
            troubles.append(f"{answer.status} {answer.url}")

    page.on("pageerror", error)
    page.on("console", said)
    page.on("response", answered)
    yield
    page.remove_listener("pageerror", error)
    page.remove_listener("console", said)
    page.remove_listener("response", answered)
