"""`make run`: checks what can be checked, trains if something changed, keeps the server running until Ctrl-C."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from assistant.engine.quiet import ignore_warnings
from assistant.engine.server import START_ERRORS, refuse_taken_port
from assistant.engine.supervisor import START_FAILED, Supervisor
from assistant.engine.train import TrainingFailed, train_if_changed
from assistant.nlu.encoder_build import EncoderError
from assistant.privacy import log_masked
from assistant.settings import read_settings


def keep_bytecode(data: Path) -> None:
    """Let the server keep its compiled modules in the data folder where they may not lie beside the sources.

    Without them each start compiles for three seconds of a core, and so does each restart after a crash.
    """
    if sys.dont_write_bytecode or not os.access(sysconfig.get_path("purelib"), os.W_OK):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(data / "bytecode")


def main() -> None:
    """Run the assistant, or say in one sentence why not."""
    ignore_warnings()
    log_masked()
    try:
        settings = read_settings()
        refuse_taken_port(settings.host, settings.port)  # before a minute of training
        train_if_changed()
    except (*START_ERRORS, EncoderError, TrainingFailed) as error:
        sys.stderr.write(f"Which Plan did not start: {error}\n")
        sys.exit(START_FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
    keep_bytecode(settings.data)
    command = [sys.executable, "-m", "assistant.engine.server"]
    sys.exit(Supervisor(command, settings.host, settings.port).run())


if __name__ == "__main__":
    main()
