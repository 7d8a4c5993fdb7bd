"""Limits on sign-in, comment, proposal and search, of a person and of a network: when to come back."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from app.discussions.models import Comment
from app.kit.models import Attempt, Mail
from app.people.models import Person
from app.proposals.models import Proposal
from app.worker import turn
from tests.browser import Page
from tests.signing import Api, Browser

pytestmark = pytest.mark.usefixtures("clock")

D = "/d/open-source-ai"
OF_A_PERSON = {
    "comments": "too_many_comments",
    "proposals": "too_many_proposals",
    "searches": "too_many_searches",
}


@pytest.fixture
def app(app, settings):
    """One person may do each thing three times in an hour, and a network six times."""
    low = {
        "links_an_hour": 3,
        "comments_an_hour": 3,
        "proposals_an_hour": 3,
        "searches_an_hour": 3,
        "people_a_network": 2,
    }
    app.state.settings = settings.model_copy(update=low)
    return app


@dataclass
class Doing:
    """Does a thing of a kind, each time another, by page or by API; answers status, headers, words."""

    browser: Browser
    api: Api
    count: int = 0

    def links(self, person: Person | None = None) -> Page:
        self.count += 1
        return self.browser.post("/sign-in", email=f"number{self.count}@example.org")

    def comments(self, person: Person) -> Page:
        self.count += 1
        body = f"What I say, number {self.count}."
        return self.browser.sign_in(person).post(
            f"{D}/comments", clause="2", kind="general", body=body
        )

    def proposals(self, person: Person) -> Page:
        self.count += 1
        return self.browser.sign_in(person).post(
            f"{D}/proposals",
            **{
                "title": f"Number {self.count}",
                "rationale": "So that it is plainer.",
                "verb-1": "reword",
                "clause-1": "4",
                "markdown-1": f"Said otherwise, number {self.count}.",
            },
        )

    def searches(self, person: Person) -> Page:
        self.count += 1
        return self.browser.sign_in(person).get(f"{D}/comments?words=number{self.count}")

    def over_the_api(self, kind: str, person: Person):
        self.count += 1
        program = self.api.as_(person)
        if kind == "comments":
            body = {"clause": 2, "body": f"Over the API, number {self.count}."}
            return program.post(f"/api/v1{D}/comments", json=body)
        if kind == "proposals":
            change = {"verb": "reword", "clause": 4, "markdown": f"Otherwise, number {self.count}."}
            body = {"title": f"Number {self.count}", "rationale": "So.", "changes": [change]}
            return program.post(f"/api/v1{D}/proposals", json=body)
        return program.get(f"/api/v1{D}/proposals?words=number{self.count}")


@pytest.fixture
def do(browser, api, cast):
    return Doing(browser, api)


def rows(db, model):
    return db.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("kind", OF_A_PERSON)
class TestOfAPerson:
    def test_the_fourth_in_an_hour_is_told_when_to_come_back_and_then_can(
        self, do, kind, cast, clock
    ):
        each = getattr(do, kind)
        for _ in range(3):
            assert each(cast.dara).status == 200
            clock.forward(minutes=1)
        page = each(cast.dara)
        assert page.status == 429
        wait = int(page.headers["retry-after"])
        assert 1 <= wait <= 3600
        assert "again at Mon 3 Jun 2024" in page.text
        assert each(cast.chloe).status == 200, "others are not held up"
        clock.forward(seconds=wait - 1)
        assert each(cast.dara).status == 429
        clock.forward(seconds=1)
        assert each(cast.dara).status == 200

    def test_it_is_the_same_count_over_the_api(self, do, kind, cast):
        each = getattr(do, kind)
        for _ in range(2):
            each(cast.dara)
        assert do.over_the_api(kind, cast.dara).status_code in {200, 201}
        answer = do.over_the_api(kind, cast.dara)
        assert answer.status_code == 429
        assert answer.json()["code"] == OF_A_PERSON[kind]
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) >= 1
        assert each(cast.dara).status == 429

    @pytest.mark.alike
    def test_no_limit_is_set_by_none(self, app, do, kind, cast):
        app.state.settings = app.state.settings.model_copy(update={f"{kind}_an_hour": 0})
        for _ in range(4):
            assert getattr(do, kind)(cast.dara).status == 200


@pytest.mark.parametrize("kind", [*OF_A_PERSON, "links"])
def test_many_names_in_one_network_are_stopped_together_and_no_other_network(do, kind, cast):
    people = [cast.dara, cast.chloe, cast.farah, cast.bruno]
    statuses = [getattr(do, kind)(people[number % 4]).status for number in range(7)]
    assert statuses == [200] * 6 + [429]
    assert "came from your network" in do.browser.page.text
    assert int(do.browser.page.headers["retry-after"]) >= 1
    do.browser.client._transport.client = ("203.0.113.9", 1)
    assert getattr(do, kind)(cast.bruno).status == 200


class TestNothingIsLeft:
    def test_a_refused_one_wrote_nothing_and_gives_back_what_was_typed(self, do, cast, db):
        for _ in range(3):
            do.comments(cast.dara)
        before = rows(db, Comment), rows(db, Attempt)
        page = do.comments(cast.dara)
        assert (rows(db, Comment), rows(db, Attempt)) == before
        assert page.one("textarea").text().strip() == "What I say, number 4."

    def test_what_the_verb_refused_counts_for_nothing(self, do, cast, db):
        for _ in range(5):
            assert do.browser.sign_in(cast.sam).post(f"{D}/comments", clause="2").status in {
                403,
                422,
            }
        assert rows(db, Attempt) == 0

    def test_no_address_is_kept(self, do, cast, db):
        do.browser.client._transport.client = ("203.0.113.9", 1)
        do.links()
        (network,) = db.scalars(select(Attempt.network)).all()
        assert "203" not in network and len(network) == 32

    def test_a_mail_that_is_not_sent_is_not_queued(self, do, db):
        for _ in range(7):
            do.links()
        assert rows(db, Mail) == 6

    def test_what_was_answered_is_answered_again_over_the_limit(self, do, cast, db):
        program = do.api.as_(cast.dara)
        body = {"clause": 2, "body": "Once."}
        headers = {"idempotency-key": "one"}
        first = program.post(f"/api/v1{D}/comments", json=body, headers=headers)
        for _ in range(3):
            do.comments(cast.dara)
        again = program.post(f"/api/v1{D}/comments", json=body, headers=headers)
        assert (again.status_code, again.json()) == (201, first.json())


def test_a_list_without_words_is_no_search(do, cast):
    for _ in range(8):
        assert do.browser.sign_in(cast.dara).get(f"{D}/comments?kind=general").status == 200


def test_revisions_count_as_proposals(do, cast, db):
    for _ in range(2):
        do.proposals(cast.dara)
    number = db.scalar(select(func.max(Proposal.number)))
    path = f"/api/v1{D}/proposals/{number}/revisions"
    change = {"verb": "reword", "clause": 4, "markdown": "Otherwise again."}
    body = {"title": "Again", "rationale": "So.", "changes": [change]}
    assert do.api.as_(cast.dara).post(path, json=body).status_code == 201
    assert do.proposals(cast.dara).status == 429


def test_five_links_go_to_one_address_and_the_sixth_says_when(browser, app, clock):
    app.state.settings = app.state.settings.model_copy(update={"links_an_hour": 60})
    for _ in range(5):
        assert browser.post("/sign-in", email="ana.ferreira@example.org").path == "/sign-in/sent"
        clock.forward(minutes=1)
    page = browser.post("/sign-in", email="ana.ferreira@example.org")
    assert page.status == 429
    assert page.headers["retry-after"] == str(10 * 60)
    assert "ask again at Mon 3 Jun 2024, 12:15 UTC" in page.text
    assert page.form_with("Send the link")[0].values()["email"] == ["ana.ferreira@example.org"]


def test_one_person_asks_for_no_more_links_to_ever_new_addresses(browser, cast):
    browser.sign_in(cast.dara)
    for number in range(3):
        page = browser.post("/me/address", email=f"victim{number}@example.org")
        assert page.path == "/me"
    page = browser.post("/me/address", email="victim4@example.org")
    assert page.status == 429
    assert "You have asked for many links" in page.text


def test_the_worker_forgets(do, db, database, settings, clock):
    do.links()
    clock.forward(hours=1)
    turn(database, settings)
    assert rows(db, Attempt) == 0
