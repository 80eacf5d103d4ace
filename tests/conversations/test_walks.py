"""Random walks: never silence, never the same prompt twice without a change, no answer told twice in a talk, never lost
twice without a person offered.

WHICHPLAN_WALKS sets how many (2,000 in .ci/run); the same seeds each time.
"""

from __future__ import annotations

import copy
import os
from typing import Any

import pytest

from assistant.replay.plugin import Stage
from assistant.replay.walk import Walk, walk

WALKS = int(os.environ.get("WHICHPLAN_WALKS") or 200)
PARTS = 8
SHOWN = 5


@pytest.fixture
def remembers_texts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Understand each text once behind the same words: walks say the same few hundred again and again."""
    processor: Any = stage.target.agent.processor  # type: ignore[attr-defined]
    understand, known = processor.parse_message, {}

    async def parse(message: Any, tracker: Any = None, **kwargs: Any) -> Any:
        behind = tracker and (
            tracker.get_slot("told"),
            tracker.latest_message and tracker.latest_message.text,
        )
        key = (message.text, repr(behind), tracker and tracker.active_loop_name)
        if key not in known:
            known[key] = await understand(message, tracker, **kwargs)
        return copy.deepcopy(known[key])

    monkeypatch.setattr(processor, "parse_message", parse)


@pytest.mark.usefixtures("remembers_texts")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_walk_ends_in_silence_or_a_circle(stage: Stage, part: int) -> None:
    if not stage.target.inside:
        pytest.skip("not on a running server: it would take a thousand talks")
    walks: list[Walk] = [stage.run(walk(seed, stage.target)) for seed in range(part, WALKS, PARTS)]
    wrong = [one for one in walks if one.wrong]
    shown = "\n".join(one.as_story() for one in wrong[:SHOWN])
    assert not wrong, f"{len(wrong)} of {len(walks)} walks went wrong:\n{shown}"
