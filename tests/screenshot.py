"""`make screenshot`: the pictures of the documentation, taken of the seeded case.

Those for chairs are taken on the way of somebody who makes a group and invites people from a list.

The hour is always the same, so a picture changes only when the page does.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, sync_playwright
from rich.console import Console
from sqlalchemy import select

from app.kit import clock
from app.kit.db import Database
from app.main import create_app
from app.people.cookie import PLAIN
from app.people.models import Person
from app.settings import Settings
from seed.load import tell
from tests.chromium import FLAGS, executable
from tests.databases import migrate
from tests.serving import ROOT, free_port, serving
from tests.seventy import CATEGORIES, list_with_five_bad_rows
from tests.signing import session_of

PICTURES = ROOT / "docs" / "pictures"
HOUR = datetime(2026, 11, 20, 9, tzinfo=UTC)
WHO = "Chloé Marchand"
NEW_CHAIR = "Sam Okoro"

say = Console(highlight=False)


@dataclass(frozen=True)
class Picture:
    """One page, as somebody sees it; `top`: the element that the picture begins with."""

    name: str
    path: str
    width: int
    height: int
    dark: bool = False
    top: str = ""


DESK = (1600, 900)
PHONE = (390, 844)
PAGE = (1100, 860)
WANTED = (
    Picture("definition", "/d/open-source-ai", *DESK, top="#c57"),
    Picture("definition-phone", "/d/open-source-ai", *PHONE, dark=True, top="#c83"),
    Picture("ballot", "/d/open-source-ai/b/25", *DESK),
    Picture("group-coverage", "/g/open-definitions", *PAGE, top="#coverage"),
)


def main() -> None:
    """Tells the case into a database of its own, serves it, takes the pictures."""
    path = executable()
    if path is None:
        raise SystemExit("There is no Chromium on this machine, so no picture was taken.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/case.db")
        migrate(f"sqlite:///{folder}/case.db")
        say.print("Telling the story")
        tell(database, now=HOUR)
        port = free_port()
        settings = Settings(
            base_url=f"http://127.0.0.1:{port}",
            secret_key="for pictures only",
            development=True,
        )
        with clock.at(HOUR), serving(create_app(settings, database), port) as url:
            with database.writing() as db:
                cookie, chair = (
                    session_of(db, db.scalars(select(Person).where(Person.name == name)).one())
                    for name in (WHO, NEW_CHAIR)
                )
            with sync_playwright() as playwright:
                flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
                browser = playwright.chromium.launch(executable_path=path, args=flags)
                for picture in WANTED:
                    take(browser, picture, url, cookie)
                take_on_the_way(browser, url, chair)
                browser.close()


def take(browser: Browser, picture: Picture, url: str, cookie: str) -> None:
    """One picture, in a browser of its own."""
    context = _context(browser, picture.width, picture.height, url, cookie, dark=picture.dark)
    page = context.new_page()
    page.clock.set_fixed_time(HOUR)
    page.goto(picture.path, wait_until="networkidle")
    if picture.top:
        page.evaluate(
            "top => scrollTo(0, document.querySelector(top).getBoundingClientRect().top"
            " + scrollY - 24)",
            picture.top,
        )
    _keep(page, picture.name)
    context.close()


def take_on_the_way(browser: Browser, url: str, cookie: str) -> None:
    """What a new chair sees: what comes next, and a list with bad rows."""
    context = _context(browser, *PAGE, url, cookie)
    page = context.new_page()
    page.clock.set_fixed_time(HOUR)
    page.goto("/groups/new")
    page.locator("input[name=name]").fill("Fair Scales Group")
    page.locator("textarea[name=categories]").fill("\n".join(CATEGORIES))
    page.get_by_role("button", name="Make the group").click()
    _keep(page, "group-next")
    page.get_by_role("link", name="Invite from a list").click()
    data = list_with_five_bad_rows().encode()
    file = FilePayload(name="people.csv", mimeType="text/csv", buffer=data)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the list").click()
    _keep(page, "list-checked")
    context.close()


def _context(
    browser: Browser, width: int, height: int, url: str, cookie: str, *, dark: bool = False
) -> BrowserContext:
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    context.add_cookies([{"name": PLAIN, "value": cookie, "url": url}])
    return context


def _keep(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file)
    say.print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
