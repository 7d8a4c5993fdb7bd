"""One version: what it says, at what stage it is, how it came there, what is said about it."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, StringConstraints
from starlette.responses import Response

from app.ballots.queries import ballots_on
from app.ballots.rules import may_be_ratified, state_of
from app.definitions import actions
from app.definitions.models import Definition, Version
from app.definitions.queries import ballot_at_stake, version_of
from app.definitions.routes import VisibleDefinition
from app.definitions.rules import may_make_candidate, may_withdraw_version
from app.discussions.queries_thread import discussion_of
from app.discussions.subjects import Subject
from app.groups.queries import membership_of
from app.groups.rules import must_be_chair
from app.kit import clock
from app.kit.db import Db
from app.kit.forms import Prose, Submitted, submitted
from app.kit.pages import kept, public_page
from app.kit.refusals import Refused
from app.kit.web import page, see_other, sentence_of
from app.people.current import SignedIn, Viewer
from app.people.models import Person
from app.reading.queries import Step, reading_of, steps_of, visit_of
from app.reading.queries_version import ratification_of
from app.reading.text import Reading

router = APIRouter(prefix="/d/{slug}/v/{label}")

Label = Annotated[str, Path(max_length=40)]
Page = Annotated[int, Query(ge=1, le=10**6)]


class ReasonForm(BaseModel):
    """Why a version comes to another stage."""

    reason: Annotated[Prose, StringConstraints(max_length=2_000)] = ""


@router.get("")
def version_page(
    request: Request,
    definition: VisibleDefinition,
    viewer: Viewer,
    db: Db,
    label: Label,
    page: Page = 1,
) -> Response:
    visit = visit_of(db, definition, viewer)
    return public_page(
        request,
        visit.sequence,
        lambda: _version_page(request, definition, viewer, db, label, thread_page=page),
    )


@router.post("/candidacy")
def make_candidate(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    label: Label,
    form: Annotated[Submitted[ReasonForm], Depends(submitted(ReasonForm))],
) -> Response:
    version = version_of(db, definition, label)
    status = 422
    if not form.errors:
        try:
            actions.make_candidate(db, version, by=person, reason=form.value.reason)
            return see_other(f"/d/{definition.slug}/v/{label}", said="version_put_forward")
        except Refused as refused:
            form.refuse("reason", sentence_of(request, refused.refusal))
            status = refused.status
    return _version_page(request, definition, person, db, label, candidacy=form, status=status)


@router.post("/withdrawal")
def withdraw_version(
    request: Request,
    definition: VisibleDefinition,
    person: SignedIn,
    db: Db,
    label: Label,
    form: Annotated[Submitted[ReasonForm], Depends(submitted(ReasonForm))],
) -> Response:
    version = version_of(db, definition, label)
    status = 422
    if not form.errors:
        try:
            actions.withdraw_version(db, version, by=person, reason=form.value.reason)
            return see_other(f"/d/{definition.slug}/v/{label}", said="version_withdrawn")
        except Refused as refused:
            form.refuse("reason", sentence_of(request, refused.refusal))
            status = refused.status
    return _version_page(request, definition, person, db, label, withdrawal=form, status=status)


def _version_page(
    request: Request,
    definition: Definition,
    viewer: Person | None,
    db: Db,
    label: str,
    *,
    thread_page: int = 1,
    candidacy: Submitted[ReasonForm] | None = None,
    withdrawal: Submitted[ReasonForm] | None = None,
    status: int = 200,
) -> Response:
    version = version_of(db, definition, label)
    stage = version.stages[-1].stage if version.stages else "draft"
    steps = steps_of(db, definition)
    membership = membership_of(db, definition.group_id, viewer)
    ballots = ballots_on(db, version_id=version.id)
    running = next((one.number for one in ballots if one.closing is None), None)
    return page(
        request,
        "reading/version.html",
        status,
        definition=definition,
        version=version,
        stage=stage,
        steps=steps,
        before=_before(steps, version),
        reading=frozen_text(request, db, version),
        ratified=ratification_of(db, version),
        ballots=ballots,
        ballot_states={one.id: state_of(one, one.closing, clock.now()) for one in ballots},
        may_make_candidate=may_make_candidate(membership, stage),
        may_withdraw=may_withdraw_version(membership, stage, ballot_at_stake(db, version)),
        may_ratify=must_be_chair(membership) or may_be_ratified(stage, running),
        candidacy=candidacy or Submitted.blank(ReasonForm),
        withdrawal=withdrawal or Submitted.blank(ReasonForm),
        discussion=discussion_of(
            db,
            definition,
            Subject("version", version.id, version.label),
            viewer=viewer,
            page=thread_page,
        ),
    )


def frozen_text(request: Request, db: Db, version: Version) -> Reading:
    """The text of a version, which never changes."""
    return kept(request).once(
        ("frozen", version.text_id),
        lambda: reading_of(db, version.text_id),
        lambda reading: 2_000 * len(reading.clauses),
    )


def _before(steps: Sequence[Step], version: Version) -> Any:
    """The version before this one, if it is not the first."""
    labels = [step.label for step in steps]
    place = labels.index(version.label)
    return steps[place - 1] if place else None
