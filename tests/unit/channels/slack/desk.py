"""A booking desk for the tests of Slack."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.booking import Contact
from assistant.booking.desk import shared
from assistant.clock import set_clock

WORKDAY = datetime(2026, 11, 24, 18, tzinfo=UTC)
"""A Tuesday at ten in Los Angeles."""


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """A booking desk of its own, on a workday."""
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    shared.close_desk()
    set_clock(lambda: WORKDAY)
    yield shared.open_desk()
    shared.close_desk()
    set_clock(None)


def shared_contact():
    return Contact("Tasha Reyes", "tasha@example.com")
