"""While a new secret comes into use, what the old one signed and wrote still counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.booking.calls.links import Link, Purpose, make_token, read_token
from assistant.channels.slack.replies import KeptReplies
from assistant.handover.store import HandOver
from assistant.owner.rotate import NotRotated, rotate
from assistant.settings import read_settings
from assistant.store.talks_database import open_engine
from assistant.store.tokens import BadToken, Signer
from assistant.talk.reply import Reply

OLD, NEW = b"o" * 32, b"n" * 32
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_tokens_and_buttons_of_the_old_secret_still_open_their_talk() -> None:
    token, written = Signer(OLD).new_token()
    choice = Signer(OLD).choice(token.talk, "/ask_cost", "Cost")
    both = Signer((NEW, OLD))
    assert both.token(written) == token
    assert both.chosen(token.talk, choice).payload == "/ask_cost"
    with pytest.raises(BadToken):
        Signer(NEW).token(written)
    with pytest.raises(BadToken):
        Signer(OLD).token(both.new_token()[1])


def test_links_in_sent_mails_still_work() -> None:
    token = make_token(Link(Purpose.MOVE, "call", 1, NOW + timedelta(days=1)), OLD)
    assert isinstance(read_token(token, (NEW, OLD), NOW), Link)
    assert not isinstance(read_token(token, NEW, NOW), Link)


def test_lines_on_their_way_and_slacks_replies_are_still_read(tmp_path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'talks.db'}")
    before = HandOver(engine, OLD)
    before.ask("t", ["summary"], NOW)
    before.said_by_person("t", "Dana", "Hello", "C9 1", NOW)
    assert [line.body["kind"] for line in HandOver(engine, (NEW, OLD)).for_parent("t")] == [
        "joined",
        "person",
    ]
    key = KeptReplies(engine, OLD).keep("t", Reply("x"), NOW)
    kept = KeptReplies(engine, (NEW, OLD)).read(key)
    assert kept and (kept.talk, kept.reply.text) == ("t", "x")


def test_rotating_keeps_the_old_secret_beside_the_new(tmp_path) -> None:
    env = {"WHICHPLAN_DATA": str(tmp_path)}
    before = read_settings(env).secret
    rotate(tmp_path)
    after = read_settings(env)
    assert after.secret != before
    assert after.secrets == (after.secret, before)
    with pytest.raises(NotRotated, match="still stands beside"):
        rotate(tmp_path)
    rotate(tmp_path, ended=True)
    assert read_settings(env).old_secrets == ()
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.glob("*.key"))
