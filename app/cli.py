"""The command ``clausewise``. Calls verbs and queries; an error is one sentence and exit code 1."""

import sys
from importlib import import_module
from importlib.metadata import version as version_of
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperCommand, TyperGroup

from app.kit.refusals import Failed, NotFound, Refused
from app.people.providers import WrongSetting

say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

# Where each command is, and what it says of itself. A room is imported when one of its commands is
# called: all of them together take longer than what most commands do. What is not here is none.
COMMANDS = {
    "new-group": ("app.groups.commands:new_group", "Make a working group with its first chair."),
    "add-member": ("app.groups.commands:add_member", "Bring a person into a working group."),
    "grant-administrator": (
        "app.people.commands:grant_administrator",
        "Make somebody an administrator of this instance.",
    ),
    "revoke-administrator": (
        "app.people.commands:revoke_administrator",
        "End somebody's administration of this instance.",
    ),
    "erase-person": (
        "app.reading.commands:erase_person",
        "Erase somebody: what says who they are goes for good, what they contributed stays.",
    ),
    "import": (
        "app.definitions.commands:import_command",
        "Import a draft: show which clause is which, then make it a version.",
    ),
    "export": (
        "app.exports.commands:export",
        "Write a version, or the working text, as a file.",
    ),
    "doctor": (
        "app.operating.commands_doctor:doctor",
        "Look at settings, files, database, mail and providers, and say what to do.",
    ),
    "backup": (
        "app.operating.commands:backup",
        "Write everything that the database holds as one file, also while it is being used.",
    ),
    "restore": (
        "app.operating.commands:restore",
        "Put a backup into an empty database, of either kind, and verify it.",
    ),
    "serve": (
        "app.serving:serve",
        "Serve the pages and the API, with the worker beside them unless that is turned off.",
    ),
    "worker": (
        "app.serving:worker",
        "Run the worker as a process of its own: close what is due, deliver what is queued.",
    ),
    "migrate": (
        "app.operating.commands:migrate",
        "Bring the database up to date with this release.",
    ),
    "verify": (
        "app.operating.commands:verify",
        "Recompute every hash and compare it with what is kept; exit code 1 if one differs.",
    ),
    "seed": (
        "app.cli:seed",
        "Load the case that shows what Clausewise does; nothing happens if it is there.",
    ),
    "version": ("app.cli:version", "Say which release this is."),
}


class Later(TyperCommand):
    """A command that is imported when it is called; until then there is its sentence only."""

    def __init__(self, name: str, where: str, sentence: str) -> None:
        super().__init__(name=name, help=sentence)
        self.where = where

    def imported(self) -> Any:
        """The command as its room wrote it."""
        module, _, function = self.where.partition(":")
        room = typer.Typer(add_completion=False)
        room.command(self.name)(getattr(import_module(module), function))
        return typer.main.get_command(room)

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        return self.imported().make_context(*arguments, **options)


class Commands(TyperGroup):
    """All of them, in the order in which ``--help`` tells them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {name: Later(name, *told) for name, told in COMMANDS.items()}


commands = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@commands.callback()
def clausewise() -> None:
    """Where a group agrees on a definition, clause by clause."""


def seed(
    reset: Annotated[
        bool, typer.Option(help="Empty the database first. Everything in it is lost.")
    ] = False,
) -> None:
    """Load the case that shows what Clausewise does; nothing happens if it is there."""
    from app.settings import Settings
    from seed.load import load  # not part of the installed package

    load(Settings(), reset=reset)


def version() -> None:
    """Say which release this is."""
    say.print(f"Clausewise {version_of('clausewise')}")


def main() -> None:
    """Runs one command; what goes wrong becomes one sentence and exit code 1."""
    try:
        commands()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sentence = _sentence_of(error)
        if sentence is None:
            raise
        complain.print(sentence, markup=False)
        sys.exit(1)


def _sentence_of(error: Exception) -> str | None:
    """What an operator is told; nothing of what nobody thought of."""
    from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

    match error:
        case Failed() | WrongSetting():
            return str(error)
        case Refused():
            return _refusal(error)
        case NotFound():
            return "There is no group, definition, version or person by that name."
        case IntegrityError():
            return "Something of this name is there already, so nothing was done."
        case OperationalError() | ProgrammingError():
            reason = str(error.orig).strip().splitlines()[0]
            return f"The database did not answer ({reason}); is it there, and migrated?"
    return None


def _refusal(error: Refused) -> str:
    from app.kit.web import make_templates
    from app.settings import Settings

    sentence: str = make_templates(Settings()).filters["sentence"](error.refusal).unescape()
    return sentence


if __name__ == "__main__":
    main()
