"""A tagged PDF (PDF/UA-1), set by Typst.

People's words go to Typst as JSON and are never read as its code. Only fonts that come with the
typesetter are used, so the same copy gives the same bytes on every machine.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Any

import typst

from app.exports import standing
from app.exports.arrangement import Listing, Part, Single, Table, arrange
from app.exports.copies import CopiedClause, Copy
from app.exports.runs import blocks, runs
from app.exports.standing import speaking
from app.kit.i18n import _

TEMPLATE = Path(__file__).parents[2] / "templates" / "exports" / "document.typ"
FONTS = ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"]

# Control characters have no shape, and PDF/UA takes no text without one.
_shapeless = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_pdf(copy: Copy) -> bytes:
    """The copy as PDF/UA-1.

    Where the fonts lack a character, PDF/UA-1 cannot be had: then it is a tagged PDF that says so
    on its first page, and the other formats carry the words in full.
    """
    try:
        return _compile(_data(copy, missing=None), copy, accessible=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    with speaking(copy.language):
        missing = _(
            "Some characters of this text are missing here, as the fonts at hand do not have them."
            " The other formats have the whole text."
        )
    return _compile(_data(copy, missing=missing), copy, accessible=False)


def _compile(data: dict[str, Any], copy: Copy, *, accessible: bool) -> bytes:
    compiler = typst.Compiler(TEMPLATE, font_paths=typst.Fonts(include_system_fonts=False))
    made = compiler.compile(
        format="pdf",
        sys_inputs={"copy": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"] if accessible else [],
        timestamp=copy.at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no bytes")
    return made


def _data(copy: Copy, missing: str | None) -> dict[str, Any]:
    with speaking(copy.language):
        about = {"title": _("About this text")}
    moment = copy.at.astimezone(UTC)
    data = {
        "title": standing.title(copy),
        "group": copy.group,
        "standing": standing.standing(copy),
        "language": standing.known(copy.language).split("_")[0],
        "spoken": standing.spoken(copy.language).split("_")[0],
        "date": [moment.year, moment.month, moment.day],
        "address": copy.address,
        "fonts": FONTS,
        "missing": missing,
        "parts": _parts(arrange(copy.clauses)),
        "about": about | {"sentences": standing.ratified(copy), "facts": standing.facts(copy)},
        "signing": standing.signing(copy),
    }
    shaped: dict[str, Any] = _shaped(data)
    return shaped


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [_part(part) for part in parts]


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Table):
        return _table(part)
    if isinstance(part, Listing):
        kind = "bullets" if part.start is None else "numbers"
        return {"part": kind, "items": [_single(item) for item in part.items]}
    return _single(part)


def _single(single: Single) -> dict[str, Any]:
    clause = single.clause
    node = _named(clause) | {"part": clause.kind, "parts": _parts(single.parts)}
    if single.rank is not None:
        return node | {"rank": single.rank, "runs": runs(clause.markdown)}
    return node | {"ordinal": clause.ordinal, "blocks": blocks(clause.markdown)}


def _table(table: Table) -> dict[str, Any]:
    header, *body = [[runs(cell.markdown) for cell in line[1]] for line in table.lines]
    return _named(table.header) | {
        "part": "table",
        "columns": len(header),
        "header": header,
        "cells": [cell for own in body for cell in own],
    }


def _named(clause: CopiedClause) -> dict[str, Any]:
    return {"clause": clause.clause, "number": clause.number}


def _shaped(value: Any) -> Any:
    """The same data with every character that has no shape marked as such."""
    if isinstance(value, str):
        return _shapeless.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _shaped(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shaped(inner) for inner in value]
    return value
