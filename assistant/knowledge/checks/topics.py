"""Whether somebody approved a topic's words as they stand."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.knowledge.answers import digest
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.source import ContentFile


def find(file: ContentFile) -> Iterator[Finding]:
    """Yield a topic whose words nobody approved, or that changed since."""
    approved, topic = file.data.get("approved"), file.path.parent.name
    run = f"Read them, then run `make approve id={topic} by=your_name`."
    if approved is None:
        yield Finding(file.path, file.line("review_by"), f"nobody has approved its words. {run}")
    elif approved["digest"] != digest(file.data):
        said = f"the words changed since {approved['by']} approved them. {run}"
        yield Finding(file.path, file.line("approved"), said)
