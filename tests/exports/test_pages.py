"""The page that offers a text, and the files at their permanent addresses."""

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.ballots.actions_close import close_ballot
from app.definitions.actions import make_candidate, make_version
from app.definitions.models import Version
from app.kit.refusals import Refused
from tests.ballots.staging import all_vote, make_ballot, make_candidate_version, voters
from tests.cast import Cast
from tests.conftest import Clock
from tests.signing import Api, Browser

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
CITATIONS = {
    "citation.txt": "text/plain; charset=utf-8",
    "citation.bib": "application/x-bibtex; charset=utf-8",
    "citation.json": "application/vnd.citationstyles.csl+json",
}
HERE = "/d/open-source-ai/v"


@pytest.fixture
def version(db: Session, cast: Cast, clock: Clock) -> Version:
    made = make_version(db, cast.definition, by=cast.bruno, label="0.0.1", note="A beginning.")
    db.flush()
    return made


def get(browser: Browser, path: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.client.get(path, headers=named)


@pytest.mark.parametrize(("ending", "media_type"), TYPES.items())
def test_every_format_has_a_permanent_address(
    browser: Browser, version: Version, ending: str, media_type: str
) -> None:
    answer = get(browser, f"{HERE}/0.0.1.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"] == (
        f'inline; filename="open-source-ai-0.0.1.{ending}"'
    )
    assert answer.headers["content-language"] == "en"
    assert answer.headers["cache-control"] == "public, no-cache"
    assert answer.headers["last-modified"] == "Mon, 03 Jun 2024 12:00:00 GMT"
    assert len(answer.content) == int(answer.headers["content-length"])


@pytest.mark.parametrize(("name", "media_type"), CITATIONS.items())
def test_every_citation_has_one_too(
    browser: Browser, version: Version, name: str, media_type: str
) -> None:
    answer = get(browser, f"{HERE}/0.0.1/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert "0.0.1" in answer.text


def test_who_has_it_is_told_so(browser: Browser, version: Version) -> None:
    path = f"{HERE}/0.0.1.md"
    first = get(browser, path)
    etag = first.headers["etag"]
    assert not etag.startswith("W/")
    for headers in (
        {"if_none_match": etag},
        {"if_none_match": f'"other", W/{etag}'},
        {"if_none_match": "*"},
        {"if_modified_since": first.headers["last-modified"]},
    ):
        again = get(browser, path, **headers)
        assert again.status_code == 304, headers
        assert again.content == b""
        assert again.headers["etag"] == etag
    for headers in (
        {"if_none_match": '"other"'},
        {"if_none_match": '"other"', "if_modified_since": first.headers["last-modified"]},
        {"if_modified_since": "Sun, 02 Jun 2024 12:00:00 GMT"},
        {"if_modified_since": "yesterday"},
    ):
        assert get(browser, path, **headers).status_code == 200, headers


def test_a_version_that_comes_to_another_stage_is_another_file(
    browser: Browser, db: Session, cast: Cast, version: Version, clock: Clock
) -> None:
    path = f"{HERE}/0.0.1.html"
    before = get(browser, path)
    clock.forward(days=1)
    make_candidate(db, version, by=cast.bruno)
    after = get(browser, path, if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert "a candidate since 4 June 2024" in after.text
    assert after.headers["last-modified"] == "Tue, 04 Jun 2024 12:00:00 GMT"


def test_a_version_is_cited_by_the_year_it_was_made_in(
    browser: Browser, db: Session, cast: Cast, version: Version, clock: Clock
) -> None:
    clock.forward(days=365)
    make_candidate(db, version, by=cast.bruno)
    assert "Open Definitions Group (2024)." in get(browser, f"{HERE}/0.0.1/citation.txt").text


@pytest.mark.parametrize("ending", TYPES)
def test_head_says_the_same_without_the_body(
    browser: Browser, version: Version, ending: str
) -> None:
    path = f"{HERE}/0.0.1.{ending}"
    head, whole = browser.client.head(path), get(browser, path)
    assert head.content == b""
    for name in ("etag", "content-length", "content-type", "last-modified"):
        assert head.headers[name] == whole.headers[name]


def test_everybody_gets_the_same_bytes(browser: Browser, cast: Cast, version: Version) -> None:
    anonymous = get(browser, f"{HERE}/0.0.1.pdf", accept_language="de").content
    browser.sign_in(cast.ana)
    assert get(browser, f"{HERE}/0.0.1.pdf").content == anonymous


def test_the_page_of_a_file_may_use_no_style_but_its_own(
    browser: Browser, version: Version
) -> None:
    policy = get(browser, f"{HERE}/0.0.1.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "style-src 'sha256-" in policy


def test_front_matter_is_there_only_when_asked_for(browser: Browser, version: Version) -> None:
    plain = get(browser, f"{HERE}/0.0.1.md").text
    fronted = get(browser, f"{HERE}/0.0.1.md?front=1").text
    assert plain.startswith("# Open Source AI")
    assert fronted.startswith('---\ntitle: "Open Source AI"\n')
    assert fronted.endswith(plain)


def test_the_working_text_is_called_working_and_has_no_citation(
    browser: Browser, version: Version
) -> None:
    document = json.loads(get(browser, f"{HERE}/working.json").text)
    assert document["version"] is None
    assert document["address"] == "https://testserver/d/open-source-ai"
    assert get(browser, f"{HERE}/working/citation.txt").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"{HERE}/9.9.md",
        f"{HERE}/0.0.1.docx",
        "/d/no-such-thing/v/0.0.1.md",
        f"{HERE}/9.9/citation.bib",
        "/d/open-source-ai/export?version=9.9",
    ],
)
def test_what_is_not_there_is_not_found(browser: Browser, version: Version, path: str) -> None:
    assert get(browser, path).status_code == 404


def test_what_only_the_group_may_see_is_kept_by_no_cache_and_shown_to_nobody_else(
    browser: Browser, db: Session, cast: Cast, version: Version
) -> None:
    cast.definition.visibility = "group"
    db.flush()
    for path in (f"{HERE}/0.0.1.md", f"{HERE}/0.0.1/citation.txt", "/d/open-source-ai/export"):
        assert get(browser, path).status_code == 404
        assert get(browser.sign_in(cast.sam), path).status_code == 404
        browser.sign_out()
    answer = get(browser.sign_in(cast.eli), f"{HERE}/0.0.1.md")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("label", ["1.0.md", "1.0.pdf", "working"])
def test_no_version_is_called_like_a_file(db: Session, cast: Cast, label: str) -> None:
    with pytest.raises(Refused, match="label_not_taken"):
        make_version(db, cast.definition, by=cast.bruno, label=label)


def test_the_page_offers_every_version_with_every_format(
    browser: Browser, db: Session, cast: Cast, version: Version, clock: Clock
) -> None:
    clock.forward(days=1)
    make_version(db, cast.definition, by=cast.bruno, label="0.0.2")
    page = browser.get("/d/open-source-ai/export")
    assert page.said(".rows--quiet .row__title a") == ["0.0.2", "0.0.1", "Working text"]
    assert page.said("h1") == ["Open Source AI 0.0.2"]
    for ending in TYPES:
        for label in ("0.0.2", "0.0.1", "working"):
            assert page.css(f'a[href="{HERE}/{label}.{ending}"]'), (label, ending)
    assert "Open Definitions Group (2024). Open Source AI." in page.text
    other = browser.get("/d/open-source-ai/export?version=0.0.1")
    assert other.said("h1") == ["Open Source AI 0.0.1"]
    working = browser.get("/d/open-source-ai/export?version=working")
    assert "Cite this version" not in working.text
    assert "may still change" in working.text


def test_the_api_lists_them_and_gives_the_same_files(
    api: Api, browser: Browser, version: Version
) -> None:
    listed = api.get("/api/v1/d/open-source-ai/exports").json()
    assert [one["label"] for one in listed["items"]] == ["0.0.1"]
    assert listed["items"][0]["files"]["pdf"] == f"https://testserver{HERE}/0.0.1.pdf"
    assert listed["working_text"]["files"]["pdf"] == f"https://testserver{HERE}/working.pdf"
    assert listed["working_text"]["citations"] == {}
    for path in [f"0.0.1.{ending}" for ending in TYPES] + [f"0.0.1/{name}" for name in CITATIONS]:
        ours, theirs = api.get(f"/api/v1{HERE}/{path}"), get(browser, f"{HERE}/{path}")
        assert (ours.content, ours.headers["etag"]) == (theirs.content, theirs.headers["etag"])
    missing = api.get(f"/api/v1{HERE}/9.9.md")
    assert missing.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"


def test_the_api_lists_them_in_pages_none_twice_and_none_missing(
    api: Api, cast: Cast, db: Session, version: Version
) -> None:
    for label in ("0.0.2", "0.0.3"):
        make_version(db, cast.definition, by=cast.bruno, label=label)
    seen, after = [], {}
    for turn in range(3):
        page = api.get("/api/v1/d/open-source-ai/exports", params={"limit": 1, **after}).json()
        seen += [one["label"] for one in page["items"]]
        assert page["working_text"]["label"] is None
        after = {"after": page["next"]}
        if turn == 0:
            make_version(db, cast.definition, by=cast.bruno, label="0.0.4")
    assert seen == ["0.0.3", "0.0.2", "0.0.1"]
    assert page["next"] is None


def test_the_schema_stands_where_the_files_say(browser: Browser) -> None:
    answer = get(browser, "/schemas/definition-1.json")
    assert answer.headers["content-type"] == "application/schema+json"
    assert answer.json()["title"] == "A text of a definition"


@pytest.mark.usefixtures("clock")
def test_a_ratified_version_says_by_whom_when_and_how(
    browser: Browser, db: Session, cast: Cast
) -> None:
    version = make_candidate_version(db, cast, "1.0")
    ballot = make_ballot(db, cast, version=version)
    all_vote(db, ballot, voters(cast))
    closing = close_ballot(db, ballot, by=cast.ana)
    make_version(db, cast.definition, by=cast.bruno, label="1.1")
    document = json.loads(get(browser, f"{HERE}/1.0.json").text)
    assert document["version"]["stage"] == "ratified"
    assert document["ratification"] == {
        "by": "Open Definitions Group",
        "at": "2024-06-03T12:00:00Z",
        "ballot": 1,
        "ballot_address": "https://testserver/d/open-source-ai/b/1",
        "outcome": closing.sentence,
        "text": document["text"],
    }
    said = "Ratified by Open Definitions Group on 3 June 2024, in ballot 1."
    html = get(browser, f"{HERE}/1.0.html").text
    assert said in html
    assert closing.sentence in html
    page = browser.get("/d/open-source-ai/export")
    assert page.said("h1") == ["Open Source AI 1.0"]
    assert page.said(".rows--quiet .row__title a") == ["1.0", "1.1", "Working text"]
    assert closing.sentence in page.text
