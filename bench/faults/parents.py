"""Parents who go on talking while something breaks, and what they check afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.faults.seen import Seen

TALKS = int(os.environ.get("WHICHPLAN_FAULT_TALKS", "50"))
PATIENCE = 30.0
"""Seconds a parent waits for one answer; longer is silence."""
PAUSE = 2.0
"""Seconds between an answer and the next message: far less than anybody reads."""
LONGEST_PAUSE = 30.0
"""Seconds at most before a message is sent again; the first wait is one second, and each doubles, as in the widget."""
STEPS = (
    ("what is an iep", ""),
    ("book a call", "first name"),
    ("Wren", "Which email address"),
    ("wren@example.org", "time"),
)
"""What a parent says, and a part of the answer: a message of a form that is heard twice is answered otherwise."""
DANGER = "my son wants to kill himself"


@dataclass
class Said:
    """A talk: its token, and for each message that was answered its id and the ids of the replies."""

    token: str
    replies: dict[str, list[str]] = field(default_factory=dict)


class Parent:
    """Somebody with an address of their own, who sends each message again until it is answered."""

    def __init__(self, url: str, number: int) -> None:
        address = f"127.0.1.{number + 1}"  # behind nginx the address itself counts, without it the header
        self.http = httpx.Client(
            base_url=url,
            timeout=PATIENCE,
            headers={"X-Forwarded-For": address},
            transport=httpx.HTTPTransport(local_address=address),
        )
        self._number = number
        self.talks: list[Said] = []

    def run(self, seen: Seen, returned: threading.Event, when: list[float], gate: threading.Barrier) -> None:
        """Talk until the part is back and one more message is answered.

        Args:
            seen: Counts.
            returned: Whether the part is back.
            when: Holds the moment of its return, then.
            gate: All have begun a talk.
        """
        self._open(None, returned)
        gate.wait(120)
        chance = random.Random(self._number)
        time.sleep(PAUSE * chance.random())
        while True:
            for say, wanted in STEPS:
                time.sleep(PAUSE * chance.uniform(0.5, 1.5))
                body = {"id": str(uuid.uuid4()), "text": say}
                answer = self._until_answered("/v1/messages", body, seen)
                if answer is None:
                    return
                replies = answer["replies"]
                self.talks[-1].replies[body["id"]] = [one["id"] for one in replies]
                if wanted not in "\n".join(one["text"] for one in replies):
                    seen.add("doubled", f"{say!r} was answered by {replies[0]['text'][:60]!r}")
                if returned.is_set():
                    seen.was_back(max(0.0, time.monotonic() - when[0]))
                    return
            if not self._open(seen, returned):
                return

    def _open(self, seen: Seen | None, returned: threading.Event) -> bool:
        answer = self._until_answered("/v1/conversations", {}, seen)
        if answer is None:
            return False
        self.talks.append(Said(answer["token"]))
        self.http.headers["Authorization"] = f"Bearer {answer['token']}"
        return True

    def _until_answered(self, path: str, body: dict[str, Any], seen: Seen | None) -> dict[str, Any] | None:
        began, pause = time.monotonic(), 1.0
        while time.monotonic() - began < 4 * PATIENCE:  # with the waits above some six tries
            sent = time.monotonic()
            how, answer = self._send(path, body)
            if seen is not None:
                seen.count(how, time.monotonic() - sent)
            if how == "answered":
                return answer
            time.sleep(min(pause, LONGEST_PAUSE) * random.uniform(0.75, 1.25))
            pause *= 2
        if seen is not None:
            seen.add("silent", f"{path} was never answered")
        return None

    def _send(self, path: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        try:
            answer = self.http.post(path, json=body)
        except httpx.ReadTimeout:
            return "silent", {}
        except httpx.TransportError:
            return "closed", {}
        with contextlib.suppress(ValueError):
            said: dict[str, Any] = answer.json()
            if answer.status_code in (503, 429) and said["error"]["message"]:
                return "refused", said
            replies = said.get("replies") or []
            if answer.status_code in (200, 201) and replies:
                return ("told" if any(one["outcome"] == "error" for one in replies) else "answered"), said
        return "silent", {}

    def danger(self) -> str:
        """Return the outcome of a message of danger."""
        body = {"id": str(uuid.uuid4()), "text": DANGER}
        how, answer = self._send("/v1/messages", body)
        return str(answer["replies"][0]["outcome"]) if how in ("answered", "told") else how

    def check(self, seen: Seen) -> None:
        """Compare what was read with the transcripts, and send the last message of each talk once more."""
        for talk in self.talks:
            self.http.headers["Authorization"] = f"Bearer {talk.token}"
            groups: dict[str, list[str]] = {}
            own = ""
            for one in self._transcript():
                if one["from"] == "parent":
                    own = one["id"]
                    if own in groups:
                        seen.add("doubled", "a message stands twice in the transcript")
                    groups[own] = []
                elif own:
                    groups[own].append(one["id"])
            for message, read in talk.replies.items():
                if not set(read) <= set(groups.get(message, [])):
                    seen.add("lost", "an answer is not in the transcript")
                elif len(groups[message]) > len(read):
                    seen.add("doubled", "a message has two answers in the transcript")
            for message, read in list(talk.replies.items())[-1:]:
                again = self.http.post("/v1/messages", json={"id": message, "text": "again"})
                if [one["id"] for one in again.json()["replies"]] != read:
                    seen.add("doubled", "a message sent again was answered anew")
        self.http.close()

    def _transcript(self) -> list[dict[str, Any]]:
        for _ in range(10):
            with contextlib.suppress(httpx.HTTPError):
                answer = self.http.get("/v1/messages")
                if answer.status_code == 200:
                    said: list[dict[str, Any]] = answer.json()["messages"]
                    return said
            time.sleep(1)
        raise RuntimeError("a transcript can't be read after the part's return")


class Talks:
    """All parents of one fault."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.parents = [Parent(url, number) for number in range(TALKS)]
        self._returned = threading.Event()
        self._when: list[float] = []
        self._worried = Parent(url, TALKS)

    def begin(self, seen: Seen) -> None:
        """Let all talk; return when each has begun."""
        self._worried._open(None, self._returned)
        gate = threading.Barrier(len(self.parents) + 1)
        self._threads = ThreadPoolExecutor(len(self.parents))
        self._running = [
            self._threads.submit(one.run, seen, self._returned, self._when, gate) for one in self.parents
        ]
        gate.wait(120)

    def is_back(self) -> None:
        """Say that the part is back, from now on."""
        self._when.append(time.monotonic())
        self._returned.set()

    def end(self, seen: Seen) -> None:
        """Wait until each parent was answered, and check."""
        for one in self._running:
            one.result()
        for done in [self._threads.submit(one.check, seen) for one in self.parents]:
            done.result()
        self._threads.shutdown()

    def look(self, seen: Seen) -> None:
        """Ask /health and send a message of danger, while the part is broken."""
        try:
            answer = httpx.get(f"{self.url}/health", timeout=4)
            parts = answer.json()
            seen.health = ", ".join(part for part, up in parts.items() if up is False) or str(
                answer.status_code
            )
            if answer.status_code == 200:
                seen.health = "ok"
        except httpx.HTTPError:
            seen.health = "no answer"
        except (ValueError, KeyError):
            seen.health = "503"
        if seen.health not in ("no answer", "503"):
            seen.danger = self._worried.danger()
