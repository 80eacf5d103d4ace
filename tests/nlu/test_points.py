"""The very point is found: held-out wordings by another hand than the training lines."""

from __future__ import annotations

from collections import Counter

import yaml

from assistant.knowledge.library import library
from assistant.nlu.leaning import Weights
from assistant.settings import TOP
from bench.messages import every_line
from bench.points import figures, held_out, shipped_model


def test_the_very_point_is_found() -> None:
    pipeline = yaml.safe_load((TOP / "config.yml").read_text())["pipeline"]
    leaning = next(part for part in pipeline if part["name"].endswith("QuestionClassifier"))["leaning"]
    found = figures(shipped_model(), Weights(**leaning))
    # measured: .895 and .969, leaning .918, six topics .875 and .963 (docs/build/quality.md); what is asked is .80 and .93, .80, .85 and .95
    assert found["all"]["first"] >= 0.87 and found["all"]["in three"] >= 0.95, found
    assert found["leaning"]["first"] >= 0.86, found
    # measured: .71; it was .61 before decision 40
    assert found["leaning, into another topic"]["first"] >= 0.65, found
    six = found["the first six topics"]
    assert six["first"] >= 0.85 and six["in three"] >= 0.95, found


def test_no_held_out_wording_was_learnt() -> None:
    learnt = {text.lower() for text, _, _ in every_line()}
    assert not [wording.text for wording in held_out() if wording.text.lower() in learnt]


def test_held_out_wordings_name_points_that_are_there_and_nearly_all_of_them() -> None:
    points, counts = library().points, Counter(w.point for w in held_out() if not w.follows)
    assert not set(counts) - set(points)
    assert sum(counts[name] >= 2 for name in points) >= 0.9 * len(points)
