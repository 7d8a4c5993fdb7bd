"""`clausewise doctor`: what is set and what is there, looked at before somebody else notices.

Each question answers with findings: what is so, and what to do. None tells a secret, and none
changes anything or sends anything to anybody.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from app.kit.secret_key import KEPT
from app.settings import Settings

KEY_LENGTH = 32
TOKEN_LENGTH = 16
SPACE_NEEDED = 200_000_000  # bytes that must be free
SPACE_WANTED = 1_000_000_000
PACKAGES = ("htmx.org/dist", "@fontsource-variable")
HERE = ("127.0.0.1", "localhost", "::1")


class Level(StrEnum):
    """How bad it is: as it should be; worth knowing; people will notice."""

    fine = "fine"
    note = "note"
    fault = "fault"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that was looked at."""

    subject: str
    level: Level
    sentence: str


Question = Callable[[Settings], Iterator[Seen]]


def fine(subject: str, sentence: str) -> Seen:
    return Seen(subject, Level.fine, sentence)


def note(subject: str, sentence: str) -> Seen:
    return Seen(subject, Level.note, sentence)


def fault(subject: str, sentence: str) -> Seen:
    return Seen(subject, Level.fault, sentence)


def sqlite_path(settings: Settings) -> Path:
    """Where SQLite's file is, or will be."""
    return Path(make_url(settings.database_url).database or "")


def look(settings: Settings, questions: tuple[Question, ...]) -> Iterator[Seen]:
    """Asks each question. One that breaks off is a fault of its own, and keeps no other waiting."""
    for question in questions:
        try:
            yield from question(settings)
        except Exception as error:
            subject = question.__name__.replace("_", " ")
            yield fault(subject, f"Looking broke off ({type(error).__name__}): please report it.")


def address(settings: Settings) -> Iterator[Seen]:
    """Where people reach the instance."""
    subject, url = "address", urlsplit(settings.base_url)
    if settings.base_url.endswith("/"):
        yield note(subject, "CLAUSEWISE_BASE_URL ends with a slash, which links double: drop it.")
    if url.scheme == "https":
        yield fine(subject, f"People come to {settings.base_url}.")
    elif settings.development:
        yield fine(subject, f"{settings.base_url}, over plain HTTP as development allows.")
    else:
        yield fault(
            subject,
            f"{settings.base_url} is not https://, and signing in works over HTTPS only: set "
            "CLAUSEWISE_BASE_URL to the address that people see.",
        )


def mode(settings: Settings) -> Iterator[Seen]:
    """What must not be on where people work in earnest."""
    here = urlsplit(settings.base_url).hostname in HERE
    tried_out = settings.development and here
    if settings.development and not here:
        yield fault(
            "mode",
            "Development is on where others can come: /dev/mail shows everybody's links. Turn "
            "CLAUSEWISE_DEVELOPMENT off.",
        )
    if settings.demo and not tried_out:
        yield fault(
            "mode", "In demo mode anybody is anybody on the sign-in page: turn CLAUSEWISE_DEMO off."
        )
    if tried_out:
        yield fine("mode", "Development is on, for this machine only.")
    elif not settings.development and not settings.demo:
        yield fine("mode", "Neither development nor demo is on.")


def secrets(settings: Settings) -> Iterator[Seen]:
    """The key that signs receipts, and the monitor's token."""
    subject = "secret key"
    if settings.secret_key:
        if len(settings.secret_key) < KEY_LENGTH:
            yield fault(subject, "CLAUSEWISE_SECRET_KEY is short: set 32 random bytes in hex.")
        else:
            yield fine(subject, "CLAUSEWISE_SECRET_KEY is set.")
    elif not KEPT.exists():
        yield note(subject, f"None yet: one is made at the first start, in {KEPT}. Keep it safe.")
    elif KEPT.stat().st_mode & 0o077:
        yield fault(subject, f"Others can read {KEPT}: chmod 600 it, or set a new key.")
    else:
        yield fine(subject, f"It is kept in {KEPT}; keep a copy apart from the backups.")
    if settings.metrics_token and len(settings.metrics_token) < TOKEN_LENGTH:
        yield note("metrics", "CLAUSEWISE_METRICS_TOKEN is short, and can be guessed: lengthen it.")


def files(settings: Settings) -> Iterator[Seen]:
    """What npm installed, and room to write."""
    missing = [one for one in PACKAGES if not (settings.node_modules / one).is_dir()]
    if missing:
        yield fault(
            "packages",
            f"{settings.node_modules} has no {' and no '.join(missing)}: run `make "
            "node_modules/.installed`, or set CLAUSEWISE_NODE_MODULES.",
        )
    else:
        yield fine("packages", f"htmx and the typefaces are in {settings.node_modules}.")


def disk(settings: Settings) -> Iterator[Seen]:
    """Room where SQLite keeps its file; a database server's own disk can't be seen from here."""
    if not settings.database_url.startswith("sqlite"):
        return
    folder = sqlite_path(settings).absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    sentence = f"{free / 1e9:,.1f} GB are free beside the database"
    if free < SPACE_NEEDED:
        yield fault("disk", f"{sentence}: make room before it can't be written to.")
    elif free < SPACE_WANTED:
        yield note("disk", f"{sentence}: make room.")
    else:
        yield fine("disk", f"{sentence}.")
