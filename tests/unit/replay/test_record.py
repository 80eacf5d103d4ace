from pathlib import Path
from typing import Any

from assistant.replay.masking import invented, personal_data
from assistant.replay.reader import read_stories
from assistant.replay.record import listing, story_of
from assistant.replay.story_file import add_to, as_yaml
from assistant.store.tracker.kept import GIVEN

REPLY = {
    "outcome": "answered",
    "answer": {"intent": "ask_records", "plan": "iep", "point": "ask_records/how_to_ask"},
    "sources": [{"title": "Records", "cite": "34 CFR 99.10", "url": "https://www.ecfr.gov"}],
    "buttons": [{"title": "Book a free call", "payload": "/book_consultation"}],
}
EVENTS: list[dict[str, Any]] = [
    {"event": "user", "text": "/greet", "timestamp": 1.0},
    {"event": "bot", "text": "Hello.", "metadata": {"reply": {"outcome": "asked"}}, "timestamp": 2.0},
    {"event": "user", "text": "my son Marcus needs his records, iep", "timestamp": 3.0},
    {"event": "bot", "text": "You may see them.", "metadata": {"reply": REPLY}, "timestamp": 4.0},
    {"event": "user", "text": "/book_consultation", "timestamp": 5.0},
    {"event": "bot", "text": "Who calls?", "metadata": {"reply": {"outcome": "booking"}}, "timestamp": 6.0},
    {"event": "user", "text": "Tasha Rowe, tasha.r@example.com or 206-555-0187", "timestamp": 7.0},
    {"event": "slot", "name": "contact_name", "value": "Tasha Rowe", "timestamp": 8.0},
]


def test_a_recorded_talk_is_a_story_without_personal_data(tmp_path: Path) -> None:
    text = as_yaml(story_of(EVENTS, "records, then a call"))
    for private in ("Marcus", "Tasha", "Rowe", "tasha.r@example.com", "0187"):
        assert private not in text
    path = tmp_path / "test_new.yml"
    add_to(path, text)
    (case,) = read_stories(path)
    assert [(step.does, step.text) for step in case.steps] == [
        ("user", "my son Pat needs his records, iep"),
        ("press", "Book a free call"),
        ("user", "Pat, pat@example.org or (206) 555-0142"),
    ]
    asked, booked, _ = case.steps
    assert [(one.kind, one.expected) for one in asked.assertions] == [
        ("answer", {"point": "ask_records/how_to_ask", "plan": "iep"}),
        ("source_cited", "34 CFR 99.10"),
    ]
    assert [(one.kind, one.expected) for one in booked.assertions] == [("outcome", "booking")]


def test_an_opening_is_pressed_by_its_place_since_its_day_passes() -> None:
    openings = [
        {"title": f"Tue, Nov 17, {hour}:00 AM", "payload": f'/inform{{"opening": "k{hour}"}}'}
        for hour in (9, 10)
    ]
    events: list[dict[str, Any]] = [
        {"event": "user", "text": "book a call", "timestamp": 1.0},
        {"event": "bot", "text": "Which?", "metadata": {"reply": {"buttons": openings}}, "timestamp": 2.0},
        {"event": "user", "text": '/inform{"opening": "k10"}', "timestamp": 3.0},
    ]
    assert story_of(events, "a call")["steps"][-1] == {"press": "#2"}


def test_a_second_recording_is_added_to_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "test_new.yml"
    for name in ("one", "two"):
        add_to(path, as_yaml(story_of(EVENTS, name)))
    assert [case.name for case in read_stories(path)] == ["one", "two"]


def test_the_list_of_talks_shows_masked_words() -> None:
    assert "my son Pat needs his records" in listing({"abc": EVENTS})


def test_personal_data_is_replaced_by_invented_data_of_the_same_form() -> None:
    said = "born 03/14/2015, SSN 123-45-6789, 12 Oak Hill Road, call 206-555-0187, x@y.org, my name is Dana"
    hidden = invented(said)
    assert (
        hidden
        == "born 01/01/2015, SSN 000-00-0000, 1 Main Street, call (206) 555-0142, pat@example.org, my name is Pat"
    )
    assert set(personal_data(said)) == {
        "03/14/2015",
        "123-45-6789",
        "12 Oak Hill Road",
        "206-555-0187",
        "x@y.org",
    }


def test_what_the_store_masked_becomes_something_to_type() -> None:
    assert invented("call [name] at [phone]") == "call Pat at (206) 555-0142"
    assert invented(GIVEN, step="contact_address") == "pat@example.org"
    assert invented(GIVEN, step="contact_name") == "Pat"


def test_a_citation_or_a_time_is_no_personal_data() -> None:
    assert (
        personal_data("34 CFR 300.301(c)(1)(i), 20 U.S.C. 1414, Tuesday, November 24 at 3:00 PM, 988, 504")
        == []
    )
