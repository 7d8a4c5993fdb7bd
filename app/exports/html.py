"""One HTML file that needs nothing else: it reads well on any screen and prints well."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.exports import standing
from app.exports.arrangement import arrange
from app.exports.copies import Copy
from app.exports.standing import speaking
from app.kit import i18n

TEMPLATES = Path(__file__).parents[2] / "templates"
STYLE = (TEMPLATES / "exports" / "standalone.css").read_text(encoding="utf-8")

# The file carries its own style, so the answer that serves it allows that one by its hash.
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src "
    f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)

_pages = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_pages.install_gettext_callables(  # type: ignore[attr-defined]
    i18n.gettext, i18n.ngettext, newstyle=True
)


def write_html(copy: Copy) -> bytes:
    """The copy as a page of its own."""
    with speaking(copy.language):
        page = _pages.get_template("exports/standalone.html").render(
            copy=copy,
            title=standing.title(copy),
            standing=standing.standing(copy),
            ratified=standing.ratified(copy),
            facts=standing.facts(copy),
            signing=standing.signing(copy),
            parts=arrange(copy.clauses),
            spoken=standing.spoken(copy.language),
            direction=i18n.direction,
        )
    return page.encode()
