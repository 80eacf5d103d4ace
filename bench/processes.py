"""What a process and its children take: memory and processor time, read from /proc (Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 15
"""Seconds a process gets to end by itself."""


def family(pid: int) -> list[int]:
    """Return `pid` and all its descendants that run."""
    found = [pid]
    for known in found:
        for task in Path(f"/proc/{known}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _members(pids: list[int]) -> set[int]:
    return {member for pid in pids for member in family(pid)}


def memory_mb(pids: list[int]) -> float:
    """Return the proportional memory (PSS) of processes and their children, in MB."""
    total = 0.0
    for pid in _members(pids):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    return total


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that processes and their children have used, in seconds."""
    total = 0
    for pid in _members(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with its children, and wait for it."""
    for pid in reversed(family(process.pid)):
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
