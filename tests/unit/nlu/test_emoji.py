from __future__ import annotations

import pytest

from assistant.nlu.emoji import in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("👏👏", "that helped great"),
        ("thank you ❤️", "thank you thank you"),
        ("👍🏽 ok", "yes that helps ok"),
        ("no emoji at all", "no emoji at all"),
    ],
)
def test_an_emoji_is_read_as_words(text: str, words: str) -> None:
    assert in_words(text) == words
