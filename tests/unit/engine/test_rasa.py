"""What we rely on in Rasa 3.6.21 without TensorFlow: each fails if Rasa changes underneath."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

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


LEFT_OUT = ("aiogram", "boto3", "confluent-kafka", "fbmessenger", "huggingface-hub", "pymongo", "twilio", "webexteamssdk")  # fmt: skip


def test_rasas_own_commands_run_without_the_packages_that_are_left_out() -> None:
    code = (
        "import rasa.__main__, rasa.cli.shell, rasa.cli.run, rasa.cli.data, rasa.core.channels, rasa.core.tracker_store\n"
        "import rasa.engine.recipes.default_components\n"
        "from rasa.core.channels.telegram import TelegramOutput\n"
        "try:\n    TelegramOutput('x')\nexcept RuntimeError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=TOP
    )
    assert done.stdout.startswith("aiogram.Bot is not installed"), done.stderr
    assert "pip install aiogram" in done.stdout


def test_what_is_left_out_is_in_no_lock_and_an_installed_one_counts(tmp_path: Path) -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        names = {line.partition("==")[0] for line in (TOP / lock).read_text().splitlines()}
        assert not names & set(LEFT_OUT), lock
    assert "matplotlib==" not in (TOP / "requirements.lock").read_text()
    (tmp_path / "twilio.py").write_text("installed = True\n")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import twilio; print(twilio.installed)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=TOP).stdout
    assert printed.strip() == "True"


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
