"""Ten talks handed to one of two advocates and back, over two workers: nothing is lost, nothing private is shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.http.desk import LEE, MARIA, SAY, Chat, Desk, running_desk

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.needs("postgresql", "redis", "nginx")]

PRIVATE = "// she called last week"
JOINED = SAY["joined"].format(name="Maria")
NUMBERS = [f"line {n}" for n in range(4)]
LAW = "how long does the school have to test him"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with running_desk(Path(tmp_path_factory.mktemp("desk"))) as made:
        yield made
        assert made.slack.refused == [], "Slack would have refused"


async def test_lines_of_both_sides_arrive_once_and_in_order_and_the_assistant_goes_on(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son has an IEP in Texas and they cut his minutes")
    await desk.presses(chat.head, SAY["take"], MARIA)
    for line in NUMBERS:
        await chat.advocate(MARIA, f"Maria {line}")
    assert await chat.reads("Maria line 3") == [JOINED, *(f"Maria {line}" for line in NUMBERS)]
    for line in NUMBERS:
        assert await chat.says(f"parent {line}") == []
    await chat.until_in_thread("parent line 3")
    assert chat.of_parent() == [f"parent {line}" for line in NUMBERS]
    await chat.advocate(MARIA, "hand back")
    assert await chat.reads(SAY["returned"]) == [SAY["returned"]]
    await chat.says(LAW)
    [answer] = [one["answer"] for one in await chat.transcript() if one.get("answer")][-1:]
    assert (answer["plan"], answer["state"]) == ("iep", "Texas"), "what was known before is known"


async def test_notes_for_colleagues_stay_in_the_thread(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son has an IEP")
    await chat.advocate(MARIA, PRIVATE)
    await chat.advocate(MARIA, "Hello\n// be careful with this one\nWhat did they write?")
    await chat.advocate(LEE, "note: I know her")
    await chat.advocate(LEE, f"<@{MARIA}> shall I?")
    await chat.advocate(MARIA, "And when?")
    assert await chat.reads("And when?") == [JOINED, "Hello\nWhat did they write?", "And when?"]


async def test_a_second_advocate_takes_over(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my daughter has a 504 plan")
    await chat.advocate(MARIA, "Hello, I am Maria")
    await chat.advocate(MARIA, f"transfer <@{LEE}>")
    await chat.advocate(LEE, "Hello, I am Lee")
    assert await chat.reads("I am Lee") == [JOINED, "Hello, I am Maria", "Hello, I am Lee"]
    await chat.until_in_thread(f"<@{LEE}> has this chat")
    assert f"<@{LEE}> has it" in chat.head.text
    assert [one.get("person") for one in await chat.transcript()][-2:] == ["Maria", "Lee"]
    await chat.advocate(LEE, "close: sent the form")
    assert await chat.reads(SAY["returned"]) == [SAY["returned"]]
    await chat.until_in_thread("sent the form")


async def test_a_parent_leaves_in_the_middle_and_a_later_answer_opens_the_chat_again(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son has an IEP")
    await chat.advocate(MARIA, "Hello")
    await chat.reads("Hello")
    assert await chat.presses(SAY["back"]) == [SAY["returned"]]
    await chat.until_in_thread(SAY["left"])
    assert await chat.says(LAW), "the assistant answers"
    await chat.advocate(LEE, "One more thing")
    assert await chat.reads("One more thing") == [SAY["joined"].format(name="Lee"), "One more thing"]
    await chat.until_head(f"<@{LEE}> has it")
    assert [one["action_id"] for one in chat.head.buttons] == ["hand_back"]
    assert LAW not in "\n".join(chat.in_thread()), "what was said to the assistant stays with it"


async def test_a_parent_who_closed_the_chat_finds_all_lines_and_their_address_is_not_in_slack(
    desk: Desk,
) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son Jayden Miller has an IEP, call me at 206-555-0142")
    await chat.presses(SAY["email_me"])
    await chat.says("pat.miller@example.net")
    await chat.until_in_thread(SAY["email_there"])
    for line in NUMBERS:
        await chat.advocate(MARIA, line)
    assert await chat.reads("line 3") == [JOINED, *NUMBERS]
    written = str([one.payload for one in desk.slack.posted])
    assert not [one for one in ("pat.miller", "Jayden", "555-0142") if one in written]


async def test_two_parents_at_once_hear_nothing_of_each_other(desk: Desk) -> None:
    chats = [await desk.chat(), await desk.chat()]
    names = ("Wren Abbott", "Sam Ortega")
    for chat in chats:
        await chat.asks_for_a_person("my son has an IEP")

    async def talk(chat: Chat, user: str, name: str) -> None:
        for line in NUMBERS:
            assert await chat.says(f"{name} {line}") == []
            await chat.advocate(user, f"For {name}: {line}")

    await asyncio.gather(*(talk(*one) for one in zip(chats, (MARIA, LEE), names, strict=True)))
    for chat, name in zip(chats, names, strict=True):
        assert (await chat.reads("line 3"))[1:] == [f"For {name}: {line}" for line in NUMBERS]
        await chat.until_in_thread(f"{name} line 3")
        assert chat.of_parent() == [f"{name} {line}" for line in NUMBERS]


async def test_a_parent_who_goes_on_in_spanish_is_heard_as_they_wrote(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son has an IEP")
    assert await chat.says("No entiendo, la maestra dijo que mañana «no»") == []
    await chat.until_in_thread("la maestra dijo que mañana «no»")
    await chat.advocate(LEE, "¿Qué le escribió la escuela?")
    await chat.reads("¿Qué le escribió la escuela?")
    await chat.advocate(LEE, "hand back")
    await chat.reads(SAY["returned"])
    assert await chat.says("¿cuánto tiempo tiene la escuela para evaluarlo?")


async def test_danger_is_answered_at_once_and_the_advocate_stays(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son has an IEP")
    await chat.advocate(MARIA, "Hello")
    await chat.reads("Hello")
    [fixed] = await chat.says("my son says he wants to kill himself")
    assert "(tel:988)" in fixed and "(tel:911)" in fixed
    await chat.until_in_thread("wants to kill himself")
    assert SAY["crisis"] in chat.in_thread()
    await chat.advocate(MARIA, "I am here, please call them")
    assert await chat.reads("I am here") == ["I am here, please call them"]
    assert await chat.says("I am calling") == []


async def test_parents_hear_when_all_advocates_are_away(desk: Desk) -> None:
    await desk.types(MARIA, "away until tomorrow")
    chat = await desk.chat()
    await chat.asks_for_a_person(how="can I talk to a person")
    await chat.advocate(LEE, "hand back")
    await chat.reads(SAY["returned"])
    await desk.types(LEE, "away")
    assert any("not at their desks" in one for one in await chat.says("can I talk to a person"))
    heads = len(desk.heads())
    assert "not at their desks" in (await chat.presses(SAY["yes"]))[0], "an older button asks nobody either"
    assert len(desk.heads()) == heads
    for user in (MARIA, LEE):
        await desk.types(user, "back")
    assert (await (await desk.chat()).says("can I talk to a person"))[-1] == SAY["offer"]


async def test_a_worker_is_killed_and_comes_back(desk: Desk) -> None:
    chat = await desk.chat()
    await chat.asks_for_a_person("my son has an IEP")
    await chat.advocate(MARIA, "Maria line 0")
    await chat.reads("line 0")
    first, second = desk.cluster.workers[:2]
    killing = asyncio.create_task(asyncio.to_thread(first.kill))
    for line in NUMBERS[1:]:
        await chat.advocate(MARIA, f"Maria {line}")
        assert await chat.says(f"parent {line}") == []
    await killing
    again = desk.cluster.start_worker()
    desk.cluster.use([second, again])
    assert await chat.reads("Maria line 3") == [f"Maria {line}" for line in NUMBERS[1:]]
    await chat.until_in_thread("parent line 3", seconds=45)  # a line of a dead worker is free after 30
    assert chat.of_parent() == [f"parent {line}" for line in NUMBERS[1:]]
    await asyncio.to_thread(again.wait_until_ready)
    await chat.advocate(MARIA, "hand back")
    await chat.reads(SAY["returned"])
    assert await chat.says(LAW)
