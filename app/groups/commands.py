"""Making a group and bringing people in, from the command line."""

from typing import Annotated

import typer
from rich.console import Console

from app.groups import actions, queries
from app.groups.models import ROLES
from app.kit.db import Database
from app.kit.refusals import NotFound
from app.people import queries as people
from app.settings import Settings

say = Console(highlight=False, soft_wrap=True)
Email = Annotated[str, typer.Option(help="An address; who is new is added.")]


def new_group(
    slug: Annotated[str, typer.Argument(help="Its short name, for addresses.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    chair: Email,
    chair_name: Annotated[str, typer.Option(help="The chair's name, if new.")] = "",
    category: Annotated[list[str] | None, typer.Option(help="A stakeholder category.")] = None,
) -> None:
    """Make a working group with its first chair."""
    with Database(Settings().database_url).writing() as db:
        person = actions.newcomer(db, email=chair, name=chair_name)
        actions.create_group(db, by=person, slug=slug, name=name, categories=category or [])
    say.print(f"{name} is at /g/{slug}, with {chair} in the chair.", markup=False)


def add_member(
    group: Annotated[str, typer.Argument(help="The group's short name.")],
    email: Annotated[str, typer.Argument(help="The new member's address.")],
    by: Annotated[str, typer.Option(help="The address of the chair who adds them.")],
    name: Annotated[str, typer.Option(help="Their name, if they are new.")] = "",
    role: Annotated[str, typer.Option(help=", ".join(ROLES))] = "member",
    category: Annotated[str, typer.Option(help="Whom they speak for.")] = "",
    affiliation: Annotated[str, typer.Option(help="Where they work.")] = "",
) -> None:
    """Bring a person into a working group."""
    with Database(Settings().database_url).writing() as db:
        chair = people.person_by_email(db, by)
        if chair is None:
            raise NotFound
        found = queries.group_for(db, group, chair)
        categories = {one.name: one for one in found.categories}
        if category and category not in categories:
            raise NotFound
        actions.add_member(
            db,
            found,
            by=chair,
            person=actions.newcomer(db, email=email, name=name),
            role=role,
            category=categories.get(category),
            affiliation=affiliation,
        )
    say.print(f"{email} is now {role} of {group}.", markup=False)
