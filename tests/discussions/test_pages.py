"""Discussion as people meet it, without JavaScript."""

import pytest
from sqlalchemy import select

from app.definitions.models import Clause
from app.discussions.actions import edit_comment, post_comment, retract_comment
from app.discussions.models import Comment
from app.discussions.queries_thread import THREADS_A_PAGE
from tests.ballots.staging import make_ballot, make_proposal

pytestmark = pytest.mark.usefixtures("clock")

CLAUSE = "/d/open-source-ai/c/4"
COMMENTS = "/d/open-source-ai/comments"


@pytest.fixture
def clause(db, cast):
    return db.scalars(select(Clause).where(Clause.number == 4)).one()


@pytest.fixture
def say(db, cast, clause):
    """Says something on clause 4, or in answer."""

    def said(who: str, body: str, **more) -> Comment:
        subject = {} if "parent" in more else {"clause": clause}
        by = getattr(cast, who)
        return post_comment(db, cast.definition, by=by, body=body, **subject, **more)

    return said


@pytest.mark.alike
class TestWriting:
    def test_an_observer_comments_where_the_clause_stands(self, browser, cast):
        browser.sign_in(cast.eli).get(CLAUSE)
        page = browser.submit("Comment", body="Whose *law*?", kind="question")
        assert page.path.startswith(CLAUSE)
        assert page.url.endswith("#comment-1")
        assert "Your comment is posted." in page.text
        assert page.one("#comment-1 .comment__words").html.count("<em>law</em>") == 1
        assert "Eli Novak subjects · Question" in page.text

    def test_an_answer_stands_under_what_it_answers(self, browser, cast, say):
        say("dara", "It can't be met.", kind="objection")
        browser.sign_in(cast.farah).get(CLAUSE)
        browser.click("Reply", within="#comment-1")
        page = browser.submit("Answer", body="A description would do.")
        assert "A description would do." in page.one(".thread .thread #comment-2").text()

    def test_a_form_that_is_sent_twice_leads_to_the_one_comment(self, browser, cast, db, clock):
        browser.sign_in(cast.eli).get(CLAUSE)
        browser.submit("Comment", body="Whose law?")
        page = browser.post(COMMENTS, clause=4, body="Whose law?", kind="general")
        assert page.url.endswith("#comment-1")
        assert len(page.css(".comment")) == 1
        clock.forward(minutes=1)
        browser.post(COMMENTS, clause=4, body="Whose law?", kind="general")
        assert len(browser.page.css(".comment")) == 2

    @pytest.mark.parametrize("body", ["", "   "])
    def test_words_are_needed(self, browser, cast, body):
        browser.sign_in(cast.eli).get(CLAUSE)
        page = browser.submit("Comment", body=body, kind="objection")
        assert page.status == 422
        assert "This is needed." in page.text
        assert page.one("select[name=kind] option[selected]").attributes["value"] == "objection"

    def test_what_was_typed_is_kept_when_it_is_too_long(self, browser, cast):
        browser.sign_in(cast.eli).get(CLAUSE)
        page = browser.submit("Comment", body="long " * 2_001)
        assert page.status == 422
        assert "long long" in page.one("textarea[name=body]").text()
        assert not page.css(".comment")

    def test_a_stranger_reads_the_reason_and_finds_no_form(self, browser, cast, say):
        say("eli", "Read me.")
        page = browser.sign_in(cast.sam).get(CLAUSE)
        assert "Read me." in page.text
        assert not page.css("#comment-form")

    def test_a_stranger_who_sends_it_all_the_same_is_refused_and_keeps_the_words(
        self, browser, cast, db
    ):
        page = browser.sign_in(cast.sam).post(COMMENTS, clause=4, body="Mine.", kind="general")
        assert page.status == 403
        assert "Mine." in page.one("textarea[name=body]").text()
        assert db.scalars(select(Comment)).all() == []

    def test_the_public_is_asked_to_sign_in(self, browser, cast):
        assert browser.post(COMMENTS, clause=4, body="Mine.").status == 401
        page = browser.get(CLAUSE)
        assert not page.css("#comment-form")
        assert browser.click("Sign in", within="#discussion").path.startswith("/sign-in?next=")

    @pytest.mark.parametrize("clause", ["99", "0", "-1", "x", "9" * 30, ""])
    def test_what_is_not_there_can_not_be_commented(self, browser, cast, clause):
        page = browser.sign_in(cast.eli).post(COMMENTS, clause=clause, body="Hello?")
        assert page.status == 404

    def test_hostile_words_stay_words(self, browser, cast):
        hostile = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>"
        browser.sign_in(cast.eli).get(CLAUSE)
        page = browser.submit("Comment", body=hostile)
        words = page.one("#comment-1 .comment__words").html or ""
        assert "<script" not in words
        assert "<img" not in words
        assert 'href="javascript' not in words


@pytest.mark.alike
class TestEditing:
    def test_the_author_puts_it_otherwise_and_the_earlier_text_is_shown(self, browser, cast, say):
        say("dara", "It can't be met.")
        browser.sign_in(cast.dara).get(CLAUSE)
        browser.click("Edit", within="#comment-1")
        page = browser.submit("Save", body="It can hardly be met.")
        assert "Edited, one earlier text" in page.text
        assert page.one("#comment-1 details del").text() == "can't"

    def test_after_ten_minutes_there_is_no_way_to(self, browser, cast, say, clock):
        say("dara", "It can't be met.")
        browser.sign_in(cast.dara).get(f"{COMMENTS}/1/edit")
        clock.forward(minutes=10)
        page = browser.submit("Save", body="Too late.")
        assert page.status == 403
        assert page.one("textarea[name=body]").text().strip() == "Too late."
        assert "Edit" not in browser.get(CLAUSE).links()

    def test_a_stale_edit_shows_both_and_keeps_mine(self, browser, db, cast, say):
        comment = say("dara", "First words.")
        browser.sign_in(cast.dara).get(f"{COMMENTS}/1/edit")
        edit_comment(db, cast.definition, comment, by=cast.dara, body="Second words.")
        page = browser.submit("Save", body="Third words.")
        assert page.status == 409
        assert "Second" in page.one("#comment-form ins").text()
        assert page.one("textarea[name=body]").text().strip() == "Third words."
        assert "Third words." in browser.submit("Save").one("#comment-1 .comment__words").text()

    def test_nobody_else_gets_the_form(self, browser, cast, say):
        say("dara", "Mine.")
        page = browser.sign_in(cast.ana).get(f"{COMMENTS}/1/edit")
        assert page.status == 403
        assert "Edit" not in browser.get(CLAUSE).links()


@pytest.mark.alike
class TestRetracting:
    def test_the_place_stays_and_the_words_go(self, browser, cast, say):
        first = say("dara", "I was wrong here.")
        say("eli", "Why?", parent=first)
        browser.sign_in(cast.dara).get(CLAUSE)
        page = browser.submit("Retract this comment", reason="I misread it.")
        assert "Retracted by its author. I misread it." in page.text
        assert "I was wrong here." not in page.html
        assert "Why?" in page.text

    def test_earlier_texts_go_with_it(self, browser, db, cast, say):
        comment = say("dara", "First words.")
        edit_comment(db, cast.definition, comment, by=cast.dara, body="Second words.")
        retract_comment(db, cast.definition, comment, by=cast.dara)
        page = browser.get(CLAUSE)
        assert "First" not in page.text
        assert "Second" not in page.text

    def test_nobody_else(self, browser, cast, say, db):
        comment = say("dara", "Mine.")
        page = browser.sign_in(cast.ana).post(f"{COMMENTS}/1/retraction")
        assert page.status == 403
        db.refresh(comment, ["retraction"])
        assert comment.retraction is None

    def test_a_reason_that_is_too_long_comes_back_and_the_comment_stands(
        self, browser, cast, say, db
    ):
        say("dara", "It can't be met.")
        browser.sign_in(cast.dara).get(CLAUSE)
        page = browser.submit("Retract this comment", reason="long " * 201)
        assert page.status == 422
        assert "At most 1000 characters fit here" in page.one("#comment-1 .errors").text()
        assert "long long" in page.one("#comment-1 textarea[name=reason]").text()
        assert "It can't be met." in page.one("#comment-1 .comment__words").text()
        assert not page.css("#comment-form")
        page = browser.submit("Retract this comment", reason="Said in haste.")
        assert "Said in haste." in page.one("#comment-1").text()

    def test_whoever_may_not_is_told_that_whatever_they_wrote(self, browser, cast, say):
        say("dara", "It can't be met.")
        page = browser.sign_in(cast.farah).post(f"{COMMENTS}/1/retraction", reason="x" * 1_001)
        assert page.status == 403


class TestPermalinks:
    def test_it_leads_to_the_comment_on_the_seventh_page(self, browser, say):
        for number in range(6 * THREADS_A_PAGE + 1):
            say("eli", f"Thread {number + 1}.")
        last = 6 * THREADS_A_PAGE + 1
        page = browser.get(f"{COMMENTS}/{last}")
        assert page.url.endswith(f"{CLAUSE}?page=7#comment-{last}")
        assert f"Thread {last}." in page.one(f"#comment-{last}").text()

    def test_an_answer_stands_on_the_page_of_its_thread(self, browser, say):
        first = say("eli", "The first thread.")
        for number in range(THREADS_A_PAGE):
            say("eli", f"Thread {number + 2}.")
        answer = say("dara", "A late answer.", parent=first)
        page = browser.get(f"{COMMENTS}/{answer.number}")
        assert page.url.endswith(f"{CLAUSE}#comment-{answer.number}")

    @pytest.mark.parametrize("number", ["1", "0", "99999999999999", "x"])
    def test_what_is_not_there_is_not_found(self, browser, cast, number):
        assert browser.get(f"{COMMENTS}/{number}").status == 404


class TestTheList:
    @pytest.fixture(autouse=True)
    def said(self, db, cast, say):
        first = say("dara", "No maker could meet 100% of this.", kind="objection")
        say("farah", "A description would do.", parent=first)
        other = db.scalars(select(Clause).where(Clause.number == 2)).one()
        post_comment(
            db, cast.definition, by=cast.eli, kind="question", body="Any purpose?", clause=other
        )
        gone = say("eli", "A secret that was taken back.")
        retract_comment(db, cast.definition, gone, by=cast.eli)

    def numbers(self, page):
        return [int((node.id or "").removeprefix("comment-")) for node in page.css("article.row")]

    @pytest.mark.parametrize(
        "query, expected",
        [
            ("", [4, 3, 2, 1]),
            ("kind=objection", [1]),
            ("clause=2", [3]),
            ("subject=clause", [4, 3, 2, 1]),
            ("subject=ballot", []),
            ("category=regulators", [2]),
            ("words=description", [2]),
            ("words=100%25", [1]),
            ("words=%25", [1]),
            ("words=_", []),
            ("words=secret", []),
            ("kind=nonsense&clause=x&after=zzz", [4, 3, 2, 1]),
        ],
    )
    def test_filters_live_in_the_address(self, browser, query, expected):
        assert self.numbers(browser.get(f"{COMMENTS}?{query}")) == expected

    def test_by_person(self, browser, cast):
        assert self.numbers(browser.get(f"{COMMENTS}?person={cast.farah.id}")) == [2]

    def test_a_retracted_comment_has_its_place_and_no_words(self, browser):
        page = browser.get(COMMENTS)
        assert "Retracted by its author." in page.text
        assert "secret" not in page.html

    def test_it_leads_to_the_place(self, browser):
        page = browser.get(COMMENTS)
        assert browser.click("Question on clause 1.1").url.endswith("/c/2#comment-3")
        assert page.status == 200

    def test_pages_by_cursor(self, browser, say):
        for number in range(40):
            say("ana", f"More {number}.")
        browser.get(COMMENTS)
        older = browser.click("Older")
        assert self.numbers(older)[0] == 14
        assert len(self.numbers(older)) == 14

    def test_a_clause_is_one_filter_that_can_be_taken_away(self, browser):
        page = browser.get(f"{COMMENTS}?clause=2&kind=question")
        assert "Only what was said on clause 1.1." in page.text
        assert browser.click("On all clauses").path == f"{COMMENTS}?kind=question"


class TestOtherSubjects:
    """What stands on a proposal and on a ballot, where they stand."""

    @pytest.fixture
    def proposal(self, db, cast):
        return make_proposal(db, cast)

    @pytest.fixture
    def ballot(self, db, cast, proposal):
        return make_ballot(db, cast, proposal=proposal)

    @pytest.mark.alike
    def test_a_proposal_is_discussed_on_its_page(self, browser, cast, ballot):
        browser.sign_in(cast.eli).get("/d/open-source-ai/p/1")
        page = browser.submit("Comment", body="Enough for whom?", kind="question")
        assert page.url.endswith("/p/1#comment-1")
        assert "Enough for whom?" in page.one("#comment-1").text()
        assert browser.get(f"{COMMENTS}/1").url.endswith("/p/1#comment-1")

    @pytest.mark.alike
    def test_a_ballot_is_discussed_on_its_page(self, browser, cast, ballot):
        browser.sign_in(cast.eli).get("/d/open-source-ai/b/1")
        page = browser.submit("Comment", body="Too early to vote.", kind="objection")
        assert page.url.endswith("/b/1#comment-1")
        assert "Too early to vote." in page.one("#comment-1").text()
        browser.click("Reply", within="#comment-1")
        answer = browser.submit("Answer", body="It is open for a week.")
        assert answer.url.endswith("/b/1#comment-2")

    def test_the_list_tells_them_apart(self, browser, db, cast, proposal, ballot):
        post_comment(db, cast.definition, by=cast.eli, body="On it.", ballot_id=ballot.id)
        post_comment(db, cast.definition, by=cast.eli, body="Of it.", proposal=proposal)
        page = browser.get(f"{COMMENTS}?subject=ballot")
        assert "General on ballot 1" in page.links()
        assert "General on proposal 1" not in page.links()

    @pytest.mark.parametrize(
        "query", ["clause=99", "proposal=99", "version=9.9", "ballot=99", "", "clause=x"]
    )
    def test_nothing_can_be_said_on_what_is_not_there(self, browser, cast, query):
        assert browser.sign_in(cast.eli).get(f"{COMMENTS}/new?{query}").status == 404
