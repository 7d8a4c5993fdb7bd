"""Who may comment, edit and retract; tables without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from app.discussions import rules
from app.discussions.models import Comment, Retraction
from app.groups.models import ROLES, Membership

NOON = datetime(2024, 6, 3, 12, 0, tzinfo=UTC)
AUTHOR, OTHER = "p_author", "p_other"


def a_comment(retracted: bool = False) -> Comment:
    comment = Comment(by_id=AUTHOR, at=NOON)
    comment.retraction = Retraction(at=NOON) if retracted else None
    return comment


def code(refusal):
    return refusal.code if refusal else None


@pytest.mark.parametrize("role", ROLES)
def test_every_role_of_the_group_may_comment(role):
    assert rules.may_comment(Membership(role=role)) is None


def test_who_is_not_in_the_group_may_not_comment():
    assert code(rules.may_comment(None)) == "not_in_group"


@pytest.mark.parametrize(
    "after, expected",
    [
        (timedelta(0), "comment_posted_already"),
        (timedelta(seconds=59, microseconds=999_999), "comment_posted_already"),
        (timedelta(minutes=1), None),
    ],
)
def test_the_same_words_within_a_minute_are_the_same_form_sent_twice(after, expected):
    assert code(rules.must_be_new(a_comment(), NOON + after)) == expected
    assert rules.must_be_new(None, NOON + after) is None


@pytest.mark.parametrize(
    "by, after, retracted, member, expected",
    [
        (AUTHOR, timedelta(0), False, True, None),
        (AUTHOR, timedelta(minutes=9, seconds=59, microseconds=999_999), False, True, None),
        (AUTHOR, timedelta(minutes=10), False, True, "comment_edit_over"),
        (AUTHOR, timedelta(days=1), False, True, "comment_edit_over"),
        (AUTHOR, timedelta(minutes=1), True, True, "comment_retracted"),
        (AUTHOR, timedelta(minutes=1), False, False, "not_in_group"),
        (OTHER, timedelta(minutes=1), False, True, "comment_of_somebody_else"),
    ],
)
def test_who_may_edit_and_until_when(by, after, retracted, member, expected):
    membership = Membership(role="observer") if member else None
    refusal = rules.may_edit(a_comment(retracted), by, membership, NOON + after)
    assert code(refusal) == expected


def test_a_late_edit_is_told_when_it_ended():
    refusal = rules.may_edit(a_comment(), AUTHOR, Membership(), NOON + timedelta(hours=1))
    assert refusal
    assert refusal.facts == {"ended_at": NOON + timedelta(minutes=10)}


@pytest.mark.parametrize(
    "by, retracted, expected",
    [
        (AUTHOR, False, None),
        (AUTHOR, True, "comment_retracted"),
        (OTHER, False, "comment_of_somebody_else"),
    ],
)
def test_who_may_retract(by, retracted, expected):
    assert code(rules.may_retract(a_comment(retracted), by)) == expected
