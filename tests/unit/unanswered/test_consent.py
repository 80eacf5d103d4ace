"""A parent's browser over HTTP: what is asked, what is kept, what the page of the owner then shows."""

from __future__ import annotations

import asyncio

import pytest

from assistant.booking.desk import shared
from assistant.settings import Settings
from assistant.talk.phrases import PHRASES
from assistant.unanswered.__main__ import main
from assistant.unanswered.store import Unanswered
from tests.slack_serving import Scripted, answer, reply, serving_web
from tests.website import Parent

SAY = PHRASES.unanswered


def script(text: str) -> list[dict]:
    noted = {
        "near": ["ask_bus/late"],
        "topic": "ask_bus",
        "point": "",
        "plan": "iep",
        "state": "",
        "version": "c0ffee",
    }
    if "paint" in text:
        return [
            reply(
                "I have no checked answer to that.",
                outcome="out_of_scope",
                noted=noted | {"why": "no_answer"},
            )
        ]
    if "again" in text:
        return [answer("Once more: so it is.") | {"noted": noted | {"why": "repeat"}}]
    return [answer(f"You said {text}.")]


@pytest.fixture
async def site(tmp_path, monkeypatch):
    monkeypatch.setenv("WHICHPLAN_DATA", str(tmp_path))
    shared.close_desk()
    model = Scripted()
    model.say = script
    async with serving_web(Settings(data=tmp_path, secret=b"s" * 32), model) as base:
        yield base
    shared.close_desk()


@pytest.fixture
def store(tmp_path):
    return Unanswered(f"sqlite:///{tmp_path / 'talks.db'}", b"s" * 32)


async def test_an_unanswered_question_is_counted_and_its_words_wait_for_a_yes(site, store) -> None:
    parent = await Parent(site).open()
    assert await parent.say("who should paint the bus") == ["I have no checked answer to that.", SAY["may_i"]]
    [row] = store.rows()
    assert (row.why, row.text, row.plan, row.channel, row.version) == (
        "no_answer",
        None,
        "iep",
        "web",
        "c0ffee",
    )
    assert await parent.press(SAY["yes"]) == [SAY["kept"]]
    assert [row.text for row in store.rows()] == ["who should paint the bus"]


async def test_it_is_asked_once_in_a_talk_and_a_no_is_kept_to(site, store) -> None:
    parent = await Parent(site).open()
    await parent.say("who should paint the bus")
    assert await parent.press(SAY["no"]) == [SAY["not_kept"]]
    assert await parent.say("paint it green") == ["I have no checked answer to that."]
    assert [row.text for row in store.rows()] == [None, None]


async def test_asked_again_counts_without_a_question_for_consent(site, store) -> None:
    parent = await Parent(site).open()
    assert await parent.say("once again") == ["Once more: so it is."]
    assert [row.why for row in store.rows()] == ["repeat"]


async def test_an_answered_question_leaves_no_row(site, store) -> None:
    parent = await Parent(site).open()
    await parent.say("how long may it take")
    assert store.rows() == []


async def test_a_thumb_down_is_a_row(site, store) -> None:
    parent = await Parent(site).open()
    await parent.say("how long may it take")
    await parent.vote(parent.answered, helpful=False, reason="not my state")
    await parent.vote(parent.answered, helpful=False, reason="not my state")
    [row] = store.rows()
    assert (row.why, row.topic, row.text) == ("thumb_down", "ask_cost", None)


async def test_deleting_the_talk_deletes_its_rows(site, store) -> None:
    parent = await Parent(site).open()
    await parent.say("who should paint the bus")
    await parent.delete()
    assert store.rows() == []


async def test_the_owner_lists_it_and_says_not_ours(site, store, tmp_path, capsys) -> None:
    parent = await Parent(site).open()
    await parent.say("who should paint the bus")
    await parent.press(SAY["yes"])
    (tmp_path / "secret.key").write_bytes(b"s" * 32)
    assert await asyncio.to_thread(main, []) == 0
    said = capsys.readouterr().out
    assert "who should paint the bus" in said
    assert "ask_bus/late" in (tmp_path / "unanswered.html").read_text()
    assert await asyncio.to_thread(main, ["not-ours", "1"]) == 0
    assert store.rows() == []
