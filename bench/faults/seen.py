"""What one fault did to those who were talking, and its row of the table."""

from __future__ import annotations

import os
import threading
from collections import Counter
from dataclasses import dataclass, field

RECOVERY_SECONDS = 10.0
HEAD = (
    "| broken | sent | answered | told | 503, 429 | line closed | silent | lost | doubled | slowest s | back after s "
    "| /health said | danger | load | |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass
class Seen:
    """What one fault did.

    Attributes:
        name: What was broken.
        sent: Messages sent, each time that one is sent again included.
        answered, told, refused, closed: Those answered as always; with a true sentence that something is down; by 503 or 429
            with a sentence; by a closed line.
        silent: No answer within the patience, an empty one, or a status without a sentence.
        lost, doubled: Messages that were answered but are not in the transcript; those answered, or heard, twice.
        slowest: Seconds of the slowest answer.
        back: Seconds from the part's return until the last parent was answered as always.
        health: What /health said meanwhile.
        danger: How a message of danger was answered meanwhile.
        again: Seconds until what was killed was up again by itself.
        note: What else was checked.
    """

    name: str
    sent: int = 0
    answered: int = 0
    told: int = 0
    refused: int = 0
    closed: int = 0
    silent: int = 0
    lost: int = 0
    doubled: int = 0
    slowest: float = 0.0
    back: float = 0.0
    health: str = ""
    danger: str = ""
    again: float = 0.0
    note: str = ""
    wrong: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, how: str, seconds: float) -> None:
        """Count one message; `how` names an attribute."""
        with self._lock:
            self.sent += 1
            setattr(self, how, getattr(self, how) + 1)
            self.slowest = max(self.slowest, seconds)

    def add(self, how: str, why: str = "") -> None:
        """Count what is seen afterwards."""
        with self._lock:
            setattr(self, how, getattr(self, how) + 1)
            self.wrong[why or how] += 1

    def was_back(self, seconds: float) -> None:
        """Note that one more parent was answered as always."""
        with self._lock:
            self.back = max(self.back, seconds)

    @property
    def held(self) -> bool:
        """Whether every promise was kept."""
        kept = (
            not (self.silent or self.lost or self.doubled) and max(self.back, self.again) <= RECOVERY_SECONDS
        )
        return kept and self.danger in ("", "crisis")

    def row(self) -> str:
        """Return the row of the table, with the machine's load of the last minute."""
        return (
            f"| {self.name} | {self.sent} | {self.answered} | {self.told} | {self.refused} | {self.closed} | {self.silent} "
            f"| {self.lost} | {self.doubled} | {self.slowest:.1f} | {self.back:.1f} | {self.health} | {self.danger} "
            f"| {os.getloadavg()[0]:.1f} | {self.note} |"
        )
