"""Refuses a config.yml that names a component which needs TensorFlow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.knowledge.source import read

NEEDS_TENSORFLOW = frozenset(
    [
        "DIETClassifier",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ConveRTFeaturizer",
        "LanguageModelFeaturizer",
    ]
)


def refuse_tensorflow(path: Path) -> None:
    """Check the pipeline and policies of `path`.

    Raises:
        ContentError: One of them needs TensorFlow, or is written in a form that cannot be read; the text names file, line and remedy.
    """
    file = read(path)
    for part in ("pipeline", "policies"):
        listed = (file.data if isinstance(file.data, dict) else {}).get(part) or []
        if not isinstance(listed, list):
            raise file.error(
                f"{part} has to be a list of components, each `- name: …`, and is {str(listed)[:40]!r}. Write it as config.yml in git does.",
                part,
            )
        for number, component in enumerate(listed):
            name = _name(component)
            if name is None:
                raise file.error("a component has no name. Write `- name: …`.", part, number)
            if name in NEEDS_TENSORFLOW:
                raise file.error(
                    f"{name} needs TensorFlow, and Which Plan runs without it (docs/decisions/0001). "
                    "Take it out; the pipeline in git shows what serves instead.",
                    part,
                    number,
                )


def _name(component: Any) -> str | None:
    """Return a component's name without its module; Rasa takes `- name: DIETClassifier` and a bare `- DIETClassifier`."""
    name = component.get("name") if isinstance(component, dict) else component
    return name.rpartition(".")[2] if isinstance(name, str) and name else None
