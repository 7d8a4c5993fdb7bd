"""Keeping what an instance holds, from the command line."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app import verification
from app.ballots.receipts import signer_for
from app.kit.db import Database
from app.kit.refusals import Failed
from app.kit.secret_key import secret_key_of
from app.operating import revisions
from app.operating.archive import Manifest
from app.operating.backup import Told, restore_backup, write_backup
from app.operating.readiness import check_tables
from app.settings import Settings

say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

STANDARD_OUTPUT = "-"


def backup(
    file: Annotated[str, typer.Argument(help="The file to write; - for standard output.")],
) -> None:
    """Write everything that the database holds as one file, also while it is being used."""
    settings = Settings()
    with _written(file) as target, _progress("Keeping") as told:
        database = Database(settings.database_url)
        manifest = write_backup(database, target, signer=_signer(settings), told=told)
        database.dispose()
    if file != STANDARD_OUTPUT:
        say.print(f"{file}: {_sum(manifest)}, as they were at {manifest.made_at}.", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `clausewise backup` wrote.")],
) -> None:
    """Put a backup into an empty database, of either kind, and verify it."""
    settings = Settings()
    database = Database(settings.database_url)
    with _progress("Putting back") as told:
        manifest = restore_backup(database, file, told=told)
    say.print(f"{_sum(manifest)} are back, as they were at {manifest.made_at}.", markup=False)
    signer = _signer(settings)
    if manifest.signer and manifest.signer != signer:
        complain.print(
            "The secret key is another than that of the backup: receipts of votes will not be "
            "known. Set CLAUSEWISE_SECRET_KEY to what it was, or put var/secret_key in its place.",
            style="yellow",
        )
    with database.reading() as db:
        findings = list(verification.verify(db))
    database.dispose()
    for one in findings:
        complain.print(str(one), markup=False)
    if findings:
        raise Failed(f"It was restored as it was kept, with {len(findings)} findings.")
    say.print("Everything agrees: the record is complete, and every hash is right.")


def migrate() -> None:
    """Bring the database up to date with this release."""
    database = Database(Settings().database_url)
    with database.engine.begin() as connection:
        before = revisions.revision_of(connection)
        revisions.upgrade(connection)
        after = revisions.revision_of(connection)
    database.dispose()
    if before != after:
        say.print(f"The database is at revision {after}.")


def verify() -> None:
    """Recompute every hash and compare it with what is kept; exit code 1 if one differs."""
    settings = Settings()
    check_tables(settings)  # a database that is not there, or of another release, is no finding
    with Database(settings.database_url).reading() as db:
        findings = list(verification.verify(db))
    for one in findings:
        complain.print(str(one), markup=False)
    if findings:
        raise Failed(f"{len(findings)} findings: the data is not what it was.")
    say.print("Everything agrees: the record is complete, and every hash is right.")


def _signer(settings: Settings) -> str:
    secret = secret_key_of(settings)
    return signer_for(secret).key_id if secret else ""


def _sum(manifest: Manifest) -> str:
    return f"{manifest.rows:,} rows of {len(manifest.tables)} tables"


@contextmanager
def _written(file: str) -> Iterator[IO[bytes]]:
    """A file that is there whole or not at all, for its owner only; nothing is written over."""
    if file == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        return
    path = Path(file)
    if path.exists():
        raise Failed(f"{path} is there already, and is not written over.")
    if not path.parent.is_dir():
        raise Failed(f"There is no folder {path.parent}.")
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _progress(words: str) -> Iterator[Told]:
    """Which table is being worked on, where somebody is looking."""
    with Progress(console=complain, transient=True, disable=not complain.is_terminal) as progress:
        task = progress.add_task(words)

        def told(table: str, number: int, of: int) -> None:
            progress.update(task, description=f"{words} {table}", completed=number, total=of)

        yield told
