"""Rule cards and counts in plain words. Every function gives whole sentences, or parts named so."""

from fractions import Fraction

from app.ballots.counting import Base, Outcome, Recused, RuleCard, noes_enough, yes_enough
from app.kit.i18n import _, ngettext, number_words, percent_words


def card_sentences(card: RuleCard, roll_size: int | None = None) -> list[str]:
    """How the card decides. roll_size: none while the roll is not frozen."""
    return [*_carried_if(card), _quorum(card, roll_size), abstaining(card)]


def outcome_sentence(outcome: Outcome) -> str:
    """The result with its arithmetic: what a closing keeps."""
    words = _("Carried: %(sum)s.") if outcome.carried else _("Lost: %(sum)s.")
    return words % {"sum": arithmetic(outcome)}


def arithmetic(outcome: Outcome) -> str:
    """The numbers behind a result, as clauses of one sentence."""
    parts = [
        _yes_part(outcome),
        _noes_part(outcome),
        _quorum_part(outcome),
        _recused_part(outcome),
    ]
    return "; ".join(part for part in parts if part)


def if_closed_now(outcome: Outcome) -> str:
    """How the count would end under the current votes."""
    words = (
        _("If it closed now it would be carried: %(sum)s.")
        if outcome.carried
        else _("If it closed now it would be lost: %(sum)s.")
    )
    return words % {"sum": arithmetic(outcome)}


def what_would_turn_it(outcome: Outcome) -> str:
    """How many more votes would be enough to turn the count round, if any are."""
    if outcome.tally.cast == outcome.roll_size:
        return _("Everybody has voted; only changed votes can alter this.")
    if outcome.carried:
        more = noes_enough(outcome)
        if more is None:
            return _("Only changed votes can alter this.")
        return ngettext(
            "One more no, and no other change, would be enough to lose it.",
            "%(more)s more no votes, and no other change, would be enough to lose it.",
            more,
        ) % {"more": number_words(more)}
    more = yes_enough(outcome)
    if more is None:
        return _("Even a yes from everybody who has not voted would not be enough.")
    return ngettext(
        "One more yes, and no other change, would be enough to carry it.",
        "%(more)s more yes votes, and no other change, would be enough to carry it.",
        more,
    ) % {"more": number_words(more)}


def abstaining(card: RuleCard) -> str:
    """What an abstention does under this card."""
    if card.threshold and card.base == "roll":
        return _("Abstaining and not voting both weigh like a no.")
    if card.threshold and card.base == "cast":
        return _("Abstaining weighs like a no.")
    if card.quorum:
        return _("Abstaining counts towards the quorum, and weighs neither way.")
    return _("Abstaining weighs neither way.")


def recused_sentences(recused: Recused, roll_size: int) -> list[str]:
    """Who is not counted on the roll, if anybody is. roll_size: without them."""
    if not recused.count:
        return []
    return [
        _("%(recused)s of the %(all)s on the roll recused themselves, and are not counted.")
        % {
            "recused": number_words(recused.count),
            "all": number_words(roll_size + recused.count),
        }
    ]


def names_sentence(names_shown: str) -> str:
    """When names and reasons can be read."""
    return {
        "open": _("Names and reasons are shown at once."),
        "closed": _("Names and reasons are shown after the close."),
        "never": _("Names and reasons are not shown to others."),
    }[names_shown]


def counts_sentence(counts_shown: str) -> str:
    """When the counts can be read."""
    return {
        "open": _("Counts by category are shown while the ballot is open."),
        "closed": _("Counts are shown after the close."),
    }[counts_shown]


def share_words(share: Fraction) -> str:
    """A fraction as people say it."""
    known = {
        Fraction(1, 2): _("half"),
        Fraction(1, 3): _("one third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(1, 4): _("one quarter"),
        Fraction(3, 4): _("three quarters"),
        Fraction(3, 5): _("three fifths"),
        Fraction(4, 5): _("four fifths"),
    }
    if share in known:
        return known[share]
    if (share * 10_000).denominator == 1:
        return percent_words(share)
    return f"{share.numerator}/{share.denominator}"


def _carried_if(card: RuleCard) -> list[str]:
    few_noes = (
        None
        if card.noes_max is None
        else _("nobody says no")
        if card.noes_max == 0
        else ngettext(
            "no more than one vote is no", "no more than %(most)s votes are no", card.noes_max
        )
        % {"most": number_words(card.noes_max)}
    )
    if card.threshold:
        first = _threshold(card)
        return [first, _("And only if %(few)s.") % {"few": few_noes}] if few_noes else [first]
    if few_noes:
        return [_("Carried if at least one vote is yes, and %(few)s.") % {"few": few_noes}]
    return [_("Carried if at least one vote is yes.")]


def _threshold(card: RuleCard) -> str:
    if card.threshold == 1 and not card.strict:
        sentences: dict[Base, str] = {
            "yes_no": _("Carried if all of the yes and no votes are yes."),
            "cast": _("Carried if all votes cast are yes."),
            "roll": _("Carried if everybody on the roll says yes."),
        }
    elif card.strict:
        sentences = {
            "yes_no": _("Carried if more than %(share)s of the yes and no votes are yes."),
            "cast": _("Carried if more than %(share)s of all votes cast are yes."),
            "roll": _("Carried if more than %(share)s of everybody on the roll say yes."),
        }
    else:
        sentences = {
            "yes_no": _("Carried if at least %(share)s of the yes and no votes are yes."),
            "cast": _("Carried if at least %(share)s of all votes cast are yes."),
            "roll": _("Carried if at least %(share)s of everybody on the roll say yes."),
        }
    return sentences[card.base] % {"share": share_words(card.threshold)}


def _quorum(card: RuleCard, roll_size: int | None) -> str:
    if not card.quorum:
        return _("There is no quorum: any number of votes decides.")
    if roll_size is None:
        return _("At least %(share)s of the roll must vote.") % {"share": share_words(card.quorum)}
    return _("At least %(needed)s of the %(roll)s on the roll must vote.") % {
        "needed": number_words(card.votes_needed(roll_size)),
        "roll": number_words(roll_size),
    }


def _yes_part(outcome: Outcome) -> str:
    card, tally = outcome.card, outcome.tally
    if not outcome.base_size:
        return _("nobody said yes or no") if card.base == "yes_no" else _("nobody voted")
    share = outcome.yes_share or Fraction(0)
    sentences: dict[Base, str] = {
        "yes_no": ngettext(
            "%(yes)s of %(base)s yes and no votes is yes (%(percent)s)",
            "%(yes)s of %(base)s yes and no votes are yes (%(percent)s)",
            tally.yes,
        ),
        "cast": ngettext(
            "%(yes)s of %(base)s votes is yes (%(percent)s)",
            "%(yes)s of %(base)s votes are yes (%(percent)s)",
            tally.yes,
        ),
        "roll": ngettext(
            "%(yes)s of %(base)s on the roll said yes (%(percent)s)",
            "%(yes)s of %(base)s on the roll said yes (%(percent)s)",
            tally.yes,
        ),
    }
    found = sentences[card.base] % {
        "yes": number_words(tally.yes),
        "base": number_words(outcome.base_size),
        "percent": percent_words(share),
    }
    return f"{found}, {_yes_needed(outcome)}"


def _yes_needed(outcome: Outcome) -> str:
    card = outcome.card
    if not card.threshold:
        return _("at least one was needed")
    words = (
        _("more than %(share)s (at least %(needed)s) were needed")
        if card.strict
        else _("at least %(share)s (%(needed)s) were needed")
    )
    return words % {
        "share": share_words(card.threshold),
        "needed": number_words(outcome.yes_needed),
    }


def _noes_part(outcome: Outcome) -> str:
    if outcome.card.noes_max is None:
        return ""
    return ngettext(
        "%(no)s is no, no more than %(most)s could be",
        "%(no)s are no, no more than %(most)s could be",
        outcome.tally.no,
    ) % {"no": number_words(outcome.tally.no), "most": number_words(outcome.card.noes_max)}


def _quorum_part(outcome: Outcome) -> str:
    facts = {
        "cast": number_words(outcome.tally.cast),
        "roll": number_words(outcome.roll_size),
        "needed": number_words(outcome.votes_needed),
    }
    if not outcome.card.quorum:
        return _("%(cast)s of %(roll)s voted") % facts
    return _("%(cast)s of %(roll)s voted, %(needed)s were needed") % facts


def _recused_part(outcome: Outcome) -> str:
    """Who does not count in the roll that stands before: of how many, and after voting or not."""
    recused = outcome.recused
    if not recused.count:
        return ""
    facts = {
        "recused": number_words(recused.count),
        "all": number_words(outcome.roll_size + recused.count),
        "after": number_words(recused.had_voted),
    }
    if not recused.had_voted:
        return _("%(recused)s of the %(all)s recused themselves") % facts
    return (
        _("%(recused)s of the %(all)s recused themselves, %(after)s of them after voting") % facts
    )
