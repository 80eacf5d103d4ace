"""`make bookings`: what the advocate reads, exports and cancels."""

from __future__ import annotations

import asyncio
import csv
import functools
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from icalendar import Calendar

from assistant.booking import Booking, Contact
from assistant.booking.__main__ import main
from assistant.settings import Settings
from tests.booking_world import CONTENT, SEATTLE, Clock, book

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    settings: Settings,
    content: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    monkeypatch.setenv("WHICHPLAN_DATA", str(settings.data))
    monkeypatch.setenv("WHICHPLAN_SECRET", "s" * 32)
    path = content()

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["--content", str(path), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def now_is_then(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    opens = SimpleNamespace(open=functools.partial(Booking.open, clock=clock))
    monkeypatch.setattr("assistant.booking.__main__.Booking", opens)


@pytest.mark.usefixtures("now_is_then")
class TestCalls:
    async def test_list_shows_calls_ahead(self, desk: Booking, run: Run) -> None:
        call = await book(desk)
        code, out, _ = await asyncio.to_thread(run)
        assert code == 0
        assert call.id[:8] in out and "Tuesday, November 24 at 9:00 AM Pacific time" in out
        assert "Dana Reyes, dana@example.org" in out and "1 call\n" in out

    async def test_cancel_by_the_first_letters_of_the_id(self, desk: Booking, run: Run) -> None:
        call = await book(desk)
        code, out, _ = await asyncio.to_thread(run, "cancel", call.id[:8])
        assert (code, await desk.upcoming("talk")) == (0, ())
        assert "canceled" in out
        code, out, _ = await asyncio.to_thread(run, "list", "--all")
        assert "(cancelled)" in out

    async def test_cancel_since_lists_what_a_flood_left_and_cancels_it_after_a_yes(
        self, desk: Booking, run: Run, clock: Clock
    ) -> None:
        before = await book(desk, "before", place=0)
        clock.forward(hours=2)  # 11:00 in Seattle
        known = await book(desk, "owner", place=1, person=Contact("Lee", "lee@example.org"))
        held = await desk.hold((await desk.openings(SEATTLE))[2], "flood", address="203.0.113.8")
        flood = await desk.confirm(
            held, Contact("Bot", "bot@example.org"), conversation="flood", zone=SEATTLE, key="f"
        )
        wish = ("cancel", "--since", "2026-11-23T10:30", "--unproven")
        code, out, _ = await asyncio.to_thread(run, *wish)
        assert code == 0 and flood.call.id[:8] in out and "1 call; add --yes to cancel them" in out
        assert len(await desk.all_calls()) == 3 and await desk.upcoming("flood")
        code, out, _ = await asyncio.to_thread(run, *wish, "--yes")
        assert code == 0 and "1 canceled" in out
        assert await desk.upcoming("flood") == ()
        code, out, _ = await asyncio.to_thread(run, "cancel", "--since", "2026-11-23T10:30")
        assert known.id[:8] in out and before.id[:8] not in out
        code, _, err = await asyncio.to_thread(run, "cancel", "--since", "yesterday")
        assert code == 1 and "--since yesterday: write it as" in err

    async def test_an_unknown_id_is_named(self, desk: Booking, run: Run) -> None:
        code, _, err = await asyncio.to_thread(run, "cancel", "nothing")
        assert code == 1 and "no call has an id that begins with 'nothing'" in err

    async def test_export_as_table_and_as_calendar(self, desk: Booking, run: Run, tmp_path: Path) -> None:
        await book(desk, person=Contact("=cmd()", "dana@example.org"))
        await asyncio.to_thread(run, "export", "--csv", str(tmp_path / "calls.csv"))
        (row,) = csv.DictReader(io.StringIO((tmp_path / "calls.csv").read_text()))
        assert row["name"] == "'=cmd()", "a spreadsheet must not run what a stranger typed"
        assert row["start_utc"] == "2026-11-24T17:00:00+00:00"
        await asyncio.to_thread(run, "export", "--ics", str(tmp_path / "calls.ics"))
        assert len(Calendar.from_ical((tmp_path / "calls.ics").read_bytes()).walk("VEVENT")) == 1

    async def test_dead_letters_are_listed(self, desk: Booking, run: Run) -> None:
        code, out, _ = await asyncio.to_thread(run, "dead-letters")
        assert (code, out) == (0, "0 dead letters\n")


def test_a_broken_file_is_one_sentence_not_a_trace(tmp_path: Path) -> None:
    (tmp_path / "consultation.yml").write_text(CONTENT.replace("minutes: 30", "minutes: x"))
    done = subprocess.run(
        [sys.executable, "-m", "assistant.booking", "--content", str(tmp_path / "consultation.yml")],
        capture_output=True, text=True, check=False, env={**os.environ, "WHICHPLAN_DATA": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "call.minutes is 'x'" in done.stderr and "Traceback" not in done.stderr
