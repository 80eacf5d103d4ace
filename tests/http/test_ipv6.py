"""A whole start on IPv6: the server listens, says so, and answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.http.world import Parent, Server
from tests.unit.serve.test_preflight import HAS_IPV6


@pytest.mark.skipif(not HAS_IPV6, reason="not run: this machine has no ::1")
def test_a_server_on_ipv6_is_ready_and_answers(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", host="::1")
    try:
        assert f"Which Plan is ready: http://[::1]:{server.port}/" in server.log.read_text()
        parent = Parent(server)
        parent.says("what is an iep")
        assert parent.outcomes() == ["answered"]
    finally:
        server.stop()
