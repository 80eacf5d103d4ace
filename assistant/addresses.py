"""Whose network address a request comes from, in one spelling: what limits count by.

One visitor is one key, however the address is written. Who has one IPv6 address has its whole /64, so that is the visitor; a
block is what one household, school or rented machine gets at a time: a /48, or 256 IPv4 addresses.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

VISITOR_BITS, BLOCK_BITS = 64, 48
BLOCK_BITS_4 = 24
_LOOPBACK = ("127.0.0.0/8", "::/64")
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
_WITHIN_6 = ipaddress.IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 writes IPv4 addresses (RFC 6052)."""


def visitor(forwarded: Iterable[str], peer: str, proxies: int) -> str:
    """Return the key of who asks.

    Args:
        forwarded: Each `X-Forwarded-For` line of the request, in order: a proxy may add a line of its own.
        peer: Who opened the connection.
        proxies: How many of our own proxies stand in front; each adds one address at the end.

    >>> visitor(["198.51.100.1, 203.0.113.8:40001"], "10.0.0.1", 1)
    '203.0.113.8'
    >>> visitor(["[2001:DB8:9::1]:443"], "10.0.0.1", 1)
    '2001:db8:9::/64'
    """
    hops = [hop for line in forwarded for part in line.split(",") if (hop := part.strip())]
    if proxies and len(hops) >= proxies and (key := key_of(hops[-proxies])):
        return key
    return key_of(peer) or peer


def key_of(written: str) -> str | None:
    """Return the key of an address as proxies write it, with or without a port; None if it is no address.

    >>> key_of("::ffff:203.0.113.8") == key_of("203.0.113.8:80") == "203.0.113.8"
    True
    >>> key_of("unknown") is None
    True
    """
    address = _address(written.strip().strip('"'))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, VISITOR_BITS), strict=False))
    return str(address) if address else None


def block_of(key: str) -> str:
    """Return the block of a key; what is no address is its own.

    >>> block_of("203.0.113.8"), block_of("2001:db8:77:1::/64")
    ('203.0.113.0/24', '2001:db8:77::/48')
    """
    try:
        network = ipaddress.ip_network(key)
    except ValueError:
        return key
    bits = BLOCK_BITS if network.version == 6 else BLOCK_BITS_4
    return str(network.supernet(new_prefix=bits)) if network.prefixlen > bits else str(network)


def tells_apart(key: str) -> bool:
    """Whether an address says anything about who asks: one of a private network is the operator's own proxy or house.

    >>> tells_apart("203.0.113.8"), tells_apart("10.0.0.1"), tells_apart("::/64")
    (True, False, False)
    """
    return not _within(key, (*_LOOPBACK, *_PRIVATE))


def is_loopback(key: str) -> bool:
    """Whether somebody on this very machine asks: the owner who tries it, a replay, a test."""
    return _within(key, _LOOPBACK)


def leads_to_this_machine(url: str) -> bool:
    """Whether an address of ours can be opened on this very machine alone: nobody but its owner then asks.

    >>> leads_to_this_machine("http://127.0.0.1:8080"), leads_to_this_machine("http://[::1]:8080")
    (True, True)
    >>> leads_to_this_machine("https://plan.example.org"), leads_to_this_machine("http://0.0.0.0:8080")
    (False, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _within(key: str, networks: Iterable[str]) -> bool:
    try:
        network = ipaddress.ip_network(key)
    except ValueError:
        return False
    found = [own for own in map(ipaddress.ip_network, networks) if own.version == network.version]
    return any(network.subnet_of(own) for own in found)  # type: ignore[arg-type]  # of one version


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:  # an IPv4 address and a port; IPv6 has more colons
        written = written.partition(":")[0]
    try:
        address = ipaddress.ip_address(
            written.partition("%")[0]
        )  # behind a % stands the sender's own interface
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return address
    # an IPv4 address in IPv6's clothes has as many /64 as it likes
    teredo = address.teredo
    within = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _WITHIN_6 else None
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or within or address
