from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.source import ContentError
from assistant.serve.configuration import refuse_tensorflow
from assistant.settings import TOP


def test_a_component_that_needs_tensorflow_is_refused_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n  - name: WhitespaceTokenizer\n  - name: DIETClassifier\n")
    with pytest.raises(ContentError, match=r"config\.yml:3: DIETClassifier needs TensorFlow"):
        refuse_tensorflow(config)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("pipeline: [WhitespaceTokenizer, DIETClassifier]\n", r"config\.yml:1: DIETClassifier needs TensorFlow"),
        ("pipeline:\n  - WhitespaceTokenizer\n  - rasa.nlu.classifiers.DIETClassifier\n", r"config\.yml:3: DIETClassifier needs TensorFlow"),
        ("policies:\n  - TEDPolicy\n", r"config\.yml:2: TEDPolicy needs TensorFlow"),
        ("language: en\npipeline: supervised_embeddings\n", r"config\.yml:2: pipeline has to be a list .*'supervised_embeddings'"),
        ("pipeline:\n  name: DIETClassifier\n", r"config\.yml:1: pipeline has to be a list"),
        ("pipeline:\n  - epochs: 3\n", r"config\.yml:2: a component has no name"),
        ("pipeline:\n  - [DIETClassifier]\n", r"config\.yml:2: a component has no name"),
    ],
)  # fmt: skip
def test_other_forms_are_read_or_refused_with_their_line(tmp_path: Path, written: str, said: str) -> None:
    """Components as bare strings, or a named pipeline of old versions, ended in a traceback."""
    config = tmp_path / "config.yml"
    config.write_text(written)
    with pytest.raises(ContentError, match=said) as told:
        refuse_tensorflow(config)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("written", ["", "language: en\n", "pipeline:\npolicies: []\n", "- a\n"])
def test_what_names_no_component_needs_no_tensorflow(tmp_path: Path, written: str) -> None:
    config = tmp_path / "config.yml"
    config.write_text(written)
    refuse_tensorflow(config)


def test_our_own_pipeline_is_fine() -> None:
    refuse_tensorflow(TOP / "config.yml")
