"""Refuses a config.yml that names a component which needs TensorFlow."""

from __future__ import annotations

from pathlib import Path

from assistant.knowledge.source import ContentError, read

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
        ContentError: One of them needs TensorFlow; the text names file, line and remedy.
    """
    file = read(path)
    for part in ("pipeline", "policies"):
        for number, component in enumerate(file.data.get(part) or ()):
            name = component.get("name", "").rpartition(".")[2]
            if name in NEEDS_TENSORFLOW:
                raise ContentError(
                    str(
                        file.error(
                            f"{name} needs TensorFlow, and Which Plan runs without it (docs/decisions/0001). "
                            "Take it out; the pipeline in git shows what serves instead.",
                            part,
                            number,
                        )
                    )
                )
