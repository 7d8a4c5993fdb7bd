"""Writing a version as a file, from the command line."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from app.definitions.queries import WORKING
from app.exports import queries
from app.exports.files import TEXTS, file_of
from app.kit.db import Database
from app.settings import Settings

complain = Console(stderr=True, highlight=False, soft_wrap=True)


def export(
    definition: Annotated[str, typer.Argument(help="Its short name: open-source-ai.")],
    label: Annotated[
        str, typer.Argument(help="A version; without one, the working text.")
    ] = WORKING,
    format: Annotated[Literal["md", "html", "json", "pdf"], typer.Option()] = "md",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file or folder, instead of standard output."),
    ] = None,
) -> None:
    """Write a version, or the working text, as a file."""
    settings = Settings()
    with Database(settings.database_url).reading() as db:
        found = queries.definition_named(db, definition)
        copy = queries.copy_of(db, found, label, settings.base_url)
    file = file_of(copy, TEXTS[format])
    if output is None:
        sys.stdout.buffer.write(file.body)
        return
    path = output / file.name if output.is_dir() else output
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}", param_hint="--output")
    path.write_bytes(file.body)
    complain.print(f"{path}: {len(file.body)} bytes", markup=False)
