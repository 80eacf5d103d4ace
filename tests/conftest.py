"""What all tests share: programs from outside PyPI, and how a missing one is reported."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sanic import Sanic

PROGRAMS = {
    "chromium": ("chromium", "chromium"),
    "firefox": ("firefox-esr", "firefox-esr"),
    "webkit": ("WebKitWebDriver", "webkit2gtk-driver xvfb"),
    "postgresql": ("pg_ctl", "postgresql"),
    "redis": ("redis-server", "redis-server"),
    "nginx": ("nginx", "nginx"),
    "libreoffice": ("soffice", "libreoffice-writer-nogui"),
    "node": ("node", "nodejs npm"),
    "schemathesis": ("schemathesis", "schemathesis: make fuzz"),
}
"""For each name of the marker `needs`: the program, and the Debian package that brings it (or what does)."""

_missing: dict[str, int] = {}

# Sanic rewrites its own methods when an app starts and, but for its test mode, can do so only once a process.
Sanic.test_mode = True


def program(name: str) -> str | None:
    """Return the path of a program of PROGRAMS, also where Debian keeps it off PATH; None if it isn't installed."""
    command = PROGRAMS[name][0]
    places = [
        *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)),
        "/usr/sbin",
        str(Path(__file__).parents[1] / ".venv-fuzz/bin"),
    ]
    return shutil.which(command) or shutil.which(command, path=os.pathsep.join(places))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker in item.iter_markers("needs"):
            for name in marker.args:
                if program(name) is None:
                    _missing[name] = _missing.get(name, 0) + 1
                    if not os.environ.get("WHICHPLAN_EVERY_TEST"):
                        item.add_marker(pytest.mark.skip(reason=f"not run: install {PROGRAMS[name][1]}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, count in _missing.items():
        terminalreporter.write_line(f"not run: {count} tests that need {name} (install {PROGRAMS[name][1]})")
