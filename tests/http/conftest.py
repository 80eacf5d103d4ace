"""One assistant for all tests of the HTTP channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.http.world import Parent, Server
from tests.ports import free_port

SITE = "https://school.example.org"
"""The website that may embed the widget."""
SECRET = "a secret that must never stand in a log 0123456789"


class Letters(Message):
    """A mail server that keeps nothing."""

    def handle_message(self, message: object) -> None:
        pass


@pytest.fixture(scope="session")
def mail_url() -> Iterator[str]:
    controller = Controller(Letters(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, mail_url: str) -> Iterator[Server]:
    running = Server(
        tmp_path_factory.mktemp("http") / "data",
        WHICHPLAN_ORIGINS=SITE,
        WHICHPLAN_SMTP_URL=mail_url,
        WHICHPLAN_SECRET=SECRET,
    )
    yield running
    running.stop()


@pytest.fixture
def parent(server: Server) -> Parent:
    return Parent(server)


@pytest.fixture
def new_parent(server: Server) -> Callable[..., Parent]:
    return lambda **how: Parent(server, **how)
