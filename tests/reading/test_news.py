"""What changed since one last looked: who is told what, from when on, and how one says so."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.ballots.actions import open_ballot
from app.ballots.actions_close import close_ballot
from app.ballots.counting import two_thirds
from app.definitions.actions import create_definition, make_candidate, make_version
from app.definitions.actions_clause import edit_clause
from app.definitions.importing import import_draft
from app.definitions.models import Clause
from app.discussions.actions import post_comment, retract_comment
from app.groups.actions import end_membership
from app.proposals.actions import propose
from app.proposals.steps import Step
from app.reading.actions import mark_as_seen
from app.reading.models import Look
from app.reading.queries_news import DEFINITIONS_MAX, LINES_MAX, news_of
from app.reading.rules import looked_until, new_since
from app.record.models import Entry

pytestmark = pytest.mark.usefixtures("clock")

NOON = datetime(2024, 6, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class TestTheRule:
    @pytest.mark.parametrize(
        ("looked", "since"), [(None, NOON - 7 * DAY), (NOON - 30 * DAY, NOON - 30 * DAY)]
    )
    def test_things_are_new_since_the_last_look_or_for_a_week(self, looked, since):
        assert new_since(looked, NOON) == since

    @pytest.mark.parametrize(
        ("looked", "until", "kept"),
        [
            (None, NOON, NOON),
            (None, NOON - DAY, NOON - DAY),
            (None, NOON + DAY, NOON),
            (None, NOON - 99 * DAY, NOON - 7 * DAY),
            (NOON - 2 * DAY, NOON - DAY, NOON - DAY),
            (NOON - 2 * DAY, NOON - 3 * DAY, NOON - 2 * DAY),
        ],
    )
    def test_nobody_has_seen_what_is_to_come_and_nothing_becomes_new_again(
        self, looked, until, kept
    ):
        assert looked_until(looked, until, NOON) == kept


@pytest.fixture
def say(db, cast):
    def said(who, body="So I think.", clause=4):
        found = db.scalars(
            select(Clause).where(
                Clause.definition_id == cast.definition.id, Clause.number == clause
            )
        ).one()
        return post_comment(db, cast.definition, by=getattr(cast, who), body=body, clause=found)

    return said


@pytest.fixture
def put_forward(db, cast):
    def put(who, title, words="Enough is published about the data to build the system again."):
        return propose(
            db, cast.definition, by=getattr(cast, who), title=title, rationale="To be checked.",
            steps=[Step("reword", 4, words)],
        )  # fmt: skip

    return put


def reword(db, cast, words):
    edit_clause(db, cast.definition, by=cast.bruno, clause=2, markdown=words, reason="Plainer.")


def told(page):
    """What the block says, a line each."""
    return [" ".join(node.text().split()) for node in page.css(".news__line p")]


def verbs(news):
    return [line.happening.entry.verb for one in news.told for line in one.lines]


class TestWhatIsTold:
    def test_each_kind_of_news_with_what_it_is_about(
        self, browser, db, cast, clock, put_forward, say
    ):
        candidate = make_version(db, cast.definition, by=cast.bruno, label="0.0.1")
        make_candidate(db, candidate, by=cast.bruno)
        proposal = put_forward("chloe", "Share the data itself")
        ballot = open_ballot(
            db, cast.definition, by=cast.ana, proposal=proposal, question="Share it?",
            card=two_thirds(), closes_at=clock.now + DAY,
        )  # fmt: skip
        say("eli")
        say("farah")
        page = browser.sign_in(cast.dara).get("/")
        assert told(page) == [
            "Ana Ferreira opened ballot 1 on proposal 1. Share it?",
            "Chloé Marchand put forward proposal 1: 1 change. Share the data itself",
            "Bruno Keller put version 0.0.1 before the group as a candidate.",
            "Bruno Keller made version 0.0.1 of the text.",
        ]
        assert "2 comments" in page.one(".news__rest").text()
        assert browser.click("proposal 1", within=".news").path == "/d/open-source-ai/p/1"
        clock.forward(days=1)
        close_ballot(db, ballot, by=None)
        lines = told(browser.get("/"))
        assert any("The time of ballot 1 was over. Lost:" in one for one in lines)
        assert any("did not adopt proposal 1. Share the data" in one for one in lines)

    def test_ballots_to_cast_come_before_it(self, browser, db, cast, clock, put_forward):
        open_ballot(
            db, cast.definition, by=cast.ana, proposal=put_forward("chloe", "Share"),
            card=two_thirds(), closes_at=clock.now + DAY,
        )  # fmt: skip
        html = browser.sign_in(cast.dara).get("/").html
        assert html.index("Read and vote") < html.index("What changed since you last looked")

    def test_what_one_did_oneself_is_not_new(self, browser, db, cast, put_forward, say):
        put_forward("dara", "Say less")
        say("dara")
        assert news_of(db, cast.dara, NOON).told == []
        assert not browser.sign_in(cast.dara).get("/").css(".news")
        [one] = news_of(db, cast.farah, NOON).told
        assert (len(one.lines), one.comments) == (1, 1)

    def test_a_comment_that_was_taken_back_is_not_counted(self, db, cast, say):
        comment = say("eli")
        retract_comment(db, cast.definition, comment, by=cast.eli)
        assert news_of(db, cast.dara, NOON).told == []

    def test_comments_alone_are_news_too(self, browser, cast, say):
        say("eli")
        page = browser.sign_in(cast.dara).get("/")
        assert page.one(".news__rest").text().strip() == "One comment"
        assert not told(page)

    def test_only_who_follows_is_told(self, browser, db, cast, put_forward):
        put_forward("chloe", "Share the data itself")
        assert told(browser.sign_in(cast.eli).get("/"))
        assert not browser.sign_in(cast.sam).get("/").css(".news")
        end_membership(db, cast.group, by=cast.ana, person=cast.dara)
        assert not browser.sign_in(cast.dara).get("/").css(".news")

    def test_a_week_counts_for_somebody_who_never_looked(self, browser, db, cast, clock):
        reword(db, cast, "It may be used for **any purpose**.")
        clock.forward(days=7, seconds=-1)
        page = browser.sign_in(cast.dara).get("/")
        assert "In the last seven days" in page.one(".news").text()
        assert told(page) == [
            "Bruno Keller made an editorial change of the text: 1 change. Plainer."
        ]
        clock.forward(seconds=1)
        assert not browser.get("/").css(".news")

    def test_the_latest_few_are_told_and_the_record_has_the_rest(self, browser, db, cast, clock):
        for number in range(LINES_MAX + 3):
            reword(db, cast, f"It may be used for **any purpose**, {number} times.")
        page = browser.sign_in(cast.dara).get("/")
        assert len(told(page)) == LINES_MAX
        record = browser.click("and 3 more in the record")
        assert record.url.endswith("/d/open-source-ai/record?since=2024-05-27")
        assert len(record.css("ol.rows > li")) == LINES_MAX + 3

    def test_the_definitions_with_the_latest_news_are_told_and_the_others_counted(
        self, browser, db, cast, clock
    ):
        for number in range(DEFINITIONS_MAX + 2):
            clock.forward(hours=1)
            slug = f"d-{number}"
            other = create_definition(db, cast.group, by=cast.ana, slug=slug, name=f"No. {number}")
            import_draft(db, other, by=cast.bruno, markdown="# Openness\n", label="0.1")
        page = browser.sign_in(cast.dara).get("/")
        names = [node.text() for node in page.css(".news__name")]
        assert names == [f"No. {number}" for number in range(DEFINITIONS_MAX + 1, 1, -1)]
        assert "And something in 2 more definitions" in page.one(".news").text()


class TestMarkAllAsSeen:
    def test_what_was_on_the_page_is_no_longer_new(self, browser, db, cast, clock, put_forward):
        put_forward("chloe", "Share the data itself")
        browser.sign_in(cast.dara).get("/")
        clock.forward(minutes=5)
        page = browser.submit("Mark all as seen")
        assert page.path == "/"
        assert "Marked as seen." in page.text
        assert not page.css(".news")
        assert "Nothing new since Mon 3 Jun 2024, 12:00 UTC, when you last looked." in page.text
        assert told(browser.sign_in(cast.farah).get("/")), "of others nothing is marked"

    def test_what_happened_after_the_page_was_drawn_stays_new(
        self, browser, cast, clock, put_forward
    ):
        put_forward("chloe", "Share the data itself")
        browser.sign_in(cast.dara).get("/")
        clock.forward(minutes=1)
        put_forward("farah", "Say less", "Enough is said about the data.")
        clock.forward(minutes=1)
        [line] = told(browser.submit("Mark all as seen"))
        assert line.startswith("Farah Haddad put forward proposal 2")
        assert "Since Mon 3 Jun 2024, 12:00" in browser.page.one(".news__since").text()

    def test_it_leaves_no_entry_in_any_record(self, browser, db, cast, put_forward):
        put_forward("chloe", "Share the data itself")
        browser.sign_in(cast.dara).get("/")
        before = db.scalar(select(func.count()).select_from(Entry))
        browser.submit("Mark all as seen")
        assert db.scalar(select(func.count()).select_from(Entry)) == before
        assert db.get(Look, cast.dara.id).until == NOON

    def test_an_old_page_makes_nothing_new_again(self, db, cast, clock):
        clock.forward(hours=2)
        mark_as_seen(db, by=cast.dara, until=clock.now)
        look = mark_as_seen(db, by=cast.dara, until=NOON)
        assert look.until == NOON + timedelta(hours=2)
        assert len(db.scalars(select(Look)).all()) == 1

    def test_the_public_is_asked_to_sign_in(self, browser, db, cast):
        answer = browser.post("/me/look", until="2024-06-03T12:00:00+00:00")
        assert answer.status == 401
        assert db.scalars(select(Look)).all() == []

    @pytest.mark.parametrize("until", ["", "noon", "2024-06-03T12:00:00"])
    def test_a_moment_that_is_none_is_not_taken(self, browser, db, cast, until):
        browser.sign_in(cast.dara)
        assert browser.post("/me/look", until=until).status == 404
        assert db.scalars(select(Look)).all() == []


class TestTheApi:
    def test_news_are_told_and_marked_as_seen(self, api, cast, clock, put_forward, say):
        put_forward("chloe", "Share the data itself")
        say("eli")
        dara = api.as_(cast.dara)
        news = dara.get("/api/v1/me/news").json()
        assert (news["since"], news["until"]) == (
            "2024-05-27T12:00:00.000Z",
            "2024-06-03T12:00:00.000Z",
        )
        [one] = news["items"]
        assert one["definition"] == {"slug": "open-source-ai", "name": "Open Source AI"}
        assert (one["comments"], one["more"], news["more"]) == (1, 0, 0)
        [entry] = one["entries"]
        assert (entry["verb"], entry["name"]) == ("proposal.put_forward", "Chloé Marchand")
        assert entry["words"] == "Share the data itself"
        assert len(api.get(one["record"]).json()["items"]) == 2
        clock.forward(minutes=1)
        look = dara.post("/api/v1/me/look", json={"until": news["until"]})
        assert look.json() == {"until": "2024-06-03T12:00:00.000Z"}
        assert dara.get("/api/v1/me/news").json()["items"] == []

    def test_the_public_and_odd_moments_are_refused(self, api, db, cast):
        assert api.get("/api/v1/me/news").status_code == 401
        assert (
            api.post("/api/v1/me/look", json={"until": "2024-06-03T12:00:00Z"}).status_code == 401
        )
        dara = api.as_(cast.dara)
        for body in ({}, {"until": None}, {"until": "2024-06-03T12:00:00"}, {"until": 5, "x": 1}):
            assert dara.post("/api/v1/me/look", json=body).status_code == 422, body
        assert db.scalars(select(Look)).all() == []
