"""What a test of booking starts with; a folder's conftest.py imports the fixtures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.booking import Booking, Consultation, load_consultation
from assistant.settings import Settings
from tests.booking_world import CONTENT, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def content(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small consultation.yml, with some of its text replaced."""

    def write(*replacements: tuple[str, str]) -> Path:
        text = CONTENT
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "consultation.yml"
        path.write_text(text)
        return path

    return write


@pytest.fixture
def consultation(content: Callable[..., Path]) -> Consultation:
    return load_consultation(content(), {})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var", secret=b"s" * 32, public_url="https://plan.example.org")


@pytest.fixture
def desk(consultation: Consultation, settings: Settings, clock: Clock) -> Iterator[Booking]:
    desk = Booking.open(consultation, settings, clock=clock)
    yield desk
    desk.close()
