"""Texts between versions have addresses too: any two texts can be compared."""

import pytest

from tests.cast import Cast
from tests.signing import Browser


@pytest.fixture
def changed(browser: Browser, cast: Cast) -> Browser:
    """Two editorial changes, each a step of its own."""
    browser.sign_in(cast.bruno)
    for words in ("Once more, for **any purpose**.", "Twice more, for **any purpose**."):
        browser.get("/d/open-source-ai/c/2/edit")
        page = browser.submit("Change the words", markdown=words, reason="Plainer.")
        assert page.status == 200, page.text
    return browser


def test_the_texts_before_and_after_a_step_are_compared(changed: Browser) -> None:
    page = changed.get("/d/open-source-ai/compare/@1...@2")
    assert page.status == 200
    assert "Twice" in " ".join(page.said("ins"))
    assert "Once" in " ".join(page.said("del"))
    page = changed.get("/d/open-source-ai/compare/@0...working")
    assert "Twice" in " ".join(page.said("ins"))


@pytest.mark.parametrize("name", ["@3", "@", "@x", "@-1", "@999999999999", "@٣"])
def test_there_is_no_such_step(changed: Browser, name: str) -> None:
    assert changed.get(f"/d/open-source-ai/compare/{name}...working").status == 404
