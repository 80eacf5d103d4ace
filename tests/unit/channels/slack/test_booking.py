"""What the form says of a call; the way to it is played in test_channel.py."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.booking import Booked, Contact, Refused, Why
from assistant.booking import said as told
from assistant.channels.slack.booking import _booked


@pytest.fixture(autouse=True)
def _half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "consultation", lambda: SimpleNamespace(minutes=30, open_calls_an_email=2))
    monkeypatch.setattr(told, "whom_to_write", lambda: "hello@example.org")


def said(result: Any, **contact: str) -> str:
    return _booked(result, SimpleNamespace(contact=Contact(**contact)))  # type: ignore[arg-type]


def test_a_booked_call_is_said_with_time_length_and_where_the_invitation_goes() -> None:
    call = Booked(SimpleNamespace(when="Tuesday, December 1 at 9 AM"))  # type: ignore[arg-type]
    text = said(call, email="pat@example.org")
    assert all(part in text for part in ("Tuesday, December 1 at 9 AM", "30 minutes", "pat@example.org"))
    assert "We call you at" in said(call, phone="+12065550100")


def test_too_many_open_calls_are_said_with_their_number() -> None:
    text = said(Refused(Why.TOO_MANY_OPEN), email="pat@example.org")
    assert "2 open calls" in text and "hello@example.org" in text
