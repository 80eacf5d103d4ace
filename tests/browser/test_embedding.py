"""A hostile page can not hurt the widget, the widget not the page, and no words become markup."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.host import Host
from tests.browser.server import Server
from tests.browser.talk import field, opened, replies, said, says

pytestmark = pytest.mark.needs("chromium")

PAYLOADS = (
    "<script>boom()</script>",
    "<img src=x onerror=boom()>",
    "<svg onload=boom()>",
    '"><iframe srcdoc="<script>parent.boom()</script>">',
    "[click](javascript:boom())",
    "[click](JaVaScRiPt:boom())",
    "[click](data:text/html,<script>boom()</script>)",
    "**<details open ontoggle=boom()>**",
    "- <input autofocus onfocus=boom()>",
    '[x](https://example.org/" onmouseover="boom())',
    "${boom()} {{boom()}} <!-- --><style>@import 'x'</style>",
    "<a href=' javascript:boom()'>x</a><math><mtext></p><img src=x onerror=boom()>",
)
HOSTILE = """
* { color: red !important; background: yellow !important; font: 40px/3 cursive !important; letter-spacing: 1em !important;
    text-transform: uppercase !important; float: left !important; padding: 3em !important; }
html { font-size: 5px; }
which-plan, which-plan * { display: none !important; opacity: 0 !important; transform: scale(0.1) !important;
    pointer-events: none !important; position: static !important; }
div, button, textarea, ol { visibility: hidden !important; display: inline !important; }
.panel, .talk, .launcher { width: 1px !important; }
"""
SEEN = """(selectors) => selectors.map((selector) => {
  const style = getComputedStyle(document.querySelector('which-plan').shadowRoot.querySelector(selector));
  return ['color', 'backgroundColor', 'fontFamily', 'fontSize', 'lineHeight', 'letterSpacing', 'textTransform',
    'display', 'visibility', 'opacity', 'width', 'paddingTop', 'cssFloat', 'pointerEvents'].map((name) => style[name]);
})"""
PARTS = [".launcher", ".panel", "#title", ".assistant .prose p", "#question", ".send", ".choice"]


def watch(page: Page) -> list[str]:
    """Return a list that fills when a payload comes to life."""
    alarms: list[str] = []
    page.expose_function("boom", lambda: alarms.append("boom"))
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    return alarms


def foreign(page: Page) -> list[str]:
    """Return what the widget never draws by itself."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelector('which-plan').shadowRoot.querySelectorAll('*')]
          .filter((e) => ['script', 'img', 'iframe', 'style', 'input', 'math'].includes(e.localName)
            || [...e.attributes].some((a) => a.name.startsWith('on'))
            || (e.href && !/^(https?|tel|mailto):/.test(e.href.baseVal ?? e.href)))
          .map((e) => e.outerHTML)"""
    )
    return found


def test_typed_payloads_stay_words(page: Page, server: Server) -> None:
    alarms = watch(page)
    opened(page, server.address)
    for count, payload in enumerate(PAYLOADS, 1):
        field(page).fill(payload)
        field(page).press("Enter")
        expect(replies(page).nth(count)).to_be_visible()
        expect(said(page).nth(count - 1).locator(".bubble")).to_have_text(payload)
    page.reload()
    expect(said(page)).to_have_count(len(PAYLOADS))
    assert foreign(page) == []
    assert alarms == []


def test_a_server_that_was_broken_into_can_not_put_markup_on_the_page(page: Page, server: Server) -> None:
    alarms = watch(page)

    def lies(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")
        wicked = PAYLOADS[int(sent["text"])]
        reply: dict[str, Any] = {
            "id": f"r{sent['text']}",
            "text": wicked,
            "more": wicked,
            "outcome": wicked,
            "answer": {"intent": wicked, "plan": wicked, "reviewed": wicked},
            "buttons": [{"title": wicked, "choice": wicked}],
            "sources": [
                {"title": wicked, "url": "javascript:boom()", "cite": wicked},
                {"title": "x", "url": wicked},
            ],
        }
        cards: list[dict[str, Any]] = [
            {"kind": "compare", "columns": [{"title": wicked, "points": [wicked]}]},
            {"kind": "contact", "role": wicked, "how": wicked, "say": wicked},
            {"kind": "booking", "when": wicked, "ics": "javascript:boom()"},
        ]
        route.fulfill(
            json={
                "replies": [
                    {**reply, "card": card, "id": f"{reply['id']}-{n}"} for n, card in enumerate(cards)
                ]
            }
        )

    opened(page, server.address)
    page.route("**/v1/messages", lies)
    for number in range(len(PAYLOADS)):
        before = replies(page).count()
        field(page).fill(str(number))
        field(page).press("Enter")
        expect(replies(page).nth(before + 2)).to_be_attached()
    for summary in replies(page).locator("summary").all():
        summary.click()
    page.wait_for_timeout(200)
    assert foreign(page) == []
    assert alarms == []


def test_a_hostile_style_sheet_changes_nothing_of_the_widget(
    abroad: Page, server: Server, host: Host
) -> None:
    looks = []
    for style in ("", HOSTILE):
        host.shows(server.address, style)
        opened(abroad, host.address)
        looks.append(abroad.evaluate(SEEN, PARTS))
        abroad.evaluate("localStorage.clear(); sessionStorage.clear()")
    assert looks[0] == looks[1]


def test_the_widget_changes_nothing_of_the_page(abroad: Page, server: Server, host: Host) -> None:
    page_style = "body { font: 17px Georgia; color: rgb(1, 2, 3); } .panel { color: rgb(4, 5, 6); } .button { float: right; }"
    seen = []
    for address in ("", server.address):
        host.shows(address, page_style)
        abroad.goto(host.address)
        if address:
            abroad.locator("which-plan .launcher").click()
            expect(replies(abroad).first).to_be_visible()
        seen.append(
            abroad.evaluate(
                """() => [...document.querySelectorAll('html, body, h1, .panel, .button')].map((element) => {
                  const style = getComputedStyle(element);
                  return [...style].filter((name) => !name.startsWith('--')).map((name) => style.getPropertyValue(name));
                })"""
            )
        )
        names = abroad.evaluate("Object.getOwnPropertyNames(window)")
        seen[-1].append([name for name in names if "which" in name.lower() or name == "lit"])
    assert seen[0] == seen[1]


def test_a_strict_policy_with_trusted_types_is_kept(abroad: Page, server: Server, host: Host) -> None:
    host.shows(
        server.address,
        policy=(
            f"default-src 'none'; script-src {server.address}; connect-src {server.address}; style-src 'self'; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
        ),
    )
    abroad.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective));"
        "window.print = () => {};"
    )
    opened(abroad, host.address)
    says(abroad, "what is the difference between a 504 and an iep")
    abroad.locator("which-plan #menu-button").click()
    abroad.locator("which-plan .menu .print").click()
    abroad.wait_for_timeout(200)
    assert abroad.evaluate("broken") == []


def test_a_site_that_is_not_allowed_gets_no_answer(abroad: Page, server: Server, host: Host) -> None:
    stranger = host.address.replace("127.0.0.1", "localhost")
    host.shows(server.address)
    abroad.goto(stranger)
    abroad.locator("which-plan .launcher").click()
    expect(abroad.locator("which-plan .status")).to_contain_text(
        "I can’t reach the assistant", timeout=10_000
    )
    expect(replies(abroad)).to_have_count(0)


def test_the_page_may_theme_open_and_listen(abroad: Page, server: Server, host: Host) -> None:
    host.shows(
        server.address,
        style="which-plan { --whichplan-accent: #7a1f3d; --whichplan-font-size: 120%; }",
        attributes='data-launcher="none" data-position="start"',
    )
    abroad.add_init_script(
        "window.told = []; for (const name of ['open', 'close', 'message']) "
        "addEventListener(`whichplan:${name}`, (e) => told.push([name, e.detail]));"
    )
    abroad.goto(host.address)
    expect(abroad.locator("which-plan .launcher")).to_have_count(0)
    abroad.evaluate("document.querySelector('which-plan').open()")
    says(abroad, "what is an iep")
    color = abroad.locator("which-plan .send").evaluate(
        "(e) => getComputedStyle(e).getPropertyValue('--whichplan-accent')"
    )
    assert color.strip() == "#7a1f3d"
    assert abroad.locator("which-plan .panel").bounding_box()["x"] < 100  # type: ignore[index]
    abroad.keyboard.press("Escape")
    told = abroad.evaluate("told")
    assert [name for name, _ in told] == ["open", "message", "message", "message", "close"]
    assert "iep" not in json.dumps(told).lower()


def test_it_stands_in_a_frame_of_an_allowed_site_and_of_no_other(
    abroad: Page, server: Server, host: Host
) -> None:
    frame = f'<!doctype html><title>A school</title><iframe src="{server.address}/embed" width="400" height="600"></iframe>'
    host.shows("")
    host.page = frame
    abroad.goto(host.address)
    inside = abroad.frame_locator("iframe")
    expect(inside.locator("which-plan li.assistant").first).to_be_visible()
    inside.locator("which-plan #question").fill("what is an iep")
    inside.locator("which-plan #question").press("Enter")
    expect(inside.locator("which-plan li.assistant").nth(1)).to_contain_text("IEP", timeout=20_000)
    assert inside.locator("which-plan .launcher").count() == 0
    abroad.goto(host.address.replace("127.0.0.1", "localhost"))
    abroad.wait_for_timeout(500)
    assert abroad.frame_locator("iframe").locator("which-plan").count() == 0


def test_a_page_of_its_own_is_the_chat_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/chat")
    expect(page.locator("which-plan li.assistant").first).to_be_visible()
    box = page.locator("which-plan .panel").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (1280, 800)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    expect(page.get_by_role("button", name="Close")).to_have_count(0)
    assert "X-Frame-Options" not in page.request.get(f"{server.address}/embed").headers
