from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench.__main__ import Run
from bench.intents import lines_by_intent
from bench.parents import Load, percentile
from bench.table import promises, table


def test_percentiles_are_values_that_were_seen() -> None:
    assert percentile([5.0, 1.0, 3.0], 50) == 3.0
    assert percentile([1.0] * 99 + [70.0], 99) == 70.0
    assert math.isnan(percentile([], 50))


def test_a_load_counts_messages_a_second_and_processor_time_a_message() -> None:
    seen = Load(turns=[10.0] * 20, seconds=2.0, cpu=0.1)
    assert seen.figures()["messages/s"] == 10.0
    assert seen.figures()["CPU ms"] == 5.0


def test_synthetic_intents_begin_where_ours_end_and_mean_something_else() -> None:
    found = lines_by_intent(150)
    ours = [intent for intent in found if not intent.startswith("synthetic_")]
    synthetic = found[f"synthetic_{ours[0]}"]
    assert len(found) > len(ours) > 50
    assert synthetic != found[ours[0]] and len(synthetic) == len(found[ours[0]])
    assert list(lines_by_intent(25)) == ours[:25]


def _side(ms: float, rate: float) -> dict[str, Any]:
    load = {"p50 ms": ms, "p95 ms": ms, "p99 ms": ms, "messages/s": rate, "CPU ms": ms}
    return {
        "load": {n: load for n in ("1", "8", "32")},
        "start s": ms,
        "memory MB": ms,
        "installed MB": ms,
        "training": {"seconds": ms},
        "talk": {"5": 10.0, "500": 14.0},
    }


def test_what_was_promised_stands_beside_what_was_measured() -> None:
    figures = {
        "sides": {"this assistant": _side(10, 90), "floor": _side(5, 200), "stock Rasa": _side(100, 10)},
        "intents": {"75": 10.0, "150": 11.0},
    }
    said = promises(figures)
    assert "holds   turn p50 to stock's" in said
    assert "MISSED  turn 500 to turn 5" in said and "1.40" in said
    assert "holds   150 intents to 75" in said
    assert "stock Rasa" in table(figures)


def test_without_a_stock_assistant_the_rest_is_still_said() -> None:
    figures = {"sides": {"this assistant": _side(10, 90), "floor": _side(5, 200)}}
    assert "stock" not in promises(figures) and "floor" in promises(figures)


def test_a_part_that_fails_costs_no_other_part_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "OUT", tmp_path)
    run = Run([], quick=True)
    run.figures["sides"] = {"this assistant": _side(10, 90), "floor": {}, "stock Rasa": {}}

    def fails() -> None:
        raise RuntimeError("its training failed")

    assert not run.part("training stock Rasa", fails)
    assert run.part("memory of floor", lambda: run.figures["sides"]["floor"].update({"memory MB": 177.0}))
    kept = json.loads((tmp_path / "bench.json").read_text())
    assert kept["failed"] == {"training stock Rasa": "RuntimeError: its training failed"}
    assert kept["sides"]["floor"] == {"memory MB": 177.0}
    said = (tmp_path / "bench.txt").read_text()
    assert "FAILED  training stock Rasa: RuntimeError: its training failed" in said
    assert "turn 500 to turn 5" in said and (tmp_path / "bench.png").is_file()
