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


def test_our_own_pipeline_is_fine() -> None:
    refuse_tensorflow(TOP / "config.yml")
