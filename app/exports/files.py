"""The files of a copy: which there are, and one of them made."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from app.exports.citation import write_bibtex, write_csl, write_text
from app.exports.copies import Copy
from app.exports.html import POLICY, write_html
from app.exports.json_document import write_json
from app.exports.markdown import write_markdown
from app.exports.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class Format:
    """How a copy is written. path: what follows the address of the version.

    policy: the Content-Security-Policy of the answer, where the general one does not fit.
    """

    path: str
    media_type: str
    write: Callable[[Copy], bytes]
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is handed out. etag: from the bytes, so it is a strong one."""

    name: str
    format: Format
    body: bytes
    etag: str


# Browsers show a PDF through an object of their own.
VIEWER = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"

TEXTS = {
    "pdf": Format(".pdf", "application/pdf", write_pdf, policy=VIEWER),
    "html": Format(".html", "text/html; charset=utf-8", write_html, policy=POLICY),
    "md": Format(".md", "text/markdown; charset=utf-8", write_markdown),
    "json": Format(".json", "application/json", write_json),
}
CITATIONS = {
    "txt": Format("/citation.txt", "text/plain; charset=utf-8", write_text),
    "bib": Format("/citation.bib", "application/x-bibtex; charset=utf-8", write_bibtex),
    "csl": Format("/citation.json", "application/vnd.citationstyles.csl+json", write_csl),
}
FRONTED = Format(
    ".md", "text/markdown; charset=utf-8", lambda copy: write_markdown(copy, front=True)
)


@lru_cache(maxsize=64)
def file_of(copy: Copy, format: Format) -> File:
    """The file of a copy in a format. Kept for a while: the same copy gives the same bytes."""
    body = format.write(copy)
    digest = hashlib.sha256(body).hexdigest()[:32]
    ending = format.path.replace("/", "-")
    return File(f"{copy.name}{ending}", format, body, f'"{digest}"')
