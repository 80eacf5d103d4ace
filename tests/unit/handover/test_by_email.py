"""The address of a parent who may close the chat: kept sealed, due a minute after an answer, once until they read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.handover.by_email import LEFT, Whereto
from assistant.handover.store import HandOver
from assistant.store.talks_database import open_engine

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
LATER = NOW + LEFT
SECRET, NEW_SECRET = b"s" * 32, b"n" * 32
PAT = Whereto("pat@example.org", "https://www.school.example/")


def opened(tmp_path, *secrets: bytes) -> HandOver:
    return HandOver(open_engine(f"sqlite:///{tmp_path / 'talks.db'}"), secrets or SECRET)


@pytest.fixture
def handover(tmp_path) -> HandOver:
    made = opened(tmp_path)
    made.ask("talk", [], NOW)
    return made


def with_address(handover: HandOver) -> HandOver:
    handover.by_email.want("talk")
    handover.by_email.keep("talk", PAT)
    return handover


def test_the_next_message_is_the_address_until_it_is_given_or_something_else_is_said(handover) -> None:
    rows = handover.by_email
    assert not rows.wanted("talk")
    rows.want("talk")
    rows.want("talk")
    assert rows.wanted("talk")
    rows.leave_it("talk")
    assert not rows.wanted("talk")
    assert rows.whereto("talk") is None
    assert not with_address(handover).by_email.wanted("talk")


def test_it_is_kept_with_the_page_and_no_byte_of_it_is_readable(handover, tmp_path) -> None:
    assert with_address(handover).by_email.whereto("talk") == PAT
    assert handover.by_email.talks_of("PAT@example.org") == ["talk"]
    assert b"pat@example.org" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_an_older_secret_still_reads_it_and_another_one_does_not(handover, tmp_path) -> None:
    with_address(handover)
    assert opened(tmp_path, NEW_SECRET, SECRET).by_email.whereto("talk") == PAT
    assert opened(tmp_path, NEW_SECRET).by_email.whereto("talk") is None


def test_an_email_is_due_a_minute_after_an_answer_and_once(handover) -> None:
    rows = with_address(handover).by_email
    handover.said_by_person("talk", "Dana", "Hello", "C9 1", NOW)
    assert rows.due(LATER - timedelta(seconds=1)) == []
    [(talk, due_at)] = rows.due(LATER)
    assert talk == "talk"
    assert rows.queued("talk", due_at)
    assert not rows.queued("talk", due_at), "another process was faster"
    handover.said_by_person("talk", "Dana", "Are you there?", "C9 2", LATER)
    assert rows.due(LATER + LEFT) == []


def test_whoever_reads_is_told_again_of_the_next_answer(handover) -> None:
    rows = with_address(handover).by_email
    for number in (1, 2):
        handover.said_by_person("talk", "Dana", "Hello", f"C9 {number}", NOW)
        [(_, due_at)] = rows.due(LATER)
        rows.queued("talk", due_at)
        rows.read("talk")
    assert rows.due(LATER) == []


def test_without_an_address_nothing_is_due(handover) -> None:
    handover.by_email.want("talk")
    handover.said_by_person("talk", "Dana", "Hello", "C9 1", NOW)
    assert handover.by_email.due(LATER) == []


def test_a_forgotten_talk_takes_its_address_along(handover) -> None:
    with_address(handover).forget("talk")
    assert handover.by_email.whereto("talk") is None
    assert handover.by_email.talks_of("pat@example.org") == []
