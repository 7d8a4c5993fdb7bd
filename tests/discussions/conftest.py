"""What tests of discussion begin with: clause 4, and somebody who says something on it."""

import pytest
from sqlalchemy import select

from app.definitions.models import Clause
from app.discussions.actions import post_comment
from app.discussions.models import Comment


@pytest.fixture
def clause(db, cast):
    return db.scalars(select(Clause).where(Clause.number == 4)).one()


@pytest.fixture
def say(db, cast, clause):
    """Says something on clause 4, or in answer."""

    def said(who: str, body: str, **more) -> Comment:
        subject = {} if {"parent", "proposal"} & more.keys() else {"clause": clause}
        by = getattr(cast, who)
        return post_comment(db, cast.definition, by=by, body=body, **subject, **more)

    return said
