"""Appeals as people and programs come to them."""

import pytest

from app.discussions.actions_hiding import lift_hiding
from app.groups.actions import change_membership

pytestmark = pytest.mark.usefixtures("clock")

ROOT = "/g/open-definitions/moderation"
WORDS = "It was a zwiebelfisch, and not mine."


@pytest.mark.alike
class TestPages:
    def test_a_journey_from_the_hidden_comment_to_the_words_again(
        self, browser, open_browser, cast, measures
    ):
        browser.sign_in(cast.chloe).get("/d/open-source-ai/c/4")
        page = browser.click("Appeal")
        assert "Speak about the words." in page.text and "fliegenkopf" in page.text
        page = browser.submit("Appeal", words=WORDS)
        assert "waits for another chair" in page.text and "zwiebelfisch" in page.text

        other = open_browser().sign_in(cast.dara)
        assert "appeals against the hiding of comment 1" in other.get("/").text
        other.click("Decide")
        page = other.submit("Decide", outcome="lifted", reason="A quotation.")
        assert "The appeal is decided" in page.text
        assert "fliegenkopf" in open_browser().get("/d/open-source-ai/c/4").text
        assert "A quotation." in browser.reload().text

    def test_it_waits_in_the_queue_of_the_chairs(self, browser, open_browser, cast, appeal):
        appeal("block")
        path = "/d/open-source-ai/moderation"
        assert "You decided that" in browser.sign_in(cast.ana).get(path).one("#appeals").text()
        assert not open_browser().sign_in(cast.eli).get(path).css("#appeals")
        other = open_browser().sign_in(cast.dara)
        other.get(path)
        assert other.click("Decide (appeal of Chloé Marchand)").form_with("Decide")

    def test_who_is_blocked_or_suspended_comes_to_it_from_where_they_read_that(
        self, browser, cast, measures
    ):
        browser.sign_in(cast.chloe).get("/d/open-source-ai/moderation")
        assert browser.click("Appeal", within="#own-block").form_with("Appeal")
        browser.get(f"/g/open-definitions/people/{cast.chloe.id}")
        assert "Appeal against a suspension" in browser.click("Appeal").text

    def test_it_says_so_where_there_is_no_other_chair(self, db, browser, cast, against, measures):
        path = f"{ROOT}/blocks/1/appeal"
        assert "no other chair" not in browser.sign_in(cast.chloe).get(path).text
        change_membership(
            db, cast.group, by=cast.ana, person=cast.dara, role="member", category=None,
            affiliation="",
        )  # fmt: skip
        assert "no other chair" in browser.get(path).text

    def test_what_was_typed_comes_back(self, browser, cast, appeal):
        appeal("block")
        browser.sign_in(cast.dara).get(f"{ROOT}/blocks/1/appeal")
        page = browser.submit("Decide", reason="Kept.")
        assert page.status == 422
        assert page.one("textarea[name=reason]").text().strip() == "Kept."

    def test_nobody_else_comes_to_it(self, browser, cast, appeal):
        appeal("block")
        path = f"{ROOT}/blocks/1/appeal"
        for person in (cast.bruno, cast.eli, cast.sam):
            assert browser.sign_in(person).get(path).status == 404
        for missing in ("blocks/9", "nonsense/1", "hidings/99999"):
            assert browser.sign_in(cast.ana).get(f"{ROOT}/{missing}/appeal").status == 404

    def test_when_it_is_over_meanwhile_the_reason_is_shown_again(
        self, db, browser, cast, appeal, against
    ):
        appeal("hiding")
        hidden = against("hiding")
        browser.sign_in(cast.dara).get(f"/g/open-definitions/{hidden.path}")
        lift_hiding(db, cast.definition, hidden.comment, by=cast.ana, reason="I was wrong.")
        page = browser.submit("Decide", outcome="lifted", reason="A long reason.")
        assert page.status == 409
        assert "A long reason." in page.text


class TestApi:
    def test_appeal_list_and_decide(self, api, cast, measures):
        path = f"/api/v1{ROOT}/blocks/{measures['block']}/appeal"
        mine = api.as_(cast.chloe)
        assert mine.get(path).json()["appeal"] is None
        made = mine.post(path, json={"words": WORDS})
        assert (made.status_code, made.json()["appeal"]["words"]) == (201, WORDS)
        other = api.as_(cast.dara)
        assert other.get(f"/api/v1{ROOT}/appeals").json()["items"] == [made.json()]
        body = {"outcome": "lifted", "reason": "They are quotations."}
        decided = other.post(f"{path}/decision", json=body).json()
        assert (decided["holds"], decided["appeal"]["outcome"]) == (False, "lifted")
        assert decided["appeal"]["decided_by"]["name"] == "Dara Singh"
        assert mine.get(path).json() == decided
        assert other.get(f"/api/v1{ROOT}/appeals").json()["items"] == []

    def test_refusals(self, api, cast, measures):
        path = f"/api/v1{ROOT}/suspensions/{measures['suspension']}/appeal"
        decision = {"outcome": "lifted", "reason": "So."}
        for who, method, address, body, expected in (
            (None, "get", path, None, (401, "sign_in_first")),
            ("eli", "get", path, None, (404, "not_found")),
            ("eli", "get", f"/api/v1{ROOT}/appeals", None, (403, "chairs_only")),
            ("dara", "post", path, {"words": "Hm."}, (403, "appeal_of_somebody_else")),
            ("chloe", "post", path, {"words": ""}, (422, "invalid")),
            ("dara", "post", f"{path}/decision", decision, (409, "not_appealed")),
            ("dara", "post", f"{path}/decision", {"outcome": "x"}, (422, "invalid")),
        ):
            program = api.as_(getattr(cast, who)) if who else api
            more = {"json": body} if body is not None else {}
            answer = getattr(program, method)(address, **more)
            assert (answer.status_code, answer.json()["code"]) == expected, (who, address)
