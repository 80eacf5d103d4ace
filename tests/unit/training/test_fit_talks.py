"""The weights of the readings are learnt from which candidate answers; what tells nothing stays where it began."""

from __future__ import annotations

import numpy as np

from training.fit_talks import NAMES, Choice, first_found, fit, learnt


def turns(count: int) -> list[Choice]:
    """Return turns of three candidates: the second column tells which one answers, the first points elsewhere."""
    random = np.random.default_rng(0)
    found = []
    for _ in range(count):
        right = random.integers(3)
        seen = np.full((3, len(NAMES)), -5.0, np.float32)
        seen[random.integers(3), 0] = -1.0
        seen[right, 1] = -1.0
        found.append(Choice(seen, np.arange(3) == right))
    return found


def test_the_reading_that_tells_comes_to_count() -> None:
    seen = turns(200)
    begun = np.array([float(name == "so_far") for name in NAMES])
    weights = fit(seen, begun)
    assert first_found(seen, begun) < 0.6
    assert first_found(turns(50), weights) == 1.0
    assert weights[1] > weights[0]
    assert np.allclose(weights[2:], 0.0, atol=1e-3)


def test_a_file_is_measured_under_weights_of_the_others_and_all_give_the_weights_printed() -> None:
    begun = np.array([float(name == "so_far") for name in NAMES])
    printed = "".join(learnt({"a.tsv": turns(50), "b.tsv": turns(80)}, begun, NAMES, "whole_talk"))
    assert "a.tsv: 50 messages, first 0." in printed
    assert printed.count("1.000 weighed") == 2
    assert printed.partition("whole_talk:\n")[2].count(":") == len(NAMES)
