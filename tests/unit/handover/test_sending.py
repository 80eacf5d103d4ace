"""What `send …` in a parent's thread answers, and for whom."""

from __future__ import annotations

import asyncio

import pytest

from assistant.handover.sending import NotKnown, Question, read_question, sent
from assistant.knowledge.library import library
from assistant.talk.reply import Reply
from tests.slack_serving import answer
from tests.unit.handover.test_at_work import line, told
from tests.unit.handover.test_handover import SAY, clock, handed_over, site
from tests.waiting import eventually_here

__all__ = ["clock", "site"]
POINT = next(name for name in library().points if name.startswith("ask_timeline/"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("how long may it take", Question("how long may it take", "iep", "Ohio")),
        ("ask_timeline", Question("/ask_timeline", "iep", "Ohio")),
        ("/ask_timeline tx 504", Question("/ask_timeline", "504", "Texas")),
        ("ask_timeline TX, IEP", Question("/ask_timeline", "iep", "Texas")),
        ("ask_timeline new york", Question("/ask_timeline", "iep", "New York")),
        (POINT, Question(f'/ask_timeline{{"point": "{POINT.partition("/")[2]}"}}', "iep", "Ohio")),
    ],
)
def test_a_question_in_words_or_by_name_with_state_and_plan(said, meant) -> None:
    assert read_question(said, "iep", "Ohio", library()) == meant


def test_plan_and_state_are_told_beforehand() -> None:
    assert Question("x", "iep", "Texas").about == '/inform{"plan": "iep", "state": "Texas"}'
    assert read_question("x", "either", "", library()).about == ""


@pytest.mark.parametrize(("said", "word"), [("ask_nothing", "ask_nothing"), ("ask_timeline txx iep", "txx")])
def test_a_name_that_there_is_not_is_said(said, word) -> None:
    with pytest.raises(NotKnown, match=word):
        read_question(said, "", "", library())


def test_what_the_assistant_would_ask_next_is_left_out() -> None:
    reply = answer("60 days.", ask="Would you like a call?", heading="How long?", card={"kind": "contact"})
    reply |= {
        "text": "60 days.\n\nWould you like a call?",
        "buttons": [{"title": "Yes", "payload": "/affirm"}],
    }
    assert sent(Reply.from_json(reply)) == {
        "text": "60 days.",
        "heading": "How long?",
        "card": {"kind": "contact"},
        "answer": {**reply["answer"], "point": None, "state": None},
    }


async def test_the_parent_sees_the_answer_as_from_the_assistant(slack, site, model) -> None:
    parent, thread = await handed_over(slack, site)
    law = {"title": "Federal rule", "url": "https://www.ecfr.gov/x", "cite": "34 CFR 300.301"}
    about = {
        "intent": "ask_timeline",
        "plan": "iep",
        "reviewed": "2026-11-24",
        "point": None,
        "state": "Texas",
    }
    shown = answer("45 school days.", sources=[law], heading="How long?") | {"answer": about}
    model.say = lambda text: [shown]
    await slack.send(line(slack, thread, "send ask_timeline tx iep"))
    await eventually_here(lambda: told(slack, "How long? (IEP, Texas)"))
    said = await parent._call("GET", f"/v1/messages?after={parent.last}&wait=5")
    [found] = [one for one in said["replies"] if one.get("person") == "Dana"]
    assert (found["heading"], found["text"]) == ("How long?", "45 school days.")
    assert (found["sources"], found["answer"]) == ([law], about)
    assert '/inform{"plan": "iep", "state": "Texas"}' in model.texts
    assert "/ask_timeline" in model.texts


async def test_an_unknown_name_goes_to_nobody_and_the_thread_says_so(slack, site) -> None:
    parent, thread = await handed_over(slack, site)
    await slack.send(line(slack, thread, "send ask_nothing tx"))
    await eventually_here(lambda: told(slack, SAY["send_unknown"].format(word="ask_nothing")))
    assert await parent.news(wait=1) == []
    await asyncio.sleep(0)
