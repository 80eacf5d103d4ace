"""Where the server listens, what is said of an address that can't be, and of a proxy that nobody named."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.booking.desk.shared import consultation
from assistant.serve.preflight import (
    StartError,
    ignored_settings,
    not_ready,
    proxy_warning,
    refuse_taken_port,
)
from assistant.settings import Settings, read_settings
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


def behind(public_url: str, proxies: int = 0) -> Settings:
    return Settings(data=Path(), public_url=public_url, trusted_proxies=proxies)


def test_a_public_address_behind_a_proxy_that_nobody_named_does_not_start() -> None:
    """Every parent then came from 127.0.0.1: one visitor to each limit, and the calendar open to a script."""
    with pytest.raises(StartError, match="WHICHPLAN_PROXIES is 0") as told:
        proxy_warning(behind("https://plan.advocates-for-children.us"))
    assert "\n" not in str(told.value)


def test_a_trial_of_it_is_told_at_each_start() -> None:
    about = consultation()
    (said,) = [one for one in not_ready(behind("https://plan.example.org"), about) if "PROXIES" in one]
    assert said.startswith("NOT READY FOR PARENTS: ")


@pytest.mark.parametrize(
    ("public_url", "proxies"),
    [("https://plan.advocates-for-children.us", 1), ("https://plan.example.org", 2), ("http://127.0.0.1:8080", 0), ("", 0)],
)  # fmt: skip
def test_who_named_the_proxy_or_has_none_hears_nothing(public_url: str, proxies: int) -> None:
    assert proxy_warning(behind(public_url, proxies)) == ""


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"endpoints.yml": "action_endpoint:\n  url: http://127.0.0.1:5055/webhook\n"}, ""),
        ({"endpoints.yml": "tracker_store:\n  type: SQL\nlock_store:\n  type: redis\n"}, "NOT READ: lock_store, tracker_store of endpoints.yml."),
        ({"credentials.yml": "rest:\n"}, "NOT READ: credentials.yml."),
        ({"credentials.yml": "", "endpoints.yml": "event_broker: {}\n"}, "NOT READ: credentials.yml and event_broker of endpoints.yml."),
        ({"endpoints.yml": "a: [\n"}, ""),
        ({"endpoints.yml": "- a\n"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_settings_that_only_rasas_own_commands_read_are_said_to_be_so(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    """A tracker_store in endpoints.yml was honoured by `rasa run`, and left out by `make run` without a word."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    line = ignored_settings(tmp_path)
    assert line.startswith(said) and bool(line) == bool(said)
    assert [one for one in not_ready(behind(""), consultation(), tmp_path) if "NOT READ:" in one] == (
        [line] if said else []
    )


def test_our_own_checkout_sets_nothing_there() -> None:
    assert ignored_settings() == ""
