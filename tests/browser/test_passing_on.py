"""An answer is heard, shared and e-mailed with what the parent's own device has for it; what it lacks is not offered."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.server import Server
from tests.browser.stand_in import shows
from tests.browser.talk import opened, picks, replies, says

pytestmark = pytest.mark.needs("chromium")

ASKED = "how many days do they have to test my kid for an iep"
# A device with one voice, which speaks until it is told to stop. `window.said` and `window.stopped` tell what it was asked.
VOICE = """() => {
  window.said = [];
  window.stopped = 0;
  const voices = [{ lang: 'en-US', localService: true, default: true }];
  const device = { getVoices: () => voices, speak: (one) => said.push(one.text), cancel: () => { stopped += 1; } };
  Object.assign(device, { addEventListener: () => {}, removeEventListener: () => {} });
  Object.defineProperty(window, 'speechSynthesis', { value: device });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""
SHARE = """() => {
  navigator.canShare = () => true;
  navigator.share = async (given) => { window.shared = given; };
}"""


def button(reply: Locator, name: str) -> Locator:
    return reply.get_by_role("button", name=name)


def test_an_answer_is_read_aloud_until_it_is_stopped(page: Page, server: Server) -> None:
    page.add_init_script(f"({VOICE})()")
    reply = says(opened(page, server.address), ASKED)
    button(reply, "Read aloud").click()
    said = page.evaluate("said")
    assert said[0] == reply.locator("h3").inner_text()
    assert said[1].startswith(reply.locator(".prose").first.inner_text())
    button(reply, "Stop reading").click()
    assert page.evaluate("stopped") == 1
    expect(button(reply, "Read aloud")).to_be_focused()
    assert page.evaluate("said") == said


def test_a_new_message_and_a_closed_chat_end_the_reading(page: Page, server: Server) -> None:
    page.add_init_script(f"({VOICE})()")
    reply = says(opened(page, server.address), ASKED)
    button(reply, "Read aloud").click()
    says(page, "what is a 504 plan")
    assert page.evaluate("stopped") == 1
    expect(button(reply, "Read aloud")).to_be_visible()
    button(replies(page).last, "Read aloud").click()
    page.locator("which-plan .panel").get_by_role("button", name="Close").click()
    assert page.evaluate("stopped") == 2
    page.locator("which-plan .launcher").click()
    button(replies(page).last, "Read aloud").click()
    picks(page, "startOver")
    page.locator("which-plan .confirm .startOver").click()
    expect(replies(page)).to_have_count(1)
    assert page.evaluate("stopped") == 3


def test_a_device_without_a_voice_and_without_sharing_offers_neither(page: Page, server: Server) -> None:
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    reply = says(opened(page, server.address), ASKED)
    expect(reply.get_by_role("link", name="Email this answer")).to_be_visible()
    expect(button(reply, "Read aloud")).to_have_count(0)
    expect(button(reply, "Share this answer")).to_have_count(0)


def test_an_answer_is_shared_and_emailed_with_its_page_and_nothing_the_parent_wrote(
    page: Page, server: Server
) -> None:
    page.add_init_script(f"({SHARE})()")
    opened(page, server.address)
    says(page, "my son Tobias has an iep, he is in texas")
    reply = says(page, "how many days do they have to test Tobias")
    heading = reply.locator("h3").inner_text()
    button(reply, "Share this answer").click()
    shared = page.evaluate("shared")
    assert shared["title"] == heading
    assert shared["url"].startswith(f"{server.address}/q/")
    mail = urlsplit(reply.get_by_role("link", name="Email this answer").get_attribute("href") or "")
    fields = parse_qs(mail.query)
    assert (mail.scheme, fields["subject"]) == ("mailto", [heading])
    assert shared["url"] in fields["body"][0]
    assert "Tobias" not in str(shared) + str(fields)
    page.goto(shared["url"])
    expect(page.locator("h1")).to_have_text(heading)


def test_all_of_it_stands_in_one_line_of_a_phone(new_context: NewContext, pictures: Path) -> None:
    """Beside "Sources", with a voice and with sharing, at 360 pixels."""
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.add_init_script(f"({VOICE})(); ({SHARE})(); navigator.clipboard ??= {{}}")
    answer = {"intent": "ask_x", "point": "ask_x/y", "plan": "iep", "state": "", "reviewed": "2026-11-30"}
    sources = [
        {"title": f"Rule {at}", "url": "https://www.ecfr.gov/x", "cite": "34 CFR 300.301"} for at in range(12)
    ]
    reply = {
        "id": "a",
        "text": "Yes.",
        "heading": "May I?",
        "body": "Yes.",
        "buttons": [],
        "outcome": "answered",
    }
    shows(page, replies=[{**reply, "answer": answer, "sources": sources}])
    page.locator("which-plan .launcher").click()
    foot = replies(page).last.locator(".foot")
    expect(foot.locator(".glyph:visible")).to_have_count(6)
    page.screenshot(path=pictures / "pass-on-360.png")
    boxes = [one.bounding_box() for one in (foot.locator("summary"), *foot.locator(".glyph").all())]
    middles = {round(box["y"] + box["height"] / 2) for box in boxes if box}
    assert max(middles) - min(middles) <= 2, boxes
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
