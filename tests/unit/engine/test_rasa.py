"""What we rely on in Rasa 3.6.21 without TensorFlow: each fails if Rasa changes underneath."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import version

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from assistant.engine import lighter_turns
from assistant.settings import TOP


def test_rasa_is_the_version_that_was_measured() -> None:
    assert version("rasa") == "3.6.21"


def test_tensorflow_is_only_a_stand_in() -> None:
    import tensorflow

    assert "standins" in str(tensorflow.__file__)
    assert tensorflow.keras.layers.anything_at_all


def test_a_model_that_needs_tensorflow_says_so() -> None:
    code = (
        "import rasa.core.agent\n"
        "from rasa.utils.tensorflow.layers import DotProductLoss\n"
        "try:\n    DotProductLoss(1)\nexcept Exception as error:\n    print(error)\n"
    )
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=TOP
    ).stdout
    assert "needs TensorFlow" in printed


def test_telemetry_is_off_in_every_python_of_the_environment() -> None:
    code = "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert printed.strip() == "false"


def test_each_of_rasas_own_pins_is_named_in_pyproject() -> None:
    metadata = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["uv"]["dependency-metadata"]
    rasa = next(part for part in metadata if part["name"] == "rasa")
    assert not [line for line in rasa["requires-dist"] if "tensorflow" in line]
    assert "packaging>=20.0,<21.0" in rasa["requires-dist"]


def test_an_actions_reply_is_checked_as_rasa_checks_it() -> None:
    lighter_turns.apply()
    action = RemoteAction("action_answer", None)
    assert action._validate_action_result({"events": [], "responses": []})
    with pytest.raises(jsonschema.ValidationError):
        action._validate_action_result({"events": [{"no": "event"}]})


def test_pictures_can_be_drawn_beside_the_stand_in() -> None:
    """`rasa test` draws its confusion pictures: matplotlib asks TensorFlow whether a value is a tensor."""
    import tensorflow

    assert tensorflow.is_tensor(0) is False
