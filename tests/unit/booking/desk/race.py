"""One process of a race for openings: reads commands as JSON lines, answers each with one. Run by test_races.py."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.booking import Booked, Booking, Contact, Held, Taken, load_consultation
from assistant.booking.calls import database
from assistant.settings import Settings

database.BUSY_SECONDS = 120  # how long one may wait on a machine that does much else is not what is tested
SEATTLE = ZoneInfo("America/Los_Angeles")


class Runner:
    def __init__(self, content: str, data: str, database_url: str, now: str, name: str) -> None:
        self.now = datetime.fromisoformat(now)
        self.name = name
        settings = Settings(data=Path(data), secret=b"s" * 32, database_url=database_url)
        self.desk = Booking.open(load_consultation(Path(content), {}), settings, clock=lambda: self.now)

    async def race(self, opening: str, attempts: int, turn: int) -> dict[str, Any]:
        """Try at once, as so many parents; count who booked and who was told that it is taken."""
        results = await asyncio.gather(
            *(self._attempt(opening, f"{self.name}-{turn}-{number}") for number in range(attempts)),
            return_exceptions=True,
        )
        return {
            "booked": sum(isinstance(one, Booked) for one in results),
            "told": sum(isinstance(one, Taken) for one in results),
            "other": [repr(one) for one in results if not isinstance(one, Booked | Taken)],
            "call": next((one.call.id for one in results if isinstance(one, Booked)), None),
        }

    async def _attempt(self, opening: str, parent: str) -> object:
        held = await self.desk.hold(opening, parent)
        if not isinstance(held, Held):
            return held
        person = Contact("Pat", f"{parent}@example.org")
        return await self.desk.confirm(
            held, person, conversation=parent, zone=SEATTLE, key=f"{parent}:{held.id}"
        )

    async def hold(self, opening: str, conversation: str) -> dict[str, Any]:
        held = await self.desk.hold(opening, conversation)
        return {"held": held.id if isinstance(held, Held) else None}


def main() -> None:
    runner = Runner(*sys.argv[1:])
    for line in sys.stdin:
        command = json.loads(line)
        done = asyncio.run(getattr(runner, command.pop("do"))(**command))
        sys.stdout.write(json.dumps(done) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
