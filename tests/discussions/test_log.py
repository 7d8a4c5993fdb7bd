"""The log of moderation: what was decided, by whom, under which rule and why; and who reads what."""

from datetime import timedelta
from typing import Any

import pytest

from app.discussions.actions_hiding import hide_comment, lift_hiding
from app.discussions.actions_slow import end_slow_mode, set_slow_mode
from app.discussions.moderation_log import KIND_OF, KINDS, reason_is_read, verbs_of
from app.groups.actions import end_membership
from app.groups.actions_block import block_person, lift_block
from app.groups.actions_conduct import make_conduct_rule
from app.groups.actions_standing import lift_suspension, suspend_member
from tests.conftest import NOON

PAGE = "/g/open-definitions/moderation/log"
API = f"/api/v1{PAGE}"
WEEK = timedelta(days=7)
SECRET = "zwiebelfisch"


@pytest.fixture
def told(db, cast, clock, say, settings):
    """One of each, in this order, an hour apart; Chloé said something, Eli and Dara are kept out."""
    group, ana = cast.group, cast.ana
    make_conduct_rule(db, group, by=ana, words="Speak about the words.")
    comment = say("chloe", f"You {SECRET}.")

    def hide():
        given = {"rule": 1, "reason": "About a person.", "settings": settings}
        hide_comment(db, cast.definition, comment, by=ana, **given)

    def block():
        given = {"rule": 1, "until": NOON + WEEK, "reason": "Three of them.", "settings": settings}
        held.append(block_person(db, group, by=ana, person=cast.eli, **given))

    def suspend():
        given = {"until": NOON + WEEK, "reason": "Gave addresses away.", "settings": settings}
        held.append(suspend_member(db, group, by=ana, person=cast.dara, **given))

    held = []
    slow: dict[str, Any] = {"minutes": 30, "until": NOON + WEEK, "reason": "So that all are read."}
    for deed in (
        hide,
        lambda: set_slow_mode(db, cast.definition, by=ana, **slow),
        block,
        suspend,
        lambda: lift_suspension(db, held[1], by=ana),
        lambda: lift_block(db, group, held[0], by=ana, reason="Understood."),
        lambda: end_slow_mode(db, cast.definition, by=ana),
        lambda: lift_hiding(db, cast.definition, comment, by=ana, reason="A quotation."),
        hide,
    ):
        clock.forward(hours=1)
        deed()
    db.flush()


NEWEST_FIRST = [
    "comment.hidden",
    "hiding.lifted",
    "slow_mode.ended",
    "block.lifted",
    "suspension.lifted",
    "member.suspended",
    "person.blocked",
    "slow_mode.set",
    "comment.hidden",
]


class TestWhatIsRead:
    def test_every_verb_is_of_one_kind(self):
        assert sorted(verbs_of(None)) == sorted(verb for kind in KINDS for verb in verbs_of(kind))
        assert set(KIND_OF.values()) == set(KINDS)

    @pytest.mark.parametrize("kind", KINDS)
    def test_only_why_somebody_was_suspended_is_for_the_group_and_them(self, kind):
        everybody = reason_is_read(kind, in_group=False, is_about_viewer=False)
        assert everybody is (kind != "suspension")
        assert reason_is_read(kind, in_group=True, is_about_viewer=False)
        assert reason_is_read(kind, in_group=False, is_about_viewer=True)


@pytest.mark.usefixtures("told")
class TestPage:
    def test_everybody_reads_what_was_decided_by_whom_under_which_rule_and_why(self, browser):
        page = browser.get(PAGE)
        rows = [one.text() for one in page.css(".rows > li")]
        assert len(rows) == len(NEWEST_FIRST)
        assert "Ana Ferreira hid comment 1 under rule 1." in rows[-1]
        assert "About a person." in rows[-1] and "Speak about the words." in rows[-1]
        assert "Ana Ferreira blocked somebody from commenting and proposing until" in rows[-3]
        assert "Three of them." in rows[-3]
        assert "Ana Ferreira suspended somebody until" in rows[-4]
        assert "The reason is for people in the group." in rows[-4]
        assert "The reason" not in rows[-5]  # lifting one gives none

    def test_hidden_words_are_in_it_for_nobody(self, browser, cast):
        for person in (None, cast.ana, cast.chloe):
            page = (browser.sign_in(person) if person else browser).get(PAGE)
            assert SECRET not in page.text

    def test_people_in_the_group_read_about_whom(self, browser, open_browser, cast):
        public = open_browser().get(PAGE)
        for name in ("Eli Novak", "Dara Singh", "Gave addresses away."):
            assert name not in public.text
            assert name in browser.sign_in(cast.farah).get(PAGE).text
            assert name not in open_browser().sign_in(cast.sam).get(PAGE).text

    def test_whom_it_is_about_reads_it_after_they_left(self, db, browser, cast):
        end_membership(db, cast.group, by=cast.ana, person=cast.dara)
        page = browser.sign_in(cast.dara).get(PAGE)
        assert "suspended Dara Singh until" in page.text
        assert "Gave addresses away." in page.text
        assert "Eli Novak" not in page.text

    def test_one_kind_at_a_time_by_the_address(self, browser):
        browser.get(PAGE)
        page = browser.submit("Show", kind="slow_mode")
        assert browser.get(f"{PAGE}?kind=slow_mode").text == page.text
        assert len(page.css(".rows > li")) == 2
        assert browser.get(f"{PAGE}?kind=nonsense").status == 422

    def test_one_comes_to_it_from_the_group_and_from_moderation(self, browser):
        for path in ("/g/open-definitions", "/d/open-source-ai/moderation"):
            browser.get(path)
            assert browser.click("Log of moderation").one("h1").text() == "Log of moderation"

    def test_a_definition_for_the_group_has_its_lines_for_the_group(
        self, db, browser, open_browser, cast
    ):
        cast.definition.visibility = "group"
        db.flush()
        assert "hid comment 1" not in open_browser().get(PAGE).text
        assert "hid comment 1" in browser.sign_in(cast.eli).get(PAGE).text


def test_it_says_so_where_nothing_was_decided(browser, cast):
    assert "Nothing was decided yet" in browser.get(PAGE).text
    assert "Nothing fits" in browser.get(f"{PAGE}?kind=block").text


@pytest.mark.usefixtures("told")
class TestApi:
    def test_it_tells_the_same_page_by_page(self, api):
        answer = api.get(API, params={"limit": 4}).json()
        found = answer["items"]
        while answer["next"]:
            answer = api.get(API, params={"limit": 4, "after": answer["next"]}).json()
            found += answer["items"]
        assert [one["verb"] for one in found] == NEWEST_FIRST
        hidden, blocked = found[-1], found[-3]
        assert (hidden["comment"], hidden["definition"]) == (1, "open-source-ai")
        assert hidden["rule"] == {"number": 1, "words": "Speak about the words."}
        assert found[1]["rule"] == found[3]["rule"] == hidden["rule"]  # of what was lifted
        assert (blocked["by"]["name"], blocked["person"]) == ("Ana Ferreira", None)
        assert blocked["until"] == "2024-06-10T12:00:00.000Z"
        assert [one["held_back"] for one in found].count(True) == 1

    def test_people_in_the_group_get_the_person(self, api, cast):
        answer = api.as_(cast.farah).get(API, params={"kind": "suspension"}).json()
        assert [one["person"]["name"] for one in answer["items"]] == ["Dara Singh"] * 2
        assert answer["items"][1]["reason"] == "Gave addresses away."

    def test_a_kind_that_there_is_not_is_a_problem(self, api):
        assert api.get(API, params={"kind": "nonsense"}).status_code == 422
        assert api.get("/api/v1/g/nowhere/moderation/log").status_code == 404
