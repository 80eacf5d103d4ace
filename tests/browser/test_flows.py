"""What parents do with the widget, in a real browser against a real assistant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.line import Line
from tests.browser.server import Server
from tests.browser.states import DANGER
from tests.browser.talk import field, opened, picks, presses, replies, said, says, stored, transcript

pytestmark = pytest.mark.needs("chromium")


def test_a_parent_asks_and_reads_where_it_comes_from(page: Page, server: Server) -> None:
    opened(page, server.address)
    reply = says(page, "my son has a 504 and his teacher isnt following it, who do i call")
    expect(reply).to_contain_text("principal")
    sources = reply.locator("details.sources")
    assert sources.get_attribute("open") is None
    sources.locator("summary").click()
    expect(sources).to_contain_text(re.compile(r"34 CFR|Education|20 U\.S\.C\."))
    expect(sources).to_contain_text(re.compile(r"This answer is as of \w+ \d+, 20\d\d"))
    link = sources.locator("a").first
    assert (link.get_attribute("href") or "").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_pressed_button_stays_and_reads_as_chosen(page: Page, server: Server) -> None:
    opened(page, server.address)
    asked = says(page, "how long does the school have to test my child")
    buttons = asked.locator(".choice")
    titles = buttons.all_inner_texts()
    place = titles.index("IEP")
    buttons.nth(place).click()
    expect(said(page).last).to_contain_text("IEP")
    expect(replies(page).last).to_contain_text("60")
    chosen = asked.locator(".choice.chosen")
    assert asked.locator(".choice").count() == len(titles)
    assert chosen.get_attribute("aria-label") == "IEP, chosen"
    assert chosen.get_attribute("aria-disabled") == "true"


def test_a_reload_keeps_the_talk_and_the_unsent_words(page: Page, server: Server) -> None:
    opened(page, server.address)
    says(page, "what is an iep")
    field(page).fill("and how do i")
    shown = replies(page).all_inner_texts()
    page.reload()
    expect(replies(page)).to_have_count(len(shown))
    expect(field(page)).to_have_value("and how do i")
    assert replies(page).all_inner_texts() == shown
    says(page, "who do i ask for it")
    expect(said(page)).to_have_count(2)


def test_two_tabs_show_the_same_talk(new_context: NewContext, server: Server) -> None:
    visitor = new_context()
    first, second = opened(visitor.new_page(), server.address), opened(visitor.new_page(), server.address)
    says(first, "what is a 504 plan")
    expect(replies(second)).to_have_count(replies(first).count())
    says(second, "what is an iep")
    expect(said(first)).to_have_count(2)
    expect(replies(first).last).to_have_text(replies(second).last.inner_text(), use_inner_text=True)
    token = stored(first)["token"]
    assert [m["text"] for m in transcript(server.address, token) if m["from"] == "parent"] == [
        "what is a 504 plan",
        "what is an iep",
    ]


def test_what_is_written_offline_is_sent_once_when_back(new_context: NewContext, server: Server) -> None:
    visitor = new_context(viewport=PHONE)
    page = opened(visitor.new_page(), server.address)
    visitor.set_offline(True)
    expect(page.locator("which-plan .status")).to_contain_text("You are offline")
    field(page).fill("what is an iep")
    field(page).press("Enter")
    expect(said(page).last).to_contain_text("Waiting to send")
    page.evaluate("localStorage.length")  # it is in the browser's storage, so closing the page loses nothing
    assert [item["text"] for item in stored(page)["outbox"]] == ["what is an iep"]
    visitor.set_offline(False)
    expect(replies(page).nth(1)).to_be_visible()
    expect(page.locator("which-plan .status [role=status]")).to_have_text("")
    mine = [m["text"] for m in transcript(server.address, stored(page)["token"]) if m["from"] == "parent"]
    assert mine == ["what is an iep"]


def test_an_answer_lost_on_the_way_is_not_asked_for_twice(page: Page, server: Server, line: Line) -> None:
    opened(page, line.address)
    line.swallow = True
    field(page).fill("what is an iep")
    field(page).press("Enter")
    page.wait_for_timeout(1200)
    line.mend()
    expect(replies(page).nth(1)).to_be_visible(timeout=20_000)
    messages = transcript(server.address, stored(page)["token"])
    assert [m["text"] for m in messages if m["from"] == "parent"] == ["what is an iep"]
    expect(replies(page)).to_have_count(sum(m["from"] == "assistant" for m in messages))


def test_delete_takes_the_talk_from_here_and_from_the_server(page: Page, server: Server) -> None:
    opened(page, server.address)
    says(page, "my daughter has anxiety")
    field(page).fill("half a sentence")
    token = stored(page)["token"]
    picks(page, "erase")
    page.locator("which-plan .confirm .erase").click()
    expect(page.locator("which-plan .talk")).to_contain_text("Deleted. Nothing of your talk is kept.")
    expect(page.locator("which-plan #menu-button")).to_be_focused()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "anxiety" not in kept
    assert "half a sentence" not in kept
    assert token not in kept
    answer = page.request.get(f"{server.address}/v1/messages", headers={"Authorization": f"Bearer {token}"})
    assert answer.status == 401


def test_delete_within_the_talk_leaves_nothing_in_this_browser_either(page: Page, server: Server) -> None:
    opened(page, server.address)
    says(page, "my daughter has anxiety")
    asked = says(page, "delete what i wrote")
    if asked.get_by_role("button", name="Delete what I wrote").count():  # the answer on privacy leads there
        asked = presses(page, "Delete what I wrote")
    asked.get_by_role("button", name="Yes, delete it").click()
    expect(page.locator("which-plan .talk")).to_contain_text("It is deleted")
    expect(said(page)).to_have_count(0)
    assert "anxiety" not in page.evaluate("JSON.stringify(localStorage)")
    says(page, "what is an iep")
    expect(said(page)).to_have_count(1)


def test_start_over_begins_a_new_talk(page: Page, server: Server) -> None:
    opened(page, server.address)
    says(page, "what is an iep")
    old = stored(page)["token"]
    picks(page, "startOver")
    page.locator("which-plan .confirm .startOver").click()
    expect(replies(page)).to_have_count(1)
    expect(said(page)).to_have_count(0)
    assert stored(page)["token"] != old


def test_the_talk_can_be_printed_and_saved(page: Page, server: Server) -> None:
    page.add_init_script("window.print = () => {};")
    opened(page, server.address)
    says(page, "what is an iep")
    with page.expect_download() as download:
        picks(page, "save")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == "which-plan-talk.txt"
    assert "You:\nwhat is an iep\n\nWhich Plan:\n" in text
    assert "\n\nSources:\n" in text
    assert "This answer is as of" in text
    assert "not legal advice" in text
    picks(page, "print")
    paper = page.frame_locator("which-plan iframe")
    expect(paper.locator("body")).to_contain_text("what is an iep")


def test_a_verdict_and_its_reason_reach_the_server(page: Page, server: Server) -> None:
    opened(page, server.address)
    reply = says(page, "what is an iep")
    with page.expect_response("**/v1/feedback") as sent:
        reply.get_by_role("button", name="This did not help").click()
    assert sent.value.status == 204
    reply.locator(".reason textarea").fill("Ms. Alvarez said something else")
    with page.expect_response("**/v1/feedback") as sent:
        reply.locator(".reason .button").click()
    assert sent.value.status == 204
    expect(reply).to_contain_text("Thank you.")
    expect(reply.locator('.thumbs [aria-pressed="true"]')).to_be_focused()


def test_an_answer_is_announced_once_in_its_words_and_moves_no_focus(page: Page, server: Server) -> None:
    opened(page, server.address)
    page.evaluate(
        """() => {
          window.heard = [];
          const root = document.querySelector('which-plan').shadowRoot;
          for (const region of root.querySelectorAll('[role=status]')) {
            new MutationObserver(() => {
              const words = region.textContent.replace(/\\s+/g, ' ').trim();
              if (words) window.heard.push(words);
            }).observe(region, { childList: true, subtree: true, characterData: true });
          }
        }"""
    )
    reply = says(page, "what is an iep")
    page.wait_for_timeout(300)
    heard = page.evaluate("window.heard")
    assert len(heard) == 1, heard
    assert reply.locator("h3").inner_text() in heard[0]
    assert "Below:" in heard[0]
    assert "You said" not in heard[0]
    assert len(heard[0].split()) < 120
    expect(page.locator("which-plan [role=log]")).to_have_attribute("aria-live", "off")
    expect(field(page)).to_be_focused()
    presses(page, reply.locator(".choice").first.inner_text())
    page.wait_for_timeout(300)
    assert len(page.evaluate("window.heard")) == 2


def test_in_danger_each_line_stands_by_itself(page: Page, server: Server) -> None:
    opened(page, server.address)
    reply = says(page, DANGER)
    told = transcript(server.address, stored(page)["token"])[-1]["text"]
    apart = [one for one in re.split(r"\n\s*\n|\n(?=- )", told) if not one.startswith("- ")]
    expect(reply.locator(".prose > p")).to_have_count(len(apart))
    expect(reply.locator(".prose li")).to_have_count(told.count("\n- "))


def test_no_cookie_and_no_third_party(new_context: NewContext, server: Server) -> None:
    visitor: BrowserContext = new_context()
    page = visitor.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, server.address)
    says(page, "what is the difference between a 504 and an iep")
    assert visitor.cookies() == []
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []
