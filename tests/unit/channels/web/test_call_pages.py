"""The pages behind the links of an invitation: looking changes nothing, one press does, nothing but name and time shows."""

from __future__ import annotations

import asyncio
import itertools
import re
import threading
from collections.abc import AsyncIterator, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import httpx
import pytest
from sanic import Blueprint, Sanic
from sanic.request import Request

from assistant.booking import Booked, Booking, Call, Contact, Held, Purpose
from assistant.booking.calls.tables import calls
from assistant.booking.desk import shared
from assistant.channels.http import protect
from assistant.channels.web import call_pages
from assistant.channels.web.call_pages import add_call_pages
from assistant.serve.strict_http import StrictProtocol
from assistant.settings import Settings
from tests.booking_world import DANA, SEATTLE, Clock, book, deliver
from tests.ports import free_port
from tests.slack_serving import _touch_up


async def no_limit(request: Request) -> None:
    """The pages count by themselves."""


class Site:
    """The pages, served by a thread of their own: Sanic prepares its code only once a process."""

    def __init__(self, settings: Settings) -> None:
        self.port, self.visitors, self.settings = free_port(), itertools.count(), settings
        self.visitor = ""
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        assert self._up.wait(30)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = Sanic("call_pages", configure_logging=False)
        routes = Blueprint("pages")
        add_call_pages(routes, SimpleNamespace(address=lambda request: self.visitor), self.settings)
        app.blueprint(routes)
        protect(app, self.settings, no_limit)

        async def start() -> None:
            server: Any = await app.create_server(
                "127.0.0.1",
                self.port,
                return_asyncio_server=True,
                access_log=False,
                protocol=StrictProtocol,
            )
            with mock.patch("sanic.app.TouchUp.run", _touch_up):
                await server.startup()
            self._up.set()

        self._loop.create_task(start())
        self._loop.run_forever()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(Settings(data=tmp_path_factory.mktemp("site"), secret=b"s" * 32))
    yield site
    site.stop()


@pytest.fixture
async def browser(
    site: Site, desk: Booking, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setattr(shared, "_desk", lambda: desk)
    site.visitor = f"visitor {next(site.visitors)}"
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{site.port}", timeout=20) as client:
        yield client


def link(desk: Booking, call: Call, purpose: Purpose) -> str:
    return f"/call/{'move' if purpose is Purpose.MOVE else 'cancel'}/{desk.by_link.token(call, purpose)}"


async def test_looking_at_a_page_changes_nothing(browser: httpx.AsyncClient, desk: Booking) -> None:
    call = await book(desk)
    for purpose in (Purpose.MOVE, Purpose.CANCEL):
        for method in ("GET", "HEAD", "GET"):
            await browser.request(method, link(desk, call, purpose))
    assert (await desk.upcoming("talk"))[0] == call


async def test_a_mail_scanner_that_asks_for_the_head_gets_the_head_and_changes_nothing(
    browser: httpx.AsyncClient, desk: Booking
) -> None:
    """Answered 405, a scanner took the link for a dead one."""
    call = await book(desk)
    for purpose in (Purpose.MOVE, Purpose.CANCEL):
        address = link(desk, call, purpose)
        page, head = await browser.get(address), await browser.head(address)
        assert head.status_code == page.status_code == 200
        assert head.content == b"" and head.headers["content-length"] == page.headers["content-length"]
        assert head.headers["content-type"] == page.headers["content-type"]
    assert (await browser.head("/call/move/nonsense")).status_code == 404
    assert (await desk.upcoming("talk"))[0] == call


async def test_a_page_shows_first_name_and_time_and_nothing_else(
    browser: httpx.AsyncClient, desk: Booking
) -> None:
    call = await book(desk)
    for purpose in (Purpose.MOVE, Purpose.CANCEL):
        page = (await browser.get(link(desk, call, purpose))).text
        assert "Dana" in page and "Tuesday, November 24 at 9:00 AM Pacific time" in page
        assert "Reyes" not in page and "dana@" not in page


async def test_one_press_moves_the_call(browser: httpx.AsyncClient, desk: Booking) -> None:
    call = await book(desk)
    address = link(desk, call, Purpose.MOVE)
    times = re.findall(r'name="opening" value="([^"]+)"', (await browser.get(address)).text)
    assert len(times) > 10
    assert call.opening.id not in times
    page = await browser.post(address, data={"opening": times[3]})
    assert page.status_code == 200 and "Your call is moved" in page.text
    (moved,) = await desk.upcoming("talk")
    assert moved.opening.id == times[3]
    again = await browser.post(address, data={"opening": times[3]})
    assert again.status_code == 200, "a thumb presses twice"
    other = await browser.post(address, data={"opening": times[4]})
    assert other.status_code == 409 and "newest email" in other.text


async def test_one_press_cancels_the_call(browser: httpx.AsyncClient, desk: Booking) -> None:
    call = await book(desk)
    address = link(desk, call, Purpose.CANCEL)
    page = await browser.post(address)
    assert page.status_code == 200 and "canceled" in page.text
    assert await desk.upcoming("talk") == ()
    assert (await browser.get(address)).status_code == 409


async def test_who_booked_in_spanish_reads_the_pages_in_spanish(
    browser: httpx.AsyncClient, desk: Booking
) -> None:
    held = await desk.hold((await desk.openings(SEATTLE, limit=50))[0], "talk")
    assert isinstance(held, Held)
    booked = await desk.confirm(held, DANA, conversation="talk", zone=SEATTLE, key="es", language="es")
    assert isinstance(booked, Booked)
    call = booked.call
    pages = [await browser.get(link(desk, call, purpose)) for purpose in (Purpose.MOVE, Purpose.CANCEL)]
    pages.append(await browser.post(link(desk, call, Purpose.CANCEL)))
    for page in pages:
        assert '<html lang="es">' in page.text and "su llamada" in page.text.lower()
        assert "el martes 24 de noviembre" in page.text
        assert not re.search(r"Your|Tuesday|Cancel the|Move", page.text)
    assert (await desk.upcoming("talk")) == ()


async def test_who_wants_to_cancel_may_move_instead(browser: httpx.AsyncClient, desk: Booking) -> None:
    call = await book(desk)
    page = await browser.get(link(desk, call, Purpose.CANCEL))
    found = re.search(r'href="(/call/move/[^"]+)"', page.text)
    assert found
    assert 'type="radio"' in (await browser.get(found[1])).text
    assert await desk.upcoming("talk") == (call,)  # looking changes nothing


async def test_a_time_that_was_taken_shows_the_others(browser: httpx.AsyncClient, desk: Booking) -> None:
    call = await book(desk)
    taken = await book(desk, "other", place=2)
    page = await browser.post(link(desk, call, Purpose.MOVE), data={"opening": taken.opening.id})
    assert page.status_code == 409 and "just taken" in page.text
    assert 'type="radio"' in page.text


async def test_without_a_time_the_page_asks_for_one(browser: httpx.AsyncClient, desk: Booking) -> None:
    page = await browser.post(link(desk, await book(desk), Purpose.MOVE), data={})
    assert page.status_code == 400 and "pick a time" in page.text


@pytest.mark.parametrize("token", ["x", "a.b", "%3Cscript%3E", "A" * 300])
async def test_a_wrong_link_says_so_in_words(browser: httpx.AsyncClient, token: str) -> None:
    page = await browser.get(f"/call/move/{token}")
    assert page.status_code == 404
    assert "open it again from your email" in page.text and "<script" not in page.text


async def test_an_old_link_says_so(browser: httpx.AsyncClient, desk: Booking, clock: Clock) -> None:
    call = await book(desk)
    address = link(desk, call, Purpose.CANCEL)
    clock.now = call.start
    assert (await browser.get(address)).status_code == 410


async def test_a_name_is_text_and_never_markup(browser: httpx.AsyncClient, desk: Booking) -> None:
    call = await book(desk, person=Contact("<b>Dana", "dana@example.org"))
    page = (await browser.get(link(desk, call, Purpose.CANCEL))).text
    assert "&lt;b&gt;Dana" in page


async def test_no_script_may_run_and_the_address_stays_here(
    browser: httpx.AsyncClient, desk: Booking
) -> None:
    page = await browser.get(link(desk, await book(desk), Purpose.MOVE))
    policy = page.headers["content-security-policy"]
    assert (
        "default-src 'none'" in policy and "script-src" not in policy and "frame-ancestors 'none'" in policy
    )
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text and "style=" not in page.text
    assert (await browser.get("/call.css")).status_code == 200


async def test_hammering_is_slowed_down(browser: httpx.AsyncClient) -> None:
    codes = [
        (await browser.get("/call/cancel/x")).status_code for _ in range(call_pages.ADDRESS_PER_MINUTE + 1)
    ]
    assert codes[-1] == 429 and set(codes[:-1]) == {404}


async def test_the_links_of_the_mail_open_the_pages(
    browser: httpx.AsyncClient, desk: Booking, tmp_path: Path
) -> None:
    await book(desk)
    await deliver(desk)
    texts = [
        message_from_bytes(mail.read_bytes(), policy=default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
        for mail in (tmp_path / "var" / "outbox").glob("*.eml")
    ]
    links = [found for text in texts for found in re.findall(r"https://plan\.example\.org(/call/\S+)", text)]
    assert len(links) == 2
    for one in links:
        assert (await browser.get(one)).status_code == 200


async def test_a_press_on_the_first_link_says_that_the_call_is_theirs(
    desk: Booking, browser: httpx.AsyncClient
) -> None:
    held = await desk.hold((await desk.openings(SEATTLE))[0], "talk", address="203.0.113.8")
    assert isinstance(held, Held)
    booked = await desk.confirm(held, DANA, conversation="talk", zone=SEATTLE, key="1")
    assert isinstance(booked, Booked)
    path = f"/call/keep/{desk.by_link.token(booked.call, Purpose.KEEP)}"

    def proof() -> str | None:
        with desk._database.reading() as rows:
            found: str | None = rows.execute(calls.select().where(calls.c.id == booked.call.id)).one().proof
        return found

    page = await browser.get(path)
    assert page.status_code == 200 and "I will be there" in page.text
    assert proof() == "none"  # mail scanners open every link
    for _ in range(2):
        assert "See you on" in (await browser.post(path)).text
    assert proof() == "link"
    await desk.cancel(booked.call.id, conversation="talk")
    assert (await browser.post(path)).status_code in (404, 409)
