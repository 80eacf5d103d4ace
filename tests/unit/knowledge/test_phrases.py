"""Files of small sentences: the fields are declared, and are those of the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.knowledge.checks.passages import of_words
from assistant.knowledge.phrases import read_phrases
from assistant.knowledge.source import ContentError, read

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(booking: str) -> Path:
        (tmp_path / "talk.yml").write_text('hello: "Hello."\n')
        (tmp_path / "booking.yml").write_text(booking)
        return tmp_path

    return written


def test_a_sentence_is_its_text_whether_it_is_filled_or_not(write: Write) -> None:
    found = read_phrases(
        write('more: "More"\nbooked: {fields: [when], text: "Booked: {when}."}\nby_plan: {iep: "An IEP."}\n')
    )
    assert found == {
        "hello": "Hello.",
        "booking": {"more": "More", "booked": "Booked: {when}.", "by_plan": {"iep": "An IEP."}},
    }


@pytest.mark.parametrize(
    ("booking", "said"),
    [
        ('booked: "Booked: {when}."', r"booking\.yml:1: .*Write `fields: \[when\]` and `text:`"),
        (
            'more: "x"\nbooked: {fields: [day], text: "Booked: {when}."}',
            r"booking\.yml:2: .*filled with when",
        ),
        ('booked: {fields: [when, day], text: "Booked: {when}."}', r"`fields` says when, day"),
        ('booked: {fields: [when], text: "Booked."}', r"filled with nothing"),
    ],
)
def test_fields_that_are_not_those_of_the_text_are_refused(write: Write, booking: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read_phrases(write(booking))


def test_the_checks_of_the_content_read_the_text_and_not_the_fields(write: Write) -> None:
    folder = write('booked: {fields: [when], text: "Booked: {when}."}\n')
    assert [(p.place, p.text) for p in of_words(read(folder / "booking.yml"))] == [
        (("booked",), "Booked: {when}.")
    ]
