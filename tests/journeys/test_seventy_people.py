"""Somebody nobody knows signs in, makes a group and invites seventy people from a file, five rows of which are wrong.

What it costs is counted as a keystroke-level model counts it (Card, Moran and Newell, 1980), so
that "under five minutes" is a sum and no guess: see ``Hand``.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select

from app.groups.models_coming import Invitation
from app.kit.models import Mail
from tests.conftest import Clock
from tests.journeys.test_in_chromium import Stage, visit
from tests.live import Server
from tests.serving import ROOT
from tests.seventy import (
    CATEGORIES,
    MALFORMED,
    MISSPELT,
    NO_ROLE,
    PEOPLE,
    TOO_LONG,
    TWICE,
    address_of,
    list_with_five_bad_rows,
    mended,
)
from tests.tabs import Tabs

pytestmark = pytest.mark.browser
CHAIR = "ida.lund@example.org"


class Hand:
    """Does what a person does, and counts it.

    Seconds: 0.28 a key (somebody who does not type for a living), 1.1 to point, 0.2 to click, 0.4
    from the mouse to the keyboard or back, 1.35 to make up one's mind before each deed. To read a
    page that is new takes 10 more, and to find the file on the disk 15.
    """

    KEY, POINT, CLICK, HOMING, MIND, READING, FINDING = 0.28, 1.1, 0.2, 0.4, 1.35, 10.0, 15.0

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks, self.keys, self.seconds = 0, 0, 0.0

    def reads(self) -> None:
        self.seconds += self.READING

    def clicks_on(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.counts(clicks=1)

    def types(self, field: str, words: str) -> None:
        """Into an empty field, or over what stands in it, which is chosen first."""
        self.page.locator(field).fill(words)
        self.counts(clicks=1, keys=len(words) + 2)

    def chooses(self, field: str, choice: str) -> None:
        self.page.locator(field).select_option(choice)
        self.counts(clicks=2)

    def finds_the_file(self, field: str, data: str) -> None:
        file = FilePayload(name="people.csv", mimeType="text/csv", buffer=data.encode())
        self.page.locator(field).set_input_files(file)
        self.counts(clicks=3)
        self.seconds += self.FINDING

    def counts(self, *, clicks: int, keys: int = 0) -> None:
        self.clicks, self.keys = self.clicks + clicks, self.keys + keys
        self.seconds += self.MIND + clicks * (self.POINT + self.CLICK) + keys * self.KEY
        self.seconds += 2 * self.HOMING if keys else 0


@pytest.fixture
def stage(tabs: Tabs, server: Server, clock: Clock) -> Iterator[Stage]:
    one = Stage(tabs, server, clock)
    with one.lent:
        yield one
    assert one.troubles == []


def sign_in(hand: Hand, stage: Stage) -> None:
    """By a mail link; to open the mail is one click more."""
    visit(hand.page, "/")
    hand.reads()
    hand.clicks_on("link", "Sign in")
    hand.types("input[name=email]", CHAIR)
    hand.clicks_on("button", "Send the link")
    expect(hand.page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    hand.reads()
    [(_, text)] = mails(stage)
    hand.page.goto(re.findall(r"http\S+", text)[0])
    hand.counts(clicks=2)
    hand.clicks_on("button", "Sign in")


def mails(stage: Stage) -> list[tuple[str, str]]:
    with stage.server.live.database.reading() as db:
        return [(to, text) for to, text in db.execute(select(Mail.to, Mail.text).order_by(Mail.id))]


def make_a_group(hand: Hand) -> None:
    hand.reads()
    hand.clicks_on("link", "New working group")
    hand.reads()
    hand.types("input[name=name]", "Fair Scales Group")
    hand.types("textarea[name=summary]", "What a kitchen scale must do to be called fair.")
    hand.types("textarea[name=categories]", "\n".join(CATEGORIES))
    hand.types("input[name=your_name]", "Ida Lund")
    hand.clicks_on("button", "Make the group")
    expect(hand.page.get_by_role("heading", name="What comes next")).to_be_visible()
    hand.reads()


def mend(hand: Hand) -> None:
    """What is wrong is told beside the cell; each is put right where it stands."""
    told = {
        (MALFORMED, "email"): "This is not an email address",
        (MISSPELT, "category"): "This group has no category called deployer",
        (NO_ROLE, "role"): "There is no such role",
        (TOO_LONG, "affiliation"): "At most 160 characters fit here",
    }
    for (row, column), sentence in told.items():
        expect(hand.page.locator(f"#field-row-{row}-{column}-error")).to_contain_text(sentence)
    expect(hand.page.locator(".mend:visible")).to_have_count(len(told))
    hand.page.locator("summary", has_text="known already").click()
    hand.counts(clicks=1)
    expect(hand.page.locator(f"#field-row-{TWICE}-email-error")).to_contain_text("row 12 already")
    for (row, column), right in mended().items():
        hand.reads()
        field = f"#field-row-{row}-{column}"
        (hand.chooses if column in ("role", "category") else hand.types)(field, right)


def test_seventy_people_are_invited_from_a_file_with_five_bad_rows(stage: Stage) -> None:
    hand = Hand(stage.tab())
    page = hand.page
    sign_in(hand, stage)
    make_a_group(hand)
    hand.clicks_on("link", "Invite from a list")
    hand.reads()
    hand.finds_the_file("input[type=file]", list_with_five_bad_rows())
    hand.clicks_on("button", "Check the list")
    counts = page.locator("#counts")
    expect(counts).to_contain_text("71 rows: 66 are good · 4 need another look · one is known")
    hand.reads()
    mend(hand)

    # The Enter key looks again and sends nothing, wherever it is pressed.
    page.locator(f"#field-row-{TOO_LONG}-affiliation").press("Enter")
    hand.counts(clicks=0, keys=1)
    expect(counts).to_contain_text("71 rows: 70 are good · one is known already")
    assert [to for to, _ in mails(stage)] == [CHAIR]
    hand.reads()
    hand.clicks_on("button", "Invite all 70")
    expect(page.get_by_role("status")).to_contain_text("The invitations are on their way")

    everybody = sorted(address_of(number) for number in range(1, len(PEOPLE) + 1))
    with stage.server.live.database.reading() as db:
        rows = db.execute(select(Invitation.email, Invitation.category_id)).all()
        assert sorted(email for email, _ in rows) == everybody and len(everybody) == 70
        assert None not in [category for _, category in rows]
    asked = mails(stage)[1:]
    assert sorted(to for to, _ in asked) == everybody
    assert all("Ida Lund invites you" in text for _, text in asked)

    assert hand.seconds < 5 * 60
    minutes = f"{hand.seconds // 60:.0f} minutes and {hand.seconds % 60:.0f} seconds"
    cost = f"{hand.clicks} clicks and {hand.keys} keys, about {minutes}"
    assert cost in (ROOT / "docs" / "chairs.md").read_text()
