from __future__ import annotations

import doctest

import pytest

from assistant.booking.person.contact import read_contact
from assistant.channels.slack import text as slack_text
from assistant.channels.slack.text import escaped, mrkdwn, plain_text


def test_the_examples_in_the_file_hold() -> None:
    assert doctest.testmod(slack_text).failed == 0


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("<mailto:pat@example.org|pat@example.org>", "pat@example.org"),
        ("<tel:+12065550142|(206) 555-0142>", "(206) 555-0142"),
        ("<tel:988>", "988"),
        ("see <https://www.ed.gov/idea>", "see https://www.ed.gov/idea"),
        ("see <http://ed.gov|ed.gov>", "see ed.gov"),
        ("<@U0BOT> what is FAPE?", "what is FAPE?"),
        ("<@U0BOT|whichplan> what is FAPE?", "what is FAPE?"),
        ("<!here> <!subteam^S1|@advocates> R&amp;R", "R&R"),
        ("is 3 &lt; 5 &amp;amp; done", "is 3 < 5 &amp; done"),
        ("/restart", "restart"),
        ("  // session_start", "session_start"),
        ("a\u200bdhd", "adhd"),
        ("&lt;@U0BOT&gt; typed", "<@U0BOT> typed"),
    ],
)
def test_what_slack_sends_is_what_was_typed(sent: str, meant: str) -> None:
    assert plain_text(sent) == meant


def test_an_address_typed_in_slack_books() -> None:
    found = read_contact(plain_text("Pat, <mailto:pat@example.org|pat@example.org>")).contact
    assert (found.name, found.email) == ("Pat", "pat@example.org")


def test_nobody_calls_a_whole_channel_through_the_assistant() -> None:
    assert mrkdwn("**<!channel>** <@U1>") == "*&lt;!channel&gt;* &lt;@U1&gt;"
    assert escaped("a & b") == "a &amp; b"
