"""One visitor is one key, however the address is written and whoever writes it."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.addresses import block_of, key_of, visitor

SPELLINGS = {
    "203.0.113.8": ["203.0.113.8", "203.0.113.8:40001", " 203.0.113.8 ", '"203.0.113.8:1"', "::ffff:203.0.113.8", "[::ffff:203.0.113.8]:99", "::FFFF:CB00:7108", "64:ff9b::203.0.113.8", "2002:cb00:7108::1", "2002:cb00:7108:ffff::9"],
    "2001:db8:9::/64": ["2001:db8:9::1", "2001:DB8:9::1", "2001:db8:9:0:0:0:0:1", "[2001:db8:9::1]", "[2001:db8:9::1]:40001", "2001:0db8:0009:0000:1234:5678:9abc:def0", "2001:db8:9::1%eth0", '"[2001:db8:9::77]:443"'],
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "written"), [(key, one) for key, all_of in SPELLINGS.items() for one in all_of]
)
def test_every_spelling_is_one_visitor(key: str, written: str) -> None:
    assert key_of(written) == key
    assert visitor([f"198.51.100.7, {written}"], "10.0.0.1", 1) == key


@pytest.mark.parametrize("written", ["", "unknown", "_hidden", "x" * 5000, "1.2.3", "1.2.3.4.5", "[", "[]:9", ":", "::::", "%", "\udcff", "0x7f.1", "010.0.0.1"])  # fmt: skip
def test_what_is_no_address_counts_for_who_sent_it(written: str) -> None:
    assert key_of(written) is None
    assert visitor([written], "192.0.2.4", 1) == "192.0.2.4"


def test_lines_are_read_in_order_and_the_last_are_our_proxies() -> None:
    claimed = ["198.51.100.1, 198.51.100.2", "203.0.113.8:40001"]
    assert visitor(claimed, "10.0.0.1", 0) == "10.0.0.1"
    assert visitor(claimed, "10.0.0.1", 1) == "203.0.113.8"
    assert visitor(claimed, "10.0.0.1", 2) == "198.51.100.2"
    assert visitor(claimed, "10.0.0.1", 4) == "10.0.0.1"


@given(st.integers(0x2003 << 48, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_whole_network_is_one_visitor_of_one_block(network: int, host: int, other: int) -> None:
    address, beside = (ipaddress.IPv6Address(network << 64 | one) for one in (host, other))
    key = key_of(beside.exploded)
    assert key and key == key_of(address.compressed)
    assert key_of(key.partition("/")[0]) == key
    assert block_of(key) == str(ipaddress.ip_network((network >> 16 << 80, 48)))


@given(st.text(max_size=60))
def test_nothing_that_is_written_there_breaks_it(written: str) -> None:
    block_of(visitor([written], "192.0.2.4", 1))
