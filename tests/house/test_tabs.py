"""A tab that is lent to one test after the other is as good as a new one."""

import pytest

from tests.chromium import Stage, sign_in
from tests.tabs import VIEWPORT, Tabs

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("backend")]
KEEP = "localStorage.a = sessionStorage.a = 'mine'"
KEPT = """[
    localStorage.length, sessionStorage.length, document.cookie.includes("a=mine"),
    matchMedia("(prefers-color-scheme: dark)").matches,
]"""


def test_nothing_is_left_of_what_the_test_before_did(tabs: Tabs, stage: Stage) -> None:
    address = stage.url + "/me"
    troubles: list[str] = []
    with tabs.lent(troubles) as page:
        mine = page
        sign_in(page.context, stage, stage.case.chair)
        page.context.add_cookies([{"name": "a", "value": "mine", "url": stage.url}])
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(address)
        assert page.evaluate(f"{KEEP}; {KEPT}") == [1, 1, True, True]
        page.route("**/*", lambda route: route.abort())
        page.context.new_page()
    with tabs.lent() as page:
        assert page is mine
        assert page.context.pages == [page]
        assert page.viewport_size == VIEWPORT
        page.goto(address)
        assert "/sign-in" in page.url
        assert page.evaluate(KEPT) == [0, 0, False, False]
        page.evaluate("setTimeout(() => { throw Error('theirs') })")
        page.evaluate("new Promise((done) => setTimeout(done, 20))")
    assert troubles == []
