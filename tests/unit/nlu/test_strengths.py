"""config.yml holds every number that the model learns with, and nothing else under `learning`."""

from __future__ import annotations

from dataclasses import asdict, fields

import yaml

from assistant.nlu.second_look import Weights
from assistant.nlu.strengths import Strengths
from assistant.settings import TOP


def test_config_names_each_strength_and_no_other() -> None:
    pipeline = yaml.safe_load((TOP / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    own = next(part for part in pipeline if part["name"].endswith("QuestionClassifier"))["learning"]
    assert {*own} == {field.name for field in fields(Strengths)}
    assert asdict(Strengths(**own).again) == {
        field.name: own[f"again_{field.name}"] for field in fields(Weights)
    }


def test_without_a_weight_of_its_own_there_is_no_second_look() -> None:
    assert Strengths().again == Weights()
