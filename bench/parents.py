"""Parents who write: each sends the next message as soon as the last is answered."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.messages import sample
from bench.processes import cpu_seconds
from bench.sides import Side, Talking, session

MESSAGES_A_TALK = 8
SEED = 504


@dataclass
class Load:
    """What was seen at one number of parents, over several rounds.

    Attributes:
        turns: Milliseconds of each message.
        seconds: How long it was measured.
        cpu: Processor time of the side meanwhile, in seconds.
        failed: Messages that were answered with an error.
    """

    turns: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    failed: int = 0

    def figures(self) -> dict[str, float]:
        """Return p50, p95 and p99 in milliseconds, messages a second, and processor milliseconds a message."""
        return {
            "p50 ms": percentile(self.turns, 50),
            "p95 ms": percentile(self.turns, 95),
            "p99 ms": percentile(self.turns, 99),
            "messages/s": len(self.turns) / self.seconds,
            "CPU ms": 1000 * self.cpu / max(len(self.turns), 1),
            "failed": float(self.failed),
        }


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` percent of `values` lie; not a number for none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def messages(seed: int = SEED) -> Iterator[str]:
    """Yield what parents write, in the same mixed order each time, for ever."""
    texts = [message.text for message in sample()]
    random.Random(seed).shuffle(texts)
    return itertools.cycle(texts)


async def load(side: Side, parents: int, seconds: float, seen: Load) -> None:
    """Let `parents` parents write for `seconds`, and add what was seen to `seen`."""
    until = time.monotonic() + seconds
    texts = messages(SEED + len(seen.turns))

    async with session() as client:

        async def parent() -> None:
            while time.monotonic() < until:
                talk = Talking(side, client)
                try:
                    await talk.open()
                    for text in itertools.islice(texts, MESSAGES_A_TALK):
                        before = time.perf_counter()
                        await talk.say(text)
                        seen.turns.append(1000 * (time.perf_counter() - before))
                        if time.monotonic() >= until:
                            break
                except RuntimeError:
                    seen.failed += 1

        began, used = time.monotonic(), cpu_seconds(side.pids)
        await asyncio.gather(*(parent() for _ in range(parents)))
        seen.seconds += time.monotonic() - began
        seen.cpu += cpu_seconds(side.pids) - used


async def long_talk(side: Side, turns: int) -> tuple[list[float], list[float]]:
    """Hold one talk, which goes on and on about the same few questions; return the milliseconds of each turn on the clock and of a processor."""
    asked = itertools.cycle(
        ["how long does testing take", "who do i call", "what does an iep cost", "can they say no", "thanks"]
    )
    times, cpu = [], []
    async with session() as client:
        talk = Talking(side, client)
        await talk.open()
        for text in itertools.islice(asked, turns):
            before, used = time.perf_counter(), cpu_seconds(side.pids)
            await talk.say(text)
            times.append(1000 * (time.perf_counter() - before))
            cpu.append(1000 * (cpu_seconds(side.pids) - used))
    return times, cpu
