"""A PostgreSQL of the tests' own: on a free port, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import program
from tests.ports import free_port


class PostgreSQL:
    """A server that can be stopped and started again."""

    def __init__(self) -> None:
        self._control = program("postgresql")
        assert self._control is not None, "mark the test with needs('postgresql')"
        self._folder = Path(tempfile.mkdtemp(prefix="whichplan-postgresql-"))
        # the server refuses to run as root, who runs the tests in a container
        self._user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        shutil.chown(self._folder, self._user)
        self._port = free_port()
        self.url = f"postgresql://whichplan@127.0.0.1:{self._port}/postgres"
        initdb = str(Path(self._control).with_name("initdb"))
        self._run(initdb, "-D", self._data, "-U", "whichplan", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def start(self) -> None:
        options = f"-p {self._port} -h 127.0.0.1 -k {self._folder} -c fsync=off"
        # its own output would keep our pipe open
        log = str(self._folder / "server.log")
        self._run(str(self._control), "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """End it at once, with every connection."""
        self._run(str(self._control), "-D", self._data, "-w", "-m", "immediate", "stop")

    def remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            command, user=self._user, cwd=self._folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Start a server; `url` leads to its database, for the superuser `whichplan`."""
    server = PostgreSQL()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        server.remove()
