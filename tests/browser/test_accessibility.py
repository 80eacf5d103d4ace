"""axe-core finds nothing, 400 % zoom hides nothing: in each state, width and color scheme; with screenshots."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.host import Host
from tests.browser.server import Server
from tests.browser.states import STATES
from tests.browser.talk import opened, says

WIDTHS = {"320": (320, 640), "390": (390, 844), "1280": (1280, 800)}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
LOOKS = list(product(WIDTHS, SCHEMES))

pytestmark = pytest.mark.needs("chromium")


def looks_of(state: str) -> list[tuple[str, str]]:
    """All nine with WHICHPLAN_EVERY_TEST; else the three schemes, at one width each, so that three states see all nine."""
    if os.environ.get("WHICHPLAN_EVERY_TEST"):
        return LOOKS
    first = list(STATES).index(state)
    return [(list(WIDTHS)[(first + place) % len(WIDTHS)], scheme) for place, scheme in enumerate(SCHEMES)]


def violations(page: Page, axe: str, context: str) -> list[str]:
    """Return what axe-core finds inside `context`, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate(
        """(context) => axe.run(context, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then(({ violations }) => violations.map(({ id, nodes }) =>
            `${id}: ${nodes.map((node) => node.target.flat().join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | ')}`))""",
        context,
    )
    return list(found)


def violations_by_scheme(page: Page, axe: str, fades: float = 100) -> dict[str, list[str]]:
    """Return what axe-core finds on a whole page in each scheme of colors, `fades` milliseconds after it was chosen; the light one is left."""
    found = {}
    for scheme, media in SCHEMES.items():
        page.emulate_media(**media)
        page.wait_for_timeout(fades)
        found[scheme] = violations(page, axe, "html")
    page.emulate_media(**SCHEMES["light"])
    return found


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_the_widget(
    new_context: NewContext, server: Server, axe: str, pictures: Path, state: str
) -> None:
    looks = looks_of(state)
    wide, high = WIDTHS[looks[0][0]]
    page = new_context(viewport={"width": wide, "height": high}).new_page()
    STATES[state](page, server.address)
    found = {}
    for width, scheme in looks:
        wide, high = WIDTHS[width]
        page.set_viewport_size({"width": wide, "height": high})
        page.emulate_media(**SCHEMES[scheme])
        page.wait_for_timeout(300)  # colors fade over
        found[f"{state} {width} {scheme}"] = violations(page, axe, "which-plan")
        page.screenshot(path=pictures / f"{state}-{width}-{scheme}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{width} px: sideways"
    assert {look: lines for look, lines in found.items() if lines} == {}


@pytest.mark.parametrize("path", ["/", "/accessibility"])
def test_axe_finds_nothing_on_the_pages(page: Page, server: Server, axe: str, path: str) -> None:
    page.goto(server.address + path)
    found = violations_by_scheme(page, axe, fades=300)
    assert {scheme: lines for scheme, lines in found.items() if lines} == {}


def test_at_400_percent_nothing_is_lost_or_covered(
    new_context: NewContext, server: Server, pictures: Path
) -> None:
    """1280 by 1024 pixels at 400 %: WCAG 1.4.10 and 2.4.11."""
    page = new_context(viewport={"width": 320, "height": 256}).new_page()
    opened(page, server.address)
    says(page, "who do i call about my sons 504 plan")
    page.screenshot(path=pictures / "zoom-400.png")
    page.locator("which-plan #title").focus()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
              const root = document.querySelector('which-plan').shadowRoot, focused = root.activeElement;
              if (!focused) return null;
              const box = focused.getBoundingClientRect();
              const x = Math.max(0, box.left) + Math.min(box.width, innerWidth) / 2;
              const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
              const top = root.elementFromPoint(x, y);
              return { name: focused.id || focused.className || focused.localName,
                       seen: focused === top || focused.contains(top), inside: box.left >= -1 && box.right <= innerWidth + 1 };
            }"""
        )
        assert shown, "the focus left the panel that covers the page"
        assert shown["seen"], f"covered: {shown['name']}"
        assert shown["inside"], f"sideways: {shown['name']}"
        reached.add(shown["name"])
    assert {"menu-button", "question", "send", "choice"} <= reached


def test_everything_that_can_be_pressed_is_large_enough(page: Page, server: Server) -> None:
    STATES["answer"](page, server.address)
    small = page.evaluate(
        """() => [...document.querySelector('which-plan').shadowRoot.querySelectorAll('button, a, summary, textarea')]
          .filter((e) => e.getClientRects().length && !e.closest('.prose'))
          .map((e) => [e.className || e.localName, e.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    )
    assert small == []
    size = page.locator("which-plan #question").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 16  # below that an iPhone zooms in


def test_a_page_from_right_to_left_mirrors_the_widget(
    abroad: Page, server: Server, host: Host, pictures: Path
) -> None:
    host.shows(server.address)
    host.page = host.page.replace('lang="en"', 'lang="ar" dir="rtl"')
    opened(abroad, host.address)
    says(abroad, "who do i call about my sons 504 plan")
    panel = abroad.locator("which-plan .panel").bounding_box()
    assert panel is not None
    assert panel["x"] < 100
    assert abroad.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(abroad.locator("which-plan .assistant > .prose").last).to_have_css(
        "direction", "ltr"
    )  # English words
    abroad.screenshot(path=pictures / "right-to-left.png")
