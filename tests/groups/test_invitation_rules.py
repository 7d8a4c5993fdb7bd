"""What is wrong with a row of a list; who may send how many; who may answer until when."""

from datetime import UTC, datetime, timedelta

import pytest

from app.groups.member_list import Row
from app.groups.models import Membership
from app.groups.models_coming import Invitation
from app.groups.rules_invitation import (
    OF_A_GROUP_A_DAY,
    ROWS_MAX,
    Invitee,
    Known,
    judge,
    may_answer,
    may_invite,
    may_send,
    may_withdraw_invitation,
)
from app.kit.refusals import Refusal

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
KNOWN = Known(
    categories={"end users": "End users"},
    members={"ana@x.org": "Ana Ferreira"},
    invited={"bo@x.org": NOON},
    asked={"cy@x.org": 3, "di@x.org": 2},
)


def judged(**cells):
    return judge([Row(1, **cells)], KNOWN)[0]


def test_a_good_row_invites_somebody():
    one = judged(name="Sam", email="Sam@X.org", role="Editor", category="end USERS")
    assert one.invitee == Invitee("sam@x.org", "Sam", "editor", "End users", "")
    assert judged(email="sam@x.org").invitee == Invitee("sam@x.org")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"email": ""}, "email", "address_is_needed"),
        ({"email": "sam.example.org"}, "email", "not_an_address"),
        ({"email": "sam@x.org, bo@x.org"}, "email", "not_an_address"),
        ({"email": "ANA@x.org"}, "email", "already_in_group"),
        ({"email": "bo@x.org"}, "email", "already_invited"),
        ({"email": "cy@x.org"}, "email", "asked_too_often"),
        ({"email": "sam@x.org", "role": "boss"}, "role", "unknown_role"),
        ({"email": "sam@x.org", "category": "funders"}, "category", "unknown_category"),
        ({"email": "sam@x.org", "name": "x" * 121}, "name", "cell_too_long"),
        ({"email": "sam@x.org", "affiliation": "a\x00b"}, "affiliation", "cell_not_text"),
    ],
)
def test_what_is_wrong_with_a_row(cells, column, code):
    one = judged(**cells)
    assert one.invitee is None
    assert {name: refusal.code for name, refusal in one.refusals.items()} == {column: code}


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    one = judged(email="sam", role="boss", category="funders")
    assert set(one.refusals) == {"email", "role", "category"}


def test_an_address_counts_once_in_a_list_however_it_is_written():
    rows = [Row(1, email="sam@x.org"), Row(2, email="eli@x.org"), Row(3, email="SAM@x.org ")]
    found = judge(rows, KNOWN)
    assert [one.invitee is not None for one in found] == [True, True, False]
    assert found[2].refusals["email"].facts == {"row": 1}


def test_a_category_that_is_to_be_added_is_known():
    rows = [Row(1, email="sam@x.org", category="Funders")]
    assert judge(rows, KNOWN, {"funders"})[0].invitee == Invitee("sam@x.org", category="Funders")


@pytest.mark.parametrize(
    ("email", "there"), [("ana@x.org", True), ("bo@x.org", True), ("cy@x.org", False), ("x", False)]
)
def test_who_is_known_already_needs_no_mending(email, there):
    assert judged(email=email).is_there_already is there
    assert not judged(email=email, role="boss").is_there_already


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (None, "chairs_only"),
        ("observer", "chairs_only"),
        ("member", "chairs_only"),
        ("editor", "chairs_only"),
        ("chair", None),
    ],
)
def test_who_may_invite_and_take_back(role, code):
    mine = Membership(role=role) if role else None
    for refusal in (may_invite(mine), may_withdraw_invitation(mine, Invitation(outcome=None))):
        assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("count", "of_group", "by_person", "code"),
    [
        (0, 0, 0, "list_empty"),
        (ROWS_MAX, 0, 0, None),
        (ROWS_MAX + 1, 0, 0, "list_too_long"),
        (1, OF_A_GROUP_A_DAY - 1, 0, None),
        (2, OF_A_GROUP_A_DAY - 1, 0, "too_many_invitations"),
        (1, 0, OF_A_GROUP_A_DAY, "too_many_invitations"),
    ],
)
def test_how_many_may_leave_in_a_day(count, of_group, by_person, code):
    refusal = may_send(count, of_group=of_group, by_person=by_person)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("outcome", "late", "code"),
    [
        (None, timedelta(microseconds=-1), None),
        (None, timedelta(), "invitation_expired"),
        ("accepted", timedelta(-1), "invitation_accepted"),
        ("declined", timedelta(-1), "invitation_declined"),
        ("withdrawn", timedelta(-1), "invitation_withdrawn"),
        ("replaced", timedelta(1), "invitation_replaced"),
    ],
)
def test_who_may_answer_until_when(outcome, late, code):
    refusal = may_answer(Invitation(outcome=outcome, expires_at=NOON), NOON + late)
    assert (refusal.code if refusal else None) == code


def test_what_is_not_there_is_not_answered():
    assert may_answer(None, NOON) == Refusal("invitation_unknown")


def test_what_has_an_outcome_is_not_taken_back():
    refusal = may_withdraw_invitation(Membership(role="chair"), Invitation(outcome="accepted"))
    assert refusal is not None and refusal.code == "invitation_is_over"
