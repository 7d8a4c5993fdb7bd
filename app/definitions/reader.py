"""Markdown to blocks: what a draft says, piece by piece.

markdown-it-py finds the blocks; each becomes a Block whose `markdown` is its own source, freed
from the markers of the list, quote or table around it. What has no kind of its own (code,
raw HTML, rules, reference definitions, front matter) is kept as a paragraph, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from app.definitions.tree import DEPTH_MAX, Block, Kind

RULE = "***"
FRONT_MATTER = re.compile(r"\A---[ \t]*\n[A-Za-z_][\w .-]*:(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
QUOTE_MARK = re.compile(r"^ {0,3}> ?")
BLOCK_MARK = re.compile(r"^\s*(\d*)([^\w\s\\])")
BARE_PIPE = re.compile(r"(?<!\\)\|")

NESTED = {"bullet_list_open", "ordered_list_open", "table_open"}
SOURCED = {"blockquote_open", "html_block", "tr_open"}

BlockRule = Callable[[StateBlock, int, int, bool], bool]


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, blocks only, every block with its source in `meta`.

    Reference definitions are left where they stand as words: taken out, they would be lost.
    """
    md = MarkdownIt("commonmark", {"maxNesting": 2 * DEPTH_MAX}).enable("table")
    md.disable("reference")
    for rule in list(md.block.ruler.__rules__):
        md.block.ruler.at(rule.name, _keeping_source(rule.fn), {"alt": rule.alt})
    md.core.ruler.enableOnly(["normalize", "block"])
    return md


def _keeping_source(rule: BlockRule) -> BlockRule:
    def with_source(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = len(state.tokens)
        matched = rule(state, start, end, silent)
        if matched and not silent:
            for token in state.tokens[first:]:
                if "source" not in token.meta and token.map and token.type in SOURCED:
                    begin, after = token.map
                    token.meta["source"] = state.getLines(begin, after, state.blkIndent, False)
        return matched

    return with_source


def chunks(markdown: str) -> Iterator[tuple[list[Token], str]]:
    """The draft's outermost blocks: the tokens and the source lines of each."""
    lines = markdown.split("\n")
    tokens = parser().parse(markdown)
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            chunk = tokens[start : index + 1]
            start = index + 1
            first, last = chunk[0].map or (0, 0)
            yield chunk, "\n".join(lines[first:last]).strip("\n")


def blocks_of(tokens: Sequence[Token], depth: int, in_item: bool = False) -> Iterator[Block]:
    """The blocks that a run of sibling tokens makes, at this depth.

    A heading inside a list item heads nothing: it is kept as that item's words.
    """
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        inside = tokens[position + 1 : end]
        token = tokens[position]
        match token.type:
            case "heading_open" if not in_item:
                yield Block(Kind.heading, depth, heading(inside[0]), level=int(token.tag[1:]))
            case "blockquote_open":
                yield Block(Kind.note, depth, unquoted(token.meta["source"]))
            case "bullet_list_open" | "ordered_list_open":
                yield from _items(inside, depth)
            case "table_open":
                yield from _rows(inside, depth)
            case _:
                if markdown := _verbatim(tokens[position : end + 1]):
                    yield Block(Kind.paragraph, depth, markdown)
        position = end + 1


def _items(tokens: Sequence[Token], depth: int) -> Iterator[Block]:
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        inside = tokens[position + 1 : end]
        own, markdown = 0, ""
        while own < len(inside) and not markdown and inside[own].type not in NESTED:
            first, own = own, _closing(inside, own) + 1
            markdown = _verbatim(inside[first:own])
        ordinal = int(tokens[position].info) if tokens[position].info else None
        yield Block(Kind.item, depth, markdown, ordinal=ordinal)
        yield from blocks_of(inside[own:], depth + 1, in_item=True)
        position = end + 1


def _rows(tokens: Sequence[Token], depth: int) -> Iterator[Block]:
    sources = [token.meta["source"] for token in tokens if token.type == "tr_open"]
    yield Block(Kind.row, depth, " | ".join(_cells_of_line(sources[0])).strip())
    for source in sources[1:]:
        cells = _cells_of_line(source)
        while cells and not cells[-1]:
            cells.pop()
        yield Block(Kind.row, depth + 1, " | ".join(cells).strip())


def _cells_of_line(line: str) -> list[str]:
    pieces = BARE_PIPE.split(line.strip())
    if not pieces[0]:
        del pieces[0]
    if pieces and not pieces[-1]:
        del pieces[-1]
    return [piece.strip() for piece in pieces]


def _verbatim(tokens: Sequence[Token]) -> str:
    """The Markdown of one block that stands alone, in one canonical spelling."""
    if not tokens:
        return ""
    token = tokens[0]
    match token.type:
        case "paragraph_open":
            return settled(tokens[1].content)
        case "heading_open":
            return f"{'#' * int(token.tag[1:])} {heading(tokens[1])}".rstrip()
        case "blockquote_open":
            return quoted(unquoted(token.meta["source"]))
        case "fence":
            code = f"{token.content.rstrip(chr(10))}\n" if token.content.strip("\n") else ""
            return f"{token.markup}{token.info.rstrip()}\n{code}{token.markup}"
        case "code_block":
            runs = re.findall(r"`{3,}", token.content)
            fence = "`" * max([3, *(len(run) + 1 for run in runs)])
            return f"{fence}\n{token.content.rstrip(chr(10))}\n{fence}"
        case "hr":
            return RULE
        case _:
            return str(token.meta["source"]).strip("\n").lstrip(" ")


def heading(inline: Token) -> str:
    """A heading on one line, whichever way it was written."""
    lines = [line.strip() for line in inline.content.split("\n")]
    joined = " ".join(
        [line.removesuffix("\\").rstrip() for line in lines[:-1]] + lines[-1:]
    ).strip()
    return re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", joined)


def settled(content: str) -> str:
    """A paragraph that reads as the same paragraph wherever it is put.

    A lazy continuation line ("===" after a list item), or a first line behind an odd space,
    would become markup in a new place; such lines are escaped, and as a last resort joined.
    """
    if _is_one_paragraph(content):
        return content
    escaped = "\n".join(BLOCK_MARK.sub(r"\1\\\2", line) for line in content.split("\n"))
    return escaped if _is_one_paragraph(escaped) else " ".join(escaped.split())


def _is_one_paragraph(content: str) -> bool:
    if "\n" not in content and content[:1].isalpha():
        return True
    tokens = parser().parse(content)
    return len(tokens) == 3 and tokens[0].type == "paragraph_open" and tokens[1].content == content


def unquoted(source: str) -> str:
    lines = [QUOTE_MARK.sub("", line.expandtabs(4)) for line in source.split("\n")]
    return "\n".join(line if line.strip() else "" for line in lines).strip("\n")


def quoted(markdown: str) -> str:
    return "\n".join(
        f"> {line}".rstrip() if not line else f"> {line}" for line in markdown.split("\n")
    )


def _closing(tokens: Sequence[Token], position: int) -> int:
    """Where the block that opens here closes."""
    if tokens[position].nesting <= 0:
        return position
    level = tokens[position].level
    return next(
        index
        for index in range(position + 1, len(tokens))
        if tokens[index].level == level and tokens[index].nesting < 0
    )
