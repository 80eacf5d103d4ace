"""`make run`: checks what can be checked, trains if something changed, keeps the server running until Ctrl-C."""

from __future__ import annotations

import marshal
import os
import shutil
import sys
import sysconfig
from pathlib import Path

from assistant.engine.quiet import ignore_warnings
from assistant.nlu.encoder_build import EncoderError
from assistant.privacy.mask import log_masked
from assistant.serve.preflight import START_ERRORS, proxy_warning, refuse_taken_port
from assistant.serve.supervisor import START_FAILED, Supervisor
from assistant.serve.train import TrainingFailed, train_if_changed
from assistant.settings import read_settings

ROOM_FOR_BYTECODE = 200 * 1024 * 1024
"""Bytes that have to be free: the compiled modules take 64 MB."""
BLOCK, PYC_HEAD = 4096, 16


def keep_bytecode(data: Path) -> None:
    """Let the server keep its compiled modules in the data folder where they may not lie beside the sources.

    Without them each start compiles for three seconds of a core, and so does each restart after a crash. On a disk that is
    nearly full they are left out: Python takes a module that was written in part for a whole one, and ends.
    """
    cache = data / "bytecode"
    roomy = shutil.disk_usage(data).free > ROOM_FOR_BYTECODE
    if (sys.dont_write_bytecode or not os.access(sysconfig.get_path("purelib"), os.W_OK)) and roomy:
        drop_cut_bytecode(cache)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(cache)


def drop_cut_bytecode(cache: Path, every: bool = False) -> int:
    """Delete compiled modules that were cut short, and return how many.

    Args:
        cache: Where they lie.
        every: Read each file; otherwise only those whose size is that of whole blocks, as a full disk leaves them.
    """
    dropped = 0
    for path in cache.rglob("*.pyc"):
        if every or path.stat().st_size % BLOCK == 0:
            try:
                marshal.loads(path.read_bytes()[PYC_HEAD:])  # noqa: S302  # our own cache; Python loads the same
            except (EOFError, ValueError, TypeError):
                path.unlink()
                dropped += 1
    return dropped


def main() -> None:
    """Run the assistant, or say in one sentence why not."""
    ignore_warnings()
    log_masked()
    try:
        settings = read_settings()
        refuse_taken_port(settings.host, settings.port)  # before a minute of training
        proxy_warning(settings)
        train_if_changed()
    except (*START_ERRORS, EncoderError, TrainingFailed) as error:
        sys.stderr.write(f"Which Plan did not start: {error}\n")
        sys.exit(START_FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
    keep_bytecode(settings.data)
    command = [sys.executable, "-m", "assistant.serve.server"]
    code = Supervisor(command, settings.host, settings.port).run()
    if code == 1 and drop_cut_bytecode(settings.data / "bytecode", every=True):
        sys.stderr.write("Compiled modules had been cut short, by a full disk perhaps. They are made anew.\n")
        code = Supervisor(command, settings.host, settings.port).run()
    sys.exit(code)


if __name__ == "__main__":
    main()
