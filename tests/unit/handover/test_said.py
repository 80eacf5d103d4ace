"""What an advocate's line is, in whatever signs it was typed or pasted."""

from __future__ import annotations

import pytest

from assistant.handover.said import Said, read

ODD_SPACES = ["\u00a0", "\u2003", "\u202f", "\u3000", "\t", "  ", " \u200b"]


@pytest.mark.parametrize("space", ODD_SPACES)
@pytest.mark.parametrize(
    ("typed", "is_"),
    [
        ("send how long", Said("send", "how long")),
        ("transfer <@U5>", Said("transfer", "U5")),
        ("hand back", Said("hand_back")),
        ("close: sent", Said("close", "sent")),
        ("// private", Said("private")),
        ("note: private", Said("private")),
    ],
)
def test_a_space_that_was_pasted_is_a_space(typed: str, is_: Said, space: str) -> None:
    for pasted in (typed.replace(" ", space), space + typed + space):
        line = read(pasted)
        assert (line.kind, line.text.split()) == (is_.kind, is_.text.split())


@pytest.mark.parametrize(
    "typed",
    ["*// bold*", "_note:_ x", "&gt; // quoted", "• // x", "`// x`", "Note\uff1a x", "\uff0f\uff0f x", "<@U5> // x", "<@U5|lee>: note: x"],
)  # fmt: skip
def test_a_note_is_one_however_it_is_dressed(typed: str) -> None:
    assert read(typed).kind in ("private", "colleague")


def test_of_several_lines_those_with_slashes_stay_inside() -> None:
    assert read("Hello\n// she called last week\n  //again\nSee https://x.org//y") == Said(
        "words", "Hello\nSee https://x.org//y"
    )
    assert read("// one\ntwo") == Said("private")


@pytest.mark.parametrize(
    "typed", ["Please note: the form is new", "send me the form when you have it", "I will transfer you", "closed today"]
)  # fmt: skip
def test_words_that_only_look_like_a_command(typed: str) -> None:
    kind = read(typed).kind
    assert kind == ("send" if typed.startswith("send") else "words")
