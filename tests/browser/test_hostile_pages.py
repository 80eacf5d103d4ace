"""The chat stands in what is seen of a page, above all of it, whatever the page does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.stand_in import GREETING, HOME, VIEWPORT, shows
from tests.browser.talk import field, replies, said

pytestmark = pytest.mark.needs("chromium")

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
# Where an element is on the screen, as parts of what is seen, and whether a finger there would reach it.
PLACE = """(selector) => {
  const root = document.querySelector('which-plan').shadowRoot;
  const box = root.querySelector(selector).getBoundingClientRect();
  const view = window.visualViewport;
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    left: (box.left - view.offsetLeft) / view.width, right: (box.right - view.offsetLeft) / view.width,
    top: (box.top - view.offsetTop) / view.height, bottom: (box.bottom - view.offsetTop) / view.height,
    reached: hit?.localName === 'which-plan', high: box.height * view.scale,
  };
}"""


def is_seen(page: Page, selector: str) -> dict[str, float]:
    place: dict[str, float] = page.evaluate(PLACE, selector)
    assert place["reached"], place
    assert -0.01 <= place["left"] <= place["right"] <= 1.01, place
    assert -0.01 <= place["top"] <= place["bottom"] <= 1.01, place
    return place


def opened(page: Page) -> None:
    page.locator("which-plan .launcher").click()
    expect(replies(page).first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "head", "body"),
    [
        ("a bar above everything", VIEWPORT, "<div style='position:fixed;z-index:2147483647;bottom:0;left:0;right:0;height:50vh'>"),
        ("a moved body", VIEWPORT + "<style>body{transform:translateZ(0);min-height:3000px}</style>", ""),
        ("a clipped body", VIEWPORT + "<style>body{overflow:hidden;contain:paint;height:10px}</style>", ""),
        ("a table wider than the phone", VIEWPORT, "<table style='width:620px'><tr><td>x"),
        ("no viewport for phones", "", "<p>x"),
    ],
)  # fmt: skip
def test_the_chat_is_seen_and_reached_on_a_phone_with(
    new_context: NewContext, name: str, head: str, body: str
) -> None:
    page = new_context(**PHONE).new_page()
    shows(page, body, head)
    assert is_seen(page, ".launcher")["high"] >= 44
    opened(page)
    panel = is_seen(page, ".panel")
    assert panel["right"] - panel["left"] > 0.98
    assert is_seen(page, ".send")["high"] >= 40
    is_seen(page, ".head .glyph:last-of-type")


def test_it_can_be_used_from_inside_a_modal_dialog_and_outlives_it(page: Page) -> None:
    dialog = "<dialog id=d><button data-whichplan-open>Ask</button><button id=x onclick='d.close()'>Close</button></dialog>"
    heard = shows(page, f"{dialog}<script>d.showModal()</script>")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(field(page)).to_be_focused()
    field(page).press_sequentially("hello")
    field(page).press("Enter")
    expect(replies(page).last).to_contain_text("Answer 1.")
    assert [message["text"] for message in heard] == ["hello"]
    page.evaluate("d.close()")
    expect(replies(page).last).to_be_visible()
    is_seen(page, ".panel")
    assert page.evaluate("document.querySelector('which-plan').parentElement.localName") == "body"


def test_a_page_that_swaps_its_body_keeps_the_talk(page: Page) -> None:
    shows(page)
    opened(page)
    page.evaluate(
        "document.documentElement.replaceChild(Object.assign(document.createElement('body'), { textContent: 'Next' }), document.body)"
    )
    expect(replies(page).first).to_be_visible()
    field(page).fill("still here")
    field(page).press("Enter")
    expect(replies(page).last).to_contain_text("Answer 1.")


def test_a_page_that_takes_it_away_gets_its_way(page: Page) -> None:
    shows(page)
    page.evaluate("document.querySelector('which-plan').remove()")
    page.wait_for_timeout(100)
    expect(page.locator("which-plan")).to_have_count(0)


@pytest.mark.parametrize("script", [
    '<script type="module" src="/widget.js"></script>',
    '<script data-src="1"></script><script type="module">await import("/widget.js")</script><link rel=x data-x="widget.js">',
])  # fmt: skip
def test_a_module_finds_its_server(page: Page, script: str) -> None:
    shows(page, script=script)
    opened(page)


def test_an_old_librarys_way_with_lists_does_no_harm(page: Page) -> None:
    meddled = "<script>Array.prototype.toJSON = function () { return 'list'; };</script>"
    shows(page, head=VIEWPORT + meddled)
    opened(page)
    field(page).fill("hello")
    field(page).press("Enter")
    expect(replies(page).last).to_contain_text("Answer 1.")
    page.reload()
    expect(said(page)).to_have_count(1)
    assert page.evaluate("JSON.stringify([1])") == '"list"'


def test_back_closes_a_chat_that_fills_the_screen(new_context: NewContext) -> None:
    page = new_context(**PHONE).new_page()
    page.add_init_script("delete window.CloseWatcher")
    shows(page, "<a id=next href='#there'>x</a>")
    opened(page)
    page.go_back()
    expect(page.locator("which-plan .panel")).to_be_hidden()
    assert page.url == f"{HOME}/"
    opened(page)
    page.get_by_role("button", name="Close").click()
    expect(page.locator("which-plan .panel")).to_be_hidden()
    page.wait_for_timeout(200)
    assert page.evaluate("history.state") is None  # the page's own entry is the newest again


def test_with_a_keyboard_up_most_of_the_room_is_the_talk(new_context: NewContext) -> None:
    page = new_context(**PHONE).new_page()
    shows(page)
    opened(page)
    page.set_viewport_size({"width": 360, "height": 360})
    expect(page.locator("which-plan .panel.low")).to_be_visible()
    talk = page.locator("which-plan .talk").bounding_box()
    assert talk is not None
    assert talk["height"] > 0.6 * 360


def test_a_key_draws_no_talk_of_three_hundred_lines(page: Page, pictures: Path) -> None:
    """Each answer that is drawn asks whether it can be shared: a key makes none ask. The times on a slow phone are written down."""
    page.add_init_script("window.drawn = 0; navigator.canShare = () => { window.drawn += 1; return false; };")
    answer = {"intent": "ask_x", "point": "ask_x/y", "plan": "iep", "state": "", "reviewed": "2026-11-30"}
    line = {**GREETING, "text": "A line.\n\n- one\n- two", "answer": answer}
    shows(page, replies=[{**line, "id": f"g{n}"} for n in range(300)])
    opened(page)
    assert page.evaluate("drawn") >= 300
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    found = page.evaluate(
        """async () => {
          const element = document.querySelector('which-plan');
          const field = element.shadowRoot.querySelector('#question');
          const times = [];
          window.drawn = 0;
          for (let at = 0; at < 9; at++) {
            const from = performance.now();
            field.value += 'a';
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await element.updateComplete;
            times.push(performance.now() - from);
          }
          return { drawn: window.drawn, times: times.sort((a, b) => a - b) };
        }"""
    )
    report = {"goal_ms": 50, "median_ms": round(found["times"][4], 1), "all_ms": found["times"]}
    (pictures / "keystroke-6x-300-lines.json").write_text(json.dumps(report), encoding="utf-8")
    assert found["drawn"] == 0
