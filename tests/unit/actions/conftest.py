from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import clock as assistant_clock
from assistant.booking import Booking, load_consultation
from assistant.booking.desk import shared
from assistant.settings import Settings
from tests.booking_world import CONTENT, Clock
from tests.form_talk import FormTalk


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    assistant_clock.set_clock(clock)
    yield clock
    assistant_clock.set_clock(None)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Booking]:
    """The process's desk, replaced by one of the test's own."""
    path = tmp_path / "consultation.yml"
    path.write_text(CONTENT.replace("tries_an_hour: 10", "tries_an_hour: 40"))
    consultation = load_consultation(path, {})
    desk = Booking.open(consultation, Settings(data=tmp_path / "var", secret=b"s" * 32), clock=clock)
    monkeypatch.setattr(shared, "_desk", lambda: desk)
    for module in ("actions.book.ask", "actions.book.form", "actions.book.offer", "assistant.booking.said"):
        monkeypatch.setattr(f"{module}.consultation", lambda: consultation)
    yield desk
    desk.close()


@pytest.fixture
def talk(desk: Booking) -> Callable[..., FormTalk]:
    return FormTalk
