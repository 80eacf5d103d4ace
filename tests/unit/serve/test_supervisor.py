"""The supervisor against small stand-ins for the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.serve.run import keep_bytecode
from assistant.serve.supervisor import START_FAILED
from assistant.settings import TOP
from tests.ports import free_port
from tests.waiting import eventually

STANDIN = """
import http.server, os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as Sanic ends
lives = pathlib.Path(sys.argv[2]); lives.write_text(lives.read_text() + f"{os.getpid()}\\n" if lives.exists() else f"{os.getpid()}\\n")
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if pathlib.Path(sys.argv[2] + ".deaf").exists(): time.sleep(60)
        self.send_response(503); self.end_headers()
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""
RUN = """
import sys
from assistant.serve import supervisor
supervisor.HEALTH_EVERY, supervisor.HEALTH_PATIENCE, supervisor.DEAF_AFTER = 0.2, 0.3, 2
sys.exit(supervisor.Supervisor(sys.argv[2:], "127.0.0.1", int(sys.argv[1])).run())
"""


class Kept:
    """A supervised stand-in."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.lives = folder / "lives"
        self.port = free_port()
        (folder / "standin.py").write_text(STANDIN)
        (folder / "run.py").write_text(RUN)
        own = command or (sys.executable, str(folder / "standin.py"), str(self.port), str(self.lives))
        self.process = subprocess.Popen(
            [sys.executable, str(folder / "run.py"), str(self.port), *own],
            cwd=TOP,
            env=os.environ | {"PYTHONPATH": str(TOP)},
        )

    def servers(self, count: int, seconds: float = 20) -> list[int]:
        return eventually(self._begun, lambda found: len(found) >= count, seconds=seconds, every=0.05)

    def _begun(self) -> list[int]:
        return [int(one) for one in self.lives.read_text().split()] if self.lives.exists() else []


def alive(process: int) -> bool:
    return (
        Path(f"/proc/{process}").exists() and "Z" not in Path(f"/proc/{process}/stat").read_text().split()[2]
    )


def test_a_killed_server_is_started_again_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    (first,) = kept.servers(1)
    os.kill(first, signal.SIGKILL)
    second = kept.servers(2)[-1]
    kept.process.send_signal(signal.SIGINT)
    assert kept.process.wait(20) == 128 + signal.SIGINT
    assert not alive(second)


def test_a_server_that_somebody_else_ends_is_started_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    (first,) = kept.servers(1)
    time.sleep(1.5)  # it has answered
    os.kill(first, signal.SIGTERM)
    second = kept.servers(2)[-1]
    kept.process.send_signal(signal.SIGTERM)
    assert kept.process.wait(20) == 128 + signal.SIGTERM
    assert not alive(second)


def test_a_server_that_stops_answering_is_started_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.servers(1)
    time.sleep(1.5)
    Path(f"{kept.lives}.deaf").touch()
    kept.servers(2)
    kept.process.terminate()
    kept.process.wait(20)


@pytest.mark.parametrize("code", [0, 1, START_FAILED])
def test_a_server_that_never_came_up_is_not_tried_again(tmp_path: Path, code: int) -> None:
    kept = Kept(tmp_path, sys.executable, "-c", f"import sys; sys.exit({code})")
    assert kept.process.wait(20) == code


def test_compiled_modules_are_kept_where_they_may_not_lie_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep_bytecode(tmp_path)
    subprocess.run([sys.executable, "-c", "import assistant.clock"], cwd=TOP, check=True)
    assert list((tmp_path / "bytecode").rglob("clock.*.pyc"))
