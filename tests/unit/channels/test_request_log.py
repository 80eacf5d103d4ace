from __future__ import annotations

import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels import request_log


class _App:
    def __init__(self) -> None:
        self.middleware: dict[str, Any] = {}

    def register_middleware(self, handler: Any, when: str) -> None:
        self.middleware[when] = handler


async def _ask(headers: dict[str, str], path: str = "v1/bookings/<signed:str>/invitation.ics") -> Any:
    app = _App()
    request_log.watch(app)
    request = SimpleNamespace(
        headers=headers,
        method="GET",
        path="/v1/bookings/very-secret/invitation.ics",
        route=SimpleNamespace(path=path),
        ctx=SimpleNamespace(),
    )
    answer = SimpleNamespace(headers={}, status=200)
    await app.middleware["request"](request)
    await app.middleware["response"](request, answer)
    return answer


async def test_a_request_is_one_line_with_its_id_and_without_its_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="whichplan.requests")
    answer = await _ask({"X-Request-ID": "abcdef0123456789"})
    assert answer.headers["X-Request-ID"] == "abcdef0123456789"
    line = json.loads(request_log.JsonLines().format(caplog.records[-1]))
    assert line["request"] == "abcdef0123456789"
    assert line["status"] == 200 and line["route"].startswith("/v1/bookings/<signed")
    assert "very-secret" not in json.dumps(line)


async def test_an_id_that_could_forge_lines_is_not_taken() -> None:
    answer = await _ask({"X-Request-ID": 'x" , "level": "none\n'})
    assert answer.headers["X-Request-ID"].isalnum()


async def test_health_checks_fill_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="whichplan.requests")
    await _ask({}, path="health")
    assert not caplog.records


def test_what_is_logged_is_masked() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "wrote to %s", ("pat@example.org",), None)
    assert "pat@example.org" not in request_log.JsonLines().format(record)
