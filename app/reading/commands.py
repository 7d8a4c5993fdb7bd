"""Erasing somebody, from the command line."""

from typing import Annotated

import typer
from rich.console import Console

from app.kit.db import Database
from app.kit.refusals import NotFound
from app.people.actions_erasure import erase_person as erase
from app.people.models import Person
from app.people.queries import person_by_email
from app.reading.actions_erasure import ELSEWHERE
from app.settings import Settings

say = Console(highlight=False, soft_wrap=True)


def erase_person(
    who: Annotated[str, typer.Argument(help="Their address, or their opaque id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Erase somebody: what says who they are goes for good, what they contributed stays."""
    database = Database(Settings().database_url)
    with database.writing() as db:
        person = person_by_email(db, who) or db.get(Person, who)
        if person is None:
            raise NotFound
        if not yes:
            typer.confirm(f"Erase {person.name}? It can't be taken back.", abort=True)
        erased, tombstone = person.id, erase(db, person, by=None, elsewhere=ELSEWHERE).name
    database.leave_nothing_behind()
    database.dispose()
    say.print(f"{erased} is “{tombstone}” from now on.", markup=False)
