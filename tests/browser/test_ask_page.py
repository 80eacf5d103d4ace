"""The plain page: everything a parent needs, with JavaScript off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.server import Server
from tests.browser.test_accessibility import violations_by_scheme
from tests.browser.test_embedding import PAYLOADS

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture
def plain(new_context: NewContext, server: Server) -> Page:
    """The page in a browser that runs no script."""
    page = new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(f"{server.address}/ask")
    return page


def asks(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def test_it_answers_with_sources_whom_to_ask_and_buttons(plain: Page) -> None:
    asks(plain, "my son has a 504 and his teacher isnt following it")
    expect(plain.locator(".said")).to_contain_text("isnt following it")
    reply = plain.locator(".reply").first
    expect(reply).to_contain_text("principal")
    expect(plain.locator(".reply").last).to_contain_text("Write to: School principal")
    reply.locator(".sources summary").click()
    expect(reply.locator(".sources")).to_contain_text("This answer is as of November")
    assert (reply.locator(".sources a").first.get_attribute("href") or "").startswith("https://")
    button = plain.locator(".reply .choices button").first
    title = button.inner_text()
    button.click()
    expect(plain.locator(".said").first).to_contain_text(title)
    plain.get_by_text("Earlier in this talk").click()
    expect(plain.locator(".earlier")).to_contain_text("isnt following it")


def test_the_talk_goes_on_from_page_to_page_without_a_cookie(plain: Page) -> None:
    asks(plain, "who do i call about my sons 504 plan")
    asks(plain, "and for an iep?")
    expect(plain.locator(".reply").first).to_contain_text("case manager")
    assert plain.context.cookies() == []
    assert "?" not in plain.url


def test_a_call_is_booked_once_even_when_the_page_is_sent_again(plain: Page, server: Server) -> None:
    for words in ("can i talk to someone", "Robin", "robin.plain@example.org"):
        asks(plain, words)
    plain.locator(".reply .choices button").first.click()
    asks(plain, "yes")
    expect(plain.locator(".reply .card")).to_contain_text("Your free call")
    plain.reload()
    expect(plain.locator(".reply .card")).to_contain_text("Your free call")
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Add to calendar").click()
    assert "BEGIN:VEVENT" in Path(download.value.path()).read_text(encoding="utf-8")
    plain.get_by_role("link", name="Start over").click()
    asks(plain, "what is an iep")
    expect(plain.locator(".reply").first).to_contain_text("IEP")


def test_delete_takes_everything(plain: Page, server: Server) -> None:
    asks(plain, "what is an iep")
    token = plain.locator("input[name=token]").first.input_value()
    plain.get_by_role("button", name="Delete what I wrote").click()
    expect(plain.get_by_role("status")).to_contain_text("Nothing of your talk is kept")
    answer = plain.request.get(f"{server.address}/v1/messages", headers={"Authorization": f"Bearer {token}"})
    assert answer.status == 401


def test_a_talk_that_ended_goes_on_as_a_new_one_and_says_so(plain: Page, server: Server) -> None:
    asks(plain, "what is an iep")
    token = plain.locator("input[name=token]").first.input_value()
    plain.request.delete(f"{server.address}/v1/conversations", headers={"Authorization": f"Bearer {token}"})
    asks(plain, "what is a 504 plan")
    expect(plain.locator(".reply").first).to_contain_text("504")
    expect(plain.locator(".notice")).to_contain_text("Your earlier talk has ended")


def test_too_much_at_once_keeps_the_words(plain: Page, server: Server) -> None:
    answer = plain.request.post(f"{server.address}/ask", form={"text": "and then " * 400})
    assert answer.status == 413
    assert "and then and then" in answer.text()
    assert "2,000 characters" in answer.text()


def test_payloads_stay_words_and_no_script_could_run(new_context: NewContext, server: Server) -> None:
    page = new_context().new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.expose_function("boom", lambda: alarms.append("boom"))
    page.goto(f"{server.address}/ask")
    for payload in PAYLOADS:
        asks(page, payload)
        expect(page.locator(".said").first).to_have_text(f"You said: {payload}")
    answer = page.request.post(
        f"{server.address}/ask", form={"text": "x", "token": '"><script>boom()</script>'}
    )
    assert "<script" not in answer.text()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert alarms == []


def test_axe_finds_nothing_on_it(new_context: NewContext, server: Server, axe: str, pictures: Path) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(f"{server.address}/ask")
    found = {}
    for step in (
        "",
        "what is the difference between a 504 plan and an iep",
        "who do i call about my sons 504 plan",
    ):
        if step:
            asks(page, step)
            page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        for scheme, lines in violations_by_scheme(page, axe).items():
            found[f"{step} {scheme}"] = lines
        page.screenshot(path=pictures / f"ask-{len(step)}-320.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert {look: lines for look, lines in found.items() if lines} == {}
