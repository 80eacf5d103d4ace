from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from multidict import CIMultiDict

from assistant.channels.http import Refused
from assistant.channels.web.visitors import ADDRESS_PER_MINUTE, Visitors
from assistant.settings import Settings


def request(ip: str, forwarded: str = "") -> Any:
    headers = CIMultiDict({"x-forwarded-for": forwarded} if forwarded else {})
    return SimpleNamespace(ip=ip, headers=headers)


def test_what_stands_in_front_counts_only_if_it_is_trusted(tmp_path: Path) -> None:
    alone = Visitors(Settings(data=tmp_path))
    behind_one = Visitors(Settings(data=tmp_path, trusted_proxies=1))
    came = request("10.0.0.1", "203.0.113.9")
    assert alone.address(came) == alone.address(request("10.0.0.1"))
    assert behind_one.address(came) == behind_one.address(request("10.0.0.2", "203.0.113.9"))


async def test_one_request_too_many_of_an_address_is_refused(tmp_path: Path) -> None:
    visitors = Visitors(Settings(data=tmp_path))
    for _ in range(ADDRESS_PER_MINUTE):
        await visitors.limit_address(request("198.51.100.1"))
    with pytest.raises(Refused) as refused:
        await visitors.limit_address(request("198.51.100.1"))
    assert refused.value.status == 429 and int(refused.value.headers["Retry-After"]) >= 1
    await visitors.limit_address(request("198.51.100.2"))
