"""Serving the pages, and the worker beside them or on its own, from the command line."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from logging.config import dictConfig
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from app import worker as the_worker
from app.kit import logs
from app.kit.db import Database
from app.kit.meters import FOLDER
from app.operating.readiness import check_tables
from app.people.providers import read_providers
from app.settings import Settings

say = Console(highlight=False, soft_wrap=True)


def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 1,
) -> None:
    """Serve the pages and the API, with the worker beside them unless that is turned off."""
    os.environ.setdefault("CLAUSEWISE_BASE_URL", f"http://{host}:{port}")
    settings = Settings()
    read_providers(settings.providers, development=settings.development)  # wrong: say so at once
    check_tables(settings)
    say.print(f"Clausewise is at [bold]{settings.base_url}[/bold] (Ctrl-C stops it)")
    dictConfig(logs.configuration(settings))
    if workers == 1:  # in whole, before the worker asks for a row in a thread of this process
        import_module("app.main")
    beside = the_worker.beside(settings) if settings.worker_in_process else nullcontext()
    with beside, _counting_together(settings, workers):
        uvicorn.run(
            "app.main:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_config=logs.configuration(settings),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )


def worker() -> None:
    """Run the worker as a process of its own: close what is due, deliver what is queued."""
    settings = Settings()
    check_tables(settings)
    dictConfig(logs.configuration(settings))
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    say.print("The worker runs (Ctrl-C stops it)")
    database = Database(settings.database_url, connections=2)
    the_worker.run(database, settings, stop)
    database.dispose()


@contextmanager
def _counting_together(settings: Settings, workers: int) -> Iterator[None]:
    """A folder in which several processes keep what they count, for as long as they serve."""
    if workers == 1 or not settings.metrics_token:
        yield
        return
    with TemporaryDirectory(prefix="clausewise-metrics-") as folder:
        os.environ[FOLDER] = folder
        yield
