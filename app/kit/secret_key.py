"""The instance's own secret: set by an operator, or made once and kept in ``var``."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.settings import Settings

KEPT = Path("var/secret_key")


def with_secret_key(settings: Settings) -> Settings:
    """Settings with a secret key: where none was set, one is made once and kept in var."""
    if settings.secret_key:
        return settings
    if not KEPT.exists():
        # Written whole under another name: of several processes that start at once, one is first.
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=KEPT.parent) as fresh:  # readable by its owner only
            fresh.write(secrets.token_hex(32))
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, KEPT)
    return settings.model_copy(update={"secret_key": secret_key_of(settings)})


def secret_key_of(settings: Settings) -> str:
    """The secret key that is set or kept; empty where there is none yet."""
    if settings.secret_key or not KEPT.exists():
        return settings.secret_key
    return KEPT.read_text().strip()
