"""One real assistant and one Chromium for all browser tests."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.host import Host
from tests.browser.line import Line
from tests.browser.server import TOP, Server
from tests.conftest import program

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

NewContext = Callable[..., BrowserContext]
_visitors = itertools.count(1)


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    page = Host()
    yield page
    page.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Server]:
    """The assistant, which the page of `host` may embed."""
    running = Server(tmp_path_factory.mktemp("assistant"), WHICHPLAN_ORIGINS=host.address)
    yield running
    running.stop()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    between = Line(server.port)
    yield between
    between.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # not for the session: while it is open, no test elsewhere could run an event loop
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Make visitors, each with an address of its own, so that none uses up another's messages a minute."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        place = next(_visitors)
        address = {"X-Forwarded-For": f"10.1.{place // 250}.{place % 250 + 1}"}
        context = browser.new_context(
            **{"viewport": DESKTOP, "extra_http_headers": address, "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def abroad(new_context: NewContext) -> Page:
    """Visit other origins: a header that a test adds would need the server's leave there."""
    return new_context(extra_http_headers={}).new_page()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe-core: that of widget/, which is the newer one, or else the one of the locked packages."""
    built = TOP / "widget" / "node_modules" / "axe-core" / "axe.min.js"
    brought = files("axe_playwright_python") / "axe.min.js"
    return (built if built.exists() else brought).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots go: kept by CI, never committed."""
    folder = TOP / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
