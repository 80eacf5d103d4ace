"""The booking form's Spanish sentences stand beside their English twins."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.phrases import read_phrases
from assistant.knowledge.source import ContentError, read
from assistant.knowledge.spanish_booking import read_spanish_booking, spanish_booking, spanish_call_pages


def test_all_that_the_form_asks_is_there_in_spanish() -> None:
    steps = ("contact_name", "contact_address", "opening", "booking_confirmed")
    asked = {f"ask_{step}{again}" for step in steps for again in ("", "_again", "_still")}
    assert asked <= spanish_booking().says.keys()


def test_no_sentence_of_the_booking_or_of_a_change_lacks_its_spanish_twin() -> None:
    english = read_phrases()
    said_before = {"start"}  # content/es/answers.yml has it
    assert set(english["booking"]) - said_before <= spanish_booking().says.keys()
    assert {"calendar", "booking"} <= spanish_booking().errors.keys()


def test_the_pages_of_a_call_have_their_twins_but_for_links_that_no_call_is_known_of() -> None:
    of_no_call = {
        "refused_title", "used_link", "was_cancelled", "old_link", "wrong_link", "too_fast",
    }  # fmt: skip
    assert set(read_phrases()["call_pages"]) - of_no_call == spanish_call_pages().keys()


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ("nonsense: Hola", "none of that name"),
        ("zone: {fields: [place], text: 'Todas en {place}.'}", "not filled with place"),
    ],
)
def test_a_sentence_without_its_english_twin_is_refused(tmp_path: Path, says: str, wrong: str) -> None:
    path = tmp_path / "booking.yml"
    path.write_text(f"says:\n  {says}\nbuttons: {{}}\nerrors: {{}}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=wrong):
        read_spanish_booking(read(path))
