"""The command ``clausewise``. Calls verbs and queries; an error is one sentence and exit code 1."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.metadata import version as version_of
from logging.config import dictConfig
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from app import verification, worker as the_worker
from app.definitions.commands import import_command
from app.exports.commands import export
from app.groups.commands import add_member, new_group
from app.kit import logs
from app.kit.db import Database
from app.kit.meters import FOLDER
from app.kit.refusals import Failed, NotFound, Refused
from app.kit.web import make_templates
from app.operating import revisions
from app.operating.commands import backup, doctor, restore
from app.operating.readiness import tables_wrong
from app.people.commands import grant_administrator, revoke_administrator
from app.people.providers import WrongSetting, read_providers
from app.reading.commands import erase_person
from app.settings import Settings

commands = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

commands.command()(new_group)
commands.command()(add_member)
commands.command()(grant_administrator)
commands.command()(revoke_administrator)
commands.command()(erase_person)
commands.command("import")(import_command)
commands.command()(export)
commands.command()(doctor)
commands.command()(backup)
commands.command()(restore)


@commands.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 1,
) -> None:
    """Serve the pages and the API, with the worker beside them unless that is turned off."""
    os.environ.setdefault("CLAUSEWISE_BASE_URL", f"http://{host}:{port}")
    settings = Settings()
    read_providers(settings.providers, development=settings.development)  # wrong: say so at once
    _check_tables(settings)
    say.print(f"Clausewise is at [bold]{settings.base_url}[/bold] (Ctrl-C stops it)")
    dictConfig(logs.configuration(settings))
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


@commands.command()
def worker() -> None:
    """Run the worker as a process of its own: close what is due, deliver what is queued."""
    settings = Settings()
    _check_tables(settings)
    dictConfig(logs.configuration(settings))
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    say.print("The worker runs (Ctrl-C stops it)")
    database = Database(settings.database_url, connections=2)
    the_worker.run(database, settings, stop)
    database.dispose()


@commands.command()
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


@commands.command()
def verify() -> None:
    """Recompute every hash and compare it with what is kept; exit code 1 if one differs."""
    settings = Settings()
    _check_tables(settings)  # a database that is not there, or of another release, is no finding
    with Database(settings.database_url).reading() as db:
        findings = list(verification.verify(db))
    for one in findings:
        complain.print(str(one), markup=False)
    if findings:
        raise Failed(f"{len(findings)} findings: the data is not what it was.")
    say.print("Everything agrees: the record is complete, and every hash is right.")


@commands.command()
def seed(
    reset: Annotated[
        bool, typer.Option(help="Empty the database first. Everything in it is lost.")
    ] = False,
) -> None:
    """Load the case that shows what Clausewise does; nothing happens if it is there."""
    from seed.load import load  # not part of the installed package

    load(Settings(), reset=reset)


@commands.command()
def version() -> None:
    """Say which release this is."""
    say.print(f"Clausewise {version_of('clausewise')}")


@contextmanager
def _counting_together(settings: Settings, workers: int) -> Iterator[None]:
    """A folder in which several processes keep what they count, for as long as they serve."""
    if workers == 1 or not settings.metrics_token:
        yield
        return
    with TemporaryDirectory(prefix="clausewise-metrics-") as folder:
        os.environ[FOLDER] = folder
        yield


def _check_tables(settings: Settings) -> None:
    database = Database(settings.database_url)
    wrong = tables_wrong(database)
    database.dispose()
    if wrong is not None:
        raise Failed(wrong)


def main() -> None:
    """Runs one command; what goes wrong becomes one sentence and exit code 1."""
    try:
        commands()
    except (Failed, WrongSetting) as error:
        sentence = str(error)
    except Refused as error:
        templates = make_templates(Settings())
        sentence = templates.filters["sentence"](error.refusal).unescape()
    except NotFound:
        sentence = "There is no group, definition, version or person by that name."
    except IntegrityError:
        sentence = "Something of this name is there already, so nothing was done."
    except (OperationalError, ProgrammingError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        sentence = f"The database did not answer ({reason}); is it there, and migrated?"
    except KeyboardInterrupt:
        sys.exit(130)
    else:
        return
    complain.print(sentence, markup=False)
    sys.exit(1)


if __name__ == "__main__":
    main()
