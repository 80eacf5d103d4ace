"""The jobs beside the answers outlive a database that is away."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from assistant.serve import jobs
from tests.waiting import eventually_here


class Away:
    """Talks and a store in one: away at first, then back."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        async def does(*about: Any) -> None:
            self.asked.append(name)
            if self.asked.count(name) == 1:
                raise OSError("the database is away")

        return does


@pytest.mark.parametrize(("job", "last"), [(jobs.forget_old_talks, "empty_older"), (jobs.tidy_talks, "tidy")])
async def test_a_job_goes_on_after_an_error_and_says_it(
    job: Any, last: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(jobs, "FORGET_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "TIDY_EVERY_SECONDS", 0.01)
    away, stop = Away(), asyncio.Event()
    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(job(away, away, stop))
        await eventually_here(lambda: away.asked.count(last) > 1, seconds=5)
        stop.set()
        await asyncio.wait_for(running, 5)
    assert "trying again" in caplog.text
