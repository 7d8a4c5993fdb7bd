"""Axe finds nothing on any page: light and dark, on a phone at 400 % zoom, on a phone, on a desk."""

from tempfile import TemporaryDirectory

import pytest

from app.main import create_app
from app.settings import Settings
from tests.chromium import axe
from tests.pages import pages

WIDTHS = {320: 640, 390: 844, 1440: 900}
# A theme redefines colours and nothing else, so in the dark only they are looked at again.
THEMES = {"light": None, "dark": ["color-contrast", "link-in-text-block"]}

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("backend")]


def every_page() -> list[str]:
    with TemporaryDirectory() as folder:
        unused = Settings(secret_key="unused", database_url=f"sqlite:///{folder}/unused.db")
        return [one.path for one in pages(create_app(unused), "stage", "stage-group")]


PAGES = [*every_page(), "/d/nothing-here", "/d/stage/b/2", "/d/stage/c/1", "/d/stage/c/3"]


def barriers(tab, path):
    """Everything wrong with a page, at every width and in every theme."""
    tab.goto(path)
    wrong = []
    for width, height in WIDTHS.items():
        tab.page.set_viewport_size({"width": width, "height": height})
        for theme, rules in THEMES.items():
            tab.page.emulate_media(color_scheme=theme)
            wrong += [f"{theme} {width}: {one}" for one in axe(tab.page, rules)]
            wide = tab.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                wrong.append(f"{theme} {width}: the page is {wide} px wide and scrolls sideways")
    return wrong


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
