"""What a talk told is read as names: the last first, each once, no mark among them."""

from __future__ import annotations

import pytest

from assistant.nlu.told import names_told


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ([], []),
        (["ask_cost@504", "ask_aide/fade@iep"], ["ask_aide/fade", "ask_cost"]),
        (["ask_cost@504", "ask_aide/fade@iep", "ask_cost@iep"], ["ask_cost", "ask_aide/fade"]),
        (
            ["ask_aide#more@iep", "#0a1b2c3d", "ask_aide/fade@iep#brief", "ask_aide/fade#words@iep"],
            ["ask_aide/fade"],
        ),
    ],
)
def test_the_names_of_what_was_told(told: list[str], names: list[str]) -> None:
    assert names_told(told) == names
