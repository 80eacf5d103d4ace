"""Whether answer files have the shape that content/en/topic.schema.json asks for: all faults, not only the first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema

from assistant.knowledge.answers import shape_error
from assistant.knowledge.source import CONTENT, TOPIC, ContentError, read


def find(answers: Path, schema: Path = CONTENT / "en" / "topic.schema.json") -> Iterator[ContentError]:
    """Yield every fault of form; a file that isn't YAML at all is one fault."""
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    for path in sorted(answers.glob(f"*/{TOPIC}")):
        try:
            file = read(path)
        except ContentError as error:
            yield error
            continue
        for problem in validator.iter_errors(file.data):
            yield shape_error(file, problem)
