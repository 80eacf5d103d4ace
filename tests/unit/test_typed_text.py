"""However a message was typed or pasted, it is read as the same message with plain signs."""

from __future__ import annotations

import doctest
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import typed_text
from assistant.typed_text import cleaned, plain, typed

SPACES = [chr(sign) for sign in range(sys.maxunicode) if chr(sign).isspace() and chr(sign) != "\n"]
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u202e\u2060\ufeff\u034f\ufe00\U000e0041\ud800\udfff\x00\x07"
WORDS = st.lists(st.text("abcdefgiñ'’—-?!.,504", min_size=1), min_size=1, max_size=12)


def test_the_examples_in_the_file_hold() -> None:
    assert doctest.testmod(typed_text).failed == 0


def test_every_kind_of_space_is_known() -> None:
    assert {"\u00a0", "\u202f", "\u2009", "\u3000", "\u2028", "\t", "\v", "\r", "\x85"} <= set(SPACES)
    assert {cleaned(f"want{space}to") for space in [*SPACES, "\u2800"]} == {"want to"}


@given(WORDS, st.data())
def test_a_message_with_its_spaces_exchanged_is_the_plain_one(words: list[str], data: st.DataObject) -> None:
    exchanged = words[0] + "".join(data.draw(st.sampled_from(SPACES)) + word for word in words[1:])
    assert typed(exchanged) == typed(" ".join(words))


@given(WORDS, st.data())
def test_what_has_no_width_changes_nothing(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    place = data.draw(st.integers(0, len(text)))
    unseen = data.draw(st.text(ZERO_WIDTH, max_size=4))
    assert plain(text[:place] + unseen + text[place:]) == plain(text)


@given(st.text(max_size=60))
def test_what_is_read_stands_where_it_is_shown(text: str) -> None:
    assert len(plain(text)) == len(cleaned(text))
    assert plain(plain(text)) == plain(text)
    plain(text).encode()  # no half of a character is left


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("he can’t, she can‘t, they canʼt, we can´t", "he can't, she can't, they can't, we can't"),
        ("206–342‑8123 — “now”", '206-342-8123 - "now"'),
        ("５０４ ｐｌａｎ", "504 plan"),
        ("first\r\nsecond", "first\nsecond"),
        ("Jose\u0301", "José"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("ki\ufe0fll", "kill"),
        (" /restart", "restart"),
        ("\ud83d", ""),
    ],
)
def test_signs_have_one_form_for_reading(text: str, read: str) -> None:
    assert typed(text) == read


def test_a_tower_of_accents_is_cut() -> None:
    assert len(cleaned("a" + "\u0301\u0323" * 10_000)) <= 5
