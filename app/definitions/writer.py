"""Blocks to Markdown: the one way a text is written down."""

from __future__ import annotations

from collections.abc import Sequence

from app.definitions.reader import BARE_PIPE, quoted
from app.definitions.tree import Block, Kind, parents


def cells(markdown: str) -> list[str]:
    """The cells of a row. An escaped pipe stays escaped: it is Markdown's, as the rest is."""
    return [cell.strip() for cell in BARE_PIPE.split(markdown)]


def written(blocks: Sequence[Block]) -> str:
    """The draft that these blocks make, ending in a newline; nothing for no blocks."""
    pieces: list[str] = []
    above = parents(blocks)
    indents: list[str] = []
    latest: list[Block] = []
    for position, block in enumerate(blocks):
        parent = above[position]
        outer = "" if parent is None else indents[parent]
        in_table = parent is not None and blocks[parent].kind is Kind.row
        before = blocks[position - 1] if position else None
        if before is not None:
            sibling = latest[block.depth] if block.depth < len(latest) else before
            tight = in_table or _tight(before, sibling, block)
            pieces.append("\n" if tight else "\n\n")
        latest[block.depth :] = [block]
        marker = _marker(block)
        indents.append(outer + " " * len(marker))
        header = blocks[parent] if in_table and parent is not None else block
        pieces.append(_indented(_lines(block, header, marker), outer, indents[-1]))
    return "".join(pieces) + "\n" if pieces else ""


def _marker(block: Block) -> str:
    if block.kind is not Kind.item:
        return ""
    return "- " if block.ordinal is None else f"{block.ordinal}. "


def _lines(block: Block, header: Block, marker: str) -> list[str]:
    match block.kind:
        case Kind.heading:
            return [f"{'#' * (block.level or 1)} {block.markdown}".rstrip()]
        case Kind.note:
            return quoted(block.markdown).split("\n")
        case Kind.row:
            width = len(cells(header.markdown))
            own = cells(block.markdown)
            line = "| " + " | ".join(own + [""] * (width - len(own))) + " |"
            return [line] if block is not header else [line, "|" + " --- |" * width]
        case _:
            first, *rest = (marker + block.markdown).split("\n")
            return [first.rstrip() if not block.markdown else first, *rest]


def _indented(lines: Sequence[str], outer: str, inner: str) -> str:
    return "\n".join(
        (outer if number == 0 else inner) + line if line else ""
        for number, line in enumerate(lines)
    )


def _tight(before: Block, sibling: Block, block: Block) -> bool:
    """Whether a block goes on the next line: an item that cannot be read as more of the last one,
    or what stands first in an item without words of its own, which a blank line would end."""
    if before.kind is not Kind.item:
        return False
    if not before.markdown:
        return block.depth > before.depth
    if block.kind is not Kind.item:
        return False
    if block.depth > before.depth:
        goes_on = block.markdown and block.ordinal in (None, 1)
        return bool(goes_on) and not before.markdown.startswith("<")
    return (sibling.ordinal is None) is (block.ordinal is None)
