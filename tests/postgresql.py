"""A PostgreSQL of the tests' own: on a free port, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import program


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a server; give the URL of its database, for the superuser `whichplan`."""
    control = program("postgresql")
    assert control is not None, "mark the test with needs('postgresql')"
    folder = Path(tempfile.mkdtemp(prefix="whichplan-postgresql-"))
    # the server refuses to run as root, who runs the tests in a container
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        log = folder / "commands.log"
        done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr} {log}"

    data = str(folder / "data")
    run(
        str(Path(control).with_name("initdb")),
        "-D",
        data,
        "-U",
        "whichplan",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    # its own output would keep our pipe open
    run(control, "-D", data, "-w", "-l", str(folder / "server.log"), "-o", options, "start")
    try:
        yield f"postgresql://whichplan@127.0.0.1:{port}/postgres"
    finally:
        run(control, "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
