"""An answer is switched off and a text corrected on running servers: two workers, one content, no port closed."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from assistant import clock
from assistant.knowledge.approve import approve
from assistant.knowledge.source import CONTENT
from assistant.knowledge.switch import switch
from assistant.talk.phrases import PHRASES
from tests.http.world import Parent, Server, says
from tests.waiting import eventually

WITHIN_SECONDS = 60
POINT = "ask_placement/decided_before_the_meeting"
QUESTION = "can the school decide the placement before the meeting"


class World:
    """Two workers with one content and one data folder."""

    def __init__(self, folder: Path) -> None:
        self.content, self.data = folder / "content", folder / "data"
        shutil.copytree(CONTENT, self.content)
        self.point = self.content / "en/answers" / f"{POINT}.yml"
        self.workers = [self.start(), self.start()]

    def start(self) -> Server:
        return Server(self.data, WHICHPLAN_CONTENT=str(self.content))

    def stop(self) -> None:
        for worker in self.workers:
            worker.stop()

    def all_say(self, true: Callable[[str], bool]) -> None:
        """Wait until new parents of each worker hear it; in between every one of them is answered."""
        until = time.monotonic() + WITHIN_SECONDS
        for worker in self.workers:
            eventually(
                lambda to=worker: says(to, QUESTION).words(), true, seconds=until - time.monotonic(), every=1
            )

    def audit(self) -> list[dict]:
        return [json.loads(line) for line in (self.data / "audit.log").read_text().splitlines()]


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("live"))
    yield made
    made.stop()


def test_an_answer_is_switched_off_and_on(world: World) -> None:
    first = Parent(world.workers[0])
    first.says(QUESTION)
    assert first.replies[0]["answer"]["point"] == POINT
    switch(POINT, "off", world.content / "en/answers")
    world.all_say(lambda words: PHRASES.not_said_now in words)
    switch(POINT, "live", world.content / "en/answers")
    world.all_say(lambda words: PHRASES.not_said_now not in words)
    assert [line["what"] for line in world.audit()] == ["content", "content"]


def test_a_text_is_corrected_once_it_is_approved(world: World) -> None:
    text = world.point.read_text()
    world.point.write_text(text.replace("  either: ", "  either: Corrected on a Monday. ", 1).replace("  either: Corrected on a Monday. >-\n", "  either: >-\n    Corrected on a Monday. ", 1))  # fmt: skip
    assert "Corrected on a Monday." in world.point.read_text()
    approve(world.point, "Dana", clock.now().date())
    world.all_say(lambda words: "Corrected on a Monday." in words)
    assert world.audit()[-1]["files"][0]["file"].endswith(f"{POINT}.yml")


def test_broken_content_changes_nothing_also_over_a_restart(world: World) -> None:
    before = world.point.read_text()
    world.point.write_text("asks: [")
    eventually(
        lambda: [line["what"] for line in world.audit()],
        lambda lines: "content refused" in lines,
        seconds=WITHIN_SECONDS,
    )
    world.all_say(lambda words: "Corrected on a Monday." in words)
    gone = world.workers.pop()
    gone.process.kill()
    gone.process.wait()
    world.workers.append(world.start())
    assert "THE LAST GOOD CONTENT IS SAID" in world.workers[-1].log.read_text()
    world.all_say(lambda words: "Corrected on a Monday." in words)
    world.point.write_text(before.replace("Corrected on a Monday.", "Mended on a Tuesday.", 1))
    approve(world.point, "Dana", clock.now().date())
    world.all_say(lambda words: "Mended on a Tuesday." in words)


def test_nobody_was_turned_away_meanwhile(world: World) -> None:
    for worker in world.workers:
        assert httpx.get(f"{worker.url}/health").status_code == 200
        assert worker.process.poll() is None
