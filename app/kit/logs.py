"""Log lines: one shape for ours, the server's and the libraries', as text or JSON, without secrets.

Lines name routes and not addresses, people by their opaque ids, and carry the request's id. Of an
exception they say where and of which kind; its own words are left out, since they quote what it
failed on: an address, a token, a vote. In development they are said.
"""

import re
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor

from app.settings import Settings

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_EVERY_LINE: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_EVERY_LINE,
        ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def configuration(settings: Settings) -> dict[str, Any]:
    """What ``logging.config.dictConfig`` takes; plain data, so that worker processes get it too."""
    form = settings.log_format
    if form == "auto":
        form = "text" if settings.development else "json"
    lines = {"()": f"{__name__}.lines", "form": form, "words": settings.development}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        # Libraries tell at INFO what they were asked, addresses and all.
        "root": {"level": "WARNING", "handlers": ["lines"]},
        "loggers": {"clausewise": {"level": "INFO"}},
    }


def lines(form: str, words: bool) -> ProcessorFormatter:
    """The formatter of every line. words: whether exceptions are quoted."""
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "text":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())

    def told(exc_info: ExcInfo) -> str:
        return "\n".join(_told(exc_info[1], words=words))

    return ProcessorFormatter(
        foreign_pre_chain=[*_EVERY_LINE, _scrubbed],
        processors=[
            structlog.processors.ExceptionRenderer(told),
            ProcessorFormatter.remove_processors_meta,
            renderer,
        ],
    )


def reason_of(error: BaseException) -> str:
    """Which fault of which kind, without a value: PostgreSQL's own words quote the row."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    kinds = dict.fromkeys(type(one).__name__ for one in (error, inner))
    if isinstance(inner, sqlite3.Error):  # it names columns and constraints only
        return f"{', '.join(kinds)}: {inner}"
    diagnosis = getattr(inner, "diag", None)
    named = ("sqlstate", "table_name", "constraint_name")
    return " ".join([", ".join(kinds), *filter(None, (getattr(diagnosis, n, "") for n in named))])


def _told(error: BaseException, *, words: bool) -> Iterator[str]:
    """Where an exception came from, after what led to it, in the order of Python's own."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before, words=words)
        yield "which led to"
    yield from (part.rstrip("\n") for part in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__name__}: {error}" if words else reason_of(error)
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _told(one, words=words)


# A mail address, or what is long and random enough to open something.
_SECRET = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+|[\w~+/-]{32,}=*")


def _scrubbed(_: Any, __: str, event: EventDict) -> EventDict:
    """Takes out of a line that is not ours what may be somebody's."""
    if not str(event["_record"].name).startswith("clausewise"):
        event["event"] = _SECRET.sub("…", str(event["event"]))
    return event
