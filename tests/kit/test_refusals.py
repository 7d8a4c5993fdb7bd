"""What a refusal says, as plain words: whoever shows them escapes them, once."""

from tests.cast import Cast
from tests.signing import Api, Browser

LABEL = "<1.0> & 'more'"


def test_a_program_reads_the_words_as_they_are(api: Api, cast: Cast) -> None:
    answer = api.as_(cast.ana).post("/api/v1/d/open-source-ai/versions", json={"label": LABEL})
    assert answer.json()["code"] == "label_not_taken"
    assert answer.json()["detail"].startswith(f"“{LABEL}” can't be the label")


def test_a_page_escapes_them_once(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ana).get("/d/open-source-ai/versions/new")
    page = browser.post("/d/open-source-ai/versions", label=LABEL)
    assert page.status == 422
    assert f"“{LABEL}” can't be" in page.one("#field-label-error").text()
