"""A draft is a text as a file: Markdown to blocks and back, and nothing is ever lost.

    words(render(parse(draft))) == words(draft)        in order
    parse(render(parse(draft))) == parse(draft)

Both hold for every draft, however odd. `parse` sees to it itself: what does not come back the
same when it is written is kept as it was, first block by block, in the end as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from app.definitions.reader import FRONT_MATTER, blocks_of, chunks
from app.definitions.tree import Block, Kind
from app.definitions.writer import cells, written

__all__ = ["Unreadable", "cells", "parse", "render", "words"]

BYTES_MAX = 1_000_000
LINES_MAX = 20_000
BLOCKS_MAX = 5_000
WORD = re.compile(r"\w+")
CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f\x85]")
SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):
    """A draft that is not taken: `code` says why, `limit` what would have been."""

    def __init__(self, code: str, limit: int = 0) -> None:
        super().__init__(code, limit)
        self.code = code
        self.limit = limit


def parse(markdown: str) -> list[Block]:
    """The blocks of a draft, in reading order. Raises Unreadable."""
    source = _clean(markdown)
    blocks = _read(source)
    if blocks and _read(render(blocks)) != blocks:
        blocks = [Block(Kind.paragraph, 0, source)]
    return blocks


def render(blocks: Sequence[Block]) -> str:
    """The Markdown of the blocks."""
    return written(blocks)


def words(markdown: str) -> list[str]:
    """The words of a draft: runs of letters and digits, markup aside.

    Numbers are compared as numbers: the list that begins with 01 is written as beginning with 1.
    """
    return [
        word.lstrip("0") or "0" if word.isascii() and word.isdecimal() else word
        for word in WORD.findall(markdown)
    ]


def _clean(markdown: str) -> str:
    if len(markdown) > BYTES_MAX or len(markdown.encode(errors="replace")) > BYTES_MAX:
        raise Unreadable("draft_too_long", BYTES_MAX)
    if SURROGATE.search(markdown):
        raise Unreadable("draft_not_text")
    text = markdown.removeprefix("\ufeff").replace("\0", "\ufffd")
    text = CONTROL.sub(" ", re.sub(r"\r\n?", "\n", text))
    if text.count("\n") > LINES_MAX:
        raise Unreadable("draft_too_many_lines", LINES_MAX)
    return "\n".join(line if line.strip(" \t") else "" for line in text.split("\n")).strip("\n")


def _read(source: str) -> list[Block]:
    blocks: list[Block] = []
    front = FRONT_MATTER.match(source)
    if front:
        blocks.append(Block(Kind.paragraph, 0, front.group().strip("\n")))
        source = source[front.end() :]
    path: list[int] = []
    for tokens, chunk in chunks(source):
        if tokens[0].type == "heading_open":
            level = int(tokens[0].tag[1:])
            while path and path[-1] >= level:
                path.pop()
        found = list(islice(blocks_of(tokens, len(path)), BLOCKS_MAX + 1 - len(blocks)))
        if len(blocks) + len(found) > BLOCKS_MAX:
            raise Unreadable("draft_too_many_clauses", BLOCKS_MAX)
        if words(render([_shallow(block, len(path)) for block in found])) != words(chunk):
            found = [Block(Kind.paragraph, len(path), chunk)]
        elif tokens[0].type == "heading_open":
            path.append(level)
        blocks += found
    return blocks


def _shallow(block: Block, depth: int) -> Block:
    return Block(block.kind, block.depth - depth, block.markdown, block.level, block.ordinal)
