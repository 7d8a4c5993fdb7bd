"""Somebody who goes about in the scene of ``tests/permissions``."""

import pytest

from tests.permissions.crawl import going_about
from tests.permissions.scene import tell


@pytest.fixture
def crawl(app, db, cast, clock, settings, database):
    scene = tell(db, cast, settings)
    db.flush()
    with going_about(app, scene, database.connection) as crawl:
        yield crawl
