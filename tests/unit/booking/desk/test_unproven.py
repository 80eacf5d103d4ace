"""Strangers whose e-mail nobody has proven take only a part of the calendar, whatever addresses they come from."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.booking import Booked, Booking, Call, Consultation, Contact, Held, Purpose, Refused, Taken, Why
from assistant.booking.desk.unproven import week_left
from assistant.booking.openings import Opening, Period
from assistant.settings import Settings
from tests.booking_world import MONDAY_MORNING, SEATTLE, Clock, mails

ADDRESSES = [f"2001:db8:{number:x}::/64" for number in range(1, 400)]
"""Each of another network."""


async def try_to_book(
    desk: Booking, opening: Opening, talk: str, address: str | None, email: str = ""
) -> Booked | Held | Taken | Refused:
    held = await desk.hold(opening, talk, address=address)
    if not isinstance(held, Held):
        return held
    person = Contact("Dana", email or f"{talk.replace(' ', '')}@example.org", None)
    return await desk.confirm(held, person, conversation=talk, zone=SEATTLE, key=talk)


async def flood(desk: Booking, addresses: list[str], tries: int = 24) -> list[Booked]:
    """Book as a script does: each try another talk, e-mail and address, all over the calendar."""
    booked = []
    for number in range(tries):
        free = await desk.openings(SEATTLE, limit=200)
        opening = free[number * 5 % len(free)]
        result = await try_to_book(desk, opening, f"flood {number}", addresses[number % len(addresses)])
        booked += [result] if isinstance(result, Booked) else []
    return booked


async def fill(desk: Booking) -> list[Booked]:
    """Book until nothing is left without a proof."""
    booked = await flood(desk, ADDRESSES)
    for number, opening in enumerate(await desk.openings(SEATTLE, limit=200)):
        result = await try_to_book(desk, opening, f"rest {number}", ADDRESSES[100 + number])
        booked += [result] if isinstance(result, Booked) else []
    return booked


async def code_of(desk: Booking, folder: Path, email: str) -> str:
    found = [letter for letter in await mails(desk, folder) if ": Code " in letter and email in letter]
    return next(line for line in found[-1].splitlines() if "Code " in line).rsplit(" ", 1)[1]


async def test_a_flood_from_everywhere_leaves_half_of_each_week(desk: Booking) -> None:
    """133 calls in 70 seconds once filled four weeks."""
    booked = await fill(desk)
    (advocate,) = desk.consultation.advocates
    weeks: dict[int, list[Period]] = {}
    for one in booked:
        weeks.setdefault(one.call.start.astimezone(SEATTLE).isocalendar().week, []).append(one.call.period)
    assert len(weeks) >= 2
    for taken in weeks.values():
        whole, left = week_left(desk.consultation, advocate, taken[0].start, taken)
        assert left >= whole / 2, (whole, left)
    for opening in await desk.openings(SEATTLE, limit=200):  # to look at, and to keep with a proof
        assert await desk.hold(opening, f"next {opening.id}", address="203.0.113.8") == Refused(Why.UNPROVEN)


async def test_a_flood_of_holds_leaves_half_too(desk: Booking) -> None:
    openings = await desk.openings(SEATTLE, limit=200)
    for number, opening in enumerate(openings):
        await desk.hold(opening, f"hold {number}", address=ADDRESSES[number])
    assert len(openings) / 3 < len(await desk.openings(SEATTLE, limit=200)) < len(openings)


async def test_one_network_takes_six_calls_a_day(desk: Booking, clock: Clock) -> None:
    one_network = [f"2001:db8:77:{number:x}::/64" for number in range(1, 100)]
    assert len(await flood(desk, one_network)) == desk.consultation.unproven_calls_a_day == 6
    openings = await desk.openings(SEATTLE, limit=200)
    assert {str(await try_to_book(desk, one, f"same {one.id}", one_network[7])) for one in openings[::3]} == {
        str(Refused(Why.UNPROVEN))
    }
    other = [await try_to_book(desk, one, f"other {one.id}", "2001:db8:78::/64") for one in openings]
    assert any(isinstance(one, Booked) for one in other)
    clock.forward(hours=24, minutes=1)
    openings = await desk.openings(SEATTLE, limit=200)
    again = [await try_to_book(desk, one, f"again {one.id}", one_network[7]) for one in openings]
    assert any(isinstance(one, Booked) for one in again)


async def test_a_code_books_beyond_the_caps_for_its_own_e_mail_only(desk: Booking, tmp_path: Path) -> None:
    await fill(desk)
    opening = (await desk.openings(SEATTLE))[0]
    assert await desk.hold(opening, "parent", address="203.0.113.8") == Refused(Why.UNPROVEN)
    assert await desk.request_code("dana@example.org", "parent", address="203.0.113.8", always=True) is None
    code = await code_of(desk, tmp_path / "var" / "outbox", "dana@example.org")
    assert not await desk.proves("000000" if code != "000000" else "000001", "parent")
    assert await desk.proves(code, "parent")
    held = await desk.hold(opening, "parent", address="203.0.113.8")
    assert isinstance(held, Held)
    someone = Contact("Lee", "lee@example.org", None)
    refused = await desk.confirm(held, someone, conversation="parent", zone=SEATTLE, key="1")
    assert refused == Refused(Why.UNPROVEN)
    dana = Contact("Dana", "dana@example.org", None)
    assert isinstance(await desk.confirm(held, dana, conversation="parent", zone=SEATTLE, key="2"), Booked)


@pytest.mark.parametrize("how", ["link", "moved by link", "code"])
async def test_a_proof_makes_room_for_others(desk: Booking, tmp_path: Path, how: str) -> None:
    booked = await fill(desk)
    opening = (await desk.openings(SEATTLE))[0]
    assert await try_to_book(desk, opening, "next", "203.0.113.8") == Refused(Why.UNPROVEN)
    week = opening.start.astimezone(SEATTLE).isocalendar().week
    for one in booked:
        call = one.call
        if call.start.astimezone(SEATTLE).isocalendar().week != week:
            continue
        if how == "link":
            for _ in range(2):
                kept = await desk.by_link.keep(desk.by_link.token(call, Purpose.KEEP))
                assert isinstance(kept, Call) and kept.id == call.id
        elif how == "code":
            await desk.request_code(str(call.email), call.conversation)
            code = await code_of(desk, tmp_path / "var" / "outbox", str(call.email))
            assert not isinstance(await desk.verify_code(code, call.conversation), Refused)
        else:
            free = [time for time in await desk.openings(SEATTLE, limit=99) if time.start != opening.start]
            assert isinstance(
                await desk.by_link.move(desk.by_link.token(call, Purpose.MOVE), free[-1]), Booked
            )
    assert isinstance(await try_to_book(desk, opening, "next", "203.0.113.8"), Booked)


async def test_calls_are_not_moved_together_into_one_week(desk: Booking) -> None:
    booked = await fill(desk)
    first = min(one.call.start for one in booked)
    later = [one for one in booked if (one.call.start - first).days >= 7]
    early = [one for one in await desk.openings(SEATTLE, limit=200) if (one.start - first).days < 5]
    assert later and early
    for opening in early:
        moved = await desk.move(later[0].call.id, opening, conversation=later[0].call.conversation)
        assert moved == Refused(Why.UNPROVEN)


async def test_a_hold_that_ran_out_is_counted_anew(desk: Booking, clock: Clock) -> None:
    opening = (await desk.openings(SEATTLE, limit=9))[8]
    held = await desk.hold(opening, "slow", address="203.0.113.8")
    assert isinstance(held, Held)
    clock.forward(minutes=11)
    await fill(desk)
    result = await desk.confirm(
        held, Contact("Dana", "dana@example.org", None), conversation="slow", zone=SEATTLE, key="1"
    )
    assert isinstance(result, Taken) or result == Refused(Why.UNPROVEN)


async def test_what_comes_from_no_network_and_from_before_needs_no_proof(desk: Booking) -> None:
    count = 0
    for number in itertools.count():
        openings = await desk.openings(SEATTLE, limit=200)
        if not openings:
            break
        result = await try_to_book(desk, openings[0], f"colleague {number}", None)
        assert isinstance(result, Booked)
        count += 1
    assert count > 8


async def test_times_that_need_no_code_are_shown_first(desk: Booking) -> None:
    for number, opening in enumerate(await desk.openings(SEATTLE, limit=200)):
        if (opening.start - MONDAY_MORNING).days < 5:
            await try_to_book(desk, opening, f"flood {number}", ADDRESSES[number])
    shown = await desk.openings(SEATTLE, address="203.0.113.8", conversation="parent")
    assert len(shown) == 3
    assert {str(type(await desk.hold(one, f"a {one.id}", address="203.0.113.8"))) for one in shown} == {
        str(Held)
    }
    await fill(desk)
    shown = await desk.openings(SEATTLE, address="203.0.113.9", conversation="next")
    assert len(shown) == 3  # with a code
    assert await desk.hold(shown[0], "next", address="203.0.113.9") == Refused(Why.UNPROVEN)


@pytest.mark.parametrize(
    "public_url", ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"]
)
async def test_who_tries_it_on_the_machine_itself_needs_no_code(
    consultation: Consultation, settings: Settings, clock: Clock, public_url: str
) -> None:
    desk = Booking.open(consultation, replace(settings, public_url=public_url), clock=clock)
    await fill(desk)
    shown = await desk.openings(SEATTLE, address="127.0.0.1", conversation="owner")
    assert isinstance(await try_to_book(desk, shown[0], "owner", "127.0.0.1"), Booked)
    desk.close()


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::/64"])
async def test_a_proxy_on_the_same_machine_that_nobody_named_opens_no_calendar(
    desk: Booking, proxy: str
) -> None:
    """With WHICHPLAN_PROXIES unset every visitor came from 127.0.0.1, whom nothing was asked: four weeks in two hours."""
    booked = []
    for number, opening in enumerate(await desk.openings(SEATTLE, limit=200)):
        result = await try_to_book(desk, opening, f"flood {number}", proxy)
        booked += [result] if isinstance(result, Booked) else []
    (advocate,) = desk.consultation.advocates
    weeks: dict[int, list[Period]] = {}
    for one in booked:
        weeks.setdefault(one.call.start.astimezone(SEATTLE).isocalendar().week, []).append(one.call.period)
    assert weeks
    for taken in weeks.values():
        whole, left = week_left(desk.consultation, advocate, taken[0].start, taken)
        assert left >= whole / 2, (whole, left)


async def test_a_schools_evening_may_try_together(desk: Booking) -> None:
    """Ten tries an hour for all behind one address turned away the eleventh parent."""
    opening = (await desk.openings(SEATTLE))[0]
    tried = [await desk.hold(opening, f"parent {number}", address="203.0.113.8") for number in range(61)]
    assert [one == Refused(Why.TOO_MANY_TRIES) for one in tried] == [False] * 60 + [True]
    alone = [await desk.hold(opening, "one talk", address=f"198.51.{number}.7") for number in range(11)]
    assert [one == Refused(Why.TOO_MANY_TRIES) for one in alone] == [False] * 10 + [True]


def test_the_network_is_forgotten_after_a_day(desk: Booking, clock: Clock) -> None:
    import asyncio

    from assistant.booking.calls.tables import calls

    async def one() -> None:
        await try_to_book(desk, (await desk.openings(SEATTLE))[0], "parent", "203.0.113.8")

    asyncio.run(one())
    with desk._database.reading() as rows:
        (row,) = rows.execute(calls.select().where(calls.c.state == "booked")).all()
    assert row.block and "203" not in row.block
    clock.forward(hours=25)
    desk._store.tidy(clock())
    with desk._database.reading() as rows:
        (row,) = rows.execute(calls.select().where(calls.c.state == "booked")).all()
    assert row.block is None and row.proof == "none"
    assert clock() > MONDAY_MORNING
