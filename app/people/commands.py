"""Making somebody an administrator of the instance, from the command line."""

from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.orm import Session

from app.kit.db import Database
from app.kit.refusals import NotFound
from app.people import actions_administrator as actions, queries
from app.people.models import Person
from app.settings import Settings

say = Console(highlight=False, soft_wrap=True)
Email = Annotated[str, typer.Argument(help="The address of somebody who has an account.")]


def grant_administrator(email: Email) -> None:
    """Make somebody an administrator of this instance."""
    with Database(Settings().database_url).writing() as db:
        actions.grant_administrator(db, person := _person(db, email))
    say.print(f"{person.name} administers this instance from now on.", markup=False)


def revoke_administrator(email: Email) -> None:
    """End somebody's administration of this instance."""
    with Database(Settings().database_url).writing() as db:
        actions.revoke_administrator(db, person := _person(db, email))
    say.print(f"{person.name} no longer administers this instance.", markup=False)


def _person(db: Session, email: str) -> Person:
    """Somebody who is there: a slip in an address must not make a stranger an administrator."""
    person = queries.person_by_email(db, email)
    if person is None:
        raise NotFound
    return person
