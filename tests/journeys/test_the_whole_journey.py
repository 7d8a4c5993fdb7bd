"""From a draft to a ratified definition, without JavaScript, as everybody who takes part in it.

import → read → comment → propose → discuss → vote → adopt → version → compare → ratify → export
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_due_ballots
from app.kit.models import Mail
from app.verification import verify
from tests.cast import Cast
from tests.conftest import Clock
from tests.databases import OneTransaction
from tests.page import Page
from tests.signing import Browser

FIRST = """# Fair Scales

A scale is fair when anybody may test it.

## What must be shown

- **Weights**: the weights that it was set with
- **Method**: how it was set

| Part | Terms |
|---|---|
| Beam | open to all |
| Pans | open to all |
"""
SECOND = """# Fair Scales

A scale is fair when anybody may test it and nobody is asked why.

## What must be shown

- **Calibration weights**: the weights that it was set with
- **Method**: how it was set, and when

| Part | Terms |
|---|---|
| Beam | open to all |
| Pans | open to all |
"""

Open = Callable[[], Browser]


class Story:
    """The journey, told in steps; each browser stays signed in as one person."""

    def __init__(
        self, open_browser: Open, cast: Cast, db: Session, clock: Clock, database: OneTransaction
    ) -> None:
        self.db, self.cast, self.clock, self.database = db, cast, clock, database
        self.ana = open_browser().sign_in(cast.ana)
        self.bruno = open_browser().sign_in(cast.bruno)
        self.dara = open_browser().sign_in(cast.dara)
        self.eli = open_browser().sign_in(cast.eli)
        self.public = open_browser()
        self.chloe = open_browser()

    def chloe_signs_in_by_mail(self) -> None:
        self.chloe.get("/sign-in")
        self.chloe.submit("Send the link", email="chloe.marchand@example.org")
        mail = self.db.scalars(select(Mail).order_by(Mail.id.desc())).first()
        assert mail is not None
        address = re.search(r"https://testserver(/\S+)", mail.text)
        assert address is not None
        page = self.chloe.get(address[1])
        page = self.chloe.submit("Sign in", within="main")
        assert "Chloé Marchand" in page.text

    def ana_begins_a_definition(self) -> None:
        self.ana.get("/g/open-definitions/definitions/new")
        page = self.ana.submit("Create the definition", name="Fair Scales", slug="fair-scales")
        assert page.status == 200
        assert "Fair Scales" in page.title

    def bruno_imports(self, draft: str, label: str) -> Page:
        self.bruno.get("/d/fair-scales/import")
        page = self.bruno.submit("Show the plan", markdown=draft, label=label)
        assert "Which clause is which" in page.text
        page = self.bruno.submit("Import it as this version", label=label)
        assert page.status == 200, page.text
        return page

    def clause(self, words: str) -> int:
        """The number of the clause that says these words, as the public reads it."""
        page = self.public.get("/d/fair-scales")
        found = [
            int(str(node.attributes["data-clause"]))
            for node in page.css("[data-clause]")
            if words in node.text()
        ]
        assert found, page.text
        return found[-1]

    def closes(self, days: int) -> str:
        return (self.clock.now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")

    def ana_opens_a_ballot(self, path: str) -> str:
        self.ana.get(path)
        page = self.ana.submit(
            "Open the ballot", preset="two_thirds", quorum="1/2", closes_at=self.closes(7)
        )
        assert re.search(r"/d/fair-scales/b/\d+$", page.url), page.text
        return page.path

    def votes(self, ballot: str, **choices: str) -> None:
        for who, choice in choices.items():
            browser: Browser = getattr(self, who)
            browser.get(ballot)
            page = browser.submit("Cast my vote", choice=choice, reason=f"{who} says why")
            assert page.status == 200
            assert "eceipt" in page.text

    def the_clock_closes(self) -> None:
        self.clock.forward(days=8)
        assert close_due_ballots(self.database) == 1

    def they_comment(self, clause: int) -> None:
        """An observer may, a member answers, and the public is told why it can't."""
        page = self.public.get(f"/d/fair-scales/c/{clause}")
        assert "Comment" not in page.buttons()
        self.eli.get(f"/d/fair-scales/c/{clause}")
        page = self.eli.submit("Comment", body="Test it **how**?", kind="question")
        assert "Test it how?" in page.text
        self.dara.get(page.path)
        self.dara.click("Reply")
        page = self.dara.submit("Answer", body="With known weights.")
        assert "With known weights." in page.text

    def chloe_proposes(self, clause: int, words: str) -> str:
        """With a preview first; the observer is not offered it. Returns the proposal's path."""
        self.eli.get(f"/d/fair-scales/p/new?clause={clause}")
        assert "Put forward" not in self.eli.page.buttons()
        page = self.chloe.get(f"/d/fair-scales/p/new?clause={clause}")
        area = next(
            str(node.attributes["name"])
            for node in page.css("textarea")
            if "A scale is fair" in node.text()
        )
        page = self.chloe.submit("Preview", **{area: words}, title="At any time")
        assert "at any time" in " ".join(page.said("ins"))
        page = self.chloe.submit("Put forward", rationale="Tests on request are no tests.")
        assert re.fullmatch(r"/d/fair-scales/p/1", page.path), page.text
        return page.path

    def dara_seconds_and_objects(self, proposal: str) -> None:
        self.dara.get(proposal)
        self.dara.submit("Second it")
        page = self.dara.submit("Comment", body="Even at night?", kind="objection")
        assert "Even at night?" in page.text

    def dara_thinks_again(self, ballot: str) -> None:
        self.dara.get(ballot)
        page = self.dara.submit("Change my vote", choice="yes", reason="At night too.")
        assert page.status == 200
        assert "Cast my vote" not in self.eli.get(ballot).buttons()

    def everybody_takes_it_away(self, label: str) -> None:
        """In every format, with an ETag that spares the second time."""
        marks = {
            "md": b"nobody is asked why",
            "html": b"nobody is asked why",
            "json": b'"ratification"',
            "pdf": b"%PDF-",
        }
        for ending, mark in marks.items():
            path = f"/d/fair-scales/v/{label}.{ending}"
            answer = self.public.client.get(path)
            assert answer.status_code == 200
            assert mark in answer.content
            etag = {"if-none-match": answer.headers["etag"]}
            assert self.public.client.get(path, headers=etag).status_code == 304
        assert "BibTeX" in self.public.get("/d/fair-scales/export").text


@pytest.fixture
def story(
    open_browser: Open, cast: Cast, db: Session, clock: Clock, database: OneTransaction
) -> Story:
    return Story(open_browser, cast, db, clock, database)


def test_a_draft_becomes_a_ratified_definition(story: Story) -> None:
    story.chloe_signs_in_by_mail()
    story.ana_begins_a_definition()
    story.bruno_imports(FIRST, "0.1")
    page = story.public.get("/d/fair-scales")
    assert "A scale is fair when anybody may test it." in page.text
    assert "Beam" in page.text

    first = story.clause("A scale is fair")
    story.they_comment(first)
    new_words = "A scale is fair when anybody may test it at any time."
    proposal = story.chloe_proposes(first, new_words)
    story.dara_seconds_and_objects(proposal)

    ballot = story.ana_opens_a_ballot(f"/d/fair-scales/b/new?proposal={proposal[-1]}")
    story.votes(ballot, ana="yes", bruno="yes", chloe="yes", dara="no")
    story.dara_thinks_again(ballot)
    story.the_clock_closes()
    page = story.public.get(ballot)
    assert "Carried" in page.text
    assert "At night too." in page.text
    assert new_words in story.public.get("/d/fair-scales").text
    # The comment stayed with its clause.
    assert "Test it how?" in story.public.get(f"/d/fair-scales/c/{first}").text

    story.bruno.get("/d/fair-scales/versions/new")
    story.bruno.submit("Make the version", label="0.2")
    weights = story.clause("Weights: the weights")
    story.bruno_imports(SECOND, "0.3")
    assert story.clause("Calibration weights") == weights  # renamed, and the same clause
    page = story.public.get("/d/fair-scales/compare/0.2...0.3")
    assert "Calibration" in " ".join(page.said("ins"))
    assert "at any time" in " ".join(page.said("del"))

    story.ana.get("/d/fair-scales/v/0.3")
    story.ana.submit("Make it a candidate")
    ballot = story.ana_opens_a_ballot("/d/fair-scales/b/new?version=0.3")
    story.votes(ballot, ana="yes", bruno="yes", chloe="yes", dara="abstain")
    story.the_clock_closes()
    assert "ratified" in story.public.get("/d/fair-scales/v/0.3").text.lower()

    story.everybody_takes_it_away("0.3")
    assert "ratified" in story.public.get("/d/fair-scales/record").text
    assert not list(verify(story.db))
