"""Plays the story: one verb after the other, in the order of time, with the clock set to each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from typing import Any

from sqlalchemy.orm import Session, joinedload

from app.ballots import counting
from app.ballots.actions import extend_ballot, open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.actions_vote import cast_vote
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
from seed.company import Company
from seed.telling import Balloted, Edited, Proposed, Said, moment
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

    def at(self, written: str, scene: Callable[..., object], *given: Any, after: datetime) -> None:
        """Something to happen at a moment; not if it has not come yet."""
        self.when(moment(written, after=after, now=self.now), scene, *given)

    def when(self, when: datetime, scene: Callable[..., object], *given: Any) -> None:
        """Something to happen at a time; not if it has not come yet."""
        if when <= self.now:
            self.scenes.append((when, partial(scene, *given)))

    def run(self, progress: Callable[[int, int], None]) -> None:
        """Everything, in the order of time; at the same time in the order in which it was told."""
        for persona in self.company.personas:
            self.when(persona.comes_at, self.company.enter, persona)
        self.when(BEGUN, self.texts.begin)
        for version in telling.versions():
            self.at(version.at, self.texts.publish, version, after=self.now)
        for told in telling.chapters():
            if isinstance(told, Said):
                self.say(told, self.now, None)
            elif isinstance(told, Proposed):
                self.propose(told)
            elif isinstance(told, Edited):
                self.at(told.at, self.texts.edit, told, after=self.now)
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
        self.when(when, self._post, said, parent, posted)
        if said.edited:
            self.at("+5m", self._edit, said, posted, after=when)
        if said.retracted:
            self.at("+20m", self._retract, said, posted, after=when)
        for reply in said.replies:
            self.say(reply, when, posted)

    def propose(self, told: Proposed) -> None:
        """A proposal with its seconds, its second revision, and its withdrawal."""
        self.told[told.key] = told
        when = moment(told.at, after=self.now, now=self.now)
        self.when(when, self._put_forward, told)
        for at, by in told.seconds:
            self.at(at, self._second, told, by, after=when)
        if told.revised:
            self.at(told.revised, self._revise, told, after=when)
        if told.withdrawn:
            self.at(told.withdrawn[0], self._withdraw, told, told.withdrawn[1], after=when)

    def ballot(self, told: Balloted) -> None:
        """A ballot with its votes, its extension and its closing."""
        opens = moment(told.opens, after=self.now, now=self.now)
        closes = moment(told.closes, after=opens, now=self.now)
        self.when(opens, self._open, told, closes)
        for vote in turnout.votes(told, self.company.roll_at(opens), opens, min(closes, self.now)):
            self.when(vote.at, self._vote, told, vote)
        if told.extended:
            at, until, reason = told.extended
            closes = moment(until, after=opens, now=self.now)
            self.at(at, self._extend, told, closes, reason, after=opens)
        self.when(closes, self._close, told)

    def _post(self, said: Said, parent: list[Comment] | None, posted: list[Comment]) -> None:
        kind, _, key = said.on.rpartition(":")
        here = parent is None
        comment = post_comment(
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
        posted.append(comment)

    def _edit(self, said: Said, posted: list[Comment]) -> None:
        by, definition = self.company[said.by], self.texts.definition
        edit_comment(self.db, definition, posted[0], by=by, body=said.edited)

    def _retract(self, said: Said, posted: list[Comment]) -> None:
        by, definition = self.company[said.by], self.texts.definition
        retract_comment(self.db, definition, posted[0], by=by, reason=said.retracted)

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

    def _second(self, told: Proposed, by: str) -> None:
        proposal, definition = self.proposals[told.key], self.texts.definition
        second_proposal(self.db, definition, proposal, by=self.company[by])

    def _withdraw(self, told: Proposed, reason: str) -> None:
        proposal, definition = self.proposals[told.key], self.texts.definition
        withdraw_proposal(self.db, definition, proposal, by=self.company[told.by], reason=reason)

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

    def _vote(self, told: Balloted, vote: turnout.Cast) -> None:
        ballot = self.ballots[told.key]
        cast_vote(
            self.db,
            ballot,
            by=self.company[vote.by],
            choice=vote.choice,
            words_hash=ballot.words_hash,
            reason=vote.reason,
        )

    def _extend(self, told: Balloted, until: datetime, reason: str) -> None:
        ballot, by = self.ballots[told.key], self.company[told.by]
        extend_ballot(self.db, ballot, by=by, to_time=until, reason=reason)

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
