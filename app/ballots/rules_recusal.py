"""Who may recuse themselves from a question, and take that back, until when. Pure."""

from datetime import datetime

from app.ballots.models import Ballot, Closing
from app.ballots.models_recusal import Recusal
from app.ballots.rules import REASON_LENGTH_MAX, may_still_vote
from app.groups.models import Suspension
from app.groups.rules import must_not_be_suspended
from app.kit.refusals import Refusal


def may_recuse(
    ballot: Ballot,
    closing: Closing | None,
    *,
    on_roll: bool,
    recusal: Recusal | None,
    suspension: Suspension | None,
    reason: str | None,
    now: datetime,
) -> Refusal | None:
    """Somebody of the roll, themselves and nobody else, until the end, for a reason.

    on_roll: whether they are on it, or would be if it was frozen now. recusal: theirs that stands.
    reason: none while it is still to be said.
    """
    if refusal := may_still_vote(ballot, closing, now) or must_not_be_suspended(suspension):
        return refusal
    if not on_roll:
        return Refusal("recusal_not_on_roll")
    if recusal is not None:
        return Refusal("recused_already", since=recusal.since)
    if reason is not None and not reason.strip():
        return Refusal("reason_is_needed")
    if reason is not None and len(reason) > REASON_LENGTH_MAX:
        return Refusal("reason_too_long", most=REASON_LENGTH_MAX)
    return None


def may_withdraw_recusal(
    ballot: Ballot,
    closing: Closing | None,
    *,
    recusal: Recusal | None,
    suspension: Suspension | None,
    now: datetime,
) -> Refusal | None:
    """Who recused themselves, until the end. recusal: theirs that stands."""
    if refusal := may_still_vote(ballot, closing, now) or must_not_be_suspended(suspension):
        return refusal
    return None if recusal is not None else Refusal("not_recused")
