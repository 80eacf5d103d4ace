"""What is put around every answer."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels.http import protect
from assistant.settings import Settings


async def headers_of(public_url: str) -> dict[str, str]:
    guards: dict[str, Any] = {}
    app = SimpleNamespace(
        register_middleware=lambda guard, when: guards.update({when: guard}),
        error_handler=SimpleNamespace(add=lambda *_: None),
    )
    protect(app, Settings(data=Path(), public_url=public_url), lambda request: None)  # type: ignore[arg-type]
    answer = SimpleNamespace(headers={})
    await guards["response"](None, answer)
    return answer.headers


@pytest.mark.parametrize(
    ("public_url", "told"), [("https://plan.example.org", True), ("http://127.0.0.1:8080", False)]
)
async def test_browsers_are_told_to_stay_on_https_where_parents_come_by_it(
    public_url: str, told: bool
) -> None:
    assert ("Strict-Transport-Security" in await headers_of(public_url)) == told
