"""Axe finds nothing on any page: light and dark, on a phone at 400 % zoom, on a phone, on a desk."""

import re
from tempfile import TemporaryDirectory

import pytest

from app.main import create_app
from app.settings import Settings
from tests.barriers import barriers_of
from tests.pages import pages
from tests.serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("backend")]


def every_page() -> list[str]:
    with TemporaryDirectory() as folder:
        unused = Settings(secret_key="unused", database_url=f"sqlite:///{folder}/unused.db")
        return [one.path for one in pages(create_app(unused), "stage", "stage-group")]


PAGES = [*every_page(), "/d/nothing-here", "/d/stage/b/2", "/d/stage/c/1", "/d/stage/c/3"]


def barriers(tab, path):
    """Everything wrong with a page, at every width and in every theme."""
    return barriers_of(tab.goto(path).page)


SHEETS = "".join(path.read_text() for path in (ROOT / "static" / "css").rglob("*.css"))


def test_no_rule_of_the_style_sheets_tells_390_from_320():
    """Else axe would have to look at everything at both."""
    limits = {float(one) for one in re.findall(r"width\s*[<>]=?\s*([\d.]+)rem", SHEETS)}
    assert limits and not [one for one in limits if 320 <= one * 16 <= 390]


def test_a_theme_tells_colours_apart_and_nothing_else():
    """Else axe would have to look at everything in both. What ``light-dark()`` gives is a colour."""
    assert "prefers-color-scheme" not in SHEETS
    themes = re.findall(r"[^\n]*data-theme[^{}]*\{([^}]*)\}", SHEETS)
    assert sorted(one.strip() for one in themes) == ["color-scheme: dark;", "color-scheme: light;"]
    named = re.findall(r"([\w-]+):[^;:]*\blight-dark\(", SHEETS)
    assert named and all(one.startswith("--raw-") for one in named)


@pytest.mark.parametrize("path", PAGES)
def test_a_chair_meets_no_barrier(look_as, stage, path):
    wrong = barriers(look_as(stage.case.chair), path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/", "/d/stage", "/d/stage/c/2", "/d/stage/b/2", "/sign-in"])
def test_the_public_meets_no_barrier(look_as, path):
    wrong = barriers(look_as(None), path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/d/stage", "/d/stage/b/2", "/d/stage/p/5"])
def test_a_member_meets_no_barrier(look_as, stage, path):
    wrong = barriers(look_as(stage.case.people[4]), path)
    assert not wrong, "\n".join(wrong)


LONG = "x" * 30_000
OLD = "0" * 64
# What only a form leads to: the sheet or form again with what is wrong, previews, plans, refusals,
# words that changed meanwhile. name: where it is sent, what is sent, and the answer's status.
ANSWERS = {
    "an import's plan": ("/d/stage/import", {"markdown": "# New\n\n- words\n", "label": "9"}, 200),
    "a draft with nothing in it": ("/d/stage/import", {"markdown": "", "label": LONG}, 422),
    "a sheet with everything wrong": (
        "/d/stage/proposals",
        {"title": "", "rationale": LONG, "verb-0": "reword", "clause-0": "2", "markdown-0": ""},
        422,
    ),
    "a sheet's preview": (
        "/d/stage/p/preview",
        {"title": "A", "verb-0": "reword", "clause-0": "2", "markdown-0": "Other words."},
        200,
    ),
    "a comment without words": ("/d/stage/comments", {"clause": "2", "body": ""}, 422),
    "a ballot without an end": ("/d/stage/ballots", {"proposal": "1", "closes_at": "soon"}, 422),
    "a vote for nothing": ("/d/stage/b/2/vote", {"choice": "perhaps", "reason": LONG}, 422),
    "a recusal without a reason": ("/d/stage/b/2/recusal", {"reason": ""}, 422),
    "an interest of no kind": ("/g/stage-group/interests", {"kind": "hobby", "words": LONG}, 422),
    "a decision without a reason": (
        "/g/stage-group/moderation/blocks/1/appeal/decision",
        {"outcome": "perhaps", "reason": ""},
        422,
    ),
    "words from before": (
        "/d/stage/c/2/edit",
        {"markdown": "Mine.", "base": OLD, "deed": "change"},
        409,
    ),
    "an edit's preview": ("/d/stage/c/2/edit", {"markdown": "Mine.", "deed": "preview"}, 200),
    "a version of no name": ("/d/stage/versions", {"label": "/", "note": LONG}, 422),
    "a member of no address": ("/g/stage-group/members", {"email": "nobody"}, 422),
    "settings without a name": ("/me", {"name": "", "time_zone": "Nowhere/At_all"}, 422),
    "a link that is no link": ("/sign-in/link", {"token": "nothing"}, 409),
    "a receipt of elsewhere": ("/d/stage/b/1/receipt", {"receipt": "not signed"}, None),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_form_leads_to_has_no_barrier(look_as, stage, name):
    path, fields, expected = ANSWERS[name]
    tab = look_as(stage.case.chair)
    tab.goto("/")
    with tab.page.expect_navigation() as there:
        tab.page.evaluate(SEND, [path, fields])
    assert expected in (None, there.value.status)
    wrong = barriers_of(tab.page)
    assert not wrong, "\n".join(wrong)


SEND = """([action, fields]) => {
    const form = Object.assign(document.createElement("form"), {method: "post", action});
    form.setAttribute("hx-boost", "false");
    for (const [name, value] of Object.entries(fields)) {
        form.append(Object.assign(document.createElement("textarea"), {name, value}));
    }
    document.body.append(form);
    form.submit();
}"""
