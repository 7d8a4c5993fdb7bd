"""Who may open, vote in, extend, close and look into a ballot, and when. Pure.

Windows end exclusively: a ballot that closes at 18:00:00 takes a vote at 17:59:59.999999, and
refuses one at 18:00:00. Nobody outranks the clock.
"""

from datetime import datetime
from typing import Literal

from app.ballots.counting import RuleCard, can_be_carried
from app.ballots.models import CHOICES, Ballot, Closing, Vote
from app.ballots.models_recusal import Recusal
from app.groups.models import Membership, Suspension
from app.groups.rules import must_be_chair, must_not_be_suspended
from app.kit.refusals import Refusal, Refused

State = Literal["scheduled", "open", "over", "carried", "lost"]
REASON_LENGTH_MAX = 5_000


# Whom a refusal is about gives 403, what was given 422, and when the rest: 409.
_WHO = {
    "not_in_group",
    "observers_do_not",
    "chairs_only",
    "passkey_needed",
    "not_on_roll",
    "recusal_not_on_roll",
    "suspended",
}
_WHAT = {
    "not_a_choice",
    "ballot_opens_in_the_past",
    "ballot_closes_before_it_opens",
    "extension_is_not_later",
    "card_cannot_be_met",
    "roll_empty",
    "reason_is_needed",
    "reason_too_long",
}


def enforce(refusal: Refusal | None) -> None:
    """Raises what a rule had against a verb, with the status that fits it."""
    if refusal is not None:
        raise Refused(
            refusal, 403 if refusal.code in _WHO else 422 if refusal.code in _WHAT else 409
        )


def may_open(
    membership: Membership | None,
    hindrance: Refusal | None,
    card: RuleCard,
    roll_size: int,
    *,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
) -> Refusal | None:
    """A chair, on something that can be voted on, under a card that some votes can satisfy.

    hindrance: what keeps the subject from being put to a vote. roll_size: how many would be on the
    roll if it opened now.
    """
    if refusal := must_be_chair(membership):
        return refusal
    if hindrance is not None:
        return hindrance
    if opens_at < now:
        return Refusal("ballot_opens_in_the_past")
    if closes_at <= opens_at:
        return Refusal("ballot_closes_before_it_opens")
    return may_use_card(card, roll_size)


def may_use_card(card: RuleCard, roll_size: int) -> Refusal | None:
    """Not a card that no votes can satisfy, and not before anybody could vote."""
    if roll_size == 0:
        return Refusal("roll_empty")
    if not can_be_carried(card, roll_size):
        return Refusal("card_cannot_be_met", roll=roll_size)
    return None


def may_be_ratified(stage: str, running: int | None) -> Refusal | None:
    """A candidate version that no other ballot is about. running: the number of such a ballot."""
    if stage != "candidate":
        return Refusal("version_is_no_candidate", stage=stage)
    return Refusal("ballot_runs_already", number=running) if running is not None else None


def may_cast(
    ballot: Ballot,
    closing: Closing | None,
    *,
    on_roll: bool,
    choice: str,
    words_hash: str,
    now: datetime,
    suspension: Suspension | None = None,
    recusal: Recusal | None = None,
) -> Refusal | None:
    """Somebody on the roll, in the window, about the words that they were shown.

    suspension: the one that keeps them from acting in the group now, if any. recusal: theirs that
    stands, if any.
    """
    if now < ballot.opens_at:
        return Refusal("ballot_not_open_yet", opens_at=ballot.opens_at)
    if refusal := may_still_vote(ballot, closing, now):
        return refusal
    if refusal := must_not_be_suspended(suspension):
        return refusal
    if not on_roll:
        return Refusal("not_on_roll", opened_at=ballot.opens_at)
    if recusal is not None:
        return Refusal("recused", since=recusal.since)
    if choice not in CHOICES:
        return Refusal("not_a_choice")
    if words_hash != ballot.words_hash:
        return Refusal("words_changed")
    return None


def may_replace(
    current: Vote | None, replaces: str | None, *, choice: str, reason: str
) -> Refusal | None:
    """The vote that the person was shown, or one that says the same: nobody's own vote goes unseen.

    current: what they say in this ballot now. replaces: the nonce of the vote that they were shown
    with the form, empty if none was; None where nobody said, as programs need not.
    """
    if current is None or replaces is None or replaces == current.nonce:
        return None
    if (choice, reason) == (current.choice, current.reason):  # sent twice
        return None
    return Refusal("vote_changed_elsewhere", choice=current.choice, at=current.at)


def may_still_vote(ballot: Ballot, closing: Closing | None, now: datetime) -> Refusal | None:
    """Not after the end, written down or not, and not after an early one."""
    if closing is not None:
        return Refusal("ballot_closed", closed_at=min(closing.at, ballot.closes_at))
    if now >= ballot.closes_at:
        return Refusal("ballot_closed", closed_at=ballot.closes_at)
    return None


def may_extend(
    membership: Membership | None,
    ballot: Ballot,
    closing: Closing | None,
    *,
    to_time: datetime | None,
    now: datetime,
) -> Refusal | None:
    """A chair, before the end, to a later time (none: that is still to be said)."""
    if refusal := must_be_chair(membership):
        return refusal
    if refusal := may_still_vote(ballot, closing, now):
        return refusal
    if to_time is not None and to_time <= ballot.closes_at:
        return Refusal("extension_is_not_later", closes_at=ballot.closes_at)
    return None


def may_close(
    ballot: Ballot, membership: Membership | None, *, voted: int, roll_size: int, now: datetime
) -> Refusal | None:
    """A chair; before the end only if every person on the roll has voted."""
    if refusal := must_be_chair(membership):
        return refusal
    if now < ballot.opens_at:
        return Refusal("ballot_not_open_yet", opens_at=ballot.opens_at)
    if now < ballot.closes_at and voted < roll_size:
        return Refusal("not_everybody_voted", voted=voted, roll=roll_size)
    return None


def may_close_by_clock(ballot: Ballot, now: datetime) -> Refusal | None:
    """The worker writes down what the clock has decided, and nothing before."""
    if now < ballot.closes_at:
        return Refusal("ballot_not_over_yet", closes_at=ballot.closes_at)
    return None


def may_see_counts(ballot: Ballot, closing: Closing | None) -> Refusal | None:
    """While it is open only if the card says so."""
    if closing is not None or ballot.counts_shown == "open":
        return None
    return Refusal("counts_after_the_close")


def may_see_names(ballot: Ballot, closing: Closing | None) -> Refusal | None:
    """When the card says so; names never show more than was said when the votes were cast.

    Who sees names with their choices sees the counts, so names wait for the counts.
    """
    if ballot.names_shown == "never":
        return Refusal("names_never")
    if closing is None and "closed" in (ballot.names_shown, ballot.counts_shown):
        return Refusal("names_after_the_close")
    return None


def may_have_receipt(vote: Vote | None, person_id: str) -> Refusal | None:
    """One's own."""
    if vote is None or vote.person_id != person_id:
        return Refusal("no_vote_yet")
    return None


def state_of(ballot: Ballot, closing: Closing | None, now: datetime) -> State:
    """Where a ballot stands; ``over`` is ended by the clock, and not yet written down."""
    if closing is not None:
        return "carried" if closing.outcome == "carried" else "lost"
    if now < ballot.opens_at:
        return "scheduled"
    return "open" if now < ballot.closes_at else "over"
