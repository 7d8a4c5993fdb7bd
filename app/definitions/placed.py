"""A clause as it is read: where it stands in a text, with its words."""

from dataclasses import dataclass
from functools import lru_cache

from app.definitions import draft
from app.definitions.tree import Block, Kind, Node
from app.kit.markup import render_inline


@dataclass(frozen=True, slots=True)
class Placed:
    """A clause where it stands in a text, with its words. `number` is the clause's own, for good;
    `place` is where it stands in this text ("3.1")."""

    node: Node
    clause_id: int
    place: str
    markdown: str
    html: str

    dom_name = "clause"

    @property
    def number(self) -> int:
        return self.node.clause

    @property
    def kind(self) -> Kind:
        return self.node.kind

    @property
    def depth(self) -> int:
        return self.node.depth

    @property
    def level(self) -> int | None:
        return self.node.level

    @property
    def ordinal(self) -> int | None:
        return self.node.ordinal

    @property
    def wording(self) -> str:
        return self.node.wording

    @property
    def inline_html(self) -> str:
        """The words of a heading: HTML without blocks."""
        return inline_html(self.markdown)

    @property
    def line_html(self) -> str:
        """The words without the one paragraph around them; with their blocks, if there are more."""
        if self.kind in (Kind.heading, Kind.row):
            return self.inline_html
        alone = self.html.startswith("<p>") and self.html.count("<p>") == 1
        if alone and self.html.rstrip().endswith("</p>"):
            return self.html.rstrip().removeprefix("<p>").removesuffix("</p>")
        return self.html

    @property
    def cells_html(self) -> list[str]:
        """The cells of a row, as HTML."""
        return [inline_html(cell.replace("\\|", "|")) for cell in draft.cells(self.markdown)]

    @property
    def block(self) -> Block:
        return Block(self.kind, self.depth, self.markdown, self.level, self.ordinal)


@lru_cache(maxsize=8192)
def inline_html(markdown: str) -> str:
    """Markdown of one line as sanitised HTML; the same words are rendered once."""
    return render_inline(markdown)
