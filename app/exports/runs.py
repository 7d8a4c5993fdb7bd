"""Markdown as plain data, for a typesetter that must never read people's words as its own code.

A run is a JSON object: `{"text": …}`, `{"code": …}`, `{"break": true}`, or a mark around more
runs: `{"mark": "strong" | "emph" | "strike" | "link", "to": …, "runs": […]}`. A block is one of
`{"block": "paragraph" | "quote" | "code" | "bullets" | "numbers" | "rule", …}`.
"""

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Node = dict[str, Any]

LINKS = ("https://", "http://", "mailto:")
MARKS = {"strong": "strong", "em": "emph", "s": "strike", "link": "link"}
BLOCKS = {
    "paragraph": "paragraph",
    "heading": "paragraph",
    "blockquote": "quote",
    "bullet_list": "bullets",
    "ordered_list": "numbers",
    "list_item": "item",
}

# The same Markdown as `kit.markup` renders, pictures left out as there.
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_parser.disable("image")


def blocks(markdown: str) -> list[Node]:
    """The blocks of a clause."""
    return _blocks(iter(_parser.parse(markdown)))


def runs(markdown: str) -> list[Node]:
    """The runs of a line: a heading or the cell of a table."""
    found = _parser.parseInline(markdown)
    return [run for token in found for run in _runs(iter(token.children or []))]


def _blocks(tokens: Iterator[Token]) -> list[Node]:
    """The blocks up to the end of the block that they stand in."""
    found: list[Node] = []
    for token in tokens:
        name = token.type.removesuffix("_open")
        if token.nesting < 0:
            break
        if token.type == "inline":
            found.append({"block": "paragraph", "runs": _runs(iter(token.children or []))})
        elif token.nesting > 0:
            inner = _blocks(tokens)
            if BLOCKS.get(name) == "paragraph":
                found += inner
            else:
                block: Node = {"block": BLOCKS.get(name, "quote"), "blocks": inner}
                if name == "ordered_list":
                    block["start"] = int(token.attrs.get("start", 1))
                found.append(block)
        elif token.type in ("fence", "code_block"):
            found.append({"block": "code", "text": token.content.rstrip("\n")})
        elif token.type == "hr":
            found.append({"block": "rule"})
        elif token.content:
            found.append({"block": "paragraph", "runs": [{"text": token.content}]})
    return found


def _runs(tokens: Iterator[Token]) -> list[Node]:
    """The runs up to the end of the mark that they stand in."""
    found: list[Node] = []
    for token in tokens:
        if token.nesting < 0:
            break
        if token.nesting > 0:
            found += _marked(token, _runs(tokens))
        elif token.type == "hardbreak":
            found.append({"break": True})
        elif token.type == "softbreak":
            found.append({"text": " "})
        elif token.type == "code_inline":
            found.append({"code": token.content})
        elif token.content:
            found.append({"text": token.content})
    return found


def _marked(token: Token, inner: list[Node]) -> list[Node]:
    mark = MARKS.get(token.type.removesuffix("_open"))
    to = str(token.attrs.get("href", ""))
    if mark is None or not inner or (mark == "link" and not to.startswith(LINKS)):
        return inner
    run: Node = {"mark": mark, "runs": inner}
    return [run | {"to": to} if mark == "link" else run]
