"""Where the server listens: IPv4, IPv6, and what is said of an address that can't be."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.serve.preflight import StartError, refuse_taken_port
from assistant.settings import read_settings
from tests.ports import free_port

HAS_IPV6 = (
    socket.has_ipv6
    and Path("/proc/net/if_inet6").exists()
    and "00000000000000000000000000000001" in Path("/proc/net/if_inet6").read_text()
)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", *(["::1", "::"] if HAS_IPV6 else [])])
def test_a_free_port_is_free_and_a_taken_one_is_said(host: str) -> None:
    port = free_port()
    refuse_taken_port(host, port)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.create_server(("::1" if host == "::" else host, port), family=family)
    with taken, pytest.raises(StartError, match=f"Port {port} on .* is taken"):
        refuse_taken_port(host, port)


def test_an_address_that_is_none_of_this_machine_is_said() -> None:
    for host in ("192.0.2.1", "no.such.host.invalid"):
        with pytest.raises(StartError, match="Set HOST or PORT"):
            refuse_taken_port(host, free_port())


def test_an_ipv6_address_stands_in_brackets(tmp_path: Path) -> None:
    settings = read_settings(
        {"WHICHPLAN_DATA": str(tmp_path), "WHICHPLAN_HOST": "::1", "WHICHPLAN_PORT": "8431"}
    )
    assert settings.own_url == settings.public_url == "http://[::1]:8431"
