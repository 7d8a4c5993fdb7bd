"""A definition of the scene: its versions, proposals, ballots and comments."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.actions import open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.actions_recusal import declare_recusal
from app.ballots.actions_vote import cast_vote
from app.ballots.counting import two_thirds
from app.definitions.actions import make_candidate, make_version
from app.definitions.models import Clause, Definition
from app.discussions.actions import post_comment
from app.discussions.actions_hiding import hide_comment
from app.discussions.actions_report import report_comment
from app.discussions.models import Comment
from app.groups.actions_conduct import make_conduct_rule
from app.kit import clock
from app.proposals.actions import propose, second_proposal
from app.proposals.models import Proposal
from app.proposals.steps import Step
from app.settings import Settings
from tests.cast import Cast
from tests.permissions.words import A_DAY, A_WEEK, INNER, SECRET_REASON, WORDS


def tell_definition(db: Session, cast: Cast, definition: Definition, settings: Settings) -> None:
    """Versions 0.1 (ratified), 0.2 (a candidate) and 0.3 (a draft); six proposals; ballots 1 (over),
    2 (open, secret) and 3 (tomorrow); comments 1 (of a minute ago), 2 (hidden) and 3 (reported)."""
    with clock.at(clock.now() - 2 * A_WEEK):
        first = make_version(db, definition, by=cast.bruno, label="0.1")
        make_candidate(db, first, by=cast.bruno)
        voted = open_ballot(
            db, definition, by=cast.ana, card=two_thirds(), version=first,
            closes_at=clock.now() + A_WEEK,
        )  # fmt: skip
        for person in (cast.ana, cast.bruno, cast.chloe, cast.dara, cast.farah):
            cast_vote(db, voted, by=person, choice="yes", words_hash=voted.words_hash)
    with clock.at(clock.now() - A_WEEK):
        close_ballot(db, voted, by=None)
    proposals = [_proposal(db, cast, definition, number) for number in range(1, 7)]
    second = make_version(db, definition, by=cast.bruno, label="0.2")
    make_candidate(db, second, by=cast.bruno)
    make_version(db, definition, by=cast.bruno, label="0.3")
    second_proposal(db, definition, proposals[3], by=cast.chloe)
    secret = open_ballot(
        db, definition, by=cast.ana, card=two_thirds(), proposal=proposals[1],
        closes_at=clock.now() + A_WEEK, names_shown="never", counts_shown="closed",
    )  # fmt: skip
    cast_vote(
        db, secret, by=cast.chloe, choice="no", words_hash=secret.words_hash, reason=SECRET_REASON
    )
    coming = open_ballot(
        db, definition, by=cast.ana, card=two_thirds(), proposal=proposals[2],
        opens_at=clock.now() + A_DAY, closes_at=clock.now() + A_WEEK,
    )  # fmt: skip
    declare_recusal(db, coming, by=cast.chloe, reason=f"I sell {WORDS['recusal']}.")
    _comments(db, cast, definition, settings)


def _proposal(db: Session, cast: Cast, definition: Definition, number: int) -> Proposal:
    """The first three are Chloé's, the rest Dara's."""
    markdown = f"Words of proposal {number}, which nobody has said before."
    return propose(
        db,
        definition,
        by=cast.chloe if number <= 3 else cast.dara,
        title=f"Say it in other words, {number}",
        rationale="It could be said better.",
        steps=[Step("reword", clause=2 if number < 4 else 4, markdown=markdown)],
    )


def _comments(db: Session, cast: Cast, definition: Definition, settings: Settings) -> None:
    clause = db.scalars(
        select(Clause).where(Clause.definition_id == definition.id, Clause.number == 2)
    ).one()
    is_inner = definition.slug == INNER
    own = f"Of the {WORDS['comment in the group']}." if is_inner else "Whose law is meant?"
    plain, hidden, reported = (
        post_comment(db, definition, by=cast.chloe, body=body, clause=clause)
        for body in (own, f"You {WORDS['hidden comment']}.", "Nobody reads this.")
    )
    rule = make_conduct_rule(
        db, cast.group, by=cast.ana, words="Speak about the words, not about people."
    )
    hide_comment(
        db, definition, hidden, by=cast.ana, rule=rule.number, reason="About a person.",
        settings=settings,
    )  # fmt: skip
    words = f"It has to do with {WORDS['report']}."
    report_comment(db, definition, reported, by=cast.dara, ground="other", words=words)
    _answer(db, cast, definition, plain)


def _answer(db: Session, cast: Cast, definition: Definition, to: Comment) -> None:
    post_comment(db, definition, by=cast.dara, body="Ours, as of today.", parent=to)
