"""A text as a tree: what its nodes are, what hashes name it, and which trees may stand.

A text is kept flat, in reading order (preorder); depth says the rest. Nothing here knows a
database: the same functions serve the verbs, the pages, the exports and the tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import rfc8785

DEPTH_MAX = 24
LEVEL_MAX = 6


class Kind(StrEnum):
    """What form a clause stands in. A clause keeps its identity when its kind changes."""

    heading = "heading"
    paragraph = "paragraph"
    item = "item"
    row = "row"
    note = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a draft that is not yet anybody's clause."""

    kind: Kind
    depth: int
    markdown: str
    level: int | None = None
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One clause where it stands in a text; `wording` is the hash of its words."""

    clause: int
    kind: Kind
    depth: int
    wording: str
    level: int | None = None
    ordinal: int | None = None


Text = tuple[Node, ...]


class Unlawful(ValueError):
    """A tree that may not stand. `code` says which law it breaks, `clause` where."""

    def __init__(self, code: str, clause: int | None = None) -> None:
        super().__init__(code, clause)
        self.code = code
        self.clause = clause


def wording_hash(markdown: str, requirement: Mapping[str, Any] | None = None) -> str:
    """The name of a wording: SHA-256, in hex, of its canonical JSON (RFC 8785)."""
    content: dict[str, Any] = {"markdown": markdown}
    if requirement is not None:
        content["requirement"] = dict(requirement)
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def text_hash(text: Sequence[Node]) -> str:
    """The name of a text: SHA-256, in hex, of its canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(nested(text))).hexdigest()


def nested(text: Sequence[Node]) -> list[Any]:
    """The text as plain JSON: nodes with their children inside them."""
    top: list[Any] = []
    open_lists = [top]
    for node in text:
        del open_lists[node.depth + 1 :]
        children: list[Any] = []
        member: dict[str, Any] = {
            "clause": node.clause,
            "kind": str(node.kind),
            "wording": node.wording,
            "children": children,
        }
        if node.level is not None:
            member["level"] = node.level
        if node.ordinal is not None:
            member["ordinal"] = node.ordinal
        open_lists[node.depth].append(member)
        open_lists.append(children)
    return top


def parents(nodes: Sequence[Node | Block]) -> list[int | None]:
    """For each node, the position of its parent, or None at the top."""
    found: list[int | None] = []
    path: list[int] = []
    for position, node in enumerate(nodes):
        del path[node.depth :]
        found.append(path[-1] if path else None)
        path.append(position)
    return found


def parent_clauses(text: Sequence[Node]) -> dict[int, int | None]:
    """For each clause, the clause it stands under, or None at the top."""
    return {
        node.clause: None if parent is None else text[parent].clause
        for node, parent in zip(text, parents(text), strict=True)
    }


def subtree(text: Sequence[Node], clause: int) -> Iterator[Node]:
    """The clause and all that stands under it, in reading order."""
    root: Node | None = None
    for node in text:
        if root is None:
            if node.clause == clause:
                root = node
                yield node
        elif node.depth > root.depth:
            yield node
        else:
            return


def hash_under(text: Sequence[Node], clause: int) -> str:
    """The name of all that stands under a clause, wherever the clause itself stands."""
    own, *beneath = subtree(text, clause)
    return text_hash([replace(node, depth=node.depth - own.depth - 1) for node in beneath])


def check(text: Sequence[Node]) -> None:
    """Raise Unlawful unless the text may stand.

    1. Depths begin at 0 and grow by at most one; every clause stands once.
    2. A heading stands at the top or under a heading of a lower level, and no words stand
       beside and after a heading: Markdown would read them as words under it.
    3. A table is a header row whose children are its rows; rows have no other children.
    4. Only headings, items and header rows have children.

    Together they mean that the text can be written as Markdown and read back as the same tree.
    """
    seen: set[int] = set()
    before: list[Node] = []
    for position, node in enumerate(text):
        if node.clause in seen:
            raise Unlawful("clause_twice", node.clause)
        seen.add(node.clause)
        if node.depth > (text[position - 1].depth + 1 if position else 0) or node.depth < 0:
            raise Unlawful("clause_without_parent", node.clause)
        if node.depth > DEPTH_MAX:
            raise Unlawful("clause_too_deep", node.clause)
        sibling = before[node.depth] if len(before) > node.depth else None
        del before[node.depth :]
        _check_place(node, before, sibling)
        before.append(node)


def _check_place(node: Node, ancestors: Sequence[Node], sibling: Node | None) -> None:
    parent = ancestors[-1] if ancestors else None
    if (node.level is None) is (node.kind is Kind.heading):
        raise Unlawful("heading_level", node.clause)
    if node.ordinal is not None and node.kind is not Kind.item:
        raise Unlawful("ordinal_not_of_an_item", node.clause)
    if parent is not None and parent.kind in (Kind.paragraph, Kind.note):
        raise Unlawful("clause_takes_no_children", parent.clause)
    if parent is not None and parent.kind is Kind.row:
        inner = len(ancestors) > 1 and ancestors[-2].kind is Kind.row
        if node.kind is not Kind.row or inner:
            raise Unlawful("row_takes_only_rows", parent.clause)
    if node.kind is Kind.heading:
        if parent is not None and parent.kind is not Kind.heading:
            raise Unlawful("heading_under_other", node.clause)
        _check_level(node, parent, sibling)
    elif sibling is not None and sibling.kind is Kind.heading:
        raise Unlawful("words_after_heading", node.clause)


def _check_level(node: Node, parent: Node | None, sibling: Node | None) -> None:
    level = node.level or 0
    if not 1 <= level <= LEVEL_MAX:
        raise Unlawful("heading_level", node.clause)
    if parent is not None and level <= (parent.level or 0):
        raise Unlawful("heading_level", node.clause)
    if sibling is not None and sibling.kind is Kind.heading and level > (sibling.level or 0):
        raise Unlawful("heading_level", node.clause)
