"""A digest is of the words: not of their order in the file, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import yaml

from assistant.knowledge import letters, points
from assistant.knowledge.approval import LETTERS, digest_of
from assistant.knowledge.library import library
from assistant.knowledge.source import ContentFile, read


def test_other_words_have_another_digest_and_the_order_of_keys_none() -> None:
    first = digest_of({"asks": "What does it cost?", "says": {"iep": "Nothing."}})
    assert len(first) == LETTERS
    assert digest_of({"says": {"iep": "Nothing."}, "asks": "What does it cost?"}) == first
    assert digest_of({"asks": "What does it cost?", "says": {"iep": "Nothing!"}}) != first


def without_approval(tmp_path: Path, original: Path) -> ContentFile:
    data = yaml.load(original.read_text(encoding="utf-8"), yaml.BaseLoader)
    del data["approved"]
    copy = tmp_path / original.parent.name / original.name
    copy.parent.mkdir()
    copy.write_text(yaml.safe_dump(data), encoding="utf-8")
    return read(copy)


def test_a_point_that_nobody_has_read_says_how_it_is_approved(tmp_path: Path) -> None:
    file = without_approval(tmp_path, points.point_files()[0])
    name = points.name_of(file.path)
    (fault,) = points.faults(file)
    assert f"nobody has approved it yet. Have it read, then run `make approve id={name} by=<you>`." in str(
        fault
    )


def test_a_letter_that_nobody_has_read_says_how_it_is_approved(tmp_path: Path) -> None:
    file = without_approval(tmp_path, letters.LETTERS / "meeting.yml")
    known = library()
    (fault,) = letters.faults(file, known.letter_parts, known.facts)
    assert "nobody has approved it yet" in str(fault)
    assert "`make approve id=letters/meeting by=<you>`" in str(fault)


def test_another_missing_part_is_named_as_before(tmp_path: Path) -> None:
    file = without_approval(tmp_path, points.point_files()[0])
    del file.data["then"]
    said = sorted(str(fault) for fault in points.faults(file))
    assert any("'then' is a required property" in one for one in said)
    assert sum("nobody has approved it yet" in one for one in said) == 1
