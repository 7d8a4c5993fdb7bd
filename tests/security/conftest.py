"""Somebody who goes about in the scene of ``tests/permissions``."""

import pytest

from tests.permissions.crawl import Crawl
from tests.permissions.scene import tell


@pytest.fixture
def crawl(db, cast, clock, settings, database, api):
    scene = tell(db, cast, settings)
    db.flush()
    return Crawl(scene, api.client, database.connection)
