"""What hurt parents in the first edition, each seen to be mended in the real chat on a phone, with its picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.server import Server
from tests.browser.states import DANGER
from tests.browser.talk import opened, picks, replies, says

pytestmark = pytest.mark.needs("chromium")

PHONE = {"width": 360, "height": 740}
TWO = "how long do they have to answer my request for an iep evaluation and can i record the meeting"
NOTES = re.compile(r"\bPractice\b|Founding article|\b[\w-]+\.(com|org)\b|\w_\w")
CLAIMS = re.compile(r"My child has an? |I wrote |I (?:have )?asked (?:on|before|you)|is not solved")
"""What words to send may say only where the parent said it."""
# Of an element and all in it: how far the farthest of it stands out of the chat, in pixels.
BEYOND = """(li) => {
  const edge = li.closest('.talk').getBoundingClientRect().right;
  return Math.max(...[...li.querySelectorAll('*')].filter((one) => one.getClientRects().length && !one.closest('.away'))
    .map((one) => one.getBoundingClientRect().right - edge));
}"""


@pytest.fixture
def phone(new_context: NewContext, server: Server) -> Page:
    return opened(new_context(viewport=PHONE).new_page(), server.address)


def new_replies(page: Page, words: str) -> list[Locator]:
    """Say something; return all that is answered."""
    before = replies(page).count()
    says(page, words)
    return [replies(page).nth(at) for at in range(before, replies(page).count())]


def test_words_to_send_claim_nothing_that_was_not_told(phone: Page, pictures: Path) -> None:
    for asked in (
        "who do i call about getting an IEP for my daughter",
        "does my kid with good grades qualify",
        "we are moving to texas",
        "how do i ask for an evaluation",
    ):
        for reply in new_replies(phone, asked):
            assert reply.locator("blockquote").count() <= 1, asked
            for one in reply.locator("blockquote").all():
                assert not CLAIMS.search(one.text_content() or ""), (asked, one.text_content())
    words = replies(phone).last.locator(".write")
    words.locator("summary").click()
    assert "valuation" in words.locator("blockquote").inner_text()
    phone.screenshot(path=pictures / "seen-words-to-send.png")


def test_two_questions_are_read_apart_and_the_one_that_asks_comes_last_with_its_buttons(
    phone: Page, pictures: Path
) -> None:
    answers = new_replies(phone, TWO)
    headings = [answer.locator("h3").all_inner_texts() for answer in answers]
    assert [len(one) for one in headings] == [1, 1], headings
    assert any("record" in one[0] for one in headings) and any("How many days" in one[0] for one in headings)
    for answer in answers:
        first = answer.locator(":scope > *:not(.away)").first
        assert first.evaluate("(one) => one.localName") == "h3"
        expect(answer.locator(".foot .sources")).to_have_count(1)
        expect(answer.locator(".thumbs [aria-pressed]")).to_have_count(2)
        box = answer.bounding_box()
        assert box and box["height"] <= 0.9 * PHONE["height"], box
    assert [answer.locator(".ask").count() for answer in answers] == [0, 1]
    asked = answers[1].locator(".ask").inner_text()
    group = answers[1].locator(".ask + [role=group]")
    assert group.get_attribute("aria-label") == asked
    assert group.get_by_role("button").count() > 1
    spoken = phone.locator("which-plan .panel > [role=status]").inner_text()
    assert [spoken.count(one[0]) for one in headings] == [1, 1]
    phone.screenshot(path=pictures / "seen-two-questions.png")


def test_the_plan_question_stands_right_above_its_buttons(phone: Page, pictures: Path) -> None:
    answer = new_replies(phone, "what can i do if the school is not following the plan")[-1]
    ask, group = answer.locator(".ask"), answer.locator(".ask + [role=group]")
    expect(group).to_be_visible()
    above, below = ask.bounding_box(), group.bounding_box()
    assert above and below and 0 <= below["y"] - above["y"] - above["height"] <= 16, (above, below)
    phone.screenshot(path=pictures / "seen-question-and-buttons.png")


def test_sources_are_for_parents_and_nothing_is_cut(phone: Page, pictures: Path) -> None:
    answer = new_replies(phone, "the school is not following my sons 504 plan")[-1]
    answer.locator(".sources summary").click()
    assert not NOTES.search(answer.locator(".sources").inner_text())
    expect(answer.locator(".sources > p")).to_contain_text("as of")
    assert answer.evaluate(BEYOND) <= 0
    phone.screenshot(path=pictures / "seen-sources.png")
    danger = new_replies(phone, DANGER)[-1]
    danger.locator(".sources summary").click()
    assert danger.evaluate(BEYOND) <= 0
    phone.screenshot(path=pictures / "seen-danger-sources.png")


def test_the_two_plans_are_compared_row_by_row(phone: Page, pictures: Path) -> None:
    phone.evaluate("window.print = () => {}")
    answer = new_replies(phone, "what is the difference between a 504 plan and an iep")[-1]
    table = answer.get_by_role("table").first
    assert table.get_by_role("columnheader").all_inner_texts() == ["504 plan", "IEP"]
    heads = table.get_by_role("rowheader").all_inner_texts()
    assert len(heads) == 4
    for row in table.locator("tbody tr").all():
        left, right = (cell.bounding_box() for cell in row.get_by_role("cell").all())
        assert left and right and left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    phone.screenshot(path=pictures / "seen-comparison.png")
    answer.locator(".compare summary").click()
    rows = answer.get_by_role("rowheader").count()
    assert rows >= 8
    picks(phone, "print")
    paper = phone.frame_locator("which-plan iframe").locator("table")
    expect(paper.locator("tr")).to_have_count(rows + 1)


def test_the_field_helps_with_what_the_booking_asks(phone: Page, pictures: Path) -> None:
    field = phone.locator("which-plan #question")

    def helps() -> list[str | None]:
        return [field.get_attribute(name) for name in ("placeholder", "autocomplete", "inputmode")]

    assert helps()[0] == "Type your question"
    says(phone, "can i talk to someone")
    assert helps()[:2] == ["Your first name", "given-name"]
    says(phone, "Dana")
    assert helps()[0] == "Email or phone number"
    times = says(phone, "dana.seen@example.org")
    assert helps()[0] == "A day and time, such as Tuesday after 3"
    days = times.locator(".day").all_inner_texts()
    assert len(days) == len(set(days)) >= 1  # late in a day all that is free may be of one day
    for button in ("Other days", "Evenings", "Not now"):
        expect(times.get_by_role("button", name=re.compile(button, re.IGNORECASE)).first).to_be_visible()
    phone.screenshot(path=pictures / "seen-times.png")


def test_what_is_asked_after_a_thumb_down_is_seen_at_once(phone: Page, pictures: Path) -> None:
    answer = new_replies(phone, "what is an iep")[-1]
    answer.get_by_role("button", name="This did not help").click()
    send = answer.locator(".reason .button").first
    expect(send).to_be_in_viewport(ratio=1)
    talk, button = phone.locator("which-plan .talk").bounding_box(), send.bounding_box()
    assert talk and button and button["y"] + button["height"] <= talk["y"] + talk["height"], (talk, button)
    phone.screenshot(path=pictures / "seen-reason.png")
