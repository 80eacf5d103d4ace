"""Which words are no names, and which numbers stand in our own answers."""

from __future__ import annotations

import re

import pytest

from assistant.knowledge.library import library
from assistant.privacy.first_names import FIRST_NAMES
from assistant.privacy.mask import masked
from assistant.privacy.ordinary import is_public, may_be_a_name, ordinary_words

_OFFICE = re.compile(r"\(?\d{3}\)?[-. ]\d{3}-\d{4}")


def test_no_common_first_name_stands_among_the_ordinary_words() -> None:
    assert ordinary_words() & FIRST_NAMES == set()


@pytest.mark.parametrize("word", ["kyrielle", "xochitl", "atticus", "orla"])
def test_an_unusual_name_is_no_word(word: str) -> None:
    assert may_be_a_name(word)


@pytest.mark.parametrize("word", ["keeps", "yodels", "hsa", "refusses", "falleció", "melted", "it"])
def test_words_and_slips_are_no_names(word: str) -> None:
    assert not may_be_a_name(word)


def test_each_number_that_we_tell_stays_when_a_parent_repeats_it() -> None:
    texts = [text for topic in library().answers.values() for text in re.findall(_OFFICE, str(topic.texts))]
    assert texts
    assert [text for text in texts if masked(f"they told me {text}") != f"they told me {text}"] == []


def test_a_parents_number_is_not_public() -> None:
    assert not is_public("2065550142")
    assert is_public("18004213481")
