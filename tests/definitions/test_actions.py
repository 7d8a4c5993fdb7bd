"""The verbs: what they change, what they record, and whom they refuse."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.definitions import queries
from app.definitions.actions import (
    advance_stage,
    change_text,
    create_definition,
    make_candidate,
    make_version,
    take_step,
    withdraw_version,
)
from app.definitions.actions_clause import add_clause, edit_clause, move_clause, strike_clause
from app.definitions.changes import Form, Reword
from app.definitions.models import Change, Definition, Wording
from app.definitions.tree import Kind, wording_hash
from app.kit import clock as the_clock
from app.kit.refusals import NotFound, Refused, Stale
from app.people.models import Person
from app.record.models import Entry
from tests.cast import Cast
from tests.conftest import Clock

pytestmark = pytest.mark.usefixtures("clock")


def standing(db: Session, definition: Definition) -> list[tuple[int, str, str]]:
    named = queries.text_named(db, queries.definition_for(db, definition.slug, None), "working")
    return [(c.number, c.place, c.markdown) for c in queries.text_of(db, named.text.id)]


def entries(db: Session, definition: Definition) -> list[Entry]:
    statement = select(Entry).where(Entry.log_id == definition.log_id).order_by(Entry.sequence)
    return list(db.scalars(statement))


def test_a_definition_begins_without_clauses(db: Session, cast: Cast) -> None:
    definition = create_definition(
        db, cast.group, by=cast.bruno, slug="open-weights", name="Open Weights", summary="Weights."
    )
    assert standing(db, definition) == []
    [entry] = entries(db, definition)
    assert (entry.verb, entry.person_id) == ("definition.created", cast.bruno.id)


@pytest.mark.parametrize("slug", ["Open", "open--weights", "-open", "a" * 61, "new", "open/x", ""])
def test_it_refuses_an_address_that_does_not_fit(db: Session, cast: Cast, slug: str) -> None:
    with pytest.raises(Refused) as refused:
        create_definition(db, cast.group, by=cast.ana, slug=slug, name="Open Weights")
    assert refused.value.refusal.code == "slug_not_taken"


def test_it_refuses_an_address_that_is_in_use(db: Session, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        create_definition(db, cast.group, by=cast.ana, slug="open-source-ai", name="Another")
    assert refused.value.refusal.code == "slug_in_use"


def test_an_editor_rewords_a_clause_with_a_reason(db: Session, cast: Cast) -> None:
    taken = edit_clause(
        db,
        cast.definition,
        by=cast.bruno,
        clause=4,
        markdown="Enough is said about the data.",
        reason="Shorter.",
        base=wording_hash("Enough is said about the data to build the system again."),
    )
    assert standing(db, cast.definition)[3] == (4, "1.2.1", "Enough is said about the data.")
    [entry] = entries(db, cast.definition)
    assert entry.verb == "text.changed"
    assert entry.about["changes"] == [["reword", 4]]
    assert entry.about["to"] == taken.after.hash != taken.before.hash
    [change] = db.scalars(select(Change))
    assert (change.kind, change.source, change.reason) == ("reword", "editorial", "Shorter.")
    assert change.step == taken.number == 1
    wording = db.get_one(Wording, change.to_wording_hash)
    assert wording.html.strip() == "<p>Enough is said about the data.</p>"


def test_words_that_were_there_before_lead_back_to_the_same_text(db: Session, cast: Cast) -> None:
    first = queries.text_named(
        db, queries.definition_for(db, "open-source-ai", None), "working"
    ).text.id
    before = "Where each data set came from"
    for words in ("Where it came from", before):
        edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown=words, reason="Try.")
    working = queries.definition_for(db, "open-source-ai", None).working
    assert working.text_id == first
    assert db.scalar(select(func.max(Change.step))) == 2


def test_a_clause_is_added_moved_and_struck(db: Session, cast: Cast) -> None:
    definition = cast.definition
    add_clause(
        db, definition, by=cast.bruno, form=Form(Kind.item), markdown="Who paid for it",
        under=3, after=5, reason="Asked for.",
    )  # fmt: skip
    assert standing(db, definition)[5] == (7, "1.2.3", "Who paid for it")
    move_clause(db, definition, by=cast.bruno, clause=7, under=3, after=4, reason="First.")
    assert standing(db, definition)[4][:2] == (7, "1.2.2")
    strike_clause(db, definition, by=cast.bruno, clause=3, reason="Elsewhere.")
    assert [clause[0] for clause in standing(db, definition)] == [1, 2]
    struck = db.scalars(select(Change).where(Change.kind == "strike")).all()
    assert len(struck) == 5
    assert {change.step for change in struck} == {3}
    assert [entry.verb for entry in entries(db, definition)] == ["text.changed"] * 3


def test_a_struck_clause_is_remembered_and_its_number_is_not_given_again(
    db: Session, cast: Cast
) -> None:
    strike_clause(db, cast.definition, by=cast.ana, clause=6, reason="Gone.")
    assert queries.next_clause_number(db, cast.definition.id) == 7
    assert queries.clause_of(db, cast.definition, 6).number == 6


def test_a_stale_edit_shows_all_three_wordings(db: Session, cast: Cast) -> None:
    base = wording_hash("Where each data set came from")
    definition = cast.definition
    edit_clause(db, definition, by=cast.ana, clause=5, markdown="Theirs", reason="x", base=base)
    with pytest.raises(Stale) as stale:
        edit_clause(db, definition, by=cast.bruno, clause=5, markdown="Mine", reason="y", base=base)
    assert (stale.value.base, stale.value.current, stale.value.yours) == (
        "Where each data set came from", "Theirs", "Mine",
    )  # fmt: skip


@pytest.mark.parametrize("verb", ["add_clause", "move_clause", "strike_clause"])
def test_nothing_is_done_to_a_clause_that_says_something_else_by_now(
    db: Session, cast: Cast, verb: str
) -> None:
    base = wording_hash("Where each data set came from")
    definition = cast.definition
    edit_clause(db, definition, by=cast.ana, clause=5, markdown="Theirs", reason="x")
    tries: dict[str, Callable[[], object]] = {
        "add_clause": lambda: add_clause(
            db, definition, by=cast.bruno, form=Form(Kind.item), markdown="x", under=3, after=5,
            reason="y", beside=5, base=base,
        ),
        "move_clause": lambda: move_clause(
            db, definition, by=cast.bruno, clause=5, under=3, after=6, reason="y", base=base
        ),
        "strike_clause": lambda: strike_clause(
            db, definition, by=cast.bruno, clause=5, reason="y", base=base
        ),
    }  # fmt: skip
    with pytest.raises(Stale) as stale:
        tries[verb]()
    assert (stale.value.base, stale.value.current) == ("Where each data set came from", "Theirs")
    assert len(entries(db, definition)) == 1


def test_changes_against_a_text_that_moved_on_are_refused(db: Session, cast: Cast) -> None:
    words = {wording_hash("New"): "New"}
    changes = [Reword(5, wording_hash("New"))]
    with pytest.raises(Refused) as refused:
        change_text(
            db,
            cast.definition,
            by=cast.ana,
            changes=changes,
            words=words,
            reason="r",
            base="0" * 64,
        )
    assert (refused.value.refusal.code, refused.value.status) == ("text_moved_on", 409)


@pytest.mark.parametrize(
    ("clause", "words", "code"),
    [
        (5, "Where each data set came from", "nothing_changes"),
        (5, "  Where each data set came from\n", "nothing_changes"),
        (99, "Nowhere", "clause_not_standing"),
        (5, " \n ", "wording_empty"),
        (5, "a" * 20_001, "wording_too_long"),
        (5, "one\n\ntwo", "wording_more_than_one"),
        (5, "one\n- two", "wording_more_than_one"),
        (4, "# A heading", "wording_more_than_one"),
        (4, "> a note", "wording_more_than_one"),
        (4, "one\n\ntwo", "wording_more_than_one"),
        (3, "two\nlines", "wording_one_line"),
        (4, "half \ud83d", "wording_not_text"),
    ],
)
def test_it_refuses_words_that_cannot_be_that_clause(
    db: Session, cast: Cast, clause: int, words: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        edit_clause(db, cast.definition, by=cast.ana, clause=clause, markdown=words, reason="r")
    assert refused.value.refusal.code == code
    assert entries(db, cast.definition) == []


def test_it_refuses_a_change_without_a_reason(db: Session, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown="x", reason=" ")
    assert refused.value.refusal.code == "reason_needed"


def test_a_proposal_takes_the_same_step_under_its_number(db: Session, cast: Cast) -> None:
    words = {wording_hash("Adopted"): "Adopted"}
    taken = take_step(
        db, cast.definition, by=cast.chloe, changes=[Reword(5, wording_hash("Adopted"))],
        words=words, reason="Carried.", source="proposal", proposal_number=4, at=the_clock.now(),
    )  # fmt: skip
    [change] = db.scalars(select(Change))
    assert (change.source, change.proposal_number, change.by_id) == ("proposal", 4, cast.chloe.id)
    assert standing(db, cast.definition)[4][2] == "Adopted"
    assert taken.about["changes"] == [["reword", 5]]
    assert entries(db, cast.definition) == []


def test_a_version_freezes_the_working_text(db: Session, cast: Cast, clock: Clock) -> None:
    version = make_version(db, cast.definition, by=cast.bruno, label="0.0.1", note="First.")
    edit_clause(db, cast.definition, by=cast.bruno, clause=5, markdown="Later", reason="r")
    found = queries.version_of(db, cast.definition, "0.0.1")
    assert found.stage == "draft"
    assert found.text.hash == version.text.hash
    assert queries.text_of(db, found.text_id)[4].markdown == "Where each data set came from"
    assert entries(db, cast.definition)[0].verb == "version.made"
    assert (found.at, found.by.name) == (clock.now, "Bruno Keller")
    with pytest.raises(NotFound):
        queries.version_of(db, cast.definition, "0.0.2")


@pytest.mark.parametrize(
    "label", ["", "working", "new", "1..0", "a b", "x/y", "-1", "a" * 41, ".1"]
)
def test_it_refuses_a_label_that_does_not_fit(db: Session, cast: Cast, label: str) -> None:
    with pytest.raises(Refused) as refused:
        make_version(db, cast.definition, by=cast.ana, label=label)
    assert refused.value.refusal.code == "label_not_taken"


def test_it_labels_only_the_text_that_was_read(db: Session, cast: Cast) -> None:
    read = queries.text_now(db, cast.definition).hash
    edit_clause(db, cast.definition, by=cast.bruno, clause=5, markdown="Later", reason="r")
    with pytest.raises(Refused) as refused:
        make_version(db, cast.definition, by=cast.ana, label="0.1", base=read)
    assert (refused.value.refusal.code, refused.value.status) == ("text_moved_on", 409)
    read = queries.text_now(db, cast.definition).hash
    assert make_version(db, cast.definition, by=cast.ana, label="0.1", base=read).text.hash == read


def test_it_refuses_a_label_twice_and_a_version_of_nothing(db: Session, cast: Cast) -> None:
    make_version(db, cast.definition, by=cast.ana, label="0.1")
    with pytest.raises(Refused) as twice:
        make_version(db, cast.definition, by=cast.ana, label="0.1")
    empty = create_definition(db, cast.group, by=cast.ana, slug="empty", name="Empty")
    with pytest.raises(Refused) as nothing:
        make_version(db, empty, by=cast.ana, label="0.1")
    assert (twice.value.refusal.code, nothing.value.refusal.code) == (
        "label_in_use", "nothing_to_version",
    )  # fmt: skip


def test_a_version_goes_from_draft_to_candidate_to_ratified(db: Session, cast: Cast) -> None:
    version = make_version(db, cast.definition, by=cast.ana, label="0.1")
    make_candidate(db, version, by=cast.ana, reason="Ready.")
    advance_stage(db, version, stage="ratified", by=None, reason="Ballot 1 carried it.")
    advance_stage(db, version, stage="superseded", by=None)
    found = queries.version_of(db, cast.definition, "0.1")
    stages = [stage.stage for stage in found.stages]
    assert stages == ["draft", "candidate", "ratified", "superseded"]
    assert found.stages[2].by_id is None
    assert [entry.verb for entry in entries(db, cast.definition)] == [
        "version.made", "version.put_forward",
    ]  # fmt: skip


def test_a_version_is_withdrawn_with_a_reason_and_not_after_ratification(
    db: Session, cast: Cast
) -> None:
    version = make_version(db, cast.definition, by=cast.ana, label="0.1")
    with pytest.raises(Refused) as without:
        withdraw_version(db, version, by=cast.ana, reason="")
    withdraw_version(db, version, by=cast.ana, reason="A clause was missing.")
    assert queries.version_of(db, cast.definition, "0.1").stage == "withdrawn"
    other = make_version(db, cast.definition, by=cast.ana, label="0.2")
    make_candidate(db, other, by=cast.ana)
    advance_stage(db, other, stage="ratified", by=None)
    with pytest.raises(Refused) as after:
        withdraw_version(db, other, by=cast.ana, reason="No.")
    assert (without.value.refusal.code, after.value.refusal.code) == (
        "reason_needed", "stage_not_next",
    )  # fmt: skip


VERBS: dict[str, Callable[[Session, Cast, Person], object]] = {
    "create_definition": lambda db, cast, by: create_definition(
        db, cast.group, by=by, slug="another", name="Another"
    ),
    "edit_clause": lambda db, cast, by: edit_clause(
        db, cast.definition, by=by, clause=5, markdown="x", reason="r"
    ),
    "add_clause": lambda db, cast, by: add_clause(
        db, cast.definition, by=by, form=Form(Kind.item), markdown="x", under=3, after=5, reason="r"
    ),
    "move_clause": lambda db, cast, by: move_clause(
        db, cast.definition, by=by, clause=6, under=3, after=4, reason="r"
    ),
    "strike_clause": lambda db, cast, by: strike_clause(
        db, cast.definition, by=by, clause=6, reason="r"
    ),
    "make_version": lambda db, cast, by: make_version(db, cast.definition, by=by, label="9.9"),
    "make_candidate": lambda db, cast, by: make_candidate(
        db, make_version(db, cast.definition, by=cast.ana, label="9.8"), by=by
    ),
    "withdraw_version": lambda db, cast, by: withdraw_version(
        db, make_version(db, cast.definition, by=cast.ana, label="9.7"), by=by, reason="r"
    ),
}
MAY = {
    "ana": None, "bruno": None, "chloe": "editors_only", "dara": "editors_only",
    "eli": "editors_only", "farah": "editors_only", "sam": "editors_only",
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("person", MAY)
def test_who_may(db: Session, cast: Cast, verb: str, person: str) -> None:
    by = getattr(cast, person)
    if MAY[person] is None:
        VERBS[verb](db, cast, by)
        return
    with pytest.raises(Refused) as refused:
        VERBS[verb](db, cast, by)
    assert refused.value.refusal.code == MAY[person]
