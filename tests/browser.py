"""A browser without JavaScript, for tests: it reads the page, follows what is there, submits forms.

It refuses what a person could not do: follow a link, press a button or fill a field that is not on
the page. What the browser itself would check before sending (``required``, ``maxlength``) is left
unchecked on purpose, for the server must answer for that on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx2

from tests.page import NotOnThePage, Page, Value, is_hidden, is_within, name_of

__all__ = ["NotOnThePage", "Page", "PlainBrowser"]

REDIRECTS = {301, 302, 303, 307, 308}
REDIRECTS_MAX = 8


class PlainBrowser:
    """Goes about Clausewise as a person without JavaScript does.

    ``client`` leads straight into the application, or over the wire; cookies live in it.
    """

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client
        self.page = Page("about:blank", 0, httpx2.Headers(), "<title>blank</title>")

    def sign_out(self) -> None:
        """Forgets all cookies."""
        self.client.cookies.clear()

    def get(self, path: str) -> Page:
        return self._go("GET", path)

    def reload(self) -> Page:
        return self.get(self.page.path)

    def click(self, text: str, *, within: str | None = None) -> Page:
        """Follows the link with this text."""
        scope = self.page.css(within) if within is not None else None
        for node in self.page.css("a[href]"):
            if is_hidden(node) or (scope is not None and not is_within(node, scope)):
                continue
            if name_of(node) == text:
                return self.get(self._resolve(node.attributes["href"] or ""))
        raise NotOnThePage(
            f"no link {text!r} at {self.page.path}; there are: {sorted(self.page.links())}"
        )

    def submit(
        self,
        button: str,
        fields: Mapping[str, Value] | None = None,
        /,
        *,
        within: str | None = None,
        **named: Value,
    ) -> Page:
        """Types into the form that has this button, and presses it.

        Fields are given by name (as keywords) or by label (in ``fields``). A file is a path or
        ``(name, bytes, type)``.
        """
        form, pressed = self.page.form_with(button, within=within)
        values, uploads = form.fill({**(fields or {}), **named})
        if pressed.attributes.get("name"):
            values.setdefault(str(pressed.attributes["name"]), []).append(
                pressed.attributes.get("value") or ""
            )
        asked = pressed.attributes.get("formaction") or form.node.attributes.get("action") or ""
        action = self._resolve(asked)
        method = pressed.attributes.get("formmethod") or form.node.attributes.get("method") or "get"
        if method.lower() == "get":
            query = urlencode([(name, one) for name, held in values.items() for one in held])
            return self.get(urlsplit(action)._replace(query=query).geturl())
        if (form.node.attributes.get("enctype") or "") == "multipart/form-data":
            parts: list[tuple[str, Any]] = [
                (name, (None, one)) for name, held in values.items() for one in held
            ]
            parts += uploads
            return self._go("POST", action, files=parts)
        if uploads:
            raise NotOnThePage(f"the form with {button!r} is not multipart: no file would be sent")
        return self._go("POST", action, data=values)

    def post(self, path: str, **values: Value) -> Page:
        """Sends what no form offered: what an attacker would try. Same-origin, with cookies."""
        return self._go("POST", path, data={name: str(value) for name, value in values.items()})

    def _resolve(self, address: str) -> str:
        return urljoin(self.page.url, address)

    def _go(self, method: str, address: str, **content: Any) -> Page:
        history: list[tuple[int, str]] = []
        url = str(self.client.base_url.join(address))
        for _ in range(REDIRECTS_MAX):
            headers = {"accept": "text/html,*/*;q=0.8", "sec-fetch-mode": "navigate"}
            if method != "GET":
                headers["origin"] = str(self.client.base_url).rstrip("/")
            headers["sec-fetch-site"] = "same-origin"
            if self.page.url.startswith("http"):
                headers["referer"] = self.page.url
            answer = self.client.request(
                method, url, headers=headers, follow_redirects=False, **content
            )
            if answer.status_code not in REDIRECTS:
                self.page = Page(
                    str(answer.url), answer.status_code, answer.headers, answer.text, history
                )
                return self.page
            url = urljoin(url, answer.headers["location"])
            history.append((answer.status_code, url))
            if answer.status_code not in {307, 308}:
                method, content = "GET", {}
        raise AssertionError(f"too many redirects: {history}")
