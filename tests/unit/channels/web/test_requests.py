from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels.http import Refused
from assistant.channels.web.requests import json_object, seconds_of, shown_text, zone_of


def request(body: bytes, kind: str = "application/json; charset=utf-8") -> Any:
    return SimpleNamespace(body=body, headers={"content-type": kind})


def test_an_object_is_read() -> None:
    assert json_object(request(b'{"text": "hi"}')) == {"text": "hi"}
    assert json_object(request(b""), required=False) == {}


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{" * 70_000, "application/json", "too_large"),
        (b"{}", "text/plain", "not_json"),
        (b"", "application/json", "bad_json"),
        (b"[" * 50_000, "application/json", "bad_json"),
        (b"[1]", "application/json", "bad_json"),
        (b'{"a": 1, "a": 2}', "application/json", "bad_json"),
    ],
)
def test_what_is_no_object_is_refused(body: bytes, kind: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        json_object(request(body, kind))
    assert refused.value.code == code


@pytest.mark.parametrize(("written", "seconds"), [(None, 0), ("3.5", 3.5), ("900", 25)])
def test_a_wait_is_read(written: str | None, seconds: float) -> None:
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("written", ["", "nan", "inf", "soon"])
def test_a_wait_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        seconds_of(written)


def test_a_zone_that_there_is_not_is_none() -> None:
    assert zone_of("America/Denver") == "America/Denver"
    assert zone_of("America/Nowhere") == zone_of(7) == ""


@pytest.mark.parametrize(("text", "code"), [(7, "bad_message"), ("  ", "empty"), ("a" * 2001, "too_long")])
async def test_a_text_that_can_not_be_shown_is_refused(text: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        await shown_text(text)
    assert refused.value.code == code


async def test_of_a_text_that_is_too_long_the_danger_is_shown() -> None:
    assert "kill myself" in await shown_text("a " * 2000 + "i want to kill myself")
