"""`make faults`: breaks each part of a running assistant in turn, with parents talking, and writes docs/run/reliability.md.

For each fault: what a parent read while it lasted, whether a message stayed without an answer or was answered twice, and
how long after the part's return the talks went on. WHICHPLAN_FAULT_TALKS sets how many parents talk (default 50).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.settings import TOP
from bench.faults import booking, slack
from bench.faults.parents import TALKS, Talks
from bench.faults.parts import (
    ActionServer,
    Fault,
    away,
    child,
    cut_short,
    deleted,
    disk_full,
    frozen,
    killed,
    locked,
    moved_away,
    read,
    stopped,
    table_gone,
)
from bench.faults.seen import HEAD, Seen
from tests.conftest import program
from tests.http.world import Server, is_well
from tests.load.cluster import running_cluster
from tests.ports import free_port

PAGE = TOP / "docs" / "run" / "reliability.md"
BROKEN_SECONDS = 4.0
RUN = "assistant.serve.run"
"""The server with its supervisor, as `make run` starts it."""
_BEGIN, _END = "<!-- written by make faults -->", "<!-- end -->"


def _until_up(urls: Sequence[str], since: float) -> float:
    """Return the seconds until all of these answer."""
    for url in urls:
        while time.monotonic() - since < 60 and not is_well(url):
            time.sleep(0.2)
    return time.monotonic() - since


def broken(
    url: str, name: str, fault: Fault, *, restarts: Sequence[str] = (), seconds: float = BROKEN_SECONDS
) -> Seen:
    """Break a part for some seconds under talks, then see how they go on.

    Args:
        url: Where parents write.
        name: What is broken.
        fault: Breaks it.
        restarts: Addresses that have to come back by themselves.
        seconds: How long it is broken.
    """
    seen, talks = Seen(name), Talks(url)
    talks.begin(seen)
    time.sleep(2)
    died = time.monotonic()
    with fault():
        time.sleep(1)
        looking = threading.Thread(target=talks.look, args=(seen,))
        looking.start()
        if not restarts:
            time.sleep(seconds - 1)
    if restarts:
        seen.again = _until_up(restarts, died)
        seen.note = f"up {seen.again:.1f} s after the kill"
    talks.is_back()
    looking.join()
    talks.end(seen)
    return seen


def one_server(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Seen]:
    """The faults of `make run` as it comes: one process with its supervisor, on SQLite."""
    faults: list[tuple[str, Callable[[Server], Fault]]] = [
        ("tracker.db locked", lambda s: lambda: locked(s.data / "tracker.db")),
        ("talks.db locked", lambda s: lambda: locked(s.data / "talks.db")),
        ("bookings.db locked", lambda s: lambda: locked(s.data / "bookings.db")),
        ("tracker.db locked for ten seconds", lambda s: lambda: locked(s.data / "tracker.db")),
        ("tracker.db deleted", lambda s: lambda: deleted(s.data / "tracker.db")),
        ("talks.db deleted", lambda s: lambda: deleted(s.data / "talks.db")),
        ("bookings.db gone, then back", lambda s: lambda: moved_away(s.data / "bookings.db")),
        ("tracker.db cut short, then restored", lambda s: lambda: cut_short(s.data / "tracker.db")),
        ("bookings.db cut short, then restored", lambda s: lambda: cut_short(s.data / "bookings.db")),
        ("table of the tracker gone", lambda s: lambda: table_gone(s.data / "tracker.db", "events")),
        ("disk full", lambda s: lambda: disk_full(child(s.process))),
        ("server frozen", lambda s: lambda: frozen(child(s.process))),
        ("server killed (kill -9) mid-message", lambda s: lambda: killed(child(s.process))),
        ("server told to stop (kill) mid-message", lambda s: lambda: stopped(child(s.process))),
        ("a backup reads every database", lambda s: lambda: read(*s.data.glob("*.db"))),
    ]
    faults = [one for one in faults if wanted(one[0])]
    if not faults:
        return
    server = Server(folder / "one", module=RUN)
    try:
        for name, fault in faults:
            restarts = [server.url] if "kill" in name else ()
            seconds = 10.0 if "ten seconds" in name else BROKEN_SECONDS
            yield broken(server.url, name, fault(server), restarts=restarts, seconds=seconds)
    finally:
        server.stop()


def separate_actions(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Seen]:
    """The action server of its own killed and started again."""
    name = "separate action server killed (kill -9), started again"
    if not wanted(name):
        return
    actions = ActionServer(free_port(), folder / "actions")
    server = None
    try:
        server = Server(folder / "actions", module=RUN, WHICHPLAN_ACTIONS_URL=actions.url)
        yield broken(server.url, name, lambda: away(actions.kill, actions.start))
    finally:
        if server is not None:
            server.stop()
        actions.kill()


def many_workers(wanted: Callable[[str], bool]) -> Iterator[Seen]:
    """The faults of two workers behind nginx, with PostgreSQL and Redis."""
    names = (
        "Redis killed, started again",
        "PostgreSQL stopped, started again",
        "one of two workers killed (kill -9) behind nginx",
        "both workers killed (kill -9) behind nginx",
    )
    if not any(map(wanted, names)):
        return
    missing = [one for one in ("postgresql", "redis", "nginx") if program(one) is None]
    if missing:
        sys.stdout.write(f"not run: {', '.join(names)} (install {' '.join(missing)})\n")
        return
    with running_cluster(2, RUN) as cluster:

        def workers(count: int) -> list[int]:
            return [child(worker.process) for worker in cluster.workers[:count]]

        faults: tuple[Fault, ...] = (
            lambda: away(cluster.limits.kill, cluster.limits.start),
            lambda: away(cluster.database.stop, cluster.database.start),
            lambda: killed(*workers(1)),
            lambda: killed(*workers(2)),
        )
        for name, fault in zip(names, faults, strict=True):
            if wanted(name):
                urls = [worker.url for worker in cluster.workers] if "kill -9" in name else ()
                yield broken(cluster.url, name, fault, restarts=urls)


def alone(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Seen]:
    """The faults that need somebody else's server."""
    for name, run in (
        ("mail server down", booking.mail),
        ("calendar down", booking.calendar),
        ("calendar down from the start", booking.unseen_calendar),
    ):
        if wanted(name):
            yield run(folder)
    if wanted("slack"):
        for slacks in slack.slack(folder):
            yield slacks()


def note(one: Seen) -> None:
    """Put a row into the table, in the place of the one that was measured before."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(_BEGIN)
    table, _, rest = rest.partition(_END)
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| broken")]
    place = next((at for at, row in enumerate(rows) if row.startswith(f"| {one.name} |")), len(rows))
    rows[place : place + 1] = [one.row()]
    said = (
        f"{TALKS} parents talk at once; server, databases and parents share {os.cpu_count()} cores. A load above "
        f"{os.cpu_count()} is work of others on the same machine, and lengthens every time of its row."
    )
    lines = [_BEGIN, said, "", HEAD, *rows, _END]
    PAGE.write_text(head + "\n".join(lines) + rest, encoding="utf-8")


def main() -> None:
    """Run the faults, write their rows, fail where a promise was broken."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("-k", default="", help="only the faults whose name holds this word")
    options = parser.parse_args()
    # compiled modules are kept, as on any machine: without them a start takes three seconds of a core longer
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    kept = True
    with tempfile.TemporaryDirectory(prefix="whichplan-faults-") as name:
        folder = Path(name)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        wanted = lambda title: options.k.lower() in title.lower()  # noqa: E731
        for world in (
            one_server(folder, wanted),
            separate_actions(folder, wanted),
            many_workers(wanted),
            alone(folder, wanted),
        ):
            for one in world:
                kept = kept and one.held
                note(one)
                sys.stdout.write(
                    f"{'held  ' if one.held else 'BROKEN'} {one.row()} {dict(one.wrong) or ''}\n"
                )
                sys.stdout.flush()
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
