"""Reads content files as text, and says in which line something is wrong."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONTENT_VARIABLE = "WHICHPLAN_CONTENT"
CONTENT = (
    Path(os.environ.get(CONTENT_VARIABLE) or Path(__file__).parents[2] / "content").expanduser().resolve()
)
ANSWERS = CONTENT / "en" / "answers"
"""One folder a topic: its general text in topic.yml, each point in a file of its own."""
TOPIC = "topic.yml"
DIGEST_LETTERS = 12
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The reader in C where there is one: a start, and a restart after a crash, takes a second of a core less."""


class ContentError(Exception):
    """A content file is broken: the text names file, line and remedy."""


@dataclass(frozen=True)
class ContentFile:
    """One YAML file, every scalar a string: YAML would make a number of a bare 504."""

    path: Path
    data: Any
    lines: dict[tuple[str | int, ...], int]

    def line(self, *where: str | int) -> int:
        """Return the line of the entry at `where`, or of the nearest one above it."""
        place = tuple(where)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def error(self, message: str, *where: str | int) -> ContentError:
        """Return the error to raise for the entry at `where`."""
        return ContentError(f"{short_path(self.path)}:{self.line(*where)}: {message}")


def short_path(path: Path) -> str:
    """Return `path` from the checkout's top, as a person would type it."""
    top = CONTENT.parent
    return str(path.relative_to(top)) if path.is_relative_to(top) else str(path)


def topic_file(intent: str, answers: Path = ANSWERS) -> Path:
    """Return the file with the general text of a topic."""
    return answers / intent / TOPIC


def content_digest(content: Path = CONTENT) -> str:
    """Return a digest of every file below `content`."""
    digest = hashlib.sha256()
    for path in sorted(content.rglob("*")):
        if path.suffix in (".yml", ".json") and not path.name.startswith("."):
            digest.update(f"{path.relative_to(content)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGEST_LETTERS]


def read(path: Path) -> ContentFile:
    """Read one content file.

    Raises:
        ContentError: It is missing, not UTF-8, or not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(f"{short_path(path)}:1: the file is missing. Restore it from git.") from None
    except UnicodeDecodeError as error:
        raise ContentError(f"{short_path(path)}:1: not UTF-8 ({error}). Save it as UTF-8.") from None
    try:
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(
            f"{short_path(path)}:{line}: not valid YAML ({error.problem}). "
            "Check quotes, colons and the indentation of this line."
        ) from None
    lines: dict[tuple[str | int, ...], int] = {}
    if node is not None:
        _note_lines(node, (), lines)
    return ContentFile(path, data, lines)


def _note_lines(
    node: yaml.Node, place: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]
) -> None:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            lines[inner] = key.start_mark.line + 1
            _note_lines(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _note_lines(value, (*place, number), lines)
