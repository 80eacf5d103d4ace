"""From a row to a change: a wording of a point with its held-out line and its story, or the draft of a new point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.knowledge.new_question import begin_point
from assistant.replay.story_file import add_to, as_yaml
from assistant.settings import TOP

FEWEST_PUBLISHED = 5
"""So many parents have to have asked alike before a parent's own words go into a file that may be published."""
STORIES = Path("tests/conversations/test_unanswered.yml")
_HELD_OUT_HEAD = (
    "# Messages by another hand than the training lines: none of them may ever stand in data/nlu/.\n"
)


class NotChanged(ValueError):
    """The step can't be taken; the text says why and what to do."""


@dataclass(frozen=True)
class Wording:
    """A point's new wording: `line` is trained on, `held_out` measures whether it was learnt, and stands in the story."""

    point: str
    line: str
    held_out: str


def wording(point: str, texts: Sequence[str], alike: int, line: str = "", held_out: str = "") -> Wording:
    """Return the two wordings to write: those that were given, else parents' own where enough asked alike.

    Args:
        point: `topic/point`.
        texts: What parents let us keep.
        alike: How many turns ask alike.
        line: The reviewer's own words to train on.
        held_out: The same question in yet other words.

    Raises:
        NotChanged: Words are missing, or both are the same.
    """
    own = [" ".join(text.split()) for text in texts] if alike >= FEWEST_PUBLISHED else []
    own = [text for text in own if text not in (line, held_out)]
    line = line or (own.pop(0) if own else "")
    held_out = held_out or (own.pop(0) if own else "")
    if not line or not held_out:
        missing = " and ".join(
            name for name, words in (("--line", line), ("--held-out", held_out)) if not words
        )
        raise NotChanged(
            f"Fewer than {FEWEST_PUBLISHED} parents asked alike, or they kept their words: say the question in words of your own "
            f'with {missing}, such as make unanswered ARGS=\'wording 7 {point} --line "can they …" --held-out "is it ok if …"\'.'
        )
    if line.casefold() == held_out.casefold():
        raise NotChanged(
            "--line and --held-out are the same: what was trained on measures nothing. Say it in other words."
        )
    return Wording(point, " ".join(line.split()), " ".join(held_out.split()))


def add_wording(new: Wording, top: Path = TOP) -> list[Path]:
    """Write the line, the held-out line and the story below `top`; return the files.

    Raises:
        NotChanged: There is no such point, or a line stands there already.
    """
    topic, _, _ = new.point.partition("/")
    nlu, held_out = top / "data/nlu" / f"{topic}.yml", top / "tests/nlu" / f"{topic}.yml"
    text = nlu.read_text(encoding="utf-8") if nlu.is_file() else ""
    block = re.search(
        rf"^  - intent: {re.escape(new.point)}\n    examples: \|\n(?:      .*\n?|\s*\n)+", text, re.MULTILINE
    )
    if block is None:
        raise NotChanged(
            f"data/nlu/{topic}.yml has no wordings of {new.point}. Name a point such as ask_placement/who_decides."
        )
    measured = held_out.read_text(encoding="utf-8") if held_out.is_file() else _HELD_OUT_HEAD
    for words, where, name in (
        (new.line, text, nlu.name),
        (new.held_out, text, nlu.name),
        (new.line, measured, held_out.name),
    ):
        if re.search(rf"(?im)^\s*- (?:\{{text: [\"'])?{re.escape(words)}(?:[\"'],|$)", where):
            raise NotChanged(f"{name} has {words!r} already. Say it in other words.")
    nlu.write_text(_with_line(text, block, new.line), encoding="utf-8")
    held_out.parent.mkdir(parents=True, exist_ok=True)
    held_out.write_text(f"{measured.rstrip()}\n- {_row(new)}", encoding="utf-8")
    stories = top / STORIES
    stories.parent.mkdir(parents=True, exist_ok=True)
    add_to(stories, as_yaml(_story(new)))
    return [nlu, held_out, stories]


def _with_line(text: str, block: re.Match[str], line: str) -> str:
    """Return a file of wordings with one more line at the end of a block; empty lines behind it stay behind it."""
    end = (
        block.end() - (len(block[0]) - len(block[0].rstrip("\n"))) + 1
        if block[0].endswith("\n")
        else block.end()
    )
    lead = "" if text[:end].endswith("\n") else "\n"
    return f"{text[:end]}{lead}      - {line}\n{text[end:]}"


def _row(new: Wording) -> str:
    return yaml.safe_dump(
        {"text": new.held_out, "point": new.point},
        default_flow_style=True,
        width=10_000,
        allow_unicode=True,
        sort_keys=False,
    )


def _story(new: Wording) -> dict[str, Any]:
    return {
        "test_case": f"{new.point.replace('/', ', ').replace('_', ' ')}: {new.held_out[:60]}",
        "steps": [{"user": new.held_out, "assertions": [{"answer": {"point": new.point}}]}],
    }


def add_point(name: str, wordings: Sequence[str], top: Path = TOP) -> list[Path]:
    """Begin a new point as a draft, with the words that may be written as its first wordings; return the files.

    Raises:
        QuestionError: The name is malformed or taken, or its topic is not there.
    """
    written = begin_point(name, top)
    nlu = written[-1]
    text = nlu.read_text(encoding="utf-8").rstrip("\n")
    lines = "".join(f"\n      - {' '.join(words.split())}" for words in wordings)
    nlu.write_text(f"{text}{lines}\n", encoding="utf-8")
    return written
