"""A page as a person without JavaScript meets it: its text, links, forms, fields and buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from selectolax.lexbor import LexborHTMLParser, LexborNode

Upload = tuple[str, bytes, str]
Value = str | int | bool | Path | Upload | Iterable[str] | None


class NotOnThePage(AssertionError):
    """The page has no such link, button or field; the message says what it has."""


BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|button|caption|dd|details|dialog|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|hr|label|legend|li|main|nav|ol|option|p|pre"
    r"|section|select|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul|text|title)\b[^>]*>"
)


def squeeze(text: str) -> str:
    """Text as it is read: runs of white space are one space."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


def read(node: LexborNode) -> str:
    """What an element says: blocks stand apart, inline elements do not."""
    if node.child is None or (node.child.next is None and node.child.tag == "-text"):
        return squeeze(node.text())
    tree = LexborHTMLParser(BLOCK.sub(lambda tag: f" {tag[0]} ", node.html or ""))
    for hidden in tree.css("script, style, template, head, [hidden], dialog:not([open])"):
        hidden.decompose()
    return squeeze(tree.root.text()) if tree.root else ""


@dataclass
class Page:
    """One answer, read as HTML. ``history`` lists the redirects that led to it."""

    url: str
    status: int
    headers: httpx2.Headers = field(repr=False)
    html: str = field(repr=False)
    history: list[tuple[int, str]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.tree = LexborHTMLParser(self.html)

    @property
    def path(self) -> str:
        """Path and query of the address."""
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def title(self) -> str:
        node = self.tree.css_first("title")
        return squeeze(node.text()) if node else ""

    @property
    def text(self) -> str:
        """What the page says, without scripts, styles and what is hidden."""
        return read(self.tree.body) if self.tree.body else ""

    def css(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    def one(self, selector: str) -> LexborNode:
        """The only element that matches."""
        found = self.css(selector)
        if len(found) != 1:
            raise NotOnThePage(f"{len(found)} elements match {selector!r} at {self.path}")
        return found[0]

    def said(self, selector: str) -> list[str]:
        """The texts of all elements that match."""
        return [read(node) for node in self.css(selector)]

    def links(self) -> dict[str, str]:
        """Text to address; the first of equal texts."""
        links: dict[str, str] = {}
        for node in self.css("a[href]"):
            if not is_hidden(node):
                links.setdefault(name_of(node), node.attributes["href"] or "")
        return links

    def buttons(self) -> list[str]:
        return [_button_name(node) for form in self.forms() for node in form.buttons()]

    def forms(self) -> list[Form]:
        return [Form(self, node) for node in self.css("form") if not is_hidden(node)]

    def form_with(self, button: str, *, within: str | None = None) -> tuple[Form, LexborNode]:
        """The form that has this button, by its text; ``within`` names a part of the page."""
        found = []
        for form in self.forms():
            if within is not None and not is_within(form.node, self.css(within)):
                continue
            found += [(form, node) for node in form.buttons() if _button_name(node) == button]
        if not found:
            raise NotOnThePage(f"no button {button!r} at {self.path}; there are: {self.buttons()}")
        return found[0]


class Form:
    """A form as it stands in the page."""

    def __init__(self, page: Page, node: LexborNode) -> None:
        self.page = page
        self.node = node

    def _controls(self, selector: str) -> list[LexborNode]:
        inside = self.node.css(selector)
        identity = self.node.attributes.get("id")
        if identity:
            inside += [
                node
                for node in self.page.css(selector)
                if node.attributes.get("form") == identity and node not in inside
            ]
        return [node for node in inside if not _is_disabled(node)]

    def buttons(self) -> list[LexborNode]:
        """What sends the form."""
        return [
            node
            for node in self._controls("button, input[type=submit], input[type=image]")
            if node.tag == "input" or (node.attributes.get("type") or "submit") == "submit"
        ]

    def fields(self) -> list[LexborNode]:
        return [
            node
            for node in self._controls("input, textarea, select")
            if node.attributes.get("name")
            and (node.attributes.get("type") or "text") not in {"submit", "image", "button"}
        ]

    def values(self) -> dict[str, list[str]]:
        """What would be sent if nothing was typed."""
        values: dict[str, list[str]] = {}
        for node in self.fields():
            values.setdefault(str(node.attributes["name"]), []).extend(_initial(node))
        return {name: held for name, held in values.items() if held}

    def named(self, key: str) -> list[LexborNode]:
        """The fields with this name, or else with this label."""
        fields = self.fields()
        by_name = [node for node in fields if node.attributes["name"] == key]
        if by_name:
            return by_name
        return [node for node in fields if self._label_of(node) == key]

    def _label_of(self, node: LexborNode) -> str:
        legend = ""
        if node.attributes.get("type") in {"radio", "checkbox"}:
            legend = self._legend_of(node)
        identity = node.attributes.get("id")
        if legend and node.attributes.get("type") == "radio":
            return legend
        if identity:
            for label in self.page.css("label"):
                if label.attributes.get("for") == identity:
                    return read(label)
        parent = node.parent
        while parent is not None:
            if parent.tag == "label":
                return read(parent)
            parent = parent.parent
        return node.attributes.get("aria-label") or legend

    def _legend_of(self, node: LexborNode) -> str:
        parent = node.parent
        while parent is not None:
            if parent.tag == "fieldset":
                legend = parent.css_first("legend")
                return read(legend) if legend else ""
            parent = parent.parent
        return ""

    def option_label(self, node: LexborNode) -> str:
        """What stands beside one radio button or in one option."""
        if node.tag == "option":
            return squeeze(node.text())
        identity = node.attributes.get("id")
        for label in self.page.css("label"):
            if identity and label.attributes.get("for") == identity:
                return read(label)
        parent = node.parent
        while parent is not None and parent.tag != "label":
            parent = parent.parent
        return read(parent) if parent is not None else ""

    def fill(
        self, typed: Mapping[str, Value]
    ) -> tuple[dict[str, list[str]], list[tuple[str, Upload]]]:
        """The values to send, with what was typed; refuses what the form does not have."""
        values = self.values()
        uploads: list[tuple[str, Upload]] = []
        for key, value in typed.items():
            nodes = self.named(key)
            if not nodes:
                names = sorted({str(node.attributes["name"]) for node in self.fields()})
                raise NotOnThePage(f"no field {key!r} at {self.page.path}; there are: {names}")
            name = str(nodes[0].attributes["name"])
            if nodes[0].attributes.get("type") == "file":
                uploads.append((name, _upload(value)))
                values.pop(name, None)
            else:
                values[name] = self._typed(key, nodes, value)
        return {name: held for name, held in values.items() if held}, uploads

    def _typed(self, key: str, nodes: list[LexborNode], value: Value) -> list[str]:
        first = nodes[0]
        kind = "select" if first.tag == "select" else first.attributes.get("type") or "text"
        if kind == "hidden":
            raise NotOnThePage(f"{key!r} is hidden; nobody can type there")
        if kind == "checkbox" and isinstance(value, bool) and len(nodes) == 1:
            return [first.attributes.get("value") or "on"] if value else []
        if kind in {"select", "radio", "checkbox"}:
            options = first.css("option") if kind == "select" else nodes
            if isinstance(value, Path):
                raise TypeError(f"{key!r} takes a choice")
            wanted = [value] if isinstance(value, str | int) else value or ()
            return [self._option(key, options, str(one)) for one in wanted]
        if value is None:
            return [""]
        if not isinstance(value, str | int):
            raise TypeError(f"{key!r} takes text")
        return [str(value)]

    def _option(self, key: str, options: list[LexborNode], wanted: str) -> str:
        for option in options:
            if _value_of(option) == wanted and not _is_disabled(option):
                return wanted
        for option in options:
            if self.option_label(option) == wanted and not _is_disabled(option):
                return _value_of(option)
        there = [(_value_of(option), self.option_label(option)) for option in options]
        raise NotOnThePage(f"{key!r} has no choice {wanted!r}; there are: {there}")


def _ancestors(node: LexborNode) -> Iterable[LexborNode]:
    current: LexborNode | None = node
    while current is not None:
        yield current
        current = current.parent


def is_hidden(node: LexborNode) -> bool:
    """Whether a person cannot get at it: hidden, or in a dialog that only a script would open."""
    return any(
        "hidden" in one.attributes or (one.tag == "dialog" and "open" not in one.attributes)
        for one in _ancestors(node)
    )


def is_within(node: LexborNode, scope: list[LexborNode]) -> bool:
    places = {one.mem_id for one in scope}
    return any(one.mem_id in places for one in _ancestors(node))


def _is_disabled(node: LexborNode) -> bool:
    if "disabled" in node.attributes:
        return True
    return any(one.tag == "fieldset" and "disabled" in one.attributes for one in _ancestors(node))


def name_of(node: LexborNode) -> str:
    return node.attributes.get("aria-label") or read(node)


def _button_name(node: LexborNode) -> str:
    if node.tag == "input":
        return node.attributes.get("value") or node.attributes.get("alt") or "Submit"
    return name_of(node)


def _value_of(node: LexborNode) -> str:
    if "value" in node.attributes:
        return node.attributes["value"] or ""
    return squeeze(node.text()) if node.tag == "option" else "on"


def _initial(node: LexborNode) -> list[str]:
    """What a control sends untouched."""
    kind = node.attributes.get("type") or "text"
    if node.tag == "textarea":
        text = node.text()
        return [text.removeprefix("\n")]
    if node.tag == "select":
        options = [one for one in node.css("option") if not _is_disabled(one)]
        chosen = [_value_of(one) for one in options if "selected" in one.attributes]
        if "multiple" in node.attributes or not options:
            return chosen
        return chosen[-1:] or [_value_of(options[0])]
    if kind in {"checkbox", "radio"}:
        return [_value_of(node)] if "checked" in node.attributes else []
    if kind == "file":
        return []
    return [node.attributes.get("value") or ""]


def _upload(value: Value) -> Upload:
    if isinstance(value, Path):
        return value.name, value.read_bytes(), "text/plain"
    if isinstance(value, tuple):
        return value
    raise TypeError("a file is a path, or (name, bytes, type)")
