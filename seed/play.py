"""Plays the story: one verb after the other, in the order of time, with the clock set to each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial

from sqlalchemy.orm import Session, joinedload

from app.ballots import counting
from app.ballots.actions import cast_vote, extend_ballot, open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.counting import RuleCard
from app.ballots.models import Ballot
from app.discussions.actions import edit_comment, post_comment, retract_comment
from app.discussions.models import Comment
from app.kit import clock
from app.proposals.actions import (
    propose,
    revise_proposal,
    second_proposal,
    withdraw_proposal,
)
from app.proposals.models import Proposal
from seed import telling, turnout
from seed.company import FOUNDER, Company
from seed.telling import Balloted, Proposed, Said, moment
from seed.texts import Texts

QUORUM = Fraction(1, 2)
BEGUN = datetime(2023, 9, 25, 9, tzinfo=UTC)


@dataclass
class Play:
    """What has happened so far, and what is still to come until ``now``."""

    db: Session
    now: datetime
    company: Company
    texts: Texts
    proposals: dict[str, Proposal] = field(default_factory=dict)
    told: dict[str, Proposed] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    scenes: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def at(self, when: datetime, scene: Callable[[], object]) -> None:
        """Something to happen at a time; not if it has not come yet."""
        if when <= self.now:
            self.scenes.append((when, scene))

    def run(self, progress: Callable[[int, int], None]) -> None:
        """Everything, in the order of time; at the same time in the order in which it was told."""
        for persona in self.company.personas:
            self.at(persona.comes_at, lambda one=persona: self.company.enter(one))
        self.at(BEGUN, lambda: self.texts.begin(self.company.founded, self.company[FOUNDER]))
        for version in telling.versions():
            when = moment(version.at, after=self.now, now=self.now)
            self.at(when, lambda one=version: self.texts.publish(one))
        for told in telling.chapters():
            if isinstance(told, Said):
                self.say(told, self.now, None)
            elif isinstance(told, Proposed):
                self.propose(told)
            else:
                self.ballot(told)
        self.scenes.sort(key=lambda scene: scene[0])
        for done, (when, scene) in enumerate(self.scenes, 1):
            with clock.at(when):
                scene()
            progress(done, len(self.scenes))

    def say(self, said: Said, after: datetime, parent: list[Comment] | None) -> None:
        """A comment and what becomes of it. ``parent`` holds the comment that began the thread,
        once it is there."""
        when = moment(said.at, after=after, now=self.now)
        posted: list[Comment] = []
        self.at(when, lambda: posted.append(self._post(said, parent)))
        if said.edited:
            self.at(
                when + timedelta(minutes=5),
                lambda: edit_comment(
                    self.db,
                    self.texts.definition,
                    posted[0],
                    by=self.company[said.by],
                    body=said.edited,
                ),
            )
        if said.retracted:
            self.at(
                when + timedelta(minutes=20),
                lambda: retract_comment(
                    self.db,
                    self.texts.definition,
                    posted[0],
                    by=self.company[said.by],
                    reason=said.retracted,
                ),
            )
        for reply in said.replies:
            self.say(reply, when, posted)

    def _post(self, said: Said, parent: list[Comment] | None) -> Comment:
        kind, _, key = said.on.rpartition(":")
        here = parent is None
        return post_comment(
            self.db,
            self.texts.definition,
            by=self.company[said.by],
            body=said.words,
            kind=said.kind,
            clause=self.texts.clause(key) if here and not kind else None,
            proposal=self.proposals[key] if kind == "p" else None,
            version=self.texts.versions[key] if kind == "v" else None,
            ballot_id=self.ballots[key].id if kind == "b" else None,
            parent=parent[0] if parent is not None else None,
            quote=said.quote,
        )

    def propose(self, told: Proposed) -> None:
        """A proposal with its seconds, its second revision, and its withdrawal."""
        when = moment(told.at, after=self.now, now=self.now)
        self.told[told.key] = told
        self.at(when, lambda: self._put_forward(told))
        for at, by in told.seconds:
            self.at(
                moment(at, after=when, now=self.now),
                lambda by=by: second_proposal(
                    self.db,
                    self.texts.definition,
                    self.proposals[told.key],
                    by=self.company[by],
                ),
            )
        if told.revised:
            self.at(moment(told.revised, after=when, now=self.now), lambda: self._revise(told))
        if told.withdrawn:
            at, reason = told.withdrawn
            self.at(
                moment(at, after=when, now=self.now),
                lambda: withdraw_proposal(
                    self.db,
                    self.texts.definition,
                    self.proposals[told.key],
                    by=self.company[told.by],
                    reason=reason,
                ),
            )

    def _put_forward(self, told: Proposed) -> None:
        self.proposals[told.key] = propose(
            self.db,
            self.texts.definition,
            by=self.company[told.by],
            title=told.title,
            rationale=told.rationale,
            steps=self.texts.steps(told.edits),
        )

    def _revise(self, told: Proposed) -> None:
        revise_proposal(
            self.db,
            self.texts.definition,
            self.proposals[told.key],
            by=self.company[told.by],
            title=told.title,
            rationale=told.rationale,
            steps=self.texts.steps(told.revised_edits),
        )

    def ballot(self, told: Balloted) -> None:
        """A ballot with its votes, its extension and its closing."""
        opens = moment(told.opens, after=self.now, now=self.now)
        closes = moment(told.closes, after=self.now, now=self.now)
        self.at(opens, partial(self._open, told, closes))
        for vote in turnout.votes(
            told, self.company.roll_at(opens), opens, min(closes, self.now)
        ):
            self.at(
                vote.at,
                lambda vote=vote: cast_vote(
                    self.db,
                    self.ballots[told.key],
                    by=self.company[vote.by],
                    choice=vote.choice,
                    words_hash=self.ballots[told.key].words_hash,
                    reason=vote.reason,
                ),
            )
        if told.extended:
            at, until, reason = told.extended
            later = moment(until, after=opens, now=self.now)
            self.at(
                moment(at, after=opens, now=self.now),
                lambda: extend_ballot(
                    self.db,
                    self.ballots[told.key],
                    by=self.company[told.by],
                    to_time=later,
                    reason=reason,
                ),
            )
            closes = later
        self.at(closes, lambda: self._close(told))

    def _open(self, told: Balloted, closes: datetime) -> None:
        ballot = open_ballot(
            self.db,
            self.texts.definition,
            by=self.company[told.by],
            card=card_of(told),
            closes_at=closes,
            proposal=None if told.version else self.proposals[told.key],
            version=self.texts.versions[told.version] if told.version else None,
            question=told.question,
            names_shown="open" if told.counts == "open" else "closed",
            counts_shown=told.counts,
        )
        self.db.expunge(ballot)  # read as a page reads it, so that it knows its definition
        self.ballots[told.key] = self.db.get_one(
            Ballot, ballot.id, options=[joinedload(Ballot.definition)]
        )

    def _close(self, told: Balloted) -> None:
        ballot = self.ballots[told.key]
        close_ballot(self.db, ballot, by=None)
        if not told.version:
            self.texts.name_added(self.proposals[told.key], self.told[told.key].edits)


def card_of(told: Balloted) -> RuleCard:
    """The rule card that a ballot names; half of the roll has to vote under each of them."""
    if told.card == "consensus":
        return counting.consensus_minus(told.noes_max, QUORUM)
    cards: dict[str, Callable[[Fraction], RuleCard]] = {
        "simple_majority": counting.simple_majority,
        "two_thirds": counting.two_thirds,
    }
    return cards[told.card](QUORUM)
