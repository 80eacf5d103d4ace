"""A start with something broken ends with a sentence that says what and what to do, exit code 78, and no traceback."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.serve.run import drop_cut_bytecode
from assistant.serve.supervisor import START_FAILED
from assistant.settings import TOP
from tests.ports import free_port

SERVE = """
import sys, assistant.serve.models as models
from pathlib import Path
models.model_path = lambda top=None: Path(sys.argv[1])
from assistant.serve import server
server.main()
"""


def started(data: Path, model: Path, most_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
    """Start the server where it can't; with `most_bytes` no file grows beyond, as on a full disk."""

    def full() -> None:
        if most_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVE, str(model)],
        cwd=TOP,
        env=os.environ | {"WHICHPLAN_DATA": str(data), "WHICHPLAN_PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=full,
    )


@pytest.fixture
def no_model(tmp_path: Path) -> Path:
    path = tmp_path / "whichplan-cut.tar.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00" + random.Random(1).randbytes(5000))
    return path


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == START_FAILED, done.stderr
    assert done.stderr.startswith("Which Plan did not start: ")
    return done.stderr


@pytest.mark.parametrize("name", ["bookings.db", "tracker.db", "talks.db"])
def test_a_database_that_is_none(tmp_path: Path, no_model: Path, name: str) -> None:
    (tmp_path / name).write_bytes(random.Random(2).randbytes(9000))
    told = said(started(tmp_path, no_model))
    assert str(tmp_path / name) in told and "backup" in told


@pytest.mark.parametrize("most_bytes", [0, 20, 5000])
def test_a_full_disk(tmp_path: Path, no_model: Path, most_bytes: int) -> None:
    assert str(tmp_path / "data") in said(started(tmp_path / "data", no_model, most_bytes))


def test_after_a_full_disk_it_starts(tmp_path: Path, no_model: Path) -> None:
    started(tmp_path / "data", no_model, 0)
    assert "make train" in said(started(tmp_path / "data", no_model))  # the next thing that is broken


def test_a_model_that_was_cut_short(tmp_path: Path, no_model: Path) -> None:
    assert "make train" in said(started(tmp_path / "data", no_model))
    no_model.write_bytes(b"no archive")
    assert "make train" in said(started(tmp_path / "data", no_model))


def test_compiled_modules_that_were_cut_short_are_made_anew(tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", "import assistant.booking.times.words"]
    subprocess.run(command, cwd=TOP, env=environ, check=True)
    (compiled,) = tmp_path.rglob("words.*.pyc")
    whole = compiled.read_bytes()
    for length, every in ((4096, False), (0, False), (700, True)):
        compiled.write_bytes(whole[:length])
        assert (
            length == 0 or subprocess.run(command, cwd=TOP, env=environ, capture_output=True).returncode == 1
        )
        assert drop_cut_bytecode(tmp_path, every=every) == 1
        subprocess.run(command, cwd=TOP, env=environ, check=True)
    assert compiled.read_bytes() == whole
