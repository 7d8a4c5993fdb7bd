"""Markdown to HTML that is safe to show. The only place that makes HTML from people's words.

Rendered once, when a wording or comment is written, and kept beside its source.
"""

import html
import re

import nh3
from markdown_it import MarkdownIt

_INLINE_TAGS = {"a", "code", "del", "em", "s", "strong", "sub", "sup"}
_BLOCK_TAGS = _INLINE_TAGS | {
    "blockquote", "br", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}

_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
# A picture of somebody else's server would tell it who reads: images are kept as links' text only.
_markdown.disable("image")


def render_markdown(source: str) -> str:
    """Markdown of one or more blocks, as sanitised HTML."""
    return _clean(_markdown.render(source), _BLOCK_TAGS)


def render_inline(source: str) -> str:
    """Markdown of one line (a heading, a table cell), as sanitised HTML without blocks."""
    return _clean(_markdown.renderInline(source), _INLINE_TAGS | {"br"})


def plain(source: str) -> str:
    """The words of a piece of Markdown, without its marks; for titles, mail and excerpts."""
    stripped = nh3.clean(_markdown.render(source), tags=set())
    return re.sub(r"\s+", " ", html.unescape(stripped)).strip()


def _clean(raw: str, tags: set[str]) -> str:
    return nh3.clean(
        raw,
        tags=tags,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )
