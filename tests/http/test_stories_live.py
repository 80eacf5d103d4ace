"""Stories on a running server (`--target`), and a talk of its store recorded as one that replays.

All of this stays below the server's 120 requests a minute from an address; tests/unit/replay/test_live.py holds the waiting.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from assistant.replay.reader import read_stories
from assistant.settings import TOP
from tests.http.conftest import SECRET
from tests.http.world import Parent, Server

STORIES = TOP / "tests/conversations"
MIXED = """
test_cases:
  - test_case: all of it shows
    steps:
      - user: how often is an iep reviewed
        assertions:
          - answer: {intent: ask_review, plan: iep}
          - source_cited: 34 CFR 300.324
  - test_case: a part of it shows
    steps:
      - user: how often is an iep reviewed
        assertions:
          - answer: {intent: ask_review, plan: iep}
          - slot_was_set: [{name: plan, value: iep}]
  - test_case: none of it shows
    steps:
      - user: how often is an iep reviewed
        assertions:
          - action_executed: action_answer
  - test_case: it needs a clock
    clock: 2026-11-16T11:00
    steps:
      - user: how often is an iep reviewed
        assertions:
          - outcome: answered
  - test_case: a wrong word
    steps:
      - user: how often is an iep reviewed
        assertions:
          - bot_uttered: {text_matches: once a decade}
  - test_case: a wrong source
    steps:
      - user: how often is an iep reviewed
        assertions:
          - source_cited: 34 CFR 104.36
  - test_case: a wrong plan
    steps:
      - user: how often is an iep reviewed
        assertions:
          - answer: {intent: ask_review, plan: "504"}
"""


def replayed(server: Server, stories: Path, report: Path, *more: str) -> tuple[int, str]:
    """Return the exit code and what the terminal shows of `make replay ARGS="--target ..."` for one file."""
    command = [sys.executable, "-W", "ignore", "-m", "pytest", "-c", "pyproject.toml", str(stories), "-q"]
    options = ["--target", server.url, "--replay-report", str(report), *more]
    run = subprocess.run([*command, *options], cwd=TOP, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_booking_stories_go_well_on_a_running_server_whatever_day_it_is(
    server: Server, tmp_path: Path
) -> None:
    # some of them: an address may keep so many times an hour (content/consultation.yml, tries_an_hour), and no more
    code, said = replayed(
        server, STORIES / "test_booking.yml", tmp_path / "report.html", "-k", "booked or words"
    )
    assert code == 0, said
    assert "not on a running server: it needs its own clock" in said


def test_what_does_not_show_is_named_and_what_is_wrong_fails(server: Server, tmp_path: Path) -> None:
    stories = tmp_path / "test_mixed.yml"
    stories.write_text(MIXED)
    code, said = replayed(server, stories, tmp_path / "report.html")
    assert code == 1
    assert "3 failed, 2 passed, 2 skipped" in said
    assert "not checked, since only the process itself shows it: slot_was_set 1" in said
    assert "all that it expects shows only inside the process (action_executed)" in said
    assert "bot_uttered: wanted text_matches once a decade, came:" in said
    assert re.search(r"source: wanted 34 CFR 104\.36, came 34 CFR 300\.", said)
    assert re.search(r"answer: wanted ask_review for plan 504, came ask_review\S* for plan iep", said), said


def test_a_talk_of_the_store_is_recorded_without_personal_data_and_replays(
    server: Server, parent: Parent, tmp_path: Path
) -> None:
    private = ("Jaden", "Marisol", "marisol.vega", "555-0187")
    parent.says("does my son Jaden need a diagnosis for a 504 plan")
    parent.says("and for an iep?")
    parent.says("my name is Marisol Vega, text me at 206-555-0187. how often is an iep reviewed?")
    parent.says("can i book a call")
    parent.says("Marisol")
    parent.says("marisol.vega@example.com")
    parent.presses("")
    parent.presses("Yes")
    assert "booked" in parent.words()
    story = tmp_path / "test_recorded.yml"
    record = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "assistant.replay.record", parent.talk, "--into", str(story)],
        cwd=TOP,
        env=os.environ | {"WHICHPLAN_DATA": str(server.data), "WHICHPLAN_SECRET": SECRET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert record.returncode == 0, record.stderr
    written = story.read_text()
    assert not [text for text in private if text.lower() in written.lower()], written
    (case,) = read_stories(story)
    assert [(step.does, step.text) for step in case.steps] == [
        ("user", "does my son Pat need a diagnosis for a 504 plan"),
        ("user", "and for an iep?"),
        ("user", "my name is Pat, text me at (206) 555-0142. how often is an iep reviewed?"),
        ("user", "can i book a call"),
        ("user", "Pat"),
        ("user", "pat@example.org"),
        ("press", "#1"),
        ("press", "Yes, book it"),
    ]
    code, said = replayed(server, story, tmp_path / "report.html")
    assert code == 0, said
