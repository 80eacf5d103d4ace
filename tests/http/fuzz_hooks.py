"""What schemathesis needs to know of us, read by it in `.venv-fuzz`: each case is a talk of its own, from an address of its own."""

from __future__ import annotations

import itertools
import os
from typing import Any

import requests
import schemathesis

SERVER = os.environ["WHICHPLAN_FUZZED"]
_addresses, _cases = itertools.count(1), itertools.count()
_greetings: dict[str, dict[str, Any]] = {}
"""The first reply of each talk, by its Authorization."""


@schemathesis.auth(refresh_interval=None)
class OwnTalk:
    """Begins a talk for each case: one may delete it, and no limit is met."""

    def get(self, case: Any, context: Any) -> tuple[str, str]:
        number = next(_addresses)
        address = f"10.9.{number // 250 % 250}.{number % 250}"
        opened = requests.post(
            f"{SERVER}/v1/conversations", headers={"X-Forwarded-For": address}, timeout=30
        ).json()
        written = f"Bearer {opened['token']}"
        _greetings[written] = opened["replies"][0]
        return written, address

    def set(self, case: Any, data: tuple[str, str], context: Any) -> None:
        case.headers["Authorization"], case.headers["X-Forwarded-For"] = data


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Let every second case name a reply and a choice that the talk really has."""
    greeting = _greetings.pop(case.headers.get("Authorization", ""), None)
    if greeting is None or next(_cases) % 2 or not isinstance(case.body, dict):
        return
    if isinstance(case.body.get("reply"), str):
        case.body["reply"] = greeting["id"]
    if isinstance(case.body.get("choice"), str) and case.body["choice"]:
        case.body["choice"] = greeting["buttons"][0]["choice"]
