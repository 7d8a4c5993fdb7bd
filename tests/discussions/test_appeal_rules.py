"""Who may appeal against what, who decides about it, and who reads it. No database."""

from datetime import timedelta

import pytest

from app.discussions import rules_appeal as rules
from app.discussions.measures import Measure
from app.discussions.models import Comment, Hiding
from app.discussions.models_appeal import Appeal
from app.discussions.moderation_log import is_about
from app.groups.models import Membership
from app.groups.models_conduct import Block
from app.people.models import Administration
from tests.conftest import NOON

WEEK = timedelta(days=7)


def code(refusal):
    return refusal.code if refusal else None


class TestRules:
    def held(self, kind, appeal=None, **more):
        """Ana decided it about Chloé, a week ago at most."""
        if kind == "hiding":
            row = Hiding(by_id="ana", at=NOON, **more)
            return Measure(row, "chloe", comment=Comment(by_id="chloe"), appeal=appeal)
        held = Block(by_id="ana", since=NOON, until=NOON + WEEK, **more)
        return Measure(held, "chloe", appeal=appeal)

    @pytest.mark.parametrize(
        "by, kind, appeal, later, expected",
        [
            ("chloe", "hiding", None, timedelta(0), None),
            ("chloe", "hiding", None, 9 * WEEK, None),  # it has no end of its own
            ("chloe", "block", None, WEEK - timedelta(microseconds=1), None),
            ("chloe", "block", None, WEEK, "measure_is_over"),
            ("chloe", "block", Appeal(), timedelta(0), "appealed_already"),
            ("dara", "block", None, timedelta(0), "appeal_of_somebody_else"),
            ("ana", "block", None, timedelta(0), "appeal_of_somebody_else"),
        ],
    )
    def test_whom_it_is_about_appeals_once_while_it_holds(self, by, kind, appeal, later, expected):
        assert code(rules.may_appeal(self.held(kind, appeal), by, NOON + later)) == expected

    def test_what_is_lifted_is_over(self):
        lifted = self.held("hiding", lifted_at=NOON)
        assert code(rules.may_appeal(lifted, "chloe", NOON)) == "measure_is_over"

    @pytest.mark.parametrize(
        "by, role, administers, beside, appeal, expected",
        [
            ("dara", "chair", False, 1, Appeal(), None),
            ("dara", "editor", False, 1, Appeal(), "chairs_only"),
            ("dara", None, False, 0, Appeal(), "chairs_only"),
            ("sam", None, True, 1, Appeal(), "chairs_only"),
            ("sam", None, True, 0, Appeal(), None),
            ("ana", "chair", False, 0, Appeal(), "appeal_against_oneself"),
            ("ana", "chair", True, 0, Appeal(), "appeal_against_oneself"),
            ("chloe", "chair", True, 0, Appeal(), "appeal_of_ones_own"),
            ("dara", "chair", False, 1, None, "not_appealed"),
            ("dara", "chair", False, 1, Appeal(decided_at=NOON), "appeal_decided"),
        ],
    )
    def test_another_chair_decides_and_an_administrator_where_there_is_none(
        self, by, role, administers, beside, appeal, expected
    ):
        membership = Membership(role=role, person_id=by) if role else None
        administration = Administration(person_id=by) if administers else None
        held = self.held("block", appeal)
        refusal = rules.may_decide(held, by, membership, administration, beside, NOON)
        assert code(refusal) == expected

    def test_an_end_is_nothing_to_decide(self):
        held = self.held("block", Appeal())
        chair = Membership(role="chair", person_id="dara")
        refusal = rules.may_decide(held, "dara", chair, None, 1, NOON + WEEK)
        assert code(refusal) == "measure_is_over"

    @pytest.mark.parametrize(
        "viewer, role, administers, beside, appeal, reads",
        [
            ("chloe", None, False, 1, None, True),
            ("dara", "chair", False, 1, None, True),
            ("bruno", "editor", False, 1, Appeal(), False),
            ("sam", None, False, 0, Appeal(), False),
            ("sam", None, True, 1, Appeal(), False),
            ("sam", None, True, 0, Appeal(), True),
            ("sam", None, True, 0, None, False),
        ],
    )
    def test_who_reads_it(self, viewer, role, administers, beside, appeal, reads):
        membership = Membership(role=role, person_id=viewer) if role else None
        administration = Administration(person_id=viewer) if administers else None
        held = self.held("block", appeal)
        assert rules.may_read_appeal(held, viewer, membership, administration, beside) is reads

    def test_an_appeal_stands_in_the_log_among_its_own_kind(self):
        for kind in ("hiding", "block", "suspension"):
            assert is_about("appeal.decided", {"appeal": 1, kind: 3}) == kind
        assert is_about("slow_mode.set", {"slow_mode": 1}) == "slow_mode"
