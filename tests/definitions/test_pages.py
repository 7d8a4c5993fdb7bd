"""Definitions as people meet them, without JavaScript."""

from pathlib import Path

import httpx2
import pytest
from sqlalchemy.orm import Session

from app.definitions import queries
from app.definitions.actions import make_version
from app.definitions.actions_clause import edit_clause, move_clause, strike_clause
from app.definitions.draft import render, words
from app.definitions.importing import import_draft
from tests.cast import Cast
from tests.definitions.test_draft import REAL
from tests.signing import Browser

pytestmark = pytest.mark.usefixtures("clock")

ROOT = "/d/open-source-ai"
LATER = """# Open Source AI

An open source system may be used for **any lawful purpose**.

## Data information

- How it was labelled and filtered
- Where each data set came from
- Who paid for it
"""


def working(db: Session, slug: str = "open-source-ai") -> list[tuple[int, str]]:
    definition = queries.definition_for(db, slug, None)
    return [(c.number, c.markdown) for c in queries.text_of(db, definition.working.text_id)]


def corrected(browser: Browser, choices: dict[int, str]) -> httpx2.Response:
    """Imports what the plan on the page says, with other choices for some of its blocks."""
    form, _ = browser.page.form_with("Import it as this version")
    sent = {**form.values(), "deed": ["import"]}
    for position, choice in choices.items():
        sent["take"][position] = choice
    elsewhere = {"sec-fetch-site": "same-origin"}
    return browser.client.post(browser.page.path, data=sent, headers=elsewhere)


class TestComparing:
    @pytest.fixture
    def changed(self, db: Session, cast: Cast) -> None:
        definition = cast.definition
        make_version(db, definition, by=cast.ana, label="0.1")
        edit_clause(
            db, definition, by=cast.ana, clause=4, markdown="Enough is said.", reason="Shorter."
        )
        move_clause(db, definition, by=cast.ana, clause=6, under=3, after=4, reason="First.")
        strike_clause(db, definition, by=cast.ana, clause=2, reason="Elsewhere.")
        make_version(db, definition, by=cast.ana, label="0.2")

    @pytest.mark.usefixtures("changed")
    def test_anybody_reads_what_changed(self, browser: Browser) -> None:
        page = browser.get(f"{ROOT}/compare/0.1...0.2")
        assert "one clause reworded · one moved · one struck · 3 unchanged" in page.text
        assert page.one("#c4").attributes["data-change"] == "reworded"
        assert page.one("#c4 del").text() == "about the data to build the system again"
        assert page.one("#c2").attributes["data-change"] == "struck"
        moved = list(page.css("[data-change=moved]"))
        assert len(moved) == 1

    @pytest.mark.usefixtures("changed")
    def test_only_what_changed_and_side_by_side(self, browser: Browser) -> None:
        page = browser.get(f"{ROOT}/compare/0.1...0.2?only=changes")
        assert "unchanged" in page.one(".redline__skip").text()
        page = browser.get(f"{ROOT}/compare/0.1...0.2?view=beside")
        before, after = page.css("#c4 .redline__words")
        assert "build the system again" in before.text()
        assert "build the system again" not in after.text()
        assert before.attributes["data-label"] == "0.1"

    @pytest.mark.usefixtures("changed")
    def test_the_two_texts_are_chosen_in_a_form(self, browser: Browser) -> None:
        browser.get(f"{ROOT}/compare")
        page = browser.submit("Compare", a="0.2", b="0.1")
        assert page.path == f"{ROOT}/compare/0.2...0.1"
        assert page.one("#c2").attributes["data-change"] == "added"
        browser.submit("Compare", a="0.2", b="working", view="beside", only="changes")
        assert "The two say exactly the same." in browser.page.text

    def test_there_is_nothing_to_compare_before_the_first_version(
        self, browser: Browser, cast: Cast
    ) -> None:
        assert "There is no version yet" in browser.get(f"{ROOT}/compare").text

    @pytest.mark.parametrize("pair", ["0.1...9", "9...0.1", "0.1", "0.1..0.2", "...", "a...b...c"])
    @pytest.mark.usefixtures("changed")
    def test_texts_that_are_not_there_are_not_found(self, browser: Browser, pair: str) -> None:
        assert browser.get(f"{ROOT}/compare/{pair}").status == 404

    @pytest.mark.usefixtures("changed")
    def test_odd_values_in_the_address_do_no_harm(self, browser: Browser) -> None:
        assert browser.get(f"{ROOT}/compare?a=%3Cscript%3E&b=x").status == 200
        assert browser.get(f"{ROOT}/compare/0.1...0.2?view=odd").status == 404


@pytest.mark.alike
class TestImporting:
    def test_a_pasted_draft_shows_its_plan_and_changes_nothing(
        self, browser: Browser, cast: Cast, db: Session
    ) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        page = browser.submit("Show the plan", markdown=LATER, label="0.2")
        assert page.status == 200
        assert "one moved" in page.text
        assert "one added" in page.text
        assert "one goes" in page.text
        assert len(working(db)) == 6

    def test_the_plan_is_carried_out(self, browser: Browser, cast: Cast, db: Session) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER, label="0.2")
        page = browser.submit("Import it as this version", note="Reworked.")
        assert page.path == f"{ROOT}/v/0.2"
        assert [number for number, _ in working(db)] == [1, 2, 3, 6, 5, 7]
        browser.get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER.replace("Who", "Whoever"))
        page = browser.submit("Import it as this version", label="0.3")
        assert page.path == f"{ROOT}/compare/0.2...0.3"

    def test_the_editor_corrects_a_row(self, browser: Browser, cast: Cast, db: Session) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER, label="0.2")
        sent = corrected(browser, {1: "1:new"})
        assert sent.headers["location"] == f"{ROOT}/v/0.2"
        assert [number for number, _ in working(db)] == [1, 7, 3, 6, 5, 8]

    def test_one_clause_chosen_twice_is_refused(
        self, browser: Browser, cast: Cast, db: Session
    ) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER, label="0.2")
        sent = corrected(browser, {1: "1:1"})
        assert sent.status_code == 422
        assert "Two blocks of the draft are taken for clause 1" in sent.text
        assert len(working(db)) == 6

    def test_a_plan_for_a_text_that_moved_on_is_shown_anew(
        self, browser: Browser, cast: Cast, db: Session
    ) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER, label="0.2")
        edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown="Else", reason="r")
        page = browser.submit("Import it as this version")
        assert page.status == 422
        assert "The working text has changed since you read it." in page.text
        browser.submit("Import it as this version")
        assert browser.page.path == f"{ROOT}/v/0.2"

    def test_a_draft_that_was_edited_beside_its_plan_is_planned_anew(
        self, browser: Browser, cast: Cast
    ) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER, label="0.2")
        page = browser.submit("Import it as this version", markdown=LATER + "\nMore.\n")
        assert page.status == 422
        assert "The draft is another one now." in page.text

    def test_an_uploaded_file_names_its_version(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        page = browser.submit(
            "Show the plan", file=("draft-0.7.1.md", LATER.encode(), "text/markdown")
        )
        assert page.one("input[name=label]").attributes["value"] == "0.7.1"

    @pytest.mark.parametrize(
        ("draft", "sentence"),
        [
            ({"markdown": ""}, "There are no words in this draft."),
            ({"markdown": "- a\n" * 5_500}, "A draft may have at most"),
            ({"file": ("d.md", b"\xff\xfe\x00", "text/markdown")}, "This is not text in UTF-8."),
            ({"file": ("d.md", b"a" * 1_000_001, "text/plain")}, "A draft may have at most"),
        ],
    )
    def test_a_draft_that_is_not_taken_is_refused_clearly(
        self, browser: Browser, cast: Cast, draft: dict[str, object], sentence: str
    ) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        page = browser.submit("Show the plan", draft)  # type: ignore[arg-type]
        assert page.status == 422
        assert sentence in page.text

    @pytest.mark.parametrize(
        ("label", "sentence"),
        [("", "This is needed."), ("a b", "can't be the label"), ("0.1", "There is a version 0.1")],
    )
    def test_a_label_that_cannot_be_is_refused(
        self, browser: Browser, cast: Cast, db: Session, label: str, sentence: str
    ) -> None:
        make_version(db, cast.definition, by=cast.ana, label="0.1")
        browser.sign_in(cast.bruno).get(f"{ROOT}/import")
        browser.submit("Show the plan", markdown=LATER)
        page = browser.submit("Import it as this version", label=label)
        assert page.status == 422
        assert sentence in page.text
        assert "any lawful purpose" in page.one("textarea[name=markdown]").text()

    def test_a_member_may_not_and_is_told(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.chloe).get(f"{ROOT}/import")
        assert "Only editors and chairs" in page.text
        answer = browser.client.post(
            f"{ROOT}/import", data={"markdown": "x"}, headers={"sec-fetch-site": "same-origin"}
        )
        assert answer.status_code == 403


@pytest.mark.alike
class TestBeginning:
    def test_a_chair_creates_a_definition_and_imports_its_first_draft(
        self, browser: Browser, cast: Cast, db: Session
    ) -> None:
        browser.sign_in(cast.ana).get("/g/open-definitions/definitions/new")
        page = browser.submit(
            "Create the definition", name="Open Weights", slug="open-weights", summary="Weights."
        )
        assert page.path == "/d/open-weights/import"
        browser.submit("Show the plan", markdown=LATER, label="0.1")
        page = browser.submit("Import it as this version")
        assert page.path == "/d/open-weights/v/0.1"
        assert len(working(db, "open-weights")) == 6

    @pytest.mark.parametrize(
        ("slug", "sentence"),
        [("", "needed"), ("Open Weights", "can't be an address"), ("open-source-ai", "already")],
    )
    def test_an_address_that_cannot_be_is_refused(
        self, browser: Browser, cast: Cast, slug: str, sentence: str
    ) -> None:
        browser.sign_in(cast.ana).get("/g/open-definitions/definitions/new")
        page = browser.submit("Create the definition", name="Open Weights", slug=slug)
        assert page.status == 422
        assert sentence in page.text
        assert page.one("input[name=name]").attributes["value"] == "Open Weights"

    def test_an_editor_makes_a_version(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/versions/new")
        page = browser.submit("Make the version", label="0.1", note="First.")
        assert page.path == f"{ROOT}/v/0.1"
        browser.get(f"{ROOT}/versions/new")
        page = browser.submit("Make the version", label="0.1")
        assert page.status == 422
        assert "There is a version 0.1 already" in page.text

    def test_a_text_that_has_changed_since_is_not_labelled(
        self, browser: Browser, cast: Cast, db: Session
    ) -> None:
        browser.sign_in(cast.bruno).get(f"{ROOT}/versions/new")
        edit_clause(
            db, cast.definition, by=cast.ana, clause=5, markdown="Later", reason="It was wrong."
        )
        page = browser.submit("Make the version", label="0.1", note="First.")
        assert page.status == 422
        assert "The working text has changed since you read it." in page.text
        assert page.one("input[name=label]").attributes["value"] == "0.1"
        page = browser.submit("Make the version", label="0.1")
        assert page.path == f"{ROOT}/v/0.1"


def test_real_drafts_are_imported_on_the_page(browser: Browser, cast: Cast, db: Session) -> None:
    missing = [path for path in REAL if not Path(path).exists()]
    if missing:
        pytest.skip(f"no draft at {missing[0]}; set CLAUSEWISE_DRAFTS or CLAUSEWISE_DRAFT")
    browser.sign_in(cast.ana).get("/g/open-definitions/definitions/new")
    browser.submit("Create the definition", name="Real", slug="real")
    for number, path in enumerate(REAL):
        browser.get("/d/real/import")
        browser.submit("Show the plan", file=(path.name, path.read_bytes(), "text/markdown"))
        page = browser.submit("Import it as this version", label=f"0.{number}")
        assert page.status == 200, page.text
        text = queries.definition_for(db, "real", None).working.text_id
        written = render([clause.block for clause in queries.text_of(db, text)])
        assert words(written) == words(path.read_text())
    for a in range(len(REAL)):
        for b in range(len(REAL)):
            page = browser.get(f"/d/real/compare/0.{a}...0.{b}?only=changes")
            assert page.status == 200
            assert ("exactly the same" in page.text) == (a == b)


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) **b** \u202e {{ 7*7 }} %s"


def test_hostile_words_are_words_everywhere(browser: Browser, cast: Cast, db: Session) -> None:
    first = import_draft(
        db,
        cast.definition,
        by=cast.ana,
        markdown=f"# {HOSTILE}\n\n{HOSTILE}\n\n- {HOSTILE}\n",
        label="0.1",
    )
    assert first.label == "0.1"
    import_draft(db, cast.definition, by=cast.ana, markdown=HOSTILE.upper(), label="0.2")
    browser.sign_in(cast.ana)
    for view in ("", "?view=beside", "?only=changes"):
        page = browser.get(f"{ROOT}/compare/0.1...0.2{view}")
        assert page.status == 200
        assert not page.css("main script")
        assert not [a for a in page.css("main a") if "javascript" in (a.attributes["href"] or "")]
    browser.get(f"{ROOT}/import")
    page = browser.submit("Show the plan", markdown=HOSTILE, label=HOSTILE[:40])
    assert not page.css("main script")
