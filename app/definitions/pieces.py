"""A redline as it is read: words with their bold and links, not Markdown with its signs.

Both wordings are read, each word with how it is set; the redline of those words is cut into
pieces that a template writes out, each in its own element, so that no change can break another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token as Mark
from markupsafe import Markup, escape

from app.definitions.redline import Atom, Op, Token, atoms, joined, tokens
from app.definitions.tree import Kind

LINKS = ("https://", "http://", "mailto:")
TAGS = {
    "strong": Markup("<strong>{}</strong>"),
    "em": Markup("<em>{}</em>"),
    "s": Markup("<s>{}</s>"),
    "code": Markup("<code>{}</code>"),
    "insert": Markup("<ins>{}</ins>"),
    "delete": Markup("<del>{}</del>"),
}
LINK = Markup('<a href="{}" rel="nofollow noopener noreferrer">{}</a>')
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set."""

    strong: bool = False
    em: bool = False
    s: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are set alike and came, went or stayed together. A "gap" leaves words out."""

    op: Op
    text: str
    style: Style


PLAIN = Style()

# The same Markdown as `kit.markup` renders.
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_parser.disable("image")


def pieces(
    before: str, after: str, kind: str = Kind.paragraph, around: int | None = None
) -> list[Piece]:
    """The redline of two wordings of a clause of this kind.

    around: how many words to keep on either side of a change; longer stretches become a gap.
    """
    found = list(atoms(_styled(before, kind), _styled(after, kind)))
    if around is not None:
        found = list(_elided(found, around))
    return [Piece(op, text, style) for op, text, style in joined(_tidied(found))]


def redline_html(
    before: str, after: str, kind: str = Kind.paragraph, around: int | None = None
) -> Markup:
    """The redline as HTML: `<ins>` and `<del>` around words that keep their emphasis and links.

    Every word and address is escaped; the only elements are those named here.
    """
    return _html(pieces(before, after, kind, around))


def sides_html(before: str, after: str, kind: str = Kind.paragraph) -> tuple[Markup, Markup]:
    """The redline on two sides: the words before with what went, the words after with what came."""
    marked = list(atoms(_styled(before, kind), _styled(after, kind)))
    found = [Piece(op, text, style) for op, text, style in joined(_tidied(marked, beside=True))]
    return (
        _html([piece for piece in found if piece.op != "insert"]),
        _html([piece for piece in found if piece.op != "delete"]),
    )


def _html(found: list[Piece]) -> Markup:
    html = Markup("")
    for op, group in groupby(found, key=lambda piece: piece.op):
        inner = Markup("").join(_set(piece) for piece in group)
        html += TAGS[op].format(inner) if op in TAGS else inner
    return html


def _set(piece: Piece) -> Markup:
    text = escape(piece.text).replace("\n", Markup("<br>"))
    for name in ("strong", "em", "s", "code"):
        if getattr(piece.style, name):
            text = TAGS[name].format(text)
    if piece.style.href:
        text = LINK.format(piece.style.href, text)
    return text


def _tidied(found: list[Atom[Style]], beside: bool = False) -> Iterator[Atom[Style]]:
    """White space alone is never a change, and never set apart; a change begins with a word, and
    words that take another's place stand a space away from it, unless they stand beside it."""
    last: Op = "equal"
    around = PLAIN
    for op, text, style in found:
        if op == "gap":
            yield op, text, style
            continue
        words = text.lstrip()
        space = text[: len(text) - len(words)]
        if op == "insert" and last == "delete" and not beside:
            space = space or " "
        if space and not (op == "delete" and not words):
            within = op == last or (op == "equal" and not words)
            yield (
                op if op == last or (beside and words) else "equal",
                space,
                style if within and style == around else PLAIN,
            )
        if words:
            last, around = op, style
            yield op, words, style


def _elided(found: list[Atom[Style]], around: int) -> Iterator[Atom[Style]]:
    runs = [(op, list(run)) for op, run in groupby(found, key=lambda atom: atom[0])]
    for number, (op, run) in enumerate(runs):
        head = around if number else 0
        tail = around if number < len(runs) - 1 else 0
        if op != "equal" or len(run) <= 2 * (head + tail + around):
            yield from run
            continue
        yield from run[: 2 * head]
        yield "gap", " " * bool(head) + ELLIPSIS + " " * bool(tail), PLAIN
        yield from run[len(run) - 2 * tail :]


def _styled(markdown: str, kind: str) -> list[Token[Style]]:
    """The words of a wording in the order in which they are read."""
    on_one_line = kind in (Kind.heading, Kind.row)
    parsed = _parser.parseInline(markdown) if on_one_line else _parser.parse(markdown)
    words: list[Token[Style]] = []
    for text, style in _texts(parsed):
        fresh = tokens(text, style)
        if words and not words[-1].word:
            space = words.pop().space + fresh[0].space
            fresh[0] = replace(fresh[0], space=space)
        words += fresh
    return words or tokens("", PLAIN)


def _texts(parsed: list[Mark]) -> Iterator[tuple[str, Style]]:
    begun = False
    bullet = ""
    for token in parsed:
        if token.type == "list_item_open":
            bullet = f"{token.info}. " if token.info else "• "
        elif token.type in ("inline", "fence", "code_block", "hr"):
            if begun:
                yield "\n", PLAIN
            if bullet:
                yield bullet, PLAIN
            begun, bullet = True, ""
            if token.type == "inline":
                yield from _inline(token.children or [])
            elif token.type == "hr":
                yield "* * *", PLAIN
            else:
                yield token.content.rstrip("\n"), Style(code=True)


def _inline(children: list[Mark]) -> Iterator[tuple[str, Style]]:
    styles = [PLAIN]
    for token in children:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting < 0:
            styles.pop()
        elif token.nesting > 0:
            styles.append(_within(styles[-1], name, str(token.attrs.get("href", ""))))
        elif token.type == "softbreak":
            yield " ", styles[-1]
        elif token.type == "hardbreak":
            yield "\n", styles[-1]
        elif token.type == "code_inline":
            yield token.content, replace(styles[-1], code=True)
        elif token.content:
            yield token.content, styles[-1]


def _within(style: Style, name: str, href: str) -> Style:
    match name:
        case "link":
            return replace(style, href=href) if href.startswith(LINKS) else style
        case "strong":
            return replace(style, strong=True)
        case "em":
            return replace(style, em=True)
        case "s":
            return replace(style, s=True)
        case _:
            return style
