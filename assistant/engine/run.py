"""`make run`: checks what can be checked, trains if something changed, serves until Ctrl-C."""

from __future__ import annotations

import logging
import sys

from assistant.engine.quiet import ignore_warnings
from assistant.engine.server import START_ERRORS, refuse_taken_port, serve
from assistant.engine.train import TrainingFailed, train_if_changed
from assistant.nlu.encoder_build import EncoderError
from assistant.settings import read_settings


def main() -> None:
    """Run the assistant, or say in one sentence why not."""
    ignore_warnings()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = read_settings()
        refuse_taken_port(settings.host, settings.port)  # before a minute of training
        train_if_changed()
        serve()
    except (*START_ERRORS, EncoderError, TrainingFailed) as error:
        sys.exit(f"Which Plan did not start: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
