"""Loads the case into a database: once, in one transaction, or again after emptying it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.groups.models import Group
from app.kit import clock
from app.kit.db import Database
from app.settings import Settings
from seed import telling
from seed.company import GROUP, Company
from seed.play import Play
from seed.texts import Texts

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def load(settings: Settings, *, reset: bool = False) -> None:
    """What ``clausewise seed`` does: tells the story, with a bar that shows how far it is."""
    console = Console(highlight=False)
    database = Database(settings.database_url)
    if reset:
        empty(database)
    with Progress(
        TextColumn("Telling the story"), BarColumn(), TimeElapsedColumn(), console=console,
        transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task("")
        told = tell(database, lambda done, of: bar.update(task, completed=done, total=of))
    database.dispose()
    if told:
        console.print("The case of Open Source AI is loaded: everybody in it is invented.")
    else:
        console.print("The case is there already (`clausewise seed --reset` loads it again).")


def tell(
    database: Database,
    progress: Callable[[int, int], None] = lambda done, of: None,
    *,
    now: datetime | None = None,
) -> bool:
    """Plays the whole story up to this hour in one transaction; False if it was there already."""
    with database.writing() as db:
        if is_there(db):
            return False
        hour = (now or clock.now()).replace(minute=0, second=0, microsecond=0)
        company = Company(db, telling.people())
        Play(db, hour, company, Texts(db, company)).run(progress)
    return True


def is_there(db: Session) -> bool:
    """Whether the group of the story exists."""
    return db.scalar(select(Group.id).where(Group.slug == GROUP)) is not None


def empty(database: Database) -> None:
    """Takes every table away and makes them anew: rows that may not be deleted go no other way."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")
