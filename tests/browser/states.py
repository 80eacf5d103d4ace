"""The states that a parent can find the widget in, each reached by talking with the real assistant."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.talk import field, opened, picks, presses, replies, says

DANGER = "i want to hurt myself"


def _closed(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("which-plan .launcher")).to_be_visible()


def _menu(page: Page, address: str) -> None:
    opened(page, address)
    page.locator("which-plan #menu-button").click()


def _answer(page: Page, address: str) -> None:
    opened(page, address)
    reply = says(page, "the school is not following my sons 504 plan")
    for summary in reply.locator("summary").all():
        summary.click()


def _comparison(page: Page, address: str) -> None:
    opened(page, address)
    says(page, "what is the difference between a 504 plan and an iep")


def _contact(page: Page, address: str) -> None:
    opened(page, address)
    reply = says(page, "who do i call about my daughters iep")
    reply.locator(".write summary").click()
    expect(reply.locator(".write blockquote")).to_be_visible()


def _times(page: Page, address: str) -> None:
    opened(page, address)
    says(page, "can i talk to someone")
    says(page, "Dana")
    says(page, "dana@example.org")


def _booked(page: Page, address: str) -> None:
    opened(page, address)
    says(page, "can i talk to someone")
    says(page, "Dana")
    reply = says(page, "dana@example.org")
    time = reply.locator(".choice[aria-label]").last.get_attribute("aria-label")
    presses(page, str(time))
    while not replies(page).last.locator(".card.booking").count():
        says(page, "yes")


def _danger(page: Page, address: str) -> None:
    opened(page, address)
    expect(says(page, DANGER)).to_contain_text("988")


def _confirm(page: Page, address: str) -> None:
    opened(page, address)
    picks(page, "erase")


def _offline(page: Page, address: str) -> None:
    opened(page, address)
    page.context.set_offline(True)
    field(page).fill("what is an iep")
    field(page).press("Enter")
    expect(page.locator("which-plan .state")).to_be_visible()


def _letter(page: Page, address: str) -> None:
    opened(page, address)
    says(page, "please write the letter that asks for the school records")
    presses(page, "Skip")
    reply = presses(page, "Skip")
    expect(reply.locator(".card.letter mark").first).to_be_visible()
    for summary in reply.locator("summary").all():
        summary.click()


def _spanish(page: Page, address: str) -> None:
    opened(page, address)
    for words in (
        "hola, mi hijo tiene un iep y la escuela no lo sigue",
        "quiero hablar con alguien",
        "Marisol",
    ):
        says(page, words)
    reply = says(page, "marisol@example.org")
    expect(reply).to_have_attribute("lang", "es")
    expect(reply.locator(".day").first).to_be_visible()
    expect(field(page)).to_have_attribute("placeholder", "Día y hora: el martes después de las 3")


def _verdict(page: Page, address: str) -> None:
    opened(page, address)
    says(page, "what is an iep").get_by_role("button", name="This did not help").click()
    expect(page.locator("which-plan .reason")).to_be_visible()


def _too_long(page: Page, address: str) -> None:
    opened(page, address)
    reply = says(page, "can my child get an iep for adhd")
    reply.locator(".choice").first.click()
    expect(replies(page).nth(2)).to_be_visible()
    field(page).fill("and then she said no " * 100)


STATES: dict[str, Callable[[Page, str], None]] = {
    "closed": _closed,
    "menu": _menu,
    "answer": _answer,
    "comparison": _comparison,
    "contact": _contact,
    "times": _times,
    "booked": _booked,
    "danger": _danger,
    "confirm": _confirm,
    "letter": _letter,
    "spanish": _spanish,
    "offline": _offline,
    "verdict": _verdict,
    "too-long": _too_long,
}
