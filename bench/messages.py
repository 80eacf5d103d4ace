"""The messages that the understanding is measured on, and the ones it learns from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.knowledge.checks.reach import nlu_files
from assistant.settings import TOP

HELD_OUT = TOP / "tests/nlu"
SAMPLE = TOP / "tests/samples/parents_sample.jsonl"


@dataclass(frozen=True)
class Message:
    """A parent's message with every acceptable intent, best first, and the plan it names ("504", "iep", "both", "none")."""

    text: str
    labels: tuple[str, ...]
    plan: str

    @property
    def words(self) -> int:
        """Return the number of words."""
        return len(self.text.split())


def held_out(folder: Path = HELD_OUT) -> list[Message]:
    """Return the wordings that training never saw: tests/nlu/questions_*.yml."""
    rows = [
        row for path in sorted(folder.glob("questions_*.yml")) for row in yaml.safe_load(path.read_text())
    ]
    return [Message(row["text"], tuple(row["labels"]), str(row["plan"])) for row in rows]


def sample(path: Path = SAMPLE) -> list[Message]:
    """Return the sample of real messages: to check against, never to learn from."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [Message(row["text"], tuple(row["labels"]), row["plan"]) for row in rows]


def training_lines(data: Path = TOP / "data") -> Iterator[tuple[str, str]]:
    """Yield (text, intent) of each training line; a point's line counts for its topic."""
    for text, intent in wordings(data):
        yield text, intent.partition("/")[0]


def wordings(data: Path = TOP / "data") -> Iterator[tuple[str, str]]:
    """Yield (text, intent) of each training line that stands alone; a point's intent is `ask_cost/who_pays`."""
    for text, intent, follows in every_line(data):
        if follows is None:
            yield text, intent


def every_line(data: Path = TOP / "data") -> Iterator[tuple[str, str, str | None]]:
    """Yield (text, intent, follows) of each training line; `follows` is the point or topic that it leans on, else None."""
    for path in nlu_files(data):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            if isinstance(block["examples"], str):
                for line in block["examples"].splitlines():
                    if line.startswith("- "):
                        yield line[2:].strip(), block["intent"], None
            else:
                for row in block["examples"]:
                    yield row["text"], block["intent"], row.get("metadata", {}).get("follows")
