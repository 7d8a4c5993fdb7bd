"""Pages of definitions."""

from typing import Annotated

from fastapi import Depends, Path

from app.definitions import queries
from app.definitions.models import Definition
from app.kit.db import Db
from app.people.current import Viewer

Slug = Annotated[str, Path(max_length=60)]


def definition_of(slug: Slug, viewer: Viewer, db: Db) -> Definition:
    """The definition of the address, if the viewer may see it."""
    return queries.definition_for(db, slug, viewer)


VisibleDefinition = Annotated[Definition, Depends(definition_of)]
