"""What programs send about ballots, with examples for the documentation of the API."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.ballots.counting import Base
from app.ballots.forms import Preset, Reason, Short
from app.ballots.receipts import RECEIPT_LENGTH_MAX
from app.kit.forms import Line, Moment


class CardBody(BaseModel):
    """A rule card. Shares are text, exactly: "2/3", "51 %", "0.6"."""

    model_config = ConfigDict(extra="forbid")

    preset: Preset = "custom"
    threshold: Short | None = None
    strict: bool = False
    base: Base = "yes_no"
    quorum: Short = "0"
    noes_max: int | None = Field(None, ge=0, le=100_000)


class BallotBody(BaseModel):
    """A ballot on a proposal's current revision, or on ratifying a candidate version."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "proposal": 41,
                    "card": {"preset": "two_thirds", "quorum": "1/2"},
                    "closes_at": "2026-12-01T17:00:00Z",
                },
                {
                    "version": "1.0",
                    "question": "Shall 1.0 be ratified?",
                    "card": {"preset": "consensus_minus", "noes_max": 2, "quorum": "51 %"},
                    "closes_at": "2026-12-01T17:00:00Z",
                },
            ]
        },
    )

    proposal: int | None = Field(None, ge=1, le=2**31 - 1)
    version: Short = ""
    question: Line = ""
    card: CardBody
    names_shown: Literal["open", "closed", "never"] = "closed"
    counts_shown: Literal["open", "closed"] = "open"
    opens_at: Moment | None = None
    closes_at: Moment


class VoteBody(BaseModel):
    """A choice, on the words that were shown: their hash is the ballot's `words`. replaces: the
    `nonce` of the vote that it is to replace, empty for none; where another one stands, it is told
    (409). Left out: whatever stands is replaced."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"choice": "yes", "words": "9f2c…", "reason": "Clearer."}]},
    )

    choice: Literal["yes", "no", "abstain"]
    words: Annotated[str, StringConstraints(max_length=64)]
    reason: Reason = ""
    replaces: Annotated[str, StringConstraints(max_length=64)] | None = None


class ExtensionBody(BaseModel):
    """A later close, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"closes_at": "2026-12-08T17:00:00Z", "reason": "A holiday."}]
        },
    )

    closes_at: Moment
    reason: Reason


class ReceiptBody(BaseModel):
    """A receipt, as it was kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"receipt": "clausewise vote receipt 1\n{…}\nkey …\nsignature …\n"}]
        },
    )

    receipt: Annotated[str, StringConstraints(max_length=RECEIPT_LENGTH_MAX)]
