"""Firefox and WebKit as Debian brings them, told what to do over W3C WebDriver.

Playwright drives builds of its own; the ones that parents have take WebDriver: WebKit by HTTP from WebKitWebDriver, Firefox by its
Marionette, which speaks the same commands over a socket (Debian has no geckodriver). Both do without a package.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import httpx

from tests.ports import free_port
from tests.waiting import eventually

START_SECONDS, ANSWER_SECONDS = 40.0, 30.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which WebDriver hands out an element."""
MINI_BROWSER = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
ENTER = "\ue007"
_PATHS = {"Navigate": "url", "ExecuteScript": "execute/sync"}
"""Of the commands, below a session."""


class Engine(Protocol):
    """A browser that can be told one WebDriver command at a time."""

    def call(self, command: str, parameters: Mapping[str, Any]) -> Any: ...
    def stop(self) -> None: ...


class Firefox:
    """Debian's firefox-esr, without a screen; commands go to its Marionette."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        profile = folder / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(
            f'user_pref("marionette.port", {port});\n'
            'user_pref("browser.shell.checkDefaultBrowser", false);\n'
            'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
            'user_pref("app.normandy.enabled", false);\n',
            encoding="utf-8",
        )
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        self._process = _started(command, folder, HOME=str(folder))
        self._line = _connected(port)
        self._read()  # it greets
        self._number = 0
        self.call("NewSession", {"capabilities": {"alwaysMatch": {}}})

    def call(self, command: str, parameters: Mapping[str, Any]) -> Any:
        self._number += 1
        text = json.dumps([0, self._number, f"WebDriver:{command}", parameters])
        self._line.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._read()
        if error:
            raise AssertionError(f"Firefox, {command}: {error.get('message')}")
        return result.get("value") if isinstance(result, dict) and set(result) == {"value"} else result

    def _read(self) -> Any:
        length = b""
        while (sign := self._line.recv(1)) != b":":
            if not sign:
                raise AssertionError("Firefox ended the line")
            length += sign
        left = int(length)
        parts = []
        while left:
            part = self._line.recv(left)
            if not part:
                raise AssertionError("Firefox ended the line in the middle of an answer")
            parts.append(part)
            left -= len(part)
        return json.loads(b"".join(parts))

    def stop(self) -> None:
        self._line.close()
        _ended(self._process)


class WebKit:
    """WebKitGTK's MiniBrowser on a screen of its own; commands go to WebKitWebDriver."""

    def __init__(self, folder: Path) -> None:
        reading, writing = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        port = free_port()
        command = ["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"]
        self._process = _started(
            command, folder, DISPLAY=display, HOME=str(folder), LIBGL_ALWAYS_SOFTWARE="1"
        )
        _connected(port).close()
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=ANSWER_SECONDS)
        options = {"binary": str(MINI_BROWSER[-1]), "args": ["--automation"]}
        made = self._post(
            "/session", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        )
        self._session = f"/session/{made['sessionId']}"

    def call(self, command: str, parameters: Mapping[str, Any]) -> Any:
        if command.startswith("Element"):
            action = {"ElementClick": "click", "ElementSendKeys": "value"}[command]
            return self._post(f"{self._session}/element/{parameters['id']}/{action}", parameters)
        return self._post(f"{self._session}/{_PATHS[command]}", parameters)

    def _post(self, path: str, parameters: Mapping[str, Any]) -> Any:
        answer = self._http.post(path, json=dict(parameters))
        value = answer.json()["value"]
        if answer.is_error:
            raise AssertionError(f"WebKit, {path.rpartition('/')[2]}: {value.get('message')}")
        return value

    def stop(self) -> None:
        self._http.delete(self._session)
        self._http.close()
        _ended(self._process)
        _ended(self._screen)


ENGINES: Mapping[str, Callable[[Path], Engine]] = {"firefox": Firefox, "webkit": WebKit}


class Visitor:
    """A parent in front of one of the browsers, who sees what is inside the widget."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def goes_to(self, address: str) -> None:
        """Open a page."""
        self._engine.call("Navigate", {"url": address})

    def sees(self, script: str, *values: Any) -> Any:
        """Return what JavaScript gives; `inside` is the widget's own tree."""
        body = f"const inside = document.querySelector('which-plan')?.shadowRoot; {script}"
        return self._engine.call("ExecuteScript", {"script": body, "args": list(values)})

    def counts(self, selector: str) -> int:
        """Return how many parts of the widget match."""
        return int(self.sees("return inside ? inside.querySelectorAll(arguments[0]).length : 0", selector))

    def reads(self, selector: str) -> str:
        """Return the text of the last part that matches."""
        return str(
            self.sees("return [...inside.querySelectorAll(arguments[0])].at(-1)?.innerText ?? ''", selector)
        )

    def finds(self, selector: str, name: str = "") -> str:
        """Return the last part that matches, and is named so, when it is there."""
        script = (
            "return [...(inside?.querySelectorAll(arguments[0]) ?? [])].filter((part) => part.checkVisibility?.() !== false && "
            "(!arguments[1] || (part.ariaLabel ?? part.innerText).trim() === arguments[1])).at(-1) ?? null"
        )
        found = eventually(
            lambda: self.sees(script, selector, name),
            seconds=ANSWER_SECONDS,
            why=lambda: f"{selector} {name}",
        )
        return str(found[ELEMENT])

    def presses(self, selector: str, name: str = "") -> None:
        """Click as a hand does: what lies under something else fails."""
        self._engine.call("ElementClick", {"id": self.finds(selector, name)})

    def types(self, text: str) -> None:
        """Type into the field and send; return when the answer is there."""
        before = self.counts("li.assistant")
        self._engine.call("ElementSendKeys", {"id": self.finds("#question"), "text": f"{text}{ENTER}"})
        self.is_answered(before)

    def chooses(self, name: str) -> None:
        """Press a button of the last reply; return when the answer is there."""
        before = self.counts("li.assistant")
        self.presses("li.assistant:last-of-type .choice", name)
        self.is_answered(before)

    def is_answered(self, before: int) -> None:
        """Wait for more replies than `before`."""

        def has_come() -> bool:
            return self.counts("li.assistant") > before and not self.counts(".working")

        eventually(has_come, seconds=ANSWER_SECONDS, why=lambda: "no answer")


def _started(command: Sequence[str], folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    path = shutil.which(command[0])
    assert path, f"{command[0]} is not installed"
    with (folder / "browser.log").open("wb") as log:
        return subprocess.Popen(
            [path, *command[1:]],
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _connected(port: int) -> socket.socket:
    def line() -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
        except OSError:
            return None

    return eventually(line, seconds=START_SECONDS, why=lambda: f"no browser on port {port}")


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End a browser with the processes that it started itself."""
    if process.poll() is None:
        try:
            own = os.getpgid(process.pid) == process.pid
            os.killpg(process.pid, signal.SIGTERM) if own else process.terminate()
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL) if own else process.kill()
            process.wait()
