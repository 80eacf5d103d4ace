"""What schemathesis needs to know of us, read by it in `.venv-fuzz`: each case is a talk of its own, from an address of its own."""

from __future__ import annotations

import itertools
import os
from typing import Any

import requests
import schemathesis

SERVER = os.environ["WHICHPLAN_FUZZED"]
_addresses = itertools.count(1)


@schemathesis.auth(refresh_interval=None)
class OwnTalk:
    """Begins a talk for each case: one may delete it, and no limit is met."""

    def get(self, case: Any, context: Any) -> tuple[str, str]:
        number = next(_addresses)
        address = f"10.9.{number // 250 % 250}.{number % 250}"
        opened = requests.post(f"{SERVER}/v1/conversations", headers={"X-Forwarded-For": address}, timeout=30)
        return opened.json()["token"], address

    def set(self, case: Any, data: tuple[str, str], context: Any) -> None:
        case.headers["Authorization"] = f"Bearer {data[0]}"
        case.headers["X-Forwarded-For"] = data[1]
