"""Rule cards between forms, rows, the record and the API. Pure."""

from fractions import Fraction
from typing import Any

from app.ballots.counting import (
    Base,
    RuleCard,
    consensus_minus,
    simple_majority,
    two_thirds,
)

DENOMINATOR_MAX = 10_000


def columns_of(card: RuleCard) -> dict[str, Any]:
    """The columns of a ballot that keep its card: each fraction as two integers."""
    return {
        "preset": card.preset,
        "threshold_numerator": card.threshold.numerator,
        "threshold_denominator": card.threshold.denominator,
        "threshold_strict": card.strict,
        "threshold_base": card.base,
        "quorum_numerator": card.quorum.numerator,
        "quorum_denominator": card.quorum.denominator,
        "noes_max": card.noes_max,
    }


def about_card(card: RuleCard) -> dict[str, Any]:
    """The card as JSON: fractions as text, since JSON has none."""
    return {
        "preset": card.preset,
        "threshold": str(card.threshold),
        "strict": card.strict,
        "base": card.base,
        "quorum": str(card.quorum),
        "noes_max": card.noes_max,
    }


def card_from(
    preset: str,
    *,
    quorum: Fraction,
    threshold: Fraction | None = None,
    strict: bool = False,
    base: Base = "yes_no",
    noes_max: int | None = None,
) -> RuleCard:
    """The card that was chosen. A preset sets what it is named for; the rest is for custom ones.

    Raises KeyError with the name of what is missing: ``threshold`` for a custom card,
    ``noes_max`` for consensus minus some.
    """
    if preset == "simple_majority":
        return simple_majority(quorum)
    if preset == "two_thirds":
        return two_thirds(quorum)
    if preset == "consensus_minus":
        if noes_max is None:
            raise KeyError("noes_max")
        return consensus_minus(noes_max, quorum)
    if threshold is None:
        raise KeyError("threshold")
    return RuleCard(threshold, strict=strict, base=base, quorum=quorum, noes_max=noes_max)


def read_share(text: str) -> Fraction:
    """A share from 0 to 1 as people write it: ``2/3``, ``51 %``, ``0.6``. Raises ValueError."""
    text = text.strip().replace("\u2044", "/").replace(",", ".")
    if len(text) > 20 or not text.isascii():
        raise ValueError(text)
    percent = text.endswith("%")
    number = text.removesuffix("%").strip()
    if set(number) - set("0123456789./ "):
        raise ValueError(text)
    try:
        share = Fraction(number.replace(" ", ""))
    except ZeroDivisionError as error:
        raise ValueError(text) from error
    share = share / 100 if percent else share
    if not 0 <= share <= 1 or share.denominator > DENOMINATOR_MAX:
        raise ValueError(text)
    return share
