"""How the categories of a roll voted, counted by the database in one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.ballots.counting import Recused, Tally
from app.ballots.models import Ballot, RollEntry, Vote
from app.ballots.models_recusal import Recusal
from app.ballots.queries_verb import roll_at
from app.kit.refusals import Refusal

CATEGORY_SIZE_MIN = 3


@dataclass(frozen=True, slots=True)
class Count:
    """How a stakeholder category voted. ``category``: none is several small ones together."""

    category: str | None
    tally: Tally
    roll_size: int


def counts_of(
    db: Session, ballot: Ballot, recusals: Sequence[Recusal], now: datetime
) -> tuple[list[Count], Recused, bool]:
    """By category, in their names' order; who of the roll recused themselves, who stand in none of
    them; and whether the roll is frozen.

    Before it is, the roll is who would be on it: at the opening, or now if that is still to come.
    """
    counted = Recusal.id.is_(None)
    had_voted = func.count(Recusal.vote_nonce)
    rows = db.execute(
        select(RollEntry.category, Vote.choice, counted, had_voted, func.count())
        .outerjoin(
            Vote,
            and_(Vote.ballot_id == RollEntry.ballot_id, Vote.person_id == RollEntry.person_id),
        )
        .outerjoin(
            Recusal,
            and_(
                Recusal.ballot_id == RollEntry.ballot_id,
                Recusal.person_id == RollEntry.person_id,
                Recusal.until.is_(None),
            ),
        )
        .where(RollEntry.ballot_id == ballot.id)
        .group_by(RollEntry.category, Vote.choice, counted)
    ).all()
    found: dict[str, dict[str | None, int]] = {}
    recused = Recused(
        sum(count for _, _, is_counted, _, count in rows if not is_counted),
        sum(voted for _, _, is_counted, voted, _ in rows if not is_counted),
    )
    for category, choice, is_counted, _, count in rows:
        if is_counted:
            found.setdefault(category, {})[choice] = count
    if not rows:
        roll = roll_at(db, ballot.definition, min(now, ballot.opens_at))
        out = {one.person_id for one in recusals}
        recused = Recused(sum(member.person_id in out for member in roll))
        for member in roll:
            if member.person_id not in out:
                name = member.category.name if member.category else ""
                silent = found.setdefault(name, {None: 0})
                silent[None] += 1
    counts = [
        Count(
            category,
            Tally(said.get("yes", 0), said.get("no", 0), said.get("abstain", 0)),
            sum(said.values()),
        )
        for category, said in sorted(found.items(), key=lambda one: (not one[0], one[0]))
    ]
    return counts, recused, bool(rows)


def shown_of(counts: Sequence[Count], names_refusal: Refusal | None) -> Sequence[Count]:
    """While names are not shown, categories of one or two people stand together: their counts
    would say how somebody voted."""
    if names_refusal is None:
        return counts
    large = [one for one in counts if one.roll_size >= CATEGORY_SIZE_MIN]
    small = [one for one in counts if one.roll_size < CATEGORY_SIZE_MIN]
    if small and sum(one.roll_size for one in small) < CATEGORY_SIZE_MIN and large:
        small.append(large.pop(large.index(min(large, key=lambda one: one.roll_size))))
    return [*large, everyone_of(small)] if small else large


def everyone_of(counts: Sequence[Count]) -> Count:
    """The sums over all categories."""
    return Count(
        None,
        Tally(
            sum(one.tally.yes for one in counts),
            sum(one.tally.no for one in counts),
            sum(one.tally.abstain for one in counts),
        ),
        sum(one.roll_size for one in counts),
    )
