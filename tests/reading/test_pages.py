"""The pages where rooms meet, without JavaScript."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.ballots.actions import open_ballot
from app.ballots.counting import two_thirds
from app.definitions.actions import change_text, make_version
from app.definitions.actions_clause import edit_clause
from app.definitions.changes import Add, Form, Strike
from app.definitions.models import Clause, VersionStage
from app.definitions.tree import Kind, wording_hash
from app.discussions.actions import post_comment
from app.groups.actions import end_membership
from app.proposals.actions import adopt_proposal, propose
from app.proposals.steps import Step

pytestmark = pytest.mark.usefixtures("clock")

TEXT = "/d/open-source-ai"


@pytest.fixture
def say(db, cast):
    def said(who: str, body: str, clause: int = 4, **more):
        found = db.scalars(select(Clause).where(Clause.number == clause)).one()
        return post_comment(
            db, cast.definition, by=getattr(cast, who), body=body, clause=found, **more
        )

    return said


@pytest.fixture
def proposal(db, cast):
    return propose(
        db,
        cast.definition,
        by=cast.chloe,
        title="Share the data itself",
        rationale="It is the only way to check the rest.",
        steps=[Step("reword", 4, "Enough is published about the data to build the system again.")],
    )


def reword(db, cast, words, clause=4):
    return edit_clause(
        db, cast.definition, by=cast.bruno, clause=clause, markdown=words, reason="Plainer words."
    )


class TestTheWorkingText:
    def test_it_reads_as_a_text(self, browser, cast):
        page = browser.get(TEXT)
        assert page.status == 200
        assert page.one("h1").text() == "Open Source AI"
        assert [node.text() for node in page.css(".contents li a span:nth-child(2)")] == [
            "Open Source AI",
            "Data information",
        ]
        assert "1.2.1 Enough is said about the data" in page.text
        assert page.one("#c3 h3").text().strip().endswith("Data information")
        assert page.one("#c2 strong").text() == "any purpose"

    def test_each_clause_leads_to_its_page(self, browser, cast):
        browser.get(TEXT)
        assert browser.click("Why these words?", within="#c4").path == f"{TEXT}/c/4"

    def test_the_margin_tells_what_goes_on(self, browser, say):
        first = say("dara", "No maker could **meet** this.", kind="objection")
        say("farah", "A description would do.", parent=first)
        for number in range(3):
            say("eli", f"Question {number}?", kind="question")
        margin = browser.get(TEXT).one("#c4 .clause__margin")
        assert [n.text() for n in margin.css(".note__kind")] == ["Objection", "Question"]
        assert "No maker could meet this." in margin.text()
        assert "One answer" in margin.text()
        assert "2 more comments" in margin.text()
        assert browser.click("One answer").url.endswith("/c/4#comment-1")

    def test_the_heat_of_a_heading_holds_all_beneath_it(self, browser, say):
        say("eli", "Here.", clause=5)
        page = browser.get(TEXT)
        assert len(page.css(".contents .heat__warm")) == 2

    def test_an_open_proposal_stands_with_its_clause(self, browser, proposal):
        box = browser.get(TEXT).one("#c4 .proposal")
        assert "Chloé Marchand" in box.text()
        assert "deployers" in box.text()
        assert box.css_first("del").text() == "said"
        assert box.css_first("ins").text() == "published"
        assert browser.click("Proposal 1", within="#c4").url.endswith("/p/1")

    def test_a_table_is_a_table(self, browser, db, cast):
        form = Form(Kind.row, None, None)
        words = ["Component | Licence", "Code | Any approved one"]
        hashes = [wording_hash(one) for one in words]
        change_text(
            db,
            cast.definition,
            by=cast.bruno,
            changes=[Add(7, hashes[0], form, 3, 6), Add(8, hashes[1], form, 7, None)],
            words=dict(zip(hashes, words, strict=True)),
            reason="A table of components.",
        )
        table = browser.get(TEXT).one("table")
        assert [n.text().strip() for n in table.css("thead th")][-1] == "Licence"
        row = table.css_first("tbody #c8")
        assert "Any approved one" in row.text()
        deeds = {node.attributes.get("data-key"): node for node in row.css("a[aria-label]")}
        assert deeds["c"].attributes["href"] == f"{TEXT}/c/8#comment-form"
        assert deeds["p"].attributes["href"] == f"{TEXT}/p/new?clause=8"
        assert browser.click("Why? The words of clause 1.2.4.1").path == f"{TEXT}/c/8"

    def test_it_says_how_far_it_is_from_the_last_version(self, browser, db, cast):
        assert "No version has been made of it yet." in browser.get(TEXT).text
        make_version(db, cast.definition, by=cast.bruno, label="0.0.1")
        assert "The working text is version 0.0.1." in browser.get(TEXT).text
        reword(db, cast, "Other words.")
        assert "The working text is one change after version 0.0.1." in browser.get(TEXT).text
        assert browser.click("0.0.1", within=".stages").path == f"{TEXT}/v/0.0.1"

    def test_a_definition_of_the_group_is_for_the_group(self, browser, db, cast):
        cast.definition.visibility = "group"
        db.flush()
        for path in (TEXT, f"{TEXT}/c/4", f"{TEXT}/comments"):
            assert browser.get(path).status == 404
        browser.sign_in(cast.sam)
        assert browser.get(TEXT).status == 404
        browser.sign_in(cast.eli)
        assert browser.get(TEXT).status == 200

    def test_hostile_addresses_find_nothing(self, browser, cast):
        for path in ("/d/nothing", f"{TEXT}/c/99", f"{TEXT}/c/0", f"{TEXT}/v/9.9", f"{TEXT}/v/%00"):
            assert browser.get(path).status == 404


class TestAClause:
    def test_it_tells_how_it_came_to_say_so(self, browser, db, cast):
        make_version(db, cast.definition, by=cast.bruno, label="0.0.1")
        reword(db, cast, "Enough is published about the data to build the system again.")
        page = browser.get(f"{TEXT}/c/4")
        assert "It says so since" in page.one("#why").text()
        assert "by Bruno Keller, as an editorial change" in page.one("#why").text()
        assert page.one("#history del").text() == "said"
        assert page.one("#history ins").text() == "published"

    def test_comments_follow_it_and_say_which_wording_they_were_made_on(
        self, browser, db, cast, say, clock
    ):
        say("dara", "Said to whom?")
        make_version(db, cast.definition, by=cast.bruno, label="0.0.1")
        clock.forward(days=1)
        reword(db, cast, "Enough is published about the data to build the system again.")
        page = browser.get(f"{TEXT}/c/4")
        comment = page.one("#comment-1")
        assert "Made on the wording of 0.0.1" in comment.text()
        assert comment.css_first("details ins").text() == "published"

    def test_a_struck_clause_keeps_its_page_and_its_discussion(self, browser, db, cast, say):
        say("dara", "Keep it.", clause=6)
        change_text(
            db, cast.definition, by=cast.bruno, changes=[Strike(6)], words={}, reason="Said above."
        )
        page = browser.get(f"{TEXT}/comments/1")
        assert page.url.endswith("/c/6#comment-1")
        assert "Struck clause 6" in page.text
        assert "Keep it." in page.text
        assert "It was struck on" in page.text
        browser.sign_in(cast.eli).get(f"{TEXT}/c/6")
        assert browser.submit("Comment", body="A pity.").status == 200

    def test_what_is_put_forward_stands_there(self, browser, cast, proposal):
        browser.sign_in(cast.eli)
        assert "Share the data itself" in browser.get(f"{TEXT}/c/4").one("#proposals").text()
        assert not browser.get(f"{TEXT}/c/5").css("#proposals")

    def test_who_may_not_propose_reads_why(self, browser, cast):
        page = browser.sign_in(cast.eli).get(f"{TEXT}/c/4")
        assert "Observers read and comment" in page.text
        assert "Propose a change" not in page.links()
        assert "Propose a change" in browser.sign_in(cast.dara).get(f"{TEXT}/c/4").links()

    def test_neighbours(self, browser, cast):
        browser.get(f"{TEXT}/c/4")
        assert browser.click("Clause 1.2.2, the next one").path == f"{TEXT}/c/5"
        assert browser.click("Clause 1.2.1, the one before").path == f"{TEXT}/c/4"


@pytest.mark.alike
class TestAVersion:
    @pytest.fixture(autouse=True)
    def version(self, db, cast):
        return make_version(
            db, cast.definition, by=cast.bruno, label="0.0.1", note="The first draft."
        )

    def test_it_stays_as_it_was(self, browser, db, cast):
        reword(db, cast, "Other words.")
        page = browser.get(f"{TEXT}/v/0.0.1")
        assert "Enough is said about the data" in page.text
        assert "Other words." not in page.text
        assert "The first draft." in page.text
        assert "Bruno Keller" in page.text

    def test_it_is_discussed(self, browser, cast):
        browser.sign_in(cast.eli).get(f"{TEXT}/v/0.0.1")
        page = browser.submit("Comment", body="Too soon.", kind="objection")
        assert page.url.endswith("/v/0.0.1#comment-1")
        assert "Too soon." in page.text

    def test_an_editor_makes_it_a_candidate(self, browser, cast):
        browser.sign_in(cast.bruno).get(f"{TEXT}/v/0.0.1")
        page = browser.submit("Make it a candidate", reason="All open points are settled.")
        assert "The version is a candidate now." in page.text
        assert "All open points are settled." in page.text
        assert "Open a ballot on ratifying it" not in page.links()
        page = browser.sign_in(cast.ana).get(f"{TEXT}/v/0.0.1")
        assert "Open a ballot on ratifying it" in page.links()

    def test_an_editor_withdraws_it_with_a_reason(self, browser, cast, db):
        browser.sign_in(cast.bruno).get(f"{TEXT}/v/0.0.1")
        page = browser.submit("Withdraw this version", reason="")
        assert page.status == 422
        assert "reason" in page.one("#field-withdrawal-reason-error").text()
        page = browser.submit("Withdraw this version", reason="A clause was lost.")
        assert "This version was withdrawn. A clause was lost." in page.text
        assert [s.stage for s in db.scalars(select(VersionStage))][-1] == "withdrawn"

    @pytest.mark.parametrize("who", ["dara", "eli", "sam"])
    @pytest.mark.parametrize("deed", ["candidacy", "withdrawal"])
    def test_nobody_else_does(self, browser, cast, db, who, deed):
        browser.sign_in(getattr(cast, who))
        assert not browser.get(f"{TEXT}/v/0.0.1").css("#stage")
        assert browser.post(f"{TEXT}/v/0.0.1/{deed}", reason="Mine.").status == 403
        assert len(db.scalars(select(VersionStage)).all()) == 1


class TestHome:
    def test_the_public_reads_what_this_is_and_what_is_there(self, browser, cast, proposal):
        page = browser.get("/")
        assert "Agree on a definition, clause by clause" in page.text
        assert "One proposal under way" in page.text
        assert browser.click("Open Source AI").path == TEXT

    def test_it_begins_with_the_ballots_to_cast(self, browser, db, cast, proposal, clock):
        open_ballot(
            db,
            cast.definition,
            by=cast.ana,
            proposal=proposal,
            question="Share the data itself?",
            card=two_thirds(),
            closes_at=clock.now + timedelta(days=2),
        )
        page = browser.sign_in(cast.dara).get("/")
        assert "Share the data itself?" in page.one(".need").text()
        assert "in 2 days" in page.one(".need").text()
        assert browser.click("Read and vote").url.endswith("/b/1")
        assert "Your vote is open" in browser.get(TEXT).one(".need").text()
        assert not browser.sign_in(cast.eli).get("/").css(".need")
        assert not browser.get(TEXT).css(".need")
        clock.forward(days=2)
        assert not browser.sign_in(cast.dara).get("/").css(".need")

    def test_answers_to_me(self, browser, cast, say):
        first = say("dara", "No maker could meet this.")
        say("farah", "A description would do.", parent=first)
        page = browser.sign_in(cast.dara).get("/")
        assert "A description would do." in page.one("section[aria-labelledby=replies]").text()
        assert browser.click("Farah Haddad on clause 4").url.endswith("#comment-2")
        assert not browser.sign_in(cast.farah).get("/").css("section[aria-labelledby=replies]")

    def test_proposals_on_the_same_clauses_as_mine(self, browser, db, cast, proposal):
        propose(
            db, cast.definition, by=cast.dara, title="Say less", rationale="Short is clear.",
            steps=[Step("reword", 4, "Enough is said about the data.")],
        )  # fmt: skip
        page = browser.sign_in(cast.dara).get("/")
        assert "Share the data itself" in page.one("section[aria-labelledby=rivals]").text()
        assert not browser.sign_in(cast.farah).get("/").css("section[aria-labelledby=rivals]")

    def test_what_changed(self, browser, db, cast):
        reword(db, cast, "Other words.")
        page = browser.get("/")
        assert "one change" in page.text
        assert "Plainer words." in page.text

    def test_who_left_reads_nothing_of_what_is_the_groups_alone(
        self, browser, api, db, cast, proposal, clock
    ):
        open_ballot(
            db, cast.definition, by=cast.ana, proposal=proposal, card=two_thirds(),
            closes_at=clock.now + timedelta(days=2),
        )  # fmt: skip
        mine = propose(
            db, cast.definition, by=cast.dara, title="Say less", rationale="Short is clear.",
            steps=[Step("reword", 4, "Enough is said about the data.")],
        )  # fmt: skip
        reword(db, cast, "Nothing of the sort.")
        adopt_proposal(db, mine, at=clock.now, reason="Carried.")
        cast.definition.visibility = "group"
        db.flush()
        before = browser.sign_in(cast.dara).get("/")
        assert "Share the data itself" in before.css(".need")[0].text()
        assert "Say less" in before.one(".need--lost").text()
        assert "Share the data itself" in before.one("section[aria-labelledby=rivals]").text()
        end_membership(db, cast.group, by=cast.ana, person=cast.dara)
        after = browser.get("/")
        assert after.status == 200
        assert "Share the data itself" not in after.text
        assert not after.css(".need")
        assert api.as_(cast.dara).get("/api/v1/me/ballots").json()["items"] == []
