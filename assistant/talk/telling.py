"""Which words answer a question: a point, its topic in general, or an honest end. Nothing is said twice in a talk."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.knowledge.library import Library
from assistant.talk.answering import (
    assembled,
    compose,
    compose_point,
    is_off,
    joined,
    live,
    point_button,
    simpler,
    write_line,
)
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.sentences import act, opening
from assistant.talk.turn import Memory
from assistant.talk.understanding import SURE_OF_A_POINT, Question, by_condition

NEXT_BEST = 0.15
"""From this share on, the next point is told where the first one was told before."""
POINT_BEATS_CONDITION = 0.8
"""A condition's own words answer what is asked of it, unless a point is as sure as this."""
NEAREST = 3
ONE_OF_TWO = 26
"""Words of an answer beside another one that may be meant: both, with their headings, are read at a glance."""
URGENT_OF_TWO = 24
"""Words of what cannot wait beside another answer: the first act and whom to call."""


@dataclass(frozen=True)
class Told:
    """What is said to a question.

    Attributes:
        key: `topic/point@plan` or `topic@plan`: what is kept in the talk, so that it is not said again.
        point: The point told; empty for a topic's general words.
    """

    reply: Reply
    key: str
    point: str = ""


def tell(question: Question, memory: Memory, library: Library, today: date) -> Told:
    """Return what answers a question and was not said in this talk: the first of what may, in other words than any before."""
    for told in _candidates(question, memory, library, today):
        if told.reply.answer is None or not memory.was_told(words_key(told.reply)):
            return told
    return _honest_end(question, memory, library)


def words_key(reply: Reply) -> str:
    """Return the key under which a reply's own words are kept, whatever they were an answer to: what "not twice" goes by."""
    return f"#{zlib.crc32((reply.body or reply.text).encode()):08x}"


def _candidates(question: Question, memory: Memory, library: Library, today: date) -> Iterator[Told]:
    """Yield what may answer a question, best first: the point, the next point, the first once more, the topic, its simple words."""
    condition = by_condition(library, question) and question.share < POINT_BEATS_CONDITION
    chosen = live(library, [question.point]) if question.share >= SURE_OF_A_POINT and not condition else []
    if not chosen and (off := next((n for n in (question.point, question.intent) if is_off(library, n)), "")):
        yield Told(Reply(PHRASES.not_said_now, "answered"), f"{off}@off")
        return
    general = _general(question, memory, library, today)
    if chosen:
        told = _point(question, memory, library, today)
        again = memory.was_told(words_key(told.reply))
        if question.unsure and not again:
            yield _one_of_two(told, question, library)
        yield from _for_another_plan(told, again, general, question, memory, library)
        yield told
        if question.once_more:
            yield _again(told, question, library)
        yield from _next_best(question, memory, library, today)
        yield _again(told, question, library)
    yield general
    if (plain := _simple(question, library)) is not None:
        yield plain


def _for_another_plan(
    told: Told, again: bool, general: Told, question: Question, memory: Memory, library: Library
) -> Iterator[Told]:
    """Yield what comes first where the point was told for another plan, and has no words of its own for this one."""
    point, plan = library.points[question.point], question.plan
    if not plan or plan == memory.said_plan or plan in point.says or point.name not in memory.names_told:
        return
    own = plan in library.answers[point.topic].texts and question.asks_on
    holds = _holds_for(point.says["either"], plan, own)
    if holds and again and point.name == memory.last:
        yield _holds_too(told, plan)
    elif again or not holds:
        yield general


def _point(question: Question, memory: Memory, library: Library, today: date) -> Told:
    point = library.points[question.point]
    plan = next(
        key for key, words in point.says.items() if words == point.says[point.plan_for(question.plan)]
    )
    steps = f"{point.topic}#more@{library.answers[point.topic].plan_for(question.plan)}"
    own = f"+{question.state}" if point.by_state and question.state else ""
    reply = compose_point(library, question, today, with_steps=not memory.was_told(steps))
    return Told(reply, f"{point.name}@{plan}{own}", point.name)


def _holds_for(words: str, plan: str, own: bool) -> bool:
    """Whether a point's words, written for no plan of its own, are said to be true of `plan` as well.

    They are where they name it, or no plan at all: "a 504 plan has no deadline" says nothing of an IEP, "the plan comes along" nothing to
    a family without one. Who asks on for the other plan gets what the topic says of it in words of its `own`.
    """
    if own:
        return False
    named = {"504": "504" in words, "iep": "IEP" in words, "none": False}
    return named[plan] or not (any(named.values()) or (plan == "none" and "plan" in words))


def _holds_too(told: Told, plan: str) -> Told:
    """Return one sentence in place of the words that were told for another plan."""
    reply = replace(
        told.reply, body=PHRASES.holds_too[plan], write_to="", script="", more="", more_title="", sources=()
    )
    return replace(told, reply=assembled(reply))


def _one_of_two(told: Told, question: Question, library: Library) -> Told:
    """Return the point's answer as far as it can be read at a glance, and whom to write to; the whole is a button away.

    What cannot wait is said here too, and so much less of the answer: nobody may press that button tonight.
    """
    point = library.points[told.point]
    urgent = act(point.urgent, URGENT_OF_TWO)
    body = joined(opening(told.reply.body, ONE_OF_TWO - len(urgent.split())), urgent)
    line = write_line(point, question, library, body)
    reply = replace(
        told.reply, body=body, write_to=line, script="", more="", more_title="", buttons=(), card={}
    )
    return Told(assembled(reply), f"{told.key}#brief", told.point)


def _again(told: Told, question: Question, library: Library) -> Told:
    """Return the point's answer once more: it was told, and the parent asks on about just that.

    It is said whole: cut to its first sentences, it lost the one that was asked for ("is consult still a service?"). Whom to write to and
    the words to send come with it: who asks again wants to do it now.
    """
    body = PHRASES.told_again.format(answer=told.reply.body)
    reply = replace(told.reply, body=body, more="", more_title="", card={})
    return Told(assembled(reply), f"{told.key}#again", told.point)


def _next_best(question: Question, memory: Memory, library: Library, today: date) -> Iterator[Told]:
    """Yield the other points of the topic that are near, likeliest first."""
    for name, share in question.others:
        if share >= NEXT_BEST and live(library, [name]) and name.startswith(f"{question.intent}/"):
            yield _point(replace(question, point=name), memory, library, today)


def _general(question: Question, memory: Memory, library: Library, today: date) -> Told:
    reply = compose(library, question, today)
    detail = (
        question.condition
        if by_condition(library, question)
        else question.term
        if question.intent == "ask_term"
        else ""
    )
    name = f"{question.intent}:{detail}" if detail else question.intent
    key = f"{name}@{reply.answer.plan if reply.answer else 'either'}"
    if near := nearest(question, memory, library):
        reply = assembled(replace(reply, ask=PHRASES.which_point, buttons=near))
    return Told(reply, key)


def nearest(question: Question, memory: Memory, library: Library) -> list[Button]:
    """Return buttons of the points that the words may ask within the topic, without those that were told."""
    if by_condition(library, question) or question.aside:
        return []
    names = [question.point, *(name for name, _ in question.others)]
    told = memory.names_told
    own = [name for name in names if name.startswith(f"{question.intent}/") and name not in told]
    return [point_button(point) for point in live(library, own)[:NEAREST]]


def _simple(question: Question, library: Library) -> Told | None:
    """Return the topic in simple words, where it has them."""
    reply = simpler(library, question, False)
    key = f"{question.intent}#simple@{reply.answer.plan if reply.answer else 'either'}"
    return Told(reply, key) if reply.body else None


def _honest_end(question: Question, memory: Memory, library: Library) -> Told:
    """Say that this is all, offer what is near, and a person."""
    buttons = [*nearest(question, memory, library)[:2], Button(PHRASES.buttons["book"], "/book_consultation")]
    reply = assembled(Reply("", "clarify", buttons, body=PHRASES.all_told))
    return Told(reply, f"{question.intent}#end")


def steps_key(told: Told) -> list[str]:
    """Return the keys to keep for what was told: its own, and that of the topic's steps where they came with it."""
    words = words_key(told.reply)
    if told.reply.more and told.reply.answer:
        return [f"{told.reply.answer.intent}#more@{told.reply.answer.plan}", words, told.key]
    return [words, told.key]
