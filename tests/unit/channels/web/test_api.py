"""What the website channel says when a part behind it fails: always a true sentence, and in danger the fixed words."""

from __future__ import annotations

import asyncio
import json
import re
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from multidict import CIMultiDict
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from sqlalchemy.exc import OperationalError

from assistant.channels.http import Refused
from assistant.channels.web.api import WebInput
from assistant.channels.web.ask_page import AskPage
from assistant.channels.web.talks import Sent
from assistant.clock import now
from assistant.settings import TOP, Settings
from assistant.store.tokens import Signer, TalkToken
from assistant.store.tracker.store import TalkStore, TalksUnreachable
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply

CRISIS = yaml.safe_load((TOP / "content" / "en" / "crisis.yml").read_text(encoding="utf-8"))["text"].strip()
SECRET = b"a secret for tests, long enough for it"


@pytest.fixture
def channel(tmp_path: Path) -> WebInput:
    return WebInput(Settings(data=tmp_path, secret=SECRET, answer_seconds=0.2))


def a_talk(channel: WebInput) -> TalkToken:
    token, _ = Signer(SECRET).new_token()
    channel.talks.transcripts.open_talk(token.talk, "", now())
    return token


async def silent(message: Any) -> None:
    pass


async def hanging(message: Any) -> None:
    await asyncio.sleep(60)


async def broken(message: Any) -> None:
    raise RuntimeError("the model is not loaded")


async def no_database(message: Any) -> None:
    raise TalksUnreachable("the database of the talks does not answer: locked")


def away(*_: Any) -> None:
    raise OperationalError("", {}, Exception("database is locked"))


FAULTS = [(silent, "action"), (hanging, "timeout"), (broken, "action"), (no_database, "storage")]


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
async def test_a_failed_turn_is_said(channel: WebInput, fault: Any, kind: str) -> None:
    channel.talks.play = fault
    replies = await channel.talks.hear(a_talk(channel), "12345678", Sent("what is an iep"))
    assert [(r["outcome"], r["text"]) for r in replies] == [("error", PHRASES.errors[kind])]


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
async def test_danger_is_answered_whatever_is_down(channel: WebInput, fault: Any, kind: str) -> None:
    channel.talks.play = fault
    replies = await channel.talks.hear(a_talk(channel), "12345678", Sent("my daughter wants to kill herself"))
    assert [(r["outcome"], r["text"]) for r in replies] == [("crisis", CRISIS)]


async def test_after_an_error_the_same_message_may_be_sent_again(channel: WebInput) -> None:
    token = a_talk(channel)
    channel.talks.play = broken
    await channel.talks.hear(token, "12345678", Sent("what is an iep"))

    async def well(message: Any) -> None:
        message.output_channel.replies.append(Reply("an answer"))

    channel.talks.play = well
    assert [r["text"] for r in await channel.talks.hear(token, "12345678", Sent("what is an iep"))] == [
        "an answer"
    ]
    channel.talks.play = broken
    assert [r["text"] for r in await channel.talks.hear(token, "12345678", Sent("what is an iep"))] == [
        "an answer"
    ]


@pytest.mark.parametrize("part", ["zone_of", "replies_to", "keep"])
async def test_danger_is_answered_without_the_transcripts(
    channel: WebInput, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, written = Signer(SECRET).new_token()
    channel.talks.transcripts.open_talk(token.talk, "", now())
    channel.talks.play = silent
    monkeypatch.setattr(channel.talks.transcripts, part, away)
    token = await channel.talks.token(written)
    replies = await channel.talks.hear(token, "12345678", Sent("my daughter wants to kill herself"))
    assert [(r["outcome"], r["text"]) for r in replies] == [("crisis", CRISIS)]


async def test_a_turn_whose_delivery_failed_is_said_again_and_not_heard_again(
    channel: WebInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heard twice, a name would be taken for the next step of a form: the address."""
    store = channel.talks.store = TalkStore(f"sqlite:///{tmp_path / 'tracker.db'}", SECRET, Domain.empty())
    heard: list[str] = []

    async def well(message: Any) -> None:
        heard.append(message.text)
        tracker = await store.get_or_create_tracker(message.sender_id)
        reply = {"reply": {"text": "Which email?", "outcome": "booking", "buttons": []}}
        tracker.update(UserUttered(message.text, message_id=message.message_id))
        tracker.update(BotUttered("Which email?", metadata=reply))
        await store.save(tracker)
        await message.output_channel.send_response(message.sender_id, reply)

    channel.talks.play = well
    token = a_talk(channel)
    with monkeypatch.context() as broken_here, pytest.raises(OperationalError):
        broken_here.setattr(channel.talks.transcripts, "keep", away)
        await channel.talks.hear(token, "12345678", Sent("Wren"))
    assert [r["text"] for r in await channel.talks.hear(token, "12345678", Sent("Wren"))] == ["Which email?"]
    assert heard == ["Wren"]
    await channel.talks.hear(token, "87654321", Sent("Wren"))
    assert heard == ["Wren", "Wren"], "the same words under another id are another message"
    store.close()


@pytest.mark.parametrize("place", [0, 20_000, 61_000])
async def test_a_text_that_is_too_long_costs_the_loop_nothing(channel: WebInput, place: int) -> None:
    """Searched for danger on the loop, 20,000 signs held up everybody for half a second, before the talk's limit."""
    token, longest = a_talk(channel), 0.0

    async def others() -> None:
        nonlocal longest
        while True:
            before = time.thread_time()  # of the loop's own thread, whatever else the machine does
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - before)

    beside = asyncio.create_task(others())
    text = "her dad a " * (place // 10) + "her dad a " * 300
    refused = []
    for number in range(40):
        with pytest.raises(Refused) as error:
            await channel.talks.hear(token, f"{number:08}", Sent(text))
        refused.append(error.value.status)
    beside.cancel()
    assert refused == [413] * 30 + [429] * 10
    assert longest < 0.05, longest


@pytest.mark.parametrize("text", ["he wants to kill himself. " + "and the school does nothing. " * 600, "the school does nothing. " * 600 + "now he wants to kill himself"])  # fmt: skip
async def test_danger_at_either_end_of_a_text_that_is_too_long_is_answered(
    channel: WebInput, text: str
) -> None:
    channel.talks.play = silent
    assert [r["outcome"] for r in await channel.talks.hear(a_talk(channel), "12345678", Sent(text))] == [
        "crisis"
    ]


async def test_a_proxy_that_nobody_named_is_warned_of(
    channel: WebInput, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        forwarded = CIMultiDict({"X-Forwarded-For": "203.0.113.8"})
        assert channel.visitors.address(SimpleNamespace(headers=forwarded, ip="127.0.0.1")) == "127.0.0.1"  # type: ignore[arg-type]
    assert [record.getMessage().count("WHICHPLAN_PROXIES") for record in caplog.records] == [1]


async def test_every_line_of_the_header_counts(tmp_path: Path) -> None:
    channel = WebInput(Settings(data=tmp_path, secret=SECRET, trusted_proxies=1))
    lines = CIMultiDict([("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", "203.0.113.8:4000")])
    assert channel.visitors.address(SimpleNamespace(headers=lines, ip="127.0.0.1")) == "203.0.113.8"  # type: ignore[arg-type]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
async def test_nobody_reads_the_figures_through_a_proxy(channel: WebInput, header: str) -> None:
    """On Kubernetes only a snippet closed them, which ingress-nginx refuses unless somebody allowed it."""

    def asked(**headers: str) -> Any:
        return SimpleNamespace(headers=CIMultiDict(headers), method="GET")

    assert b"whichplan_turn_seconds" in (await channel._metrics(asked())).body
    for value in ("203.0.113.8", ""):
        request = asked(**{header: value})
        assert (await channel._guarded(request, channel._metrics)).status == 404


async def test_health_is_looked_at_once_for_all_who_ask(
    channel: WebInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    monkeypatch.setattr(channel.talks.transcripts, "alive", lambda: looks.append(1) or True)
    channel.agent = SimpleNamespace(is_ready=lambda: True, action_endpoint=object())  # type: ignore[assignment]
    answers = await asyncio.gather(*(channel._health(None) for _ in range(50)))  # type: ignore[arg-type]
    answers += [await channel._health(None) for _ in range(50)]  # type: ignore[arg-type]
    assert {answer.status for answer in answers} == {200}
    assert len(looks) == 1
    monkeypatch.setattr(channel.talks.transcripts, "alive", away)
    channel._well_until = 0.0
    assert [(await channel._health(None)).status for _ in range(2)] == [503, 503]  # type: ignore[arg-type]
    monkeypatch.setattr(channel.talks.transcripts, "alive", lambda: True)
    assert (await channel._health(None)).status == 200  # type: ignore[arg-type]


async def test_a_message_behind_a_deletion_writes_nothing(channel: WebInput) -> None:
    token = a_talk(channel)
    channel.talks.play = silent
    channel.talks.transcripts.forget(token.talk)
    with pytest.raises(Refused) as refused:
        await channel.talks.hear(token, "12345678", Sent("what is an iep"))
    assert refused.value.status == 401


@pytest.mark.parametrize("fault", [fault for fault, _ in FAULTS])
async def test_danger_is_answered_on_the_plain_page_whatever_is_down(channel: WebInput, fault: Any) -> None:
    channel.talks.play = fault
    request = SimpleNamespace(
        body=urlencode({"text": "my daughter wants to kill herself"}).encode(),
        headers=CIMultiDict({"content-type": "application/x-www-form-urlencoded"}),
        ip="127.0.0.1",
    )
    page = (await AskPage(channel.talks, channel.visitors).answer(request)).body.decode()
    assert all(f'href="tel:{number}"' in page for number in ("988", "911", "18004224453"))


async def test_words_that_could_not_be_answered_on_the_plain_page_stand_above_whom_to_call(
    channel: WebInput,
) -> None:
    channel.talks.play = FAULTS[0][0]  # the greeting of the talk it begins
    request = SimpleNamespace(
        body=urlencode({"text": "a" * 2_001}).encode(),
        headers=CIMultiDict({"content-type": "application/x-www-form-urlencoded"}),
        ip="127.0.0.1",
    )
    answered = await AskPage(channel.talks, channel.visitors).answer(request)
    page = answered.body.decode()
    assert answered.status == 413
    assert all(f'href="{where}"' in page for where in ("tel:988", "sms:988", "tel:911"))


def test_the_widgets_own_file_names_the_lines_of_the_reviewed_words() -> None:
    words = json.loads((TOP / "widget/strings.json").read_text(encoding="utf-8"))["danger"]
    assert set(re.findall(r"\b\d{3}\b", words)) == {"988", "911"}
    assert all(f"[{number}](tel:{number})" in CRISIS for number in ("988", "911"))
    assert words in (TOP / "widget/dist/widget.js").read_text(encoding="utf-8")
