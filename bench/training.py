"""What training this assistant takes, in a process of its own, so that its memory is its own: `python -m bench.training DATA`.

Prints one line of JSON: `seconds`, `memory MB`, `cpu seconds`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from assistant.serve.train import train_model


def main() -> None:
    """Train on the folder of data that is named on the command line."""
    os.environ["LOG_LEVEL"] = "ERROR"
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        train_model(Path(folder) / "bench.tar.gz", Path(sys.argv[1]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "seconds": time.monotonic() - began,
        "memory MB": used.ru_maxrss / 1024,
        "cpu seconds": used.ru_utime + used.ru_stime,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
