"""The pages behind an invitation's links, on a phone without JavaScript: another time, cancel, what is wrong with a link."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.server import Server
from tests.browser.test_accessibility import violations_by_scheme
from tests.waiting import eventually

pytestmark = pytest.mark.needs("chromium")

PHONE = {"width": 360, "height": 740}
# What a thumb can not press: too low, and what a bar that stands still covers when it has the focus.
SMALL = """() => [...document.querySelectorAll('label, button, summary')].filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent.trim())"""
COVERED = """() => [...document.querySelectorAll('label, button, summary, a')].filter((one) => one.checkVisibility()).filter((one) => {
  (one.querySelector('input') ?? one).focus();
  const box = one.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !(hit && (one.contains(hit) || hit.contains(one)));
}).map((one) => one.textContent.trim())"""


def asks(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A phone that runs no script of a page."""
    return new_context(java_script_enabled=False, viewport=PHONE).new_page()


@pytest.fixture
def links(phone: Page, server: Server) -> dict[str, str]:
    """Book a call on the plain page, as a parent does; return the links of its mail, by what they do."""
    address = f"robin.{uuid4().hex[:8]}@example.org"
    phone.goto(f"{server.address}/ask")
    for words in ("can i talk to someone", "Robin", address):
        asks(phone, words)
    phone.locator(".reply .choices button").first.click()
    asks(phone, "yes")
    expect(phone.locator(".reply .card")).to_contain_text("Your free call")

    def mailed() -> dict[str, str]:
        files = (server.data / "outbox").rglob("*.eml")
        return {what: server.address + path for file in files for what, path in _links(file, address)}

    return eventually(mailed, seconds=60)


def _links(file: Path, address: str) -> Iterator[tuple[str, str]]:
    """Yield the links of a mail to `address`: where no mail server is set up, the letters are files."""
    message: Any = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    if address in str(message["To"]) and body:
        for path, what in re.findall(r"(/call/(move|cancel)/[^\s>]+)", body.get_content()):
            yield what, path


def test_a_call_is_moved_with_two_presses(phone: Page, links: dict[str, str], pictures: Path) -> None:
    phone.goto(links["move"])
    now = phone.locator("main > p").first.inner_text()
    assert now.startswith("Hi Robin, your call is on ")
    phone.screenshot(path=pictures / "call-move-360.png")
    phone.get_by_role("button", name="Move my call").click()  # without a time: the phone says what is missing
    expect(phone.locator("h1")).to_have_text("Find another time for your call")
    later = phone.locator("details").nth(1)
    later.locator("summary").click()
    picked = later.locator("label").last
    time = picked.inner_text().strip()
    picked.click()
    phone.get_by_role("button", name="Move my call").click()
    expect(phone.locator("h1")).to_have_text("Your call is moved")
    expect(phone.locator("main")).to_contain_text(time)
    phone.goto(links["cancel"])  # the links of the first mail are of a call that is no more
    expect(phone.locator("main")).to_contain_text("changed after this link was sent")


def test_who_opens_the_cancel_page_may_move_or_leave_it(
    phone: Page, links: dict[str, str], pictures: Path
) -> None:
    phone.goto(links["cancel"])
    expect(phone.locator("main")).to_contain_text("close this page and nothing changes")
    phone.screenshot(path=pictures / "call-cancel-360.png")
    phone.get_by_role("link", name="Move it to another time instead").click()
    expect(phone.locator("h1")).to_have_text("Find another time for your call")
    phone.go_back()
    phone.get_by_role("button", name="Yes, cancel my call").click()
    expect(phone.locator("h1")).to_have_text("Your call is canceled")
    phone.get_by_role("link", name="To the assistant").click()
    assert phone.url.endswith("/")
    phone.goto(links["move"])
    expect(phone.locator("main")).to_contain_text("This call was canceled")


def test_axe_finds_nothing_and_all_can_be_pressed(
    new_context: NewContext, links: dict[str, str], server: Server, axe: str, pictures: Path
) -> None:
    page = new_context().new_page()
    found = {}
    for name, address in {**links, "wrong": f"{server.address}/call/move/x"}.items():
        page.set_viewport_size({"width": 320, "height": 568})
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        assert page.evaluate(COVERED) == [], name
        # As high as all of it: what lies below the standing bar only until it is scrolled is no small target.
        page.set_viewport_size(
            {"width": 320, "height": page.evaluate("document.documentElement.scrollHeight")}
        )
        for scheme, lines in violations_by_scheme(page, axe).items():
            found[f"{name} {scheme}"] = lines
        page.screenshot(path=pictures / f"call-{name}-320.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert page.evaluate(SMALL) == [], name
    assert {look: lines for look, lines in found.items() if lines} == {}
