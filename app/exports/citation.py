"""How to cite a version: a line of text, BibTeX, CSL-JSON."""

import json
import re
from datetime import UTC
from typing import Any
from urllib.parse import quote

from app.exports import standing
from app.exports.copies import Copy
from app.exports.standing import speaking
from app.kit.i18n import _

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

# Braces are spelled out: BibTeX counts an escaped one all the same.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {mark: "\\" + mark for mark in "&%$#_"}


def write_text(copy: Copy) -> bytes:
    """One line for a list of references."""
    return (line(copy) + "\n").encode()


def line(copy: Copy) -> str:
    """The same line, without its end."""
    with speaking(copy.language):
        return _("%(group)s (%(year)s). %(name)s. %(standing)s. %(address)s") % {
            "group": copy.group,
            "year": copy.issued.astimezone(UTC).year,
            "name": copy.definition,
            "standing": standing.standing(copy),
            "address": copy.address,
        }


def write_bibtex(copy: Copy) -> bytes:
    """A BibTeX entry; `misc`, as every style knows it."""
    day = copy.issued.astimezone(UTC)
    fields = {
        "author": "{" + tex(copy.group) + "}",
        "title": "{" + tex(copy.definition) + "}",
        "year": str(day.year),
        "version": tex(copy.label or ""),
        "note": tex(f"{standing.standing(copy)}. SHA-256: {copy.text}"),
        "url": quote(copy.address, safe=":/?=&-._~"),
        "language": tex(copy.language),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    month = f"  month = {MONTHS[day.month - 1]},\n"
    lines.insert(3, month)
    return f"@misc{{{key(copy)},\n{''.join(lines)}}}\n".encode()


def key(copy: Copy) -> str:
    """The key of the entry: letters, digits, dot and hyphen only."""
    return re.sub(r"[^0-9A-Za-z.-]+", "-", copy.name)


def tex(words: str) -> str:
    """Words as TeX shows them: marks that TeX would act on are escaped, line ends are spaces."""
    return "".join(TEX.get(mark, mark) for mark in " ".join(words.split()))


def write_csl(copy: Copy) -> bytes:
    """A CSL-JSON list of one item, as reference managers read it."""
    return (json.dumps([csl(copy)], ensure_ascii=False, indent=2) + "\n").encode()


def csl(copy: Copy) -> dict[str, Any]:
    """The CSL-JSON item, of the type `standard` (CSL 1.0.2)."""
    day = copy.issued.astimezone(UTC)
    return {
        "id": key(copy),
        "type": "standard",
        "title": copy.definition,
        "author": [{"literal": copy.group}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": copy.label or "",
        "status": standing.standing(copy),
        "URL": copy.address,
        "language": copy.language,
        "note": f"SHA-256: {copy.text}",
    }
