"""Nobody goes live unknowingly with an address that reaches nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.booking.consultation import is_reserved
from assistant.booking.desk.shared import consultation
from assistant.serve.preflight import StartError, placeholder_warning
from assistant.settings import Settings
from tests.http.world import Server

OWN = "hello@advocates-for-children.us"


def settings(public_url: str) -> Settings:
    return Settings(data=Path(), public_url=public_url)


def test_a_start_says_which_addresses_are_placeholders(server_log: str) -> None:
    if consultation().placeholders:
        assert "NOT READY FOR PARENTS: " in server_log
        assert all(one in server_log for one in consultation().placeholders)


@pytest.fixture(scope="module")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> str:
    server = Server(tmp_path_factory.mktemp("placeholders") / "data")
    server.stop()
    return server.log.read_text()


def test_a_public_address_needs_real_ones() -> None:
    about = consultation()
    advocate = about.advocates[0]
    half = replace(about, organisation=replace(about.organisation, email=OWN))
    own = replace(half, advocates=(replace(advocate, email=OWN),))
    assert not placeholder_warning(settings("https://plan.advocates-for-children.us"), own)
    half = replace(half, advocates=(replace(advocate, email="founder@example.org"),))
    with pytest.raises(StartError, match=r"founder@example\.org in content/consultation\.yml reaches nobody"):
        placeholder_warning(settings("https://plan.advocates-for-children.us"), half)
    for trial in ("http://127.0.0.1:8080", "https://plan.example.org", ""):
        assert "founder@example.org" in placeholder_warning(settings(trial), half)


def test_reserved_domains() -> None:
    assert all(
        map(is_reserved, ("a@example.org", "a@x.Example.COM", "school.test", "x.invalid", "a@example"))
    )
    assert not any(map(is_reserved, ("a@myexample.org", "a@example.org.us", "latest", "a@contest.org")))
