"""`make screenshot`: the pictures of the documentation, taken of the seeded case.

The hour is always the same, so a picture changes only when the page does.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
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
from tests.signing import session_of

PICTURES = ROOT / "docs" / "pictures"
HOUR = datetime(2026, 11, 20, 9, tzinfo=UTC)
WHO = "Chloé Marchand"

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
WANTED = (
    Picture("definition", "/d/open-source-ai", *DESK, top="#c57"),
    Picture("definition-phone", "/d/open-source-ai", *PHONE, dark=True, top="#c83"),
    Picture("ballot", "/d/open-source-ai/b/25", *DESK),
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
                person = db.scalars(select(Person).where(Person.name == WHO)).one()
                cookie = session_of(db, person)
            with sync_playwright() as playwright:
                flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
                browser = playwright.chromium.launch(executable_path=path, args=flags)
                for picture in WANTED:
                    file = take(browser, picture, url, cookie)
                    say.print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")
                browser.close()


def take(browser: Browser, picture: Picture, url: str, cookie: str) -> Path:
    """One picture, in a browser of its own."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    context.add_cookies([{"name": PLAIN, "value": cookie, "url": url}])
    page = context.new_page()
    page.clock.set_fixed_time(HOUR)
    page.goto(url + picture.path, wait_until="networkidle")
    if picture.top:
        page.evaluate(
            "top => scrollTo(0, document.querySelector(top).getBoundingClientRect().top"
            " + scrollY - 24)",
            picture.top,
        )
    page.evaluate("document.fonts.ready")
    file = PICTURES / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    return file


if __name__ == "__main__":
    main()
