"""A clause whose words came out of another is told as split off it, not as out of nowhere."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definitions.actions import create_definition, make_version
from app.definitions.actions_clause import strike_clause
from app.definitions.comparison import Verdict, compare
from app.definitions.importing import import_draft
from app.definitions.models import Clause
from tests.cast import Cast
from tests.definitions.test_tree import OUTLINE
from tests.house.plan import ROOT as HOUSE
from tests.page import is_within
from tests.signing import Api, Browser

STATIC = HOUSE / "static"

ROOT = "/d/weights"
WHOLE = """# Open Weights

Whoever has them may use them.

- **Data**: how the data was chosen, cleaned and labelled, and where each part of it came from.
- **Code**: the code that was used for training and for running the system.
"""
SPLIT = WHOLE.replace(
    "- **Data**: how the data was chosen, cleaned and labelled, and where each part of it came "
    "from.",
    "- **Data**: whatever a skilled person needs.\n"
    "  - For example how the data was chosen, cleaned and labelled, and where it came from.",
)
BESIDE = "?view=beside"


@pytest.fixture
def weights(db: Session, cast: Cast) -> int:
    """A definition whose second draft splits an example off a clause; the number it got."""
    definition = create_definition(db, cast.group, by=cast.ana, slug="weights", name="Open Weights")
    import_draft(db, definition, by=cast.ana, markdown=WHOLE, label="0.1")
    import_draft(db, definition, by=cast.ana, markdown=SPLIT, label="0.2")
    strike_clause(db, definition, by=cast.ana, clause=3, reason="Said in the annex.")
    make_version(db, definition, by=cast.ana, label="0.3")
    clauses = select(Clause.number).where(Clause.definition_id == definition.id)
    return max(db.scalars(clauses))


def note(browser: Browser, address: str, clause: int) -> str:
    found = browser.get(f"{ROOT}/compare/{address}").one(f"#c{clause} .redline__note")
    return " ".join(found.text().split())


@pytest.mark.parametrize("view", ["", BESIDE, "?only=changes"])
def test_the_row_says_what_it_was_split_off(browser: Browser, weights: int, view: str) -> None:
    assert note(browser, f"0.1...0.2{view}", weights) == "Split off from 1.2"
    assert browser.page.one(f"#c{weights}").attributes["data-change"] == "added"
    assert "one split off" in browser.page.text
    assert "added" not in browser.page.one("#counts").text()
    assert browser.click("1.2", within=f"#c{weights} .redline__note").path == f"{ROOT}/c/3"


@pytest.mark.parametrize("view", ["", BESIDE])
def test_print_leaves_nothing_of_it_out(browser: Browser, weights: int, view: str) -> None:
    page = browser.get(f"{ROOT}/compare/0.1...0.2{view}")
    sheet = (STATIC / "css" / "print.css").read_text()
    hidden = page.css(", ".join(re.findall(r"([^{}]+){ display: none; }", sheet)))
    assert hidden
    assert not is_within(page.one(f"#c{weights} .redline__note"), hidden)


@pytest.mark.parametrize("view", ["", BESIDE])
def test_the_other_way_round_it_is_struck(browser: Browser, weights: int, view: str) -> None:
    assert note(browser, f"0.2...0.1{view}", weights) == "Struck"


def test_a_text_that_came_before_the_split_is_not_told_of_it(
    browser: Browser, weights: int
) -> None:
    """Going back brings the clause again, but its words come out of no other on that way."""
    assert note(browser, "0.3...0.2", weights) == "Added"


def test_texts_between_versions_are_told_too(browser: Browser, weights: int) -> None:
    assert note(browser, "@1...@2", weights) == "Split off from 1.2"


def test_the_api_names_the_clause(api: Api, weights: int) -> None:
    rows = api.get(f"/api/v1{ROOT}/compare/0.1...0.2").json()["rows"]
    assert {row["clause"]: row["split_from"] for row in rows if row["split_from"]} == {weights: 3}


def test_only_what_came_was_split_off() -> None:
    """A clause of both texts is told by its own verdict, whatever came of it on the way."""
    before, after = OUTLINE[:4], OUTLINE
    comparison = compare(before, after, {2: 1, 5: 4, 6: 99})
    told = {row.clause: (row.split_from, row.split_number) for row in comparison.rows}
    assert told[2] == (None, "")
    assert told[5] == (4, "1.2.1")
    assert told[6] == (99, ""), "it stood in neither text, and goes by its number"
    assert comparison.split_off == 2
    assert comparison.counts[Verdict.added] == 5
