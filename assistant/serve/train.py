"""Trains the model: `python -m assistant.serve.train [--always]`. Without `--always` only if something changed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from assistant.engine.quiet import ignore_warnings, quiet_rasa
from assistant.knowledge.library import library
from assistant.knowledge.source import ContentError
from assistant.nlu.encoder_build import EncoderError, build
from assistant.serve.configuration import refuse_tensorflow
from assistant.serve.models import MODELS, model_path
from assistant.settings import TOP

KEPT_MODELS = 5
"""Models kept beside the newest, so that a rollout can go back."""


class TrainingFailed(RuntimeError):
    """Rasa could not train; the text says what to look at."""


def train_if_changed(always: bool = False) -> Path:
    """Build the encoder if it isn't there, and train the model of this checkout unless it is there already.

    Raises:
        ContentError, EncoderError, TrainingFailed: Each text is for the person at the terminal.
    """
    refuse_tensorflow(TOP / "config.yml")
    library()
    build()
    path = model_path()
    if path.is_file() and not always:
        path.touch()  # the newest by time is the current one, for Rasa's own commands
        return path
    sys.stdout.write("Training the model: some minutes ...\n")
    sys.stdout.flush()
    began = time.monotonic()
    train_model(path)
    sys.stdout.write(f"Trained {path.relative_to(TOP)} in {time.monotonic() - began:.0f} s.\n")
    for old in sorted(MODELS.glob("whichplan-*.tar.gz"), key=lambda model: model.stat().st_mtime)[
        :-KEPT_MODELS
    ]:
        old.unlink()
    return path


def train_model(path: Path, data: Path = TOP / "data") -> None:
    """Train on the lines and rules below `data` and write the model to `path`.

    Raises:
        TrainingFailed: Rasa could not.
    """
    ignore_warnings()
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa's way to leave out the progress bars
    from rasa.model_training import train
    from rasa.shared.exceptions import RasaException

    from assistant.engine import quick_start

    quiet_rasa()
    quick_start.apply()
    try:
        result = train(
            domain=str(TOP / "domain.yml"),
            config=str(TOP / "config.yml"),
            training_files=[str(data)],
            output=str(path.parent),
            fixed_model_name=path.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    except RasaException as error:
        raise TrainingFailed(
            f"{error} Mend data/, domain.yml or config.yml and run `make train` again."
        ) from error
    if result.code != 0 or not path.is_file():
        raise TrainingFailed(
            "Rasa trained no model (see above). Mend data/, domain.yml or config.yml and try again."
        )


def main() -> None:
    """Train, or say in one sentence why not."""
    parser = argparse.ArgumentParser(prog="python -m assistant.serve.train", description=__doc__)
    parser.add_argument("--always", action="store_true", help="train even if nothing changed")
    options = parser.parse_args()
    try:
        train_if_changed(options.always)
    except (ContentError, EncoderError, TrainingFailed) as error:
        sys.exit(f"The model was not trained: {error}")


if __name__ == "__main__":
    main()
