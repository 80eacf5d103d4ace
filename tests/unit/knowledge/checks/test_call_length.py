"""The length of the call stands in one place; what says another is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.checks.call_length import find
from assistant.knowledge.phrases import PHRASES


@pytest.mark.parametrize("line", ["book a free 30-minute call", "talk to an advocate, free, for 30 minutes?"])
def test_another_length_is_named_with_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "domain.yml"
    path.write_text(f"responses:\n  - text: {line}\n")
    assert list(find([path], "30")) == []
    (found,) = find([path], "20")
    assert found.line == 2 and "says 30 minutes" in found.problem


def test_no_phrase_has_a_number_of_its_own() -> None:
    assert list(find(sorted(PHRASES.glob("*.yml")), "1")) == []
