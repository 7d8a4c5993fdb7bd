"""Runs migrations: each in its transaction, one runner at a time, on either database.

The URL comes from the settings, or from whoever calls (``config.attributes["connection"]``).
"""

from alembic import context
from sqlalchemy import Connection, text

import app.ballots.models
import app.discussions.models
import app.discussions.models_moderation
import app.groups.models_coming
import app.groups.models_conduct
import app.kit.models
import app.people.models_erasure
import app.proposals.models
import app.reading.models
import app.record.models  # noqa: F401
from app.kit.db import Base, Database
from app.settings import Settings


def run(connection: Connection) -> None:
    """Brings one database up to date."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET lock_timeout = '10s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(4223)"))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = Database(Settings().database_url)
    with database.engine.begin() as fresh:
        run(fresh)
    database.dispose()
