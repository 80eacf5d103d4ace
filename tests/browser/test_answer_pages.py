"""All questions, and a page for each answer: with JavaScript off, and better with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.server import Server
from tests.browser.talk import opened, replies, said, says
from tests.browser.test_accessibility import violations_by_scheme

pytestmark = pytest.mark.needs("chromium")

PHONE = {"width": 360, "height": 740}
POINT = "/q/ask_timeline/days_to_test"


def test_without_javascript_a_question_is_found_read_and_asked_on(
    new_context: NewContext, server: Server
) -> None:
    page = new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(f"{server.address}/q")
    page.get_by_label("Search the questions").fill("record meeting")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="May I record the meeting?").click()
    expect(page.locator("h1")).to_have_text("May I record the meeting?")
    page.get_by_label("State").select_option("Texas")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".reply")).to_contain_text("Texas lets a person")
    page.get_by_role("button", name="Ask about your own case").click()
    expect(page.locator(".said")).to_contain_text("May I record the meeting?")
    expect(page.locator(".reply").first).to_contain_text("record")


def test_what_is_typed_is_found_at_once(new_context: NewContext, server: Server) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"{server.address}/q")
    page.get_by_label("Search the questions").press_sequentially("record meeting")
    expect(page.locator("#found .questions").first).to_contain_text("May I record the meeting?")
    expect(page.locator("#found details")).to_have_count(0)


def test_a_page_opens_the_chat_with_its_question(new_context: NewContext, server: Server) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(server.address + POINT)
    page.get_by_role("link", name="in the chat").click()
    expect(said(page).last).to_contain_text("How long may the testing take?")
    expect(replies(page).last).to_contain_text("60 days", timeout=20_000)


def test_an_address_with_a_question_opens_the_chat_with_it_once(
    new_context: NewContext, server: Server
) -> None:
    page = new_context().new_page()
    page.goto(f"{server.address}/#ask=what%20is%20an%20iep")
    expect(said(page)).to_have_count(1)
    expect(said(page).last).to_contain_text("what is an iep")
    assert "#" not in page.url
    page.reload()
    expect(said(page)).to_have_count(1)


def test_a_link_to_an_answer_can_be_copied_and_leads_there(new_context: NewContext, server: Server) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), server.address)
    reply = says(page, "how many days do they have to test my kid for an iep")
    heading = reply.locator("h3").inner_text()
    reply.get_by_role("button", name="Copy a link to this answer").click()
    expect(reply.get_by_role("button", name="Link copied")).to_be_visible()
    expect(page.locator("which-plan .status [role=status]")).to_contain_text("Link copied")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator("h1")).to_have_text(heading)


def test_axe_finds_nothing_and_nothing_is_cut_off(
    new_context: NewContext, server: Server, axe: str, pictures: Path
) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    found = {}
    for name, path in {
        "all": "/q",
        "search": "/q?q=suspension",
        "topic": "/q/ask_difference",
        "answer": f"{POINT}?plan=iep&state=TX",
        "words": "/q/ask_timeline/consent_form_missing",
        "none": "/q/ask_nothing/at_all",
        "spanish": "/es",
        "chat": "/chat",
        "privacy": "/privacy",
    }.items():
        page.goto(server.address + path)
        for scheme, lines in violations_by_scheme(page, axe).items():
            found[f"{name} {scheme}"] = lines
        page.screenshot(path=pictures / f"page-{name}-320.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert {look: lines for look, lines in found.items() if lines} == {}


def test_the_chats_menu_leads_to_all_questions(new_context: NewContext, server: Server) -> None:
    page = opened(new_context(viewport=PHONE).new_page(), server.address)
    page.locator("which-plan #menu-button").click()
    with page.context.expect_page() as beside:  # the talk stays where it is
        page.locator("which-plan .menu").get_by_role("link", name="All questions").click()
    expect(beside.value.locator("h1")).to_have_text("All questions")
    assert beside.value.url == f"{server.address}/q"
