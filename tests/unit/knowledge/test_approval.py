"""A digest is of the words: not of their order in the file, and of nothing else."""

from __future__ import annotations

from assistant.knowledge.approval import LETTERS, digest_of


def test_other_words_have_another_digest_and_the_order_of_keys_none() -> None:
    first = digest_of({"asks": "What does it cost?", "says": {"iep": "Nothing."}})
    assert len(first) == LETTERS
    assert digest_of({"says": {"iep": "Nothing."}, "asks": "What does it cost?"}) == first
    assert digest_of({"asks": "What does it cost?", "says": {"iep": "Nothing!"}}) != first
