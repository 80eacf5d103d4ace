"""What is put around every answer."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels.http import json_response, json_text, protect
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


def test_no_tag_begins_in_json_and_nothing_is_lost() -> None:
    said = {"replies": [{"text": "<script>alert(1)</script> é ñ 👍"}]}
    assert "<" not in json_text(said)
    assert json.loads(json_text(said)) == said
    answer = json_response(said, 201, {"x-one": "1"})
    assert (answer.status, answer.headers["x-one"], answer.content_type) == (201, "1", "application/json")
    assert json.loads(answer.body or b"") == said
