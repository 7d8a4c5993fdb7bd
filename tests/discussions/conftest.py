"""What tests of discussion begin with: clause 4, and somebody who says something on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.definitions.models import Clause
from app.discussions.actions import post_comment
from app.discussions.actions_appeal import decide_appeal, make_appeal
from app.discussions.actions_hiding import hide_comment
from app.discussions.models import Comment
from app.discussions.queries_appeal import measure_for
from app.groups.actions import change_membership
from app.groups.actions_block import block_person
from app.groups.actions_conduct import make_conduct_rule
from app.groups.actions_standing import suspend_member
from tests.conftest import NOON

WEEK = timedelta(days=7)


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


@pytest.fixture
def measures(db, cast, say, settings):
    """Ana decided three things about Chloé: by kind, each with its number. Dara is a chair, too."""
    group, ana, chloe = cast.group, cast.ana, cast.chloe
    comment = say("chloe", "You fliegenkopf.")
    change_membership(
        db, group, by=ana, person=cast.dara, role="chair", category=None, affiliation=""
    )
    make_conduct_rule(db, group, by=ana, words="Speak about the words.")
    more = {"reason": "About a person.", "settings": settings}
    hiding = hide_comment(db, cast.definition, comment, by=ana, rule=1, **more)
    block = block_person(db, group, by=ana, person=chloe, rule=1, until=NOON + WEEK, **more)
    suspended = suspend_member(db, group, by=ana, person=chloe, until=NOON + WEEK, **more)
    return {"hiding": hiding.id, "block": block.number, "suspension": suspended.id}


@pytest.fixture
def against(db, cast, clock, measures):
    """What was decided, as somebody reads it now: ``against("block", "dara")``."""

    def read(kind, who="chloe"):
        return measure_for(db, cast.group, kind, measures[kind], getattr(cast, who), clock.now)

    return read


@pytest.fixture
def appeal(db, cast, against):
    def made(kind="hiding", who="chloe", words="It was a zwiebelfisch, and not mine."):
        return make_appeal(db, cast.group, against(kind, who), by=getattr(cast, who), words=words)

    return made


@pytest.fixture
def decide(db, cast, against, settings):
    def decided(kind="hiding", who="dara", outcome="lifted", reason="A quotation."):
        return decide_appeal(
            db, cast.group, against(kind, who), by=getattr(cast, who), outcome=outcome,
            reason=reason, settings=settings,
        )  # fmt: skip

    return decided
