"""What a parent does with the widget, in a few words."""

from __future__ import annotations

import json
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect


def opened(page: Page, address: str) -> Page:
    """Open the demo page and the chat on it; return when the greeting is there."""
    page.goto(address)
    page.locator("which-plan .launcher").click()
    expect(replies(page).first).to_be_visible()
    return page


def replies(page: Page) -> Locator:
    return page.locator("which-plan .talk > ol > li.assistant")


def said(page: Page) -> Locator:
    return page.locator("which-plan .talk > ol > li.parent")


def field(page: Page) -> Locator:
    return page.locator("which-plan #question")


def says(page: Page, text: str) -> Locator:
    """Type a message, send it, wait for what is answered; return the last reply."""
    before = replies(page).count()
    field(page).fill(text)
    field(page).press("Enter")
    expect(replies(page).nth(before)).to_be_visible(timeout=20_000)
    expect(page.locator("which-plan .working")).to_have_count(0)
    return replies(page).nth(replies(page).count() - 1)


def presses(page: Page, title: str) -> Locator:
    """Press a button of the last reply by its title; return the last reply then."""
    before = replies(page).count()
    replies(page).last.get_by_role("button", name=title, exact=True).click()
    expect(replies(page).nth(before)).to_be_visible(timeout=20_000)
    return replies(page).nth(replies(page).count() - 1)


def picks(page: Page, command: str) -> None:
    """Choose from the menu."""
    page.locator("which-plan #menu-button").click()
    page.locator(f"which-plan .menu .{command}").click()


def stored(page: Page) -> dict[str, Any]:
    """Return the talk as this browser keeps it."""
    kept = page.evaluate(
        "Object.entries(localStorage).find(([key]) => key.startsWith('whichplan:talk:'))?.[1] ?? '{}'"
    )
    return dict(json.loads(kept))


def transcript(address: str, token: str) -> list[dict[str, Any]]:
    """Return the talk as the server keeps it."""
    answer = httpx.get(f"{address}/v1/messages", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["messages"])
