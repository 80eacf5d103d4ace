from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from assistant.booking import consultation_file
from assistant.booking.consultation import Span
from assistant.booking.consultation_file import MAIL_FIELDS, load_consultation
from assistant.booking.fields import ConsultationError
from assistant.knowledge.source import ContentError

Write = Callable[..., Path]


def test_the_file_of_the_project_is_right() -> None:
    consultation = load_consultation(Path("content/consultation.yml"), {})
    assert consultation.length == timedelta(minutes=30)
    assert "@" in consultation.organisation.email


def test_hours_and_days_off_are_read(content: Write) -> None:
    consultation = load_consultation(content(), {})
    assert consultation.advocates[0].hours[1] == (Span(time(9), time(12)), Span(time(13), time(17)))
    assert consultation.advocates[0].hours[0] == ()
    assert consultation.days_off == {date(2026, 12, 3)}


def test_addresses_of_calendars_come_from_the_environment(content: Write) -> None:
    path = content(("    hours:", "    caldav: ANN_CALENDAR\n    feed: ANN_FEED\n    hours:"))
    advocate = load_consultation(path, {"ANN_CALENDAR": "https://u:secret@host/c/"}).advocates[0]
    assert advocate.caldav_url == "https://u:secret@host/c/"
    assert advocate.feed_url is None
    assert "secret" not in repr(advocate)


@pytest.mark.parametrize(
    "address", ["webcal://cal.example.org/a", " HTTPS://cal.example.org/a", "Webcals://cal.example.org/a"]
)
def test_the_address_of_a_feed_may_be_as_calendar_programs_copy_it(content: Write, address: str) -> None:
    path = content(("    hours:", "    feed: ANN_FEED\n    hours:"))
    assert load_consultation(path, {"ANN_FEED": address}).advocates[0].feed_url == "https://cal.example.org/a"


def test_an_address_that_is_none_is_refused_with_the_name_of_its_variable(content: Write) -> None:
    path = content(("    hours:", "    feed: ANN_FEED\n    hours:"))
    with pytest.raises(ConsultationError, match=r"feed names ANN_FEED.*https://"):
        load_consultation(path, {"ANN_FEED": "cal.example.org/secret"})


def test_hours_may_last_until_the_end_of_the_day(content: Write) -> None:
    (ann, *_) = load_consultation(content(("[09:00-12:00]", "[09:00-12:00, 18:00-24:00]")), {}).advocates
    assert ann.hours[2] == (Span(time(9), time(12)), Span(time(18), time()))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("minutes: 30", "minutes: half", r"consultation\.yml: call\.minutes is 'half'; write a whole number"),
        ("  buffer: 0\n", "", r"consultation\.yml: call\.buffer is missing; add it"),
        ("America/Los_Angeles", "Pacific", r"advocates\[1\]\.zone is 'Pacific'; write an IANA name"),
        ("[09:00-12:00]", "[9-12]", r"hours\.wednesday holds '9-12'; write a span such as"),
        ("[09:00-12:00]", "[12:00-09:00]", r"hours\.wednesday .* ends too early"),
        (
            "[09:00-12:00]",
            "[18:00-24:30]",
            r"hours\.wednesday holds '18:00-24:30'; write .* at most until 24:00",
        ),
        ("[09:00-12:00]", "[24:00-24:00]", r"hours\.wednesday holds '24:00-24:00'"),
        ("[09:00-12:00]", "[18:00-00:00]", r"hours\.wednesday .* ends too early"),
        ("[09:00-12:00]", "[18:00-24:00, 09:00-12:00]", r"hours\.wednesday .* overlaps"),
        ("[09:00-12:00]", "[13:00-17:00, 09:00-12:00]", r"hours\.wednesday .* overlaps"),
        ("[09:00-12:00]", "[09:00-12:00, 11:00-13:00]", r"hours\.wednesday .* overlaps"),
        ("wednesday:", "wensday:", r"hours\.wensday is not a weekday; use monday"),
        ("ann@example.org", "ann", r"advocates\[1\]\.email is 'ann', not an e-mail address"),
        ("2026-12-03", "Dec 3", r"days_off holds a wrong date .*; write year-month-day"),
        ("see you {when}", "see you {time}", r"mails\.booked\.text uses {time}; this mail knows"),
        ("see you {when}", "see you {when", r"mails\.booked\.text has a brace that is not closed"),
        ("id: ann", "id: Ann Lee", r"advocates\[1\]\.id is 'Ann Lee'; use at most 40 small letters"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(content: Write, old: str, new: str, says: str) -> None:
    with pytest.raises(ConsultationError, match=says):
        load_consultation(content((old, new)), {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConsultationError, match=r"none\.yml: cannot be read"):
        load_consultation(tmp_path / "none.yml", {})


def test_broken_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "consultation.yml").write_text("call: [")
    with pytest.raises(ConsultationError, match=r"consultation\.yml: not valid YAML"):
        load_consultation(tmp_path / "consultation.yml", {})


def test_a_new_mail_to_parents_without_words_in_spanish_is_refused(
    content: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAIL_FIELDS, "thanks", {"first_name"})
    path = content(("mails:\n", "mails:\n  thanks:\n    subject: 'Thanks'\n    text: 'Hi {first_name}'\n"))
    with pytest.raises(ConsultationError, match=r"content/es/mails\.yml: mails\.thanks is missing.*KINDS"):
        load_consultation(path, {})


def test_a_broken_spanish_file_is_named_at_the_start(content: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ContentError("content/es/mails.yml:7: mails.moved: write it")

    monkeypatch.setattr(consultation_file, "spanish_mails", broken)
    with pytest.raises(ConsultationError, match=r"mails\.moved: write it"):
        load_consultation(content(), {})
