"""`make faults`: breaks each part of a running assistant in turn, with parents talking, and writes docs/reliability.md.

For each fault: what a parent read while it lasted, whether a message stayed without an answer or was answered twice, and
how long after the part's return the talk went on. WHICHPLAN_FAULT_TALKS sets how many parents talk (default 50).
"""

from __future__ import annotations

import argparse
import contextlib
import http.server
import os
import resource
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assistant.settings import TOP
from tests.http.world import Parent, Server, free_port

TALKS = int(os.environ.get("WHICHPLAN_FAULT_TALKS", "50"))
PAGE = TOP / "docs" / "reliability.md"
BROKEN_SECONDS = 4.0
RECOVERY_SECONDS = 10.0
PATIENCE = 30.0
QUESTION = "what is an iep"
_BEGIN, _END = "<!-- written by make faults -->", "<!-- end -->"


@dataclass
class Seen:
    """What one fault did.

    Attributes:
        asked: Messages sent while the part was broken.
        answered, told, refused: Those answered as always, with a true sentence that something is down, by 503 or a closed line.
        slowest: Seconds of the slowest answer.
        lost, doubled: Messages of the transcript without an answer though 200 was said, and those answered twice.
        back: Seconds from the part's return to the first answer as always.
        health: What /health said meanwhile.
        note: What else was checked.
    """

    name: str
    asked: int = 0
    answered: int = 0
    told: int = 0
    refused: int = 0
    slowest: float = 0.0
    lost: int = 0
    doubled: int = 0
    back: float = 0.0
    health: str = ""
    note: str = ""
    silent: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def held(self) -> bool:
        return not (self.silent or self.lost or self.doubled) and self.back <= RECOVERY_SECONDS


class Talks:
    """Parents who go on talking while something breaks; each sends a message again until it is answered."""

    def __init__(self, server: Server, count: int) -> None:
        self.server = server
        self.parents = [Parent(server, timeout=PATIENCE) for _ in range(count)]
        self.said: dict[str, set[str]] = {parent.token: set() for parent in self.parents}

    def ask(self, seen: Seen, until: Callable[[], bool], say: str = QUESTION) -> None:
        """Let all ask until `until`; then each sends its open message until it is answered."""
        with ThreadPoolExecutor(len(self.parents)) as threads:
            for done in [threads.submit(self._ask, parent, seen, until, say) for parent in self.parents]:
                done.result()

    def _ask(self, parent: Parent, seen: Seen, until: Callable[[], bool], say: str) -> None:
        while True:
            message, began = str(uuid.uuid4()), time.monotonic()
            while not self._send(parent, seen, message, say):
                if time.monotonic() - began > 2 * PATIENCE:
                    with seen._lock:
                        seen.silent += 1
                    return
                time.sleep(0.5)
            self.said[parent.token].add(message)
            if until():
                return
            time.sleep(1.0)

    def _send(self, parent: Parent, seen: Seen, message: str, say: str) -> bool:
        began = time.monotonic()
        try:
            answer = parent.send(message, text=say)
            replies = answer.json()["replies"] if answer.status_code == 200 else []
        except (httpx.HTTPError, ValueError):
            answer, replies = None, []
        with seen._lock:
            seen.asked += 1
            seen.slowest = max(seen.slowest, time.monotonic() - began)
            if answer is not None and answer.status_code == 200 and not replies:
                seen.silent += 1
            elif not replies:
                seen.refused += 1
            elif any(reply["outcome"] == "error" for reply in replies):
                seen.told += 1
            else:
                seen.answered += 1
                return True
        return False

    def check(self, seen: Seen) -> None:
        """Compare what was answered with the transcripts."""
        for parent in self.parents:
            kept = parent.http.get("/v1/messages").json()["messages"]
            own = [message["id"] for message in kept if message["from"] == "parent"]
            seen.doubled += len(own) - len(set(own))
            seen.lost += len(self.said[parent.token] - set(own))


def parts_down(server: Server) -> str:
    """Return what /health calls down."""
    try:
        answer = httpx.get(f"{server.url}/health", timeout=10)
    except httpx.HTTPError:
        return "no answer"
    return ", ".join(part for part, up in answer.json().items() if up is False) or "ok"


def back_after(talks: Talks, seconds: float = PATIENCE) -> float:
    """Return how long it takes until a parent is answered as always."""
    began = time.monotonic()
    parent = talks.parents[0]
    while time.monotonic() - began < seconds:
        with contextlib.suppress(httpx.HTTPError, ValueError, KeyError):
            replies = parent.send(text=QUESTION).json()["replies"]
            if replies and replies[0]["outcome"] != "error":
                return time.monotonic() - began
        time.sleep(0.25)
    return seconds


def broken(
    server: Server, name: str, fault: Callable[[Server], contextlib.AbstractContextManager[None]]
) -> Seen:
    """Break a part for some seconds under talks, then see how the talk goes on."""
    seen, talks = Seen(name), Talks(server, TALKS)
    ended = threading.Event()
    asking = threading.Thread(target=talks.ask, args=(seen, ended.is_set))
    with fault(server):
        asking.start()
        time.sleep(BROKEN_SECONDS)
        seen.health = parts_down(server)
    seen.back = back_after(talks)
    ended.set()
    asking.join()
    talks.check(seen)
    return seen


@contextlib.contextmanager
def locked(server: Server, file: str) -> Iterator[None]:
    """Hold SQLite's write lock."""
    rows = sqlite3.connect(server.data / file, isolation_level=None)
    rows.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        rows.rollback()
        rows.close()


@contextlib.contextmanager
def table_gone(server: Server, file: str, table: str) -> Iterator[None]:
    """Take a table away and bring it back."""
    with contextlib.closing(sqlite3.connect(server.data / file, timeout=20)) as rows:
        rows.execute(f"ALTER TABLE {table} RENAME TO away")
        rows.commit()
    try:
        yield
    finally:
        with contextlib.closing(sqlite3.connect(server.data / file, timeout=20)) as rows:
            rows.execute(f"ALTER TABLE away RENAME TO {table}")
            rows.commit()


def server_process(server: Server) -> int:
    """Return the process that serves: the supervisor's only child."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    return int(children[0]) if children else server.process.pid


@contextlib.contextmanager
def disk_full(server: Server) -> Iterator[None]:
    """Let no file of the server grow, as on a full disk."""
    process = server_process(server)
    _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))


@contextlib.contextmanager
def killed(server: Server) -> Iterator[None]:
    """Kill the serving process in the middle of its messages; the supervisor has to do the rest."""
    time.sleep(1)
    os.kill(server_process(server), signal.SIGKILL)
    yield


@contextlib.contextmanager
def stopped(server: Server) -> Iterator[None]:
    """Freeze the serving process, as a stalled event loop does, and let it go on."""
    process = server_process(server)
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGCONT)


def no_mail_server(folder: Path) -> Seen:
    """Book while the mail server is down; the letters have to leave once it is back."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Message

    arrived: list[str] = []

    class Letters(Message):
        def handle_message(self, message: object) -> None:
            arrived.append(str(message)[:40])

    port, seen = free_port(), Seen("mail server down while a call is booked")
    server = Server(folder / "mail", WHICHPLAN_SMTP_URL=f"smtp://127.0.0.1:{port}")
    try:
        parent = Parent(server)
        for said in ("book a call", "Wren", "wren@example.org"):
            parent.says(said)
        parent.presses("")
        parent.presses("Yes")
        seen.asked, seen.answered = 5, 5
        seen.lost = 0 if "booked" in parent.words() else 1
        time.sleep(2)
        seen.health = parts_down(server)
        controller = Controller(Letters(), hostname="127.0.0.1", port=port)
        controller.start()
        began = time.monotonic()
        while len(arrived) < 2 and time.monotonic() - began < 150:
            time.sleep(0.5)
        seen.note = (
            f"{len(arrived)} letters arrived {time.monotonic() - began:.0f} s after the server's return"
        )
        seen.lost += max(0, 2 - len(arrived))
        time.sleep(1)
        seen.doubled = max(0, len(arrived) - 2)
        controller.stop()
    finally:
        server.stop()
    return seen


def no_calendar(folder: Path) -> Seen:
    """Ask for times while the advocate's calendar answers 500."""

    class Broken(http.server.BaseHTTPRequestHandler):
        def do_REPORT(self) -> None:
            self.send_error(500)

        do_PROPFIND = do_GET = do_OPTIONS = do_REPORT

        def log_message(self, *_: object) -> None:
            pass

    calendar = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    threading.Thread(target=calendar.serve_forever, daemon=True).start()
    seen = Seen("advocate's calendar answers 500")
    server = Server(
        folder / "calendar", WHICHPLAN_CALDAV_FOUNDER=f"http://a:b@127.0.0.1:{calendar.server_port}/cal/"
    )
    try:
        parent = Parent(server)
        for said in ("book a call", "Wren", "wren@example.org"):
            parent.says(said)
            seen.asked += 1
            seen.told += "error" in parent.outcomes()
            seen.answered += "error" not in parent.outcomes()
        seen.silent = 0 if seen.told else 1
        seen.note = parent.words().replace("\n", " ")[:90]
        seen.health = parts_down(server)
        seen.silent += 0 if parent.says(QUESTION)[0]["outcome"] == "answered" else 1
    finally:
        server.stop()
        calendar.shutdown()
    return seen


def no_actions(folder: Path) -> Seen:
    """Answer with the action server away (only where one is set: by default there is none to lose)."""
    seen = Seen("separate action server down")
    server = Server(folder / "actions", WHICHPLAN_ACTIONS_URL=f"http://127.0.0.1:{free_port()}/webhook")
    try:
        parent = Parent(server)
        began = time.monotonic()
        parent.says(QUESTION)
        seen.asked, seen.slowest = 1, time.monotonic() - began
        seen.told = parent.outcomes().count("error")
        seen.silent = 0 if seen.told else 1
        parent.says("my son wants to kill himself")
        seen.note = f"danger was answered by: {parent.outcomes()[0]}"
        seen.health = parts_down(server)
    finally:
        server.stop()
    return seen


def page(seen: list[Seen]) -> str:
    """Return the table."""
    lines = [
        _BEGIN,
        f"{TALKS} parents talk, each sends its message again until it is answered. Measured on 2 shared cores.",
        "",
        "| broken | sent | answered | told | 503 or line closed | silent | lost | doubled | slowest s | back after s | /health said | |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {s.name} | {s.asked} | {s.answered} | {s.told} | {s.refused} | {s.silent} | {s.lost} | {s.doubled} "
        f"| {s.slowest:.1f} | {s.back:.1f} | {s.health} | {s.note} |"
        for s in seen
    ]
    return "\n".join([*lines, _END])


def main() -> None:
    """Run the faults, write the table, fail where a promise was broken."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("-k", default="", help="only the faults whose name holds this word")
    options = parser.parse_args()
    seen: list[Seen] = []

    def note(one: Seen) -> None:
        seen.append(one)
        sys.stdout.write(f"{'held  ' if one.held else 'BROKEN'} {one}\n")
        sys.stdout.flush()

    shared: list[tuple[str, Callable[[Server], contextlib.AbstractContextManager[None]]]] = [
        ("tracker.db locked", lambda s: locked(s, "tracker.db")),
        ("talks.db locked", lambda s: locked(s, "talks.db")),
        ("bookings.db locked", lambda s: locked(s, "bookings.db")),
        ("table of the tracker gone", lambda s: table_gone(s, "tracker.db", "events")),
        ("disk full", disk_full),
        ("server frozen for 4 s", stopped),
        ("server killed (kill -9) mid-message", killed),
    ]
    alone: list[tuple[str, Callable[[Path], Seen]]] = [
        ("mail server down", no_mail_server),
        ("calendar", no_calendar),
        ("action server down", no_actions),
    ]
    with tempfile.TemporaryDirectory(prefix="whichplan-faults-") as name:
        folder = Path(name)
        wanted = [(n, f) for n, f in shared if options.k in n]
        if wanted:
            server = Server(folder / "shared", module="assistant.engine.run")
            try:
                for title, fault in wanted:
                    note(broken(server, title, fault))
            finally:
                server.stop()
        for title, run in alone:
            if options.k in title:
                note(run(folder))
    if not options.k:
        text = PAGE.read_text(encoding="utf-8")
        head, _, rest = text.partition(_BEGIN)
        PAGE.write_text(head + page(seen) + rest.partition(_END)[2], encoding="utf-8")
    sys.exit(0 if all(one.held for one in seen) else 1)


if __name__ == "__main__":
    main()
