"""What people fill in about ballots, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from app.ballots.cards import card_from, read_share
from app.ballots.counting import Base, RuleCard
from app.ballots.local_times import NoSuchTime, read_local
from app.ballots.models import Vote
from app.ballots.receipts import RECEIPT_LENGTH_MAX
from app.ballots.rules import REASON_LENGTH_MAX
from app.kit.forms import Line, Prose, Submitted
from app.kit.i18n import _
from app.kit.refusals import Refusal

Preset = Literal["simple_majority", "two_thirds", "consensus_minus", "custom"]
Short = Annotated[Line, StringConstraints(max_length=40)]
Reason = Annotated[Prose, StringConstraints(max_length=REASON_LENGTH_MAX)]


class BallotForm(BaseModel):
    """A ballot to be opened. Times are readings of the person's own clock; shares are text."""

    proposal: int | None = Field(None, ge=1, le=2**31 - 1)
    version: Short = ""
    question: Line = ""
    preset: Preset = "two_thirds"
    threshold: Short = ""
    strict: Literal["at_least", "more_than"] = "at_least"
    base: Base = "yes_no"
    noes_max: int | None = Field(None, ge=0, le=100_000)
    quorum: Short = "0"
    names_shown: Literal["open", "closed", "never"] = "closed"
    counts_shown: Literal["open", "closed"] = "open"
    opens_at: Short = ""
    closes_at: Short


class VoteForm(BaseModel):
    """A vote. words: the hash of those that were shown. replaces: the nonce of the vote of one's
    own that was shown with them, empty if there was none."""

    choice: Literal["yes", "no", "abstain"]
    reason: Reason = ""
    words: Annotated[Line, StringConstraints(max_length=64)] = ""
    replaces: Annotated[Line, StringConstraints(max_length=64)] = ""


class ExtensionForm(BaseModel):
    closes_at: Short
    reason: Annotated[Reason, StringConstraints(min_length=1)]


class RecusalForm(BaseModel):
    reason: Annotated[Reason, StringConstraints(min_length=1)]


class ReceiptForm(BaseModel):
    receipt: Annotated[Prose, StringConstraints(max_length=RECEIPT_LENGTH_MAX)]


@dataclass(frozen=True, slots=True)
class Plan:
    """A form for a ballot, understood: its card, and its window (no opening time: at once)."""

    card: RuleCard
    opens_at: datetime | None
    closes_at: datetime


def vote_form(
    vote: Vote | None, sent: Submitted[VoteForm] | None, refusal: Refusal | None
) -> Submitted[VoteForm]:
    """The form as it was sent, or as it begins: from the vote that there is.

    It goes on naming the vote that the person was shown, until a refusal has told them of another.
    """
    shown = vote.nonce if vote else ""
    if sent is None:
        said = {"choice": vote.choice, "reason": vote.reason} if vote else {}
        return Submitted.blank(VoteForm, **said, replaces=shown)
    if refusal is not None and refusal.code == "vote_changed_elsewhere":
        sent.typed["replaces"] = shown
    return sent


def plan_of(form: Submitted[BallotForm], zone: str) -> Plan | None:
    """What the form asks for; none when something in it can't be taken, which it then says."""
    if form.errors:
        return None
    value = form.value
    quorum = _share(form, "quorum", value.quorum)
    threshold = Fraction(0)
    if value.preset == "custom":
        threshold = _share(form, "threshold", value.threshold)
    if value.preset == "consensus_minus" and value.noes_max is None:
        form.refuse("noes_max", _("Say how many no votes there may be; 0 is consensus."))
    opens_at = moment_of(form, "opens_at", value.opens_at, zone) if value.opens_at else None
    closes_at = moment_of(form, "closes_at", value.closes_at, zone)
    if form.errors or closes_at is None:
        return None
    card = card_from(
        value.preset,
        quorum=quorum,
        threshold=threshold,
        strict=value.strict == "more_than",
        base=value.base,
        noes_max=value.noes_max,
    )
    return Plan(card, opens_at, closes_at)


def moment_of(
    form: Submitted[BallotForm] | Submitted[ExtensionForm], field: str, text: str, zone: str
) -> datetime | None:
    """The moment that a field names; none when there is no such, which the form then says."""
    try:
        return read_local(text, zone)
    except NoSuchTime:
        form.refuse(field, _("Clocks are put forward over this time on that day: choose another."))
    except (ValueError, OverflowError):
        form.refuse(field, _("This is not a date and time that exists."))
    return None


def _share(form: Submitted[BallotForm], field: str, text: str) -> Fraction:
    try:
        return read_share(text)
    except ValueError:
        form.refuse(field, _("Write a share from nothing to all, such as 2/3, 51 % or 0.6."))
        return Fraction(0)


FIELD_OF_REFUSAL = {
    "ballot_opens_in_the_past": "opens_at",
    "ballot_closes_before_it_opens": "closes_at",
    "extension_is_not_later": "closes_at",
    "card_cannot_be_met": "threshold",
    "reason_is_needed": "reason",
    "not_a_choice": "choice",
}
