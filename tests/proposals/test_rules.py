"""Who may do what with a proposal, in which of its states; and which changes make one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.definitions.tree import Kind, Node
from app.groups.models import Membership
from app.kit.refusals import Refusal
from app.proposals import rules
from app.proposals.models import (
    Adoption,
    Conflict,
    Proposal,
    Rejection,
    Revision,
    Second,
    Stake,
    Withdrawal,
)
from app.proposals.rebase import Clash
from app.proposals.rules import State
from app.proposals.steps import Place, Step

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
ROLES = ["chair", "editor", "member", "observer", None]


def membership(role: str | None) -> Membership | None:
    return Membership(group_id=1, person_id="p", role=role) if role else None


def proposal(state: str = "open", *, seconded_by: str = "farah") -> Proposal:
    made = Proposal(
        id=1,
        number=7,
        by_id="chloe",
        at=NOON,
        revisions=[Revision(id=1, number=1), Revision(id=2, number=2)],
        seconds=[Second(proposal_id=1, person_id=seconded_by, at=NOON)],
        conflicts=[Conflict(revision_id=1, clause_id=1, proposal_id=1, text_id=1, at=NOON)],
        adoption=None,
        rejection=None,
        withdrawal=None,
        stake=None,
    )
    if state == "in conflict":
        made.conflicts.append(
            Conflict(revision_id=2, clause_id=1, proposal_id=1, text_id=1, at=NOON)
        )
    elif state == "adopted":
        made.adoption = Adoption(proposal_id=1)
    elif state == "rejected":
        made.rejection = Rejection(proposal_id=1)
    elif state == "withdrawn":
        made.withdrawal = Withdrawal(proposal_id=1)
    elif state == "at stake":
        made.stake = Stake(proposal_id=1, revision_id=2, ballot_number=3)
    return made


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    "role, expected",
    list(zip(ROLES, [None, None, None, "observers_do_not", "not_in_group"], strict=True)),
)
def test_members_propose(role, expected):
    assert code(rules.may_propose(membership(role))) == expected


STATES = {
    "open": State.open,
    "in conflict": State.in_conflict,
    "at stake": State.open,
    "adopted": State.adopted,
    "rejected": State.rejected,
    "withdrawn": State.withdrawn,
}


@pytest.mark.parametrize("state, expected", STATES.items())
def test_a_proposal_is_in_one_state(state, expected):
    assert rules.state_of(proposal(state)) is expected


def test_a_new_revision_ends_the_conflict_of_an_earlier_one():
    assert rules.state_of(proposal("open")) is State.open


ENDED, STAKED = "proposal_has_ended", "proposal_is_at_stake"

# state: revise, second, take back, withdraw, put to a ballot, adopt
BY_STATE = {
    "open": (None, None, None, None, None, None),
    "in conflict": (None, None, None, None, "proposal_in_conflict", None),
    "at stake": (STAKED, None, None, STAKED, STAKED, None),
    "adopted": (ENDED,) * 6,
    "rejected": (ENDED,) * 6,
    "withdrawn": (ENDED,) * 6,
}


@pytest.mark.parametrize("state, expected", BY_STATE.items())
def test_what_may_be_done_in_each_state(state, expected):
    it, member = proposal(state), membership("member")
    assert expected == (
        code(rules.may_revise(it, "chloe", member)),
        code(rules.may_second(it, "dara", member)),
        code(rules.may_take_back_second(it, "farah")),
        code(rules.may_withdraw(it, "chloe")),
        code(rules.may_be_put_to_ballot(it, ())),
        code(rules.may_adopt(it)),
    )


def test_what_clashes_with_the_text_of_now_is_not_voted_on_though_nobody_has_marked_it():
    refusal = rules.may_be_put_to_ballot(proposal("open"), [Clash(4, "words")])
    assert code(refusal) == "proposal_in_conflict"


@pytest.mark.parametrize("by", ["dara", None])
def test_only_its_author_revises_and_withdraws(by):
    it = proposal()
    assert code(rules.may_revise(it, by, membership("chair"))) == "proposal_of_somebody_else"
    assert code(rules.may_withdraw(it, by)) == "proposal_of_somebody_else"


@pytest.mark.parametrize(
    "role, expected", [("observer", "observers_do_not"), (None, "not_in_group")]
)
def test_an_author_who_is_no_member_any_more_can_only_withdraw(role, expected):
    it = proposal()
    assert code(rules.may_revise(it, "chloe", membership(role))) == expected
    assert rules.may_withdraw(it, "chloe") is None


@pytest.mark.parametrize(
    "by, role, expected",
    [
        ("dara", "member", None),
        ("ana", "chair", None),
        ("eli", "observer", "observers_do_not"),
        ("sam", None, "not_in_group"),
        (None, None, "not_in_group"),
        ("chloe", "member", "proposal_of_ones_own"),
        ("farah", "member", "seconded_already"),
    ],
)
def test_other_members_second_once(by, role, expected):
    assert code(rules.may_second(proposal(), by, membership(role))) == expected


def test_only_a_second_can_be_taken_back():
    assert code(rules.may_take_back_second(proposal(), "dara")) == "not_seconded"


TEXT = (
    Node(1, Kind.heading, 0, "a", 1),
    Node(2, Kind.paragraph, 1, "b"),
    Node(3, Kind.item, 1, "c"),
)
WORDS = {1: "Title", 2: "Words", 3: "Item"}
ADD = Step("add", markdown="New", kind=Kind.item, place=Place(after=3))

WISHES = {
    "a reword": ([Step("reword", 2, "Other")], None),
    "a strike": ([Step("strike", 3)], None),
    "a move": ([Step("move", 3, place=Place(after=2))], None),
    "an addition": ([ADD], None),
    "reworded and moved": (
        [Step("reword", 3, "Other"), Step("move", 3, place=Place(after=1))],
        None,
    ),
    "nothing": ([], "proposal_without_changes"),
    "too many": ([ADD] * 51, "proposal_with_too_many_changes"),
    "no such clause": ([Step("reword", 9, "Other")], "clause_not_there"),
    "no clause": ([Step("strike")], "clause_not_there"),
    "no words": ([Step("reword", 2, " \n")], "wording_empty"),
    "an addition of nothing": ([replace(ADD, markdown="")], "wording_empty"),
    "the same words": ([Step("reword", 2, "Words")], "words_are_the_same"),
    "an addition without a place": ([replace(ADD, place=None)], "place_is_needed"),
    "a move without a place": ([Step("move", 3)], "place_is_needed"),
    "a move to itself": ([Step("move", 3, place=Place(after=3))], "place_is_itself"),
    "a place that is not there": ([replace(ADD, place=Place(after=9))], "clause_not_there"),
    "two paragraphs": ([Step("reword", 2, "One.\n\nTwo.")], "wording_more_than_one"),
    "a heading in a paragraph": ([Step("reword", 2, "# One")], "wording_more_than_one"),
    "a list in a heading": ([Step("reword", 1, "One\n- two")], "wording_one_line"),
    "a row": ([replace(ADD, kind=Kind.row, markdown="Code | Source")], None),
    "a note": ([replace(ADD, kind=Kind.note, markdown="It explains.\n\nTwice.")], None),
    "several lines": ([Step("reword", 2, "One,\ntwo\nand *three*.")], None),
    "reworded twice": ([Step("reword", 2, "x"), Step("reword", 2, "y")], "clause_changed_twice"),
    "reworded and struck": ([Step("reword", 2, "x"), Step("strike", 2)], "clause_changed_twice"),
    "moved and struck": (
        [Step("move", 3, place=Place(after=2)), Step("strike", 3)],
        "clause_changed_twice",
    ),
    "to a place that moves": (
        [Step("move", 3, place=Place(after=1)), ADD],
        "place_moves_too",
    ),
}


@pytest.mark.parametrize("steps, expected", WISHES.values(), ids=WISHES.keys())
def test_which_changes_make_a_proposal(steps, expected):
    assert code(rules.may_stand(steps, TEXT, WORDS)) == expected
