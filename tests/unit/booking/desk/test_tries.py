"""How often one may try."""

from __future__ import annotations

from assistant.booking import (
    Booking,
    Refused,
    Why,
)
from assistant.booking.desk.tries import CODES_OF_A_NETWORK, NEW_CODES
from tests.booking_world import SEATTLE, Clock


async def test_sixty_tries_an_hour_an_address_whatever_the_talk(desk: Booking, clock: Clock) -> None:
    opening = (await desk.openings(SEATTLE))[0]
    for number in range(60):
        assert not isinstance(await desk.hold(opening, f"talk {number}", address="192.0.2.7"), Refused)
    assert await desk.hold(opening, "61st", address="192.0.2.7") == Refused(Why.TOO_MANY_TRIES)
    assert not isinstance(await desk.hold(opening, "a neighbor", address="192.0.2.8"), Refused)
    clock.forward(hours=1, seconds=1)
    assert not isinstance(await desk.hold(opening, "later", address="192.0.2.7"), Refused)


async def codes(desk: Booking, addresses: list[str], name: str = "stranger", **always: bool) -> int:
    """Ask for a code from each address, each by another talk for another e-mail; return how many were mailed."""
    asked = [
        await desk.request_code(f"{name}{number}@example.org", f"{name} {number}", address=address, **always)
        for number, address in enumerate(addresses)
    ]
    return asked.count(None)


async def test_a_network_has_codes_mailed_to_so_many_strangers_and_no_more(
    desk: Booking, clock: Clock
) -> None:
    """After six calls without a proof each further address of the network once mailed sixty strangers an hour."""
    one_network = [f"2001:db8:77:{number:x}::/64" for number in range(40)]
    assert await codes(desk, one_network, always=True) == CODES_OF_A_NETWORK
    assert await codes(desk, ["2001:db8:78:1::/64"], "next", always=True) == 1
    clock.forward(hours=1, seconds=1)
    assert await codes(desk, one_network[:1], "later", always=True) == 1


async def test_all_networks_together_have_so_many_codes_mailed_to_strangers(desk: Booking) -> None:
    everywhere = [f"198.51.{number}.7" for number in range(NEW_CODES + 9)]
    assert await codes(desk, everywhere, always=True) == NEW_CODES
    assert await codes(desk, everywhere[-1:], "booked") == 1, "who has a call may still prove it"


async def test_what_comes_from_our_own_house_counts_for_no_network(desk: Booking) -> None:
    assert await codes(desk, ["10.0.0.1"] * 40, always=True) == 40
