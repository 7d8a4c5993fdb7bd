"""Editorial changes as people make them, without JavaScript."""

import pytest
from sqlalchemy.orm import Session

from app.definitions.actions_clause import edit_clause, strike_clause
from tests.cast import Cast
from tests.definitions.test_pages import ROOT, working
from tests.signing import Browser

pytestmark = pytest.mark.usefixtures("clock")


def test_an_editor_previews_and_changes_words_with_a_reason(
    browser: Browser, cast: Cast, db: Session
) -> None:
    browser.sign_in(cast.bruno).get(f"{ROOT}/c/5/edit")
    page = browser.submit("Preview", markdown="Where each set of data came from")
    assert page.status == 200
    assert page.one("#preview ins").text() == "set of"
    assert working(db)[4] == (5, "Where each data set came from")
    page = browser.submit("Change the words", reason="Clearer.")
    assert page.path.startswith(ROOT)
    assert working(db)[4] == (5, "Where each set of data came from")
    assert "The text is changed" in page.text


@pytest.mark.parametrize(
    ("words", "reason", "sentence"),
    [
        ("", "r", "This is needed."),
        ("Other", "", "A reason is needed"),
        ("one\n\ntwo", "r", "This is more than one clause"),
        ("x" * 20_001, "r", "this has 20001"),
        ("Where each data set came from", "r", "already says exactly this"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    browser: Browser, cast: Cast, db: Session, words: str, reason: str, sentence: str
) -> None:
    browser.sign_in(cast.bruno).get(f"{ROOT}/c/5/edit")
    page = browser.submit("Change the words", markdown=words, reason=reason)
    assert page.status in (409, 422)
    assert sentence in page.text
    assert working(db)[4] == (5, "Where each data set came from")
    if words:
        assert words.split()[0] in page.one("#field-markdown").text()


def test_a_stale_edit_shows_three_wordings_and_can_be_sent_again(
    browser: Browser, cast: Cast, db: Session
) -> None:
    browser.sign_in(cast.bruno).get(f"{ROOT}/c/5/edit")
    edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown="Theirs", reason="r")
    page = browser.submit("Change the words", markdown="Mine", reason="r")
    assert page.status == 409
    text = page.one("#stale").text()
    assert all(part in text for part in ("Where each data set came from", "Theirs", "Mine"))
    browser.submit("Change the words")
    assert working(db)[4] == (5, "Mine")


@pytest.mark.parametrize(
    ("button", "fields"),
    [
        ("Strike the clause", {"reason": "r"}),
        ("Move the clause", {"after": "6", "reason": "r"}),
        ("Add the clause", {"kind": "item", "markdown": "Mine", "reason": "r"}),
    ],
)
def test_nobody_strikes_moves_or_adds_to_words_they_did_not_read(
    browser: Browser, cast: Cast, db: Session, button: str, fields: dict[str, str]
) -> None:
    browser.sign_in(cast.bruno).get(f"{ROOT}/c/5/edit")
    edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown="Theirs", reason="r")
    before = working(db)
    page = browser.submit(button, **fields)
    assert page.status == 409
    text = page.one("#stale").text()
    assert all(words in text for words in ("Where each data set came from", "Theirs"))
    assert "Yours" not in text
    assert working(db) == before
    form, _ = page.form_with(button)
    assert {name: form.values()[name] for name in fields} == {
        name: [value] for name, value in fields.items()
    }
    assert browser.submit(button).status == 200
    assert working(db) != before


def test_nobody_strikes_what_came_under_the_clause_meanwhile(
    browser: Browser, cast: Cast, db: Session
) -> None:
    browser.sign_in(cast.bruno).get(f"{ROOT}/c/3/edit")
    edit_clause(db, cast.definition, by=cast.ana, clause=5, markdown="Theirs", reason="r")
    page = browser.submit("Strike the clause", reason="Elsewhere.")
    assert page.status == 409
    assert "The working text has changed since you read it" in page.text
    assert "Theirs" in page.text
    assert len(working(db)) == 6
    browser.submit("Strike the clause")
    assert [number for number, _ in working(db)] == [1, 2]


def test_words_for_a_clause_that_was_struck_meanwhile_are_given_back(
    browser: Browser, cast: Cast, db: Session
) -> None:
    browser.sign_in(cast.bruno).get(f"{ROOT}/c/5/edit")
    strike_clause(db, cast.definition, by=cast.ana, clause=5, reason="r")
    mine = "Where each set of data came from, and who paid for it"
    page = browser.submit("Change the words", markdown=mine, reason="Clearer.")
    assert page.status == 409
    assert "no longer stands in the working text" in page.text
    assert mine in page.text


def test_a_clause_is_added_moved_and_struck(browser: Browser, cast: Cast, db: Session) -> None:
    browser.sign_in(cast.ana).get(f"{ROOT}/c/5/edit")
    browser.submit("Add the clause", kind="item", markdown="Who paid", reason="Asked.")
    assert [number for number, _ in working(db)] == [1, 2, 3, 4, 5, 7, 6]
    browser.get(f"{ROOT}/c/7/edit")
    browser.submit("Move the clause", after="6", reason="Last.")
    assert [number for number, _ in working(db)] == [1, 2, 3, 4, 5, 6, 7]
    browser.get(f"{ROOT}/c/3/edit")
    assert "4 clauses stand under it" in browser.page.text
    page = browser.submit("Strike the clause", reason="Elsewhere.")
    assert [number for number, _ in working(db)] == [1, 2]
    assert page.path == f"{ROOT}/c/3"


def test_a_move_that_cannot_be_is_explained(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ana).get(f"{ROOT}/c/5/edit")
    page = browser.submit("Move the clause", after="first", reason="Up.")
    assert page.status in (200, 422)


def test_a_member_is_told_to_propose_instead(browser: Browser, cast: Cast) -> None:
    page = browser.sign_in(cast.chloe).get(f"{ROOT}/c/5/edit")
    assert "Only editors and chairs" in page.text
    assert not page.css("textarea")


def test_the_public_is_asked_to_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.get(f"{ROOT}/c/5/edit").path.startswith("/sign-in")


def test_a_clause_that_was_struck_has_no_such_page(
    browser: Browser, cast: Cast, db: Session
) -> None:
    strike_clause(db, cast.definition, by=cast.ana, clause=6, reason="r")
    assert browser.sign_in(cast.ana).get(f"{ROOT}/c/6/edit").status == 404
    assert browser.get(f"{ROOT}/c/99/edit").status == 404
