"""The pictures of the README: the talk of tests/smoke/talk.py, on a phone and beside a page.

They are written to docs/pictures/ with WHICHPLAN_PICTURES; else they are drawn beside the other screenshots.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE, NewContext
from tests.browser.server import TOP, Server
from tests.browser.talk import opened, picks, replies, said, says

pytestmark = pytest.mark.needs("chromium")
TURNS = (
    "hi",
    "whats the difference between a 504 and an iep",
    "which one is better for adhd",
    "my son has a 504 and his teacher isnt following it, who do i call",
    "and if it was an iep?",
    "he has nothing yet, where do we start",
    "can i talk to someone",
)


def test_the_seven_turn_talk(new_context: NewContext, server: Server, pictures: Path) -> None:
    folder = TOP / "docs" / "pictures" if os.environ.get("WHICHPLAN_PICTURES") else pictures
    place = {"timezone_id": "America/Chicago"}
    phone = opened(new_context(viewport=PHONE, device_scale_factor=2, **place).new_page(), server.address)
    for number, words in enumerate(TURNS):
        says(phone, words)
        phone.mouse.move(0, 0)
        phone.screenshot(path=pictures / f"talk-{number + 1}.png")
        if number == 3:
            phone.locator("which-plan #title").focus()
            phone.screenshot(path=folder / "widget-phone.png")
    assert said(phone).count() == len(TURNS)
    desktop = opened(new_context(viewport=DESKTOP, **place).new_page(), server.address)
    for words in TURNS[:2]:
        says(desktop, words)
    desktop.locator("which-plan #title").focus()
    desktop.screenshot(path=folder / "widget-desktop.png")


def test_paper(new_context: NewContext, server: Server, pictures: Path) -> None:
    """What print gives, drawn as a page."""
    page = new_context(viewport={"width": 720, "height": 900}).new_page()
    page.add_init_script("window.print = () => {};")
    opened(page, server.address)
    says(page, TURNS[1])
    picks(page, "print")
    page.locator("which-plan iframe").evaluate(
        "(frame) => Object.assign(frame.style, { inset: '0', zIndex: 2147483647, background: '#fff' })"
    )
    page.locator("which-plan iframe").screenshot(path=pictures / "paper.png")
    assert replies(page).count() == 2
