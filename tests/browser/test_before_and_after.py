"""The twelve defects of the first edition, each as it is now, drawn as w01.png to w12.png beside the other screenshots.

docs/build/widget-pictures.md shows each beside its picture of before, and names the tests that check it in full.
"""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.channels.slack.blocks import messages
from assistant.channels.slack.cards import card_blocks
from assistant.knowledge.library import library
from assistant.talk.answering import compose
from assistant.talk.understanding import Question
from tests.browser.conftest import NewContext
from tests.browser.server import Server
from tests.browser.stand_in import VIEWPORT, shows
from tests.browser.talk import field, opened, replies, says

pytestmark = pytest.mark.needs("chromium")

PHONE = {"width": 360, "height": 740}
BAR = (
    "<h1>Our school</h1><div style='position:fixed;z-index:2147483647;bottom:0;left:0;right:0;height:30vh;"
    "background:#333;color:#fff;padding:1em'>We use cookies. Accept?</div>"
)


@pytest.fixture
def bare(new_context: NewContext) -> Page:
    """A phone that has opened nothing yet."""
    return new_context(viewport=PHONE, timezone_id="America/Chicago").new_page()


@pytest.fixture
def phone(bare: Page, server: Server) -> Page:
    return opened(bare, server.address)


def top(one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return box["y"]


def test_01_the_words_to_copy_are_those_of_the_answer(phone: Page, pictures: Path) -> None:
    """All of them: tests/browser/test_as_seen.py."""
    reply = says(phone, "how do i ask for an evaluation")
    reply.locator(".write summary").click()
    expect(reply.locator("blockquote")).to_contain_text("Please evaluate")
    phone.screenshot(path=pictures / "w01.png")


def test_02_most_of_the_screen_is_the_answer(phone: Page, pictures: Path) -> None:
    """Every answer for every plan: tests/browser/test_answers.py."""
    reply = says(phone, "my son's teacher isn't following his 504 plan")
    assert reply.evaluate("(li) => li.getBoundingClientRect().height") <= 0.9 * PHONE["height"]
    expect(reply.locator("details[open]")).to_have_count(0)
    phone.screenshot(path=pictures / "w02.png")


def test_03_danger_while_offline_shows_whom_to_call(phone: Page, pictures: Path) -> None:
    """With the server down and at the first open as well: tests/browser/test_outage.py."""
    phone.context.set_offline(True)
    field(phone).fill("my son says he wants to kill himself")
    field(phone).press("Enter")
    expect(phone.locator("which-plan .status .lines a")).to_have_count(3)
    phone.screenshot(path=pictures / "w03.png")


def test_04_a_question_stands_with_its_buttons(phone: Page, pictures: Path) -> None:
    reply = says(phone, "what can i do if the school is not following the plan")
    expect(reply.locator(".ask + [role=group]")).to_be_visible()
    phone.screenshot(path=pictures / "w04.png")


def test_05_a_bar_of_the_page_does_not_cover_the_chat(bare: Page, pictures: Path) -> None:
    """Moved bodies, wide pages, dialogs, Back: tests/browser/test_hostile_pages.py."""
    shows(bare, BAR, VIEWPORT)
    bare.locator("which-plan .launcher").click()
    field(bare).click()
    expect(replies(bare).first).to_be_visible()
    bare.screenshot(path=pictures / "w05.png")


def test_06_two_questions_have_two_headings(phone: Page, pictures: Path) -> None:
    says(phone, "how long does the school have to evaluate and can i record the meeting")
    headings = phone.locator("which-plan li.assistant h3")
    expect(headings).to_have_count(2)
    assert any("record" in one for one in headings.all_inner_texts())
    phone.screenshot(path=pictures / "w06.png")


def test_07_sources_are_one_line_until_they_are_opened(phone: Page, pictures: Path) -> None:
    reply = says(phone, "how many days do they have to test my kid for an iep")
    sources = reply.locator(".sources")
    assert sources.get_attribute("open") is None
    sources.locator("summary").click()
    sources.scroll_into_view_if_needed()
    expect(sources).to_contain_text("as of")
    phone.screenshot(path=pictures / "w07.png")


def test_08_the_plans_are_compared_side_by_side(phone: Page, pictures: Path) -> None:
    """The rows: tests/browser/test_as_seen.py."""
    reply = says(phone, "what is the difference between a 504 and an iep")
    table = reply.get_by_role("table").first
    expect(table.get_by_role("columnheader")).to_have_text(["504 plan", "IEP"])
    for asked in reply.locator(".ask").all():
        assert top(table) < top(asked)  # what was asked for comes before what is asked back
    phone.screenshot(path=pictures / "w08.png")


def test_09_other_days_evenings_and_not_now_are_buttons(phone: Page, pictures: Path) -> None:
    """The call pages: tests/browser/test_call_pages.py."""
    for words in ("can i talk to someone", "Dana", "dana.twelve@example.org"):
        reply = says(phone, words)
    for name in ("Evenings", "Other days", "Not now"):
        expect(reply.get_by_role("button", name=name)).to_be_visible()
    phone.screenshot(path=pictures / "w09.png")


def test_10_slack_gets_the_table(bare: Page, pictures: Path) -> None:
    """The part of the message with the table, drawn without Slack. Each kind of card: tests/unit/channels/slack/test_cards.py."""
    said = compose(library(), Question("ask_difference", None), date(2026, 11, 30))
    text = "\n\n".join(one.text for one in messages(said, lambda _: "v", cards=card_blocks(said)))
    for row in ("For", "Inside", "Who leads", "If you disagree"):
        assert f"*{row}:* 504 plan: " in text
    table = text[text.index("*For:*") :]
    style = "<style>p { font: 15px/1.4 sans-serif; white-space: pre-wrap }</style>"
    bare.set_content(f"{style}<p>{escape(table, quote=False)}</p>")
    bare.screenshot(path=pictures / "w10.png")


def test_11_with_little_room_most_of_it_is_the_talk(new_context: NewContext, pictures: Path) -> None:
    bare = new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    shows(bare)
    bare.locator("which-plan .launcher").click()
    expect(replies(bare).first).to_be_visible()
    bare.set_viewport_size({"width": 360, "height": 360})
    field(bare).focus()
    expect(bare.locator("which-plan .panel.low")).to_be_visible()
    talk = bare.locator("which-plan .talk").bounding_box()
    assert talk
    assert talk["height"] > 0.6 * 360
    bare.screenshot(path=pictures / "w11.png")


def test_12_the_menu_leads_to_all_questions(phone: Page, server: Server, pictures: Path) -> None:
    """The pages, inline, in a frame: tests/browser/test_answer_pages.py and test_embedding.py."""
    phone.locator("which-plan #menu-button").click()
    link = phone.locator("which-plan .menu").get_by_role("link", name="All questions")
    assert link.get_attribute("href") == f"{server.address}/q"
    phone.screenshot(path=pictures / "w12.png")
