"""What tests of ballots begin with: a proposal, a candidate version, a ballot, everybody's votes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.actions import open_ballot
from app.ballots.actions_vote import cast_vote
from app.ballots.counting import RuleCard, two_thirds
from app.ballots.models import Ballot, Vote
from app.definitions.actions import make_candidate, make_version
from app.definitions.models import Version, WorkingText
from app.definitions.queries import text_of
from app.kit import clock
from app.kit.refusals import Refused
from app.people.models import Person
from app.proposals.actions import propose
from app.proposals.models import Proposal
from app.proposals.steps import Step
from app.record.models import Entry
from tests.cast import Cast

A_WEEK = timedelta(days=7)
NEW_WORDS = "Enough is said about the data for a skilled person to build the system again."


def make_proposal(
    db: Session, cast: Cast, *, clause: int = 4, words: str = NEW_WORDS, title: str = ""
) -> Proposal:
    """Chloé proposes other words for a clause."""
    return propose(
        db,
        cast.definition,
        by=cast.chloe,
        title=title or "Say who builds it again",
        rationale="It was not said for whom it must be enough.",
        steps=[Step("reword", clause=clause, markdown=words)],
    )


def make_candidate_version(db: Session, cast: Cast, label: str = "0.1") -> Version:
    """Bruno labels the working text and puts it before the group."""
    version = make_version(db, cast.definition, by=cast.bruno, label=label)
    make_candidate(db, version, by=cast.bruno)
    return version


def make_ballot(
    db: Session,
    cast: Cast,
    *,
    proposal: Proposal | None = None,
    version: Version | None = None,
    card: RuleCard | None = None,
    closes_at: datetime | None = None,
    **more: Any,
) -> Ballot:
    """Ana opens a ballot, on a proposal of Chloé's where nothing else is said; it lasts a week."""
    if proposal is None and version is None:
        proposal = make_proposal(db, cast)
    return open_ballot(
        db,
        cast.definition,
        by=cast.ana,
        card=card or two_thirds(),
        closes_at=closes_at or clock.now() + A_WEEK,
        proposal=proposal,
        version=version,
        **more,
    )


def vote(db: Session, ballot: Ballot, person: Person, choice: str, reason: str = "") -> Vote:
    """A person votes on the words of the ballot."""
    return cast_vote(
        db, ballot, by=person, choice=choice, words_hash=ballot.words_hash, reason=reason
    )


def all_vote(db: Session, ballot: Ballot, people: Iterable[Person], choice: str = "yes") -> None:
    for person in people:
        vote(db, ballot, person, choice)


def voters(cast: Cast) -> list[Person]:
    """Everybody on the roll: Eli is an observer."""
    return [cast.ana, cast.bruno, cast.chloe, cast.dara, cast.farah]


def refused(call: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    return caught.value.refusal.code


def entries(db: Session, cast: Cast, verb: str) -> list[Entry]:
    return list(
        db.scalars(
            select(Entry)
            .where(Entry.log_id == cast.definition.log_id, Entry.verb == verb)
            .order_by(Entry.sequence)
        )
    )


def words_of_clause(db: Session, cast: Cast, number: int) -> str:
    working = db.get_one(WorkingText, cast.definition.id)
    return next(p.markdown for p in text_of(db, working.text_id) if p.node.clause == number)
