"""What axe finds wrong on a page in Chromium, at every width and in both themes."""

import os
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Page

AXE = Path("node_modules/axe-core/axe.min.js")
HEIGHTS = {320: 640, 390: 844, 1440: 900}
COLOURS = ["color-contrast", "link-in-text-block"]
SIZES = ["target-size", "scrollable-region-focusable"]


class Look(NamedTuple):
    width: int
    theme: Literal["light", "dark"]
    rules: list[str] | None
    """What axe looks at; None is everything."""


# A theme redefines colours and nothing else, so in the dark only they are looked at again; no rule
# of the style sheets tells 390 px from 320 but by sizes, so what was looked at on one phone in one
# theme is not looked at again on the other. Each look differs from the one before as little as it
# can: to lay a page out and to paint it again takes as long as many a rule does.
LOOKS = [
    Look(320, "light", None),
    Look(320, "dark", []),
    Look(390, "dark", [*COLOURS, *SIZES]),
    Look(390, "light", []),
    Look(1440, "light", None),
    Look(1440, "dark", COLOURS),
]
if os.environ.get("AXE") == "all":  # whoever doubts it: everything in each of them
    LOOKS = [look._replace(rules=None) for look in LOOKS]


def barriers_of(page: Page) -> list[str]:
    """Everything wrong with a page as it stands, at every width and in every theme."""
    wrong = []
    now = page.viewport_size
    stands_wide = now is not None and now["width"] == LOOKS[-1].width
    width, theme = 0, ""
    for look in reversed(LOOKS) if stands_wide else LOOKS:
        if look.width != width:
            page.set_viewport_size({"width": look.width, "height": HEIGHTS[look.width]})
        if look.theme != theme:
            page.emulate_media(color_scheme=look.theme)
        width, theme = look.width, look.theme
        wrong += [f"{theme} {width}: {one}" for one in axe(page, look.rules)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{theme} {width}: the page is {wide} px wide and scrolls sideways")
    return wrong


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong on the page as it stands: rule, and where. rules: all, if not given."""
    if rules == []:
        return []
    found = page.evaluate(RUN, rules)
    if found is None:
        page.evaluate(AXE.read_text())
        found = page.evaluate(RUN, rules)
    return list(found)


# Nothing when axe is not on the page yet. What is left out would only name the same nodes in other
# ways, and ``preload`` would fetch every style sheet again, for a rule that is off.
RUN = """async (rules) => {
    if (typeof axe === "undefined") return null
    const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    const result = await axe.run(document, {
        resultTypes: ["violations"],
        selectors: false,
        elementRef: false,
        preload: false,
        runOnly: rules ?? [...standards, "best-practice"],
    })
    return result.violations.map(one => `${one.id}: ${one.help}: ` +
        one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | "))
}"""
