"""Ten minutes without a server lose no word and send none twice."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.line import Line
from tests.browser.server import Server
from tests.browser.talk import field, opened, replies, said, says, stored, transcript

pytestmark = pytest.mark.needs("chromium")
WRITTEN = ["what is an iep", "who do i call about it", "thank you"]
OUTAGE_SECONDS = 600


def writes(page: Page, words: str) -> None:
    field(page).fill(words)
    field(page).press("Enter")


def test_ten_minutes_of_outage_lose_and_double_nothing(page: Page, server: Server, line: Line) -> None:
    page.clock.install()
    opened(page, line.address)
    says(page, "hi")
    answered = replies(page).count()
    line.cut()
    for second in range(0, OUTAGE_SECONDS, 5):
        if second % 200 == 0:
            writes(page, WRITTEN[second // 200])
        page.clock.run_for(5000)
        page.wait_for_timeout(15)  # the failure of a call takes real time
    status = page.locator("which-plan .status")
    expect(status).to_contain_text("I can’t reach the assistant right now")
    expect(status.locator("a[href^='mailto:']")).to_be_visible()  # from content/consultation.yml
    expect(said(page)).to_have_count(4)
    line.mend()
    for _ in range(200):  # slowly enough that a slow answer isn't given up by the quick clock
        page.clock.run_for(500)
        page.wait_for_timeout(100)
        if stored(page)["outbox"] == []:
            break
    expect(replies(page).nth(answered + 2)).to_be_visible()
    expect(page.locator("which-plan .status [role=status]")).to_have_text("")
    assert said_on_server(server, page) == ["hi", *WRITTEN]
    expect(said(page)).to_have_count(4)
    assert stored(page)["outbox"] == []


def lines_are_shown(page: Page, timeout: float = 15_000) -> None:
    """Check that 988 can be called and texted and 911 called, with targets of 48 px, and that it is said as well."""
    lines = page.locator("which-plan .status .lines a")
    expect(lines).to_have_count(3, timeout=timeout)
    assert [one.get_attribute("href") for one in lines.all()] == ["tel:988", "sms:988", "tel:911"]
    for one in lines.all():
        box = one.bounding_box()
        assert box and box["width"] >= 48 and box["height"] >= 48, box
        assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
        assert box["y"] + box["height"] <= page.viewport_size["height"]  # type: ignore[index]
    expect(page.locator("which-plan .status [role=status]")).to_contain_text("988")


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 568}], ids=["phone", "small"])
def test_danger_typed_while_offline_shows_whom_to_call(
    new_context: NewContext, server: Server, pictures: Path, size: dict[str, int]
) -> None:
    page = opened(new_context(viewport=size, has_touch=True).new_page(), server.address)
    expect(page.locator("which-plan .lines")).to_have_count(0)
    page.context.set_offline(True)
    writes(page, "my son says he wants to kill himself")
    lines_are_shown(page)
    page.screenshot(path=pictures / f"danger-offline-{size['width']}.png")
    page.context.set_offline(False)
    expect(replies(page).nth(1)).to_contain_text("988", timeout=20_000)
    expect(page.locator("which-plan .status .lines")).to_have_count(0)
    page.screenshot(path=pictures / f"danger-{size['width']}.png")


def test_danger_typed_to_a_server_that_is_down_or_hangs_shows_whom_to_call(
    new_context: NewContext, line: Line
) -> None:
    page = opened(new_context(viewport=PHONE).new_page(), line.address)
    line.swallow = True
    writes(page, "i want to hurt myself")
    lines_are_shown(page)
    line.cut()
    lines_are_shown(page)
    line.mend()
    expect(replies(page).nth(1)).to_contain_text("988", timeout=60_000)


def test_a_first_visit_with_the_server_down_shows_whom_to_call(new_context: NewContext, line: Line) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(line.address)
    line.cut()
    page.locator("which-plan .launcher").click()
    lines_are_shown(page)


@pytest.mark.skipif(not os.environ.get("WHICHPLAN_LONG"), reason="takes ten minutes: set WHICHPLAN_LONG=yes")
def test_ten_real_minutes_after_a_power_cut(new_context: NewContext, tmp_path: Path) -> None:
    assistant = Server(tmp_path)
    try:
        page = opened(new_context().new_page(), assistant.address)
        says(page, "hi")
        assistant.kill()
        for words in WRITTEN:
            writes(page, words)
            time.sleep(OUTAGE_SECONDS / len(WRITTEN))
        expect(page.locator("which-plan .status")).to_contain_text("I can’t reach the assistant right now")
        assistant.start()
        expect(replies(page).nth(4)).to_be_visible(timeout=90_000)
        assert said_on_server(assistant, page) == ["hi", *WRITTEN]
        assert stored(page)["outbox"] == []
    finally:
        assistant.stop()


def said_on_server(server: Server, page: Page) -> list[str]:
    messages = transcript(server.address, stored(page)["token"])
    return [message["text"] for message in messages if message["from"] == "parent"]
