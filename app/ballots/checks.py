"""Whether ballots were opened, counted and sealed as the record tells.

1. A ballot has the words, the card and the window of its entry, and the roll that was frozen.
2. A closing counts the votes that there are and the roll without those who recused themselves,
   decides as the card says, and seals each vote.
3. A ratification rests on a closing that carried, and names the text of its version.
4. What a ballot is on that is not closed is at stake in it, and nothing else is.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.ballots.cards import about_card
from app.ballots.counting import decide
from app.ballots.models import Ballot, Closing, Ratification
from app.ballots.queries_erasure import hashes_since_erasures
from app.ballots.queries_recusal import recusals_on_roll
from app.ballots.queries_verb import tally_of, votes_in_order
from app.ballots.receipts import votes_root
from app.ballots.rolls import roll_hash
from app.definitions.models import Definition, Version, VersionStake
from app.proposals.models import Proposal, Stake
from app.record.findings import Finding, compared
from app.record.queries import Happening, told

VERBS = ("ballot.opened", "roll.frozen", "ballot.extended", "ballot.closed", "version.ratified")


def check(db: Session) -> Iterator[Finding]:
    """What is wrong with any ballot."""
    for definition in db.scalars(select(Definition).order_by(Definition.id)).all():
        entries = told(db, definition.log_id, *VERBS)
        opened = {e.entry.about["ballot"] for e in entries if e.entry.verb == "ballot.opened"}
        ballots = _ballots(db, definition)
        yield from _check_rolls(db, definition, ballots, entries)
        yield from _check_stakes(db, definition, ballots)
        for ballot in ballots:
            own = [one for one in entries if one.entry.about["ballot"] == ballot.number]
            yield from _check_ballot(db, definition, ballot, own)
            opened.discard(ballot.number)
        for number in sorted(opened):
            yield Finding(f"ballots {definition.slug} {number}", "the ballot is missing")
        yield from _check_ratifications(db, definition, entries)


def _ballots(db: Session, definition: Definition) -> Sequence[Ballot]:
    return db.scalars(
        select(Ballot)
        .where(Ballot.definition_id == definition.id)
        .options(
            joinedload(Ballot.definition),
            joinedload(Ballot.proposal),
            joinedload(Ballot.revision),
            joinedload(Ballot.version).joinedload(Version.text),
            joinedload(Ballot.closing),
            selectinload(Ballot.roll),
            selectinload(Ballot.extensions),
        )
        .order_by(Ballot.number)
    ).all()


def _check_ballot(
    db: Session, definition: Definition, ballot: Ballot, entries: Sequence[Happening]
) -> Iterator[Finding]:
    where = f"ballots {definition.slug} {ballot.number}"
    opened = next((one for one in entries if one.entry.verb == "ballot.opened"), None)
    if opened is None:
        yield Finding(where, "no entry of the record tells of this ballot")
        return
    yield from _compare_opening(where, ballot, opened, entries)
    closed = next((one for one in entries if one.entry.verb == "ballot.closed"), None)
    where = f"closings {definition.slug} {ballot.number}"
    if (ballot.closing is None) != (closed is None):
        yield Finding(where, "the row and the record do not both tell of it")
    elif ballot.closing is not None and closed is not None:
        yield from _check_closing(db, where, ballot, ballot.closing, closed)


def _compare_opening(
    where: str, ballot: Ballot, one: Happening, entries: Sequence[Happening]
) -> Iterator[Finding]:
    about = one.entry.about
    extended = [e for e in entries if e.entry.verb == "ballot.extended"]
    ends = [one.moment("closes_at"), *(e.moment("to") for e in extended)]
    words = ballot.revision.hash if ballot.revision else None
    words = ballot.version.text.hash if ballot.version else words
    pairs: dict[str, tuple[Any, Any]] = {
        "words": (ballot.words_hash, about["words"]),
        "subject": (words, about["words"]),
        "proposal": (ballot.proposal and ballot.proposal.number, about.get("proposal")),
        "version": (ballot.version and ballot.version.label, about.get("version")),
        "card": (about_card(ballot.card), about["card"]),
        "names shown": (ballot.names_shown, about["names"]),
        "counts shown": (ballot.counts_shown, about["counts"]),
        "opening": (ballot.opens_at, one.moment("opens_at")),
        "end": (ballot.closes_at, ends[-1]),
        "extensions": (
            [(e.from_time, e.to_time, e.at, e.by_id) for e in ballot.extensions],
            [(e.moment("from"), e.moment("to"), e.entry.at, e.entry.person_id) for e in extended],
        ),
        "time": (ballot.at, one.entry.at),
        "opener": (ballot.by_id, one.entry.person_id),
    }
    if one.said("question") is not None:
        pairs["question"] = (ballot.question, one.said("question"))
    for number, (kept, entry) in enumerate(zip(ballot.extensions, extended, strict=False), 1):
        if entry.said("reason") is not None:
            pairs[f"reason of extension {number}"] = (kept.reason, entry.said("reason"))
    yield from compared(where, pairs)


def _check_rolls(
    db: Session,
    definition: Definition,
    ballots: Sequence[Ballot],
    entries: Sequence[Happening],
) -> Iterator[Finding]:
    """A roll was frozen once, at the opening or when it became due. Where somebody on it was
    erased since, the entry of that tells what it comes to without where they worked."""
    since = hashes_since_erasures(db)
    frozen = {
        e.entry.about["ballot"]: e.entry.about for e in entries if "roll_hash" in e.entry.about
    }
    for ballot in ballots:
        where = f"roll_entries {definition.slug} {ballot.number}"
        about = frozen.get(ballot.number)
        if about is None:
            if ballot.roll:
                yield Finding(where, "no entry of the record tells that the roll was frozen")
            continue
        named = since.get(ballot.path, about["roll_hash"])
        pairs = {
            "size": (len(ballot.roll), about["roll"]),
            "people": (roll_hash(ballot.roll), named),
        }
        yield from compared(where, pairs)


def _check_closing(
    db: Session, where: str, ballot: Ballot, closing: Closing, one: Happening
) -> Iterator[Finding]:
    votes = votes_in_order(db, ballot)
    recused = [row.person_id for row in recusals_on_roll(db, ballot)]
    about = one.entry.about
    if any(vote.person_id in recused for vote in votes):
        yield Finding(where, "it counts a vote of somebody who recused themselves")
    if any(vote.words_hash != ballot.words_hash for vote in votes):
        yield Finding(where, "a vote was not on the words at stake")
    if tally_of(votes) != closing.tally or len(ballot.roll) - len(recused) != closing.roll_size:
        yield Finding(where, "its tally is not the count of the votes")
    elif decide(closing.tally, closing.roll_size, ballot.card).carried != (
        closing.outcome == "carried"
    ):
        yield Finding(where, "its outcome is not what the card makes of the tally")
    if votes_root([ballot.leaf_of(vote) for vote in votes]).hex() != closing.votes_root:
        yield Finding(where, "its seal is not the root over the votes")
    told_of = ("outcome", "yes", "no", "abstain", "sentence", "votes_root")
    yield from compared(where, {name: (getattr(closing, name), about[name]) for name in told_of})
    yield from compared(
        where,
        {
            "roll": (closing.roll_size, about["roll"]),
            # entries of earlier closings do not tell of it
            "recused": (recused, about.get("recused", [])),
            "number recused": (closing.recused, len(about.get("recused", []))),
            "time": (closing.at, one.entry.at),
            "closer": (closing.by_id, one.entry.person_id),
        },
    )
    if "closes_at" in about:  # entries of earlier closings do not tell of it
        yield from compared(where, {"end": (ballot.closes_at, one.moment("closes_at"))})


def _check_stakes(
    db: Session, definition: Definition, ballots: Sequence[Ballot]
) -> Iterator[Finding]:
    """By proposal or version: the number of its ballot, since when, on which revision."""
    due = {
        (one.proposal_id, one.version_id): (one.number, one.at, one.revision_id)
        for one in ballots
        if one.closing is None
    }
    here = select(Proposal.id).where(Proposal.definition_id == definition.id)
    kept: dict[tuple[int | None, int | None], Any] = {
        (one.proposal_id, None): (one.ballot_number, one.since, one.revision_id)
        for one in db.scalars(select(Stake).where(Stake.proposal_id.in_(here)))
    }
    here = select(Version.id).where(Version.definition_id == definition.id)
    kept |= {
        (None, one.version_id): (one.ballot_number, one.since, None)
        for one in db.scalars(select(VersionStake).where(VersionStake.version_id.in_(here)))
    }
    for subject in sorted(due.keys() | kept.keys(), key=str):
        if due.get(subject) != kept.get(subject):
            number = (due | kept)[subject][0]
            yield Finding(f"ballots {definition.slug} {number}", "what it is on is not at stake")


def _check_ratifications(
    db: Session, definition: Definition, entries: Sequence[Happening]
) -> Iterator[Finding]:
    told_of = {e.entry.about["version"]: e for e in entries if e.entry.verb == "version.ratified"}
    for row in db.scalars(
        select(Ratification)
        .join(Ratification.version)
        .where(Version.definition_id == definition.id)
        .options(
            joinedload(Ratification.version).joinedload(Version.text),
            joinedload(Ratification.closing).joinedload(Closing.ballot),
        )
    ):
        where = f"ratifications {definition.slug} {row.version.label}"
        one = told_of.pop(row.version.label, None)
        if one is None:
            yield Finding(where, "no entry of the record tells of it")
            continue
        if row.closing.outcome != "carried":
            yield Finding(where, "the closing that it rests on did not carry")
        yield from compared(
            where,
            {
                "text": (row.text_hash, row.version.text.hash),
                "hash": (row.text_hash, one.entry.about["text"]),
                "ballot": (row.closing.ballot.number, one.entry.about["ballot"]),
                "time": (row.at, one.entry.at),
            },
        )
    for label in told_of:
        yield Finding(f"ratifications {definition.slug} {label}", "the ratification is missing")
