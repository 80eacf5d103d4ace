"""A parent without a pointer: Tab, Enter and letters alone ask, read sources, book, write a letter and take it along."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server
from tests.browser.talk import field, replies

pytestmark = pytest.mark.needs("chromium")

MOST_STOPS = 60
# The words of what has the focus inside the chat, where it matches; null else.
FOCUSED = """(selector) => {
  const one = document.activeElement.shadowRoot?.activeElement;
  return one?.matches(selector) ? (one.ariaLabel ?? one.textContent).trim() : null;
}"""


class Keys:
    """The keyboard of one visitor, who has opened the chat with it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        self._goes("Tab", ".launcher")
        page.keyboard.press("Enter")
        expect(field(page)).to_be_focused()
        expect(replies(page).first).to_be_visible()

    def types(self, words: str) -> Locator:
        """Type and send; return the last reply then."""
        expect(field(self.page)).to_be_focused()  # a message that arrives never takes the focus
        self.page.keyboard.type(words)
        return self._enters()

    def goes_back_to(self, selector: str, name: str = "") -> None:
        self._goes("Shift+Tab", selector, name)

    def goes_to_the_field(self) -> None:
        self._goes("Tab", "#question")

    def chooses(self, name: str = "", of: str = ".choice") -> Locator:
        """Press a button of the last replies, and go to the field again; return the last reply then."""
        self.goes_back_to(of, name)
        reply = self._enters()
        self.goes_to_the_field()
        return reply

    def saves(self, selector: str, name: str = "") -> Path:
        """Press a link to a file; return the file."""
        self.goes_back_to(selector, name)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return Path(download.value.path())

    def _enters(self) -> Locator:
        before = replies(self.page).count()
        self.page.keyboard.press("Enter")
        expect(replies(self.page).nth(before)).to_be_visible(timeout=20_000)
        expect(self.page.locator("which-plan .working")).to_have_count(0)
        return replies(self.page).nth(replies(self.page).count() - 1)

    def _goes(self, key: str, selector: str, name: str = "") -> None:
        for _ in range(MOST_STOPS):
            found = self.page.evaluate(FOCUSED, selector)
            if found is not None and found.startswith(name):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never reaches {selector} {name}")


def test_a_keyboard_alone_asks_reads_sources_and_books(page: Page, server: Server) -> None:
    keys = Keys(page, server.address)
    answer = keys.types("what is the difference between a 504 and an iep")
    keys.goes_back_to(".sources > summary")
    page.keyboard.press("Enter")
    expect(answer.locator(".sources")).to_have_attribute("open", "")
    keys.goes_to_the_field()
    for words in ("can i talk to someone", "Dana", "dana.keys@example.org"):
        keys.types(words)
    keys.chooses(of=".choice[aria-label]")
    booked = keys.types("yes")
    expect(booked.locator(".card.booking")).to_be_visible()
    assert keys.saves(".card.booking a").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    page.keyboard.press("Escape")
    expect(page.locator("which-plan .launcher")).to_be_focused()


def test_a_keyboard_alone_has_a_letter_written_changes_it_and_takes_it_along(
    page: Page, server: Server
) -> None:
    keys = Keys(page, server.address)
    keys.types("please write the letter that asks for the school records")
    keys.types("the speech reports")
    letter = keys.chooses("Skip")
    expect(letter.locator(".card.letter blockquote")).to_contain_text("The speech reports.")
    shorter = keys.chooses("Make it shorter")
    shown = shorter.locator(".card.letter blockquote").inner_text()
    assert len(shown) < len(letter.locator(".card.letter blockquote").inner_text())
    text = keys.saves(".card.letter a", "Text file").read_text(encoding="utf-8")
    assert " ".join(shown.split()) in " ".join(text.split())
    assert keys.saves(".card.letter a", "Word file").read_bytes().startswith(b"PK")
    keys.goes_to_the_field()
    assert "sent copy" in keys.types("done").inner_text()
