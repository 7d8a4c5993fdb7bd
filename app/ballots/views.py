"""What the templates of this room are given."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.ballots.consequences import consequences
from app.ballots.counting import Outcome
from app.ballots.forms import BallotForm, ExtensionForm, Plan, RecusalForm, VoteForm, vote_form
from app.ballots.local_times import write_local
from app.ballots.models import Ballot, Closing
from app.ballots.queries import running_on
from app.ballots.queries_page import BallotPage, ballot_page
from app.ballots.queries_receipt import inclusion_of
from app.ballots.queries_verb import roll_at
from app.ballots.receipts import signer_for
from app.ballots.rules import may_be_ratified, may_use_card
from app.ballots.sentences import (
    abstaining,
    arithmetic,
    card_sentences,
    counts_sentence,
    if_closed_now,
    names_sentence,
    recused_sentences,
    share_words,
    what_would_turn_it,
)
from app.ballots.views_words import words_view
from app.definitions.models import Definition, Version
from app.definitions.queries import text_of, version_of
from app.discussions.queries_thread import discussion_of
from app.discussions.subjects import Subject
from app.groups.queries import membership_of
from app.groups.queries_interest import kinds_by_person, seen_by
from app.groups.rules import is_chair, must_be_chair
from app.kit import clock
from app.kit.forms import Submitted
from app.kit.i18n import _
from app.kit.refusals import NotFound, Refusal
from app.kit.web import url
from app.people.models import Person
from app.proposals.models import Proposal
from app.proposals.queries import proposal_for
from app.proposals.queries_page import Standing, standing_of
from app.proposals.rules import may_be_put_to_ballot

DAYS_BY_DEFAULT = 14


def ballot_view(
    db: Session,
    definition: Definition,
    ballot: Ballot,
    viewer: Person | None,
    *,
    secret: str,
    votes_after: str | None = None,
    thread_page: int = 1,
    form: Submitted[VoteForm] | None = None,
    vote_refusal: Refusal | None = None,
    extension: Submitted[ExtensionForm] | None = None,
    recusal: Submitted[RecusalForm] | None = None,
) -> dict[str, Any]:
    """The page of one ballot. The forms: what was typed, where it could not be
    taken."""
    now = clock.now()
    it = ballot_page(db, ballot, viewer=viewer, now=now, votes_after=votes_after)
    vote = it.my_vote
    words = words_view(db, definition, ballot)
    on_it = Subject("ballot", ballot.id, ballot.number, ballot.question)
    zone = viewer.time_zone if viewer else "UTC"
    return {
        "definition": definition,
        "ballot": ballot,
        "it": it,
        "interests": interests_beside(
            db,
            ballot,
            it.closing,
            [one.person_id for one in it.recusals]
            + [one.person_id for one in (it.votes.items if it.votes else ())],
            seen_by(viewer, it.membership),
        ),
        "breakdown": [(one.category, one.tally, one.roll_size) for one in it.counts],
        "form": vote_form(vote, form, vote_refusal),
        "vote_refusal": vote_refusal,
        "extension": extension
        or Submitted.blank(ExtensionForm, closes_at=write_local(ballot.closes_at, zone)),
        "recusal": recusal or Submitted.blank(RecusalForm),
        "zone": zone,
        "is_chair": is_chair(it.membership),
        "receipt": signer_for(secret).receipt(ballot.leaf_of(vote)).text() if vote else "",
        "proof": inclusion_of(db, ballot, vote.person_id) if vote and it.closing else None,
        "discussion": discussion_of(db, definition, on_it, viewer=viewer, page=thread_page),
        "record_href": url(f"/d/{definition.slug}/record", ballot=ballot.number),
        "query": {"after": votes_after},
        **words,
        **_sentences(ballot, it, words["standing"]),
    }


def interests_beside(
    db: Session,
    ballot: Ballot,
    closing: Closing | None,
    people: Iterable[str],
    seen: ColumnElement[bool],
) -> dict[str, list[str]]:
    """By person, the kinds of interests that these people had declared by the close, or by now.

    seen: what the viewer may see of them. One query.
    """
    at = closing.at if closing else min(clock.now(), ballot.closes_at)
    return kinds_by_person(db, ballot.definition.group_id, people, seen, at=at)


def _sentences(ballot: Ballot, it: BallotPage, standing: Standing | None) -> dict[str, Any]:
    """The sentences of the page."""
    card = ballot.card
    outcome: Outcome | None = it.outcome
    named = {
        "open": _("Shown with your vote at once."),
        "closed": _("Shown with your vote when the ballot closes."),
        "never": _("Not shown to others."),
    }
    return {
        "card_sentences": [
            *card_sentences(card, it.roll_size if it.roll_is_frozen else None),
            *recused_sentences(it.recused, it.roll_size),
            names_sentence(ballot.names_shown),
            counts_sentence(ballot.counts_shown),
        ],
        "consequences": consequences(ballot, clashes=bool(standing and standing.clashes)),
        "abstaining": abstaining(card),
        "reason_help": named[ballot.names_shown],
        "threshold_words": share_words(card.threshold) if card.threshold else None,
        "if_now": if_closed_now(outcome) if outcome else "",
        "turn": what_would_turn_it(outcome) if outcome else "",
        "recount": arithmetic(outcome) if outcome else "",
    }


def new_view(
    db: Session,
    definition: Definition,
    person: Person,
    form: Submitted[BallotForm],
    plan: Plan | None,
) -> dict[str, Any]:
    """The form for a new ballot. plan: what it comes to, when people want to see that before."""
    now = clock.now()
    roll = len(roll_at(db, definition, now))
    named = subject_named(
        db, definition, _number(form.typed.get("proposal")), form.typed.get("version") or ""
    )
    preview = None
    if plan is not None:
        if refusal := may_use_card(plan.card, roll):
            form.refuse("threshold", _sentence_of_card(refusal))
        else:
            preview = [
                *card_sentences(plan.card, roll if plan.opens_at is None else None),
                names_sentence(form.value.names_shown),
                counts_sentence(form.value.counts_shown),
            ]
    membership = membership_of(db, definition.group_id, person)
    return {
        "definition": definition,
        "form": form,
        "subject": _subject_words(named["proposal"], named["version"]),
        "zone": person.time_zone,
        "refusal": must_be_chair(membership) or _hindrance(db, definition, **named),
        "preview": preview,
        "opens": plan.opens_at if plan else None,
        "closes": plan.closes_at if plan else None,
    }


def subject_named(
    db: Session, definition: Definition, proposal: int | None, version: str
) -> dict[str, Any]:
    """What a ballot is to be about, by its number or label; NotFound unless exactly one is."""
    if (proposal is None) == (not version):
        raise NotFound
    if proposal is not None:
        return {"proposal": proposal_for(db, definition, proposal), "version": None}
    return {"proposal": None, "version": version_of(db, definition, version)}


def starting_values(given: dict[str, str], person: Person) -> dict[str, Any]:
    """What the form for a new ballot starts from."""
    closes = (clock.now() + timedelta(days=DAYS_BY_DEFAULT)).replace(minute=0)
    return {
        "proposal": given.get("proposal", ""),
        "version": given.get("version", ""),
        "question": given.get("question", ""),
        "preset": "two_thirds",
        "threshold": "2/3",
        "strict": "at_least",
        "base": "yes_no",
        "quorum": "1/2",
        "names_shown": "closed",
        "counts_shown": "open",
        "closes_at": write_local(closes, person.time_zone),
    }


def _hindrance(
    db: Session, definition: Definition, *, proposal: Proposal | None, version: Version | None
) -> Refusal | None:
    if proposal is not None:
        text = text_of(db, definition.working.text_id)
        standing = standing_of(db, definition, proposal.revisions[-1], text)
        return may_be_put_to_ballot(proposal, standing.clashes)
    assert version is not None
    running = running_on(db, version_id=version.id)
    return may_be_ratified(version.stages[-1].stage, running.number if running else None)


def _subject_words(proposal: Proposal | None, version: Version | None) -> str:
    if proposal is not None:
        return _("On proposal %(number)s: %(title)s") % {
            "number": proposal.number,
            "title": proposal.revisions[-1].title,
        }
    return _("On ratifying version %(label)s") % {"label": version.label if version else ""}


def _sentence_of_card(refusal: Refusal) -> str:
    if refusal.code == "roll_empty":
        return _("Nobody could vote: the group has no members, editors or chairs.")
    return _("No votes could satisfy this rule, not even a yes from everybody.")


def _number(typed: Any) -> int | None:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
