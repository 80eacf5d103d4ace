"""Turns that do something in the talk: say it again, tell a detail, say yes or no, stop, complain. Each returns replies and the new memory."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.knowledge.library import Library
from assistant.talk.answering import (
    ask_button,
    assembled,
    compose,
    live,
    point_button,
    simpler,
)
from assistant.talk.danger import (
    Said,
    still_here,
)
from assistant.talk.form_words import is_question
from assistant.talk.meant import (
    as_question,
    asking,
    each_once,
    meant_instead,
    said_about,
    topic_buttons,
)
from assistant.talk.phrases import PHRASES
from assistant.talk.questions import answer, clarify, goes_back_to_topic, let_go
from assistant.talk.reply import Button, Reply
from assistant.talk.starting_over import names_a_start, starts_over
from assistant.talk.telling import words_key
from assistant.talk.to_us import not_asked
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import (
    Question,
    asked,
    is_correction,
    is_follow_up,
    state_matters,
)

SHORTER = re.compile(
    r"\b(?:short|shorter|brief|quick|tl;?dr|sum|summary|one sentence|fewer)\w*\b", re.IGNORECASE
)
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|(?:isn'?t|is not|not|aint|ain'?t) (?:right|true|correct|it|what i asked))\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?<!what )(?<!not )(?<!answer )(?<!answered )\b(?:i (?:meant?|asked)|i'?m asking|i am asking|my question)\b",
    re.IGNORECASE,
)
_THEIR_NO = re.compile(
    r"^\W*(?:(?:and|but|so|well|now|then|ok)\s+)*(?:they|he|she|school|(?:the|his|her|my|our)\s+(?!answer|word)\w+)\b.*\b(?:no|not|nope|never|denied|refus\w+|\w+n'?t)\b",
    re.IGNORECASE,
)
"""Somebody else said no: it is told of the school, and answers nothing of ours."""
_SAID_ABOUT = re.compile(r"\b(?:say|said|saying|tell|told|mention\w*|explain\w*)\b.*\babout\b", re.IGNORECASE)
_MEANING = re.compile(r"\b(?:stands? for|short for|means?|meaning|letters)\b", re.IGNORECASE)


def repeat(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say the last answer simpler or shorter, or what a term that was named stands for; a new detail asks it anew."""
    if is_follow_up(turn, memory):  # "sorry, i meant dyscalculia"
        return answer(turn, memory, library, today)
    if _SAID_ABOUT.search(turn.text) and (named := said_about(turn, library)):
        return answer(asking(turn, named), memory, library, today)
    if memory.question is None or memory.question not in library.answers:
        return answer(asking(turn, "ask_capabilities"), memory, library, today)
    if memory.term in library.glossary and _MEANING.search(turn.text):  # "what does that stand for again"
        replies, after = answer(asking(turn, "ask_term"), memory, library, today)
        return replies, after.with_(  # a word explained in passing leaves the topic as it is
            question=memory.question, said_plan=memory.said_plan, told=memory.told
        )
    question = Question(memory.question, memory.said_plan, memory.condition, memory.state, memory.term)
    reply = simpler(library, question, bool(SHORTER.search(turn.text)))
    words = words_key(reply)
    if memory.was_told(words):  # the plain words were said: a person may say it better
        buttons = [ask_button(library, "book_consultation"), ask_button(library, "ask_human")]
        reply = assembled(Reply("", "clarify", buttons, body=PHRASES.all_told))
    return [reply], memory.with_(
        told=[*(memory.told or ()), words, *(memory.told or ())[-1:]],
        pending=None,
        failures=int(reply.outcome == "clarify"),
    )


def inform(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a detail: it changes the last answer, or waits for the next question."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    heard_danger, failures = memory.after_crisis, memory.failures
    memory = memory.with_(failures=0, pending=None, after_crisis=False)
    # where no answer comes of it, it is one more message that was not understood
    counted = memory.with_(failures=failures)
    if _changes_the_answer(turn, memory, library):
        return answer(asking(turn, memory.last or str(memory.question)), counted, library, today)
    if (meant := _asks_beside(turn, library)) is not None:
        return answer(meant, counted, library, today)
    noted = _noted(turn, memory, library)
    if noted is None and heard_danger:  # "he is safe now"
        return still_here(memory, library)
    rest = Reply(PHRASES.noted, "asked", topic_buttons(library, ("ask_get_started", "ask_difference")))
    return [noted or rest], memory


def _asks_beside(turn: Turn, library: Library) -> Turn | None:
    """Return a turn that names a detail as the question it is worded as ("how do i get a 504"); None where it only tells."""
    if turn.chosen or not is_question(turn.text):
        return None
    meant = as_question(turn, library)
    return meant if meant.intent in library.answers else None


def _changes_the_answer(turn: Turn, memory: Memory, library: Library) -> bool:
    """Whether the last answer has other words now that the detail is known."""
    if turn.names_plan:
        return memory.question is not None and not library.is_about(memory.question, "both_plans")
    if _knows_condition(turn, memory, library):
        return False
    return bool(turn.values("state") and memory.state) and state_matters(memory, library)


def _knows_condition(turn: Turn, memory: Memory, library: Library) -> bool:
    return bool(turn.values("condition")) and memory.condition in library.conditions


def _noted(turn: Turn, memory: Memory, library: Library) -> Reply | None:
    """Return the sentence that says which detail was taken, with what is asked about it; None where none was told."""
    if turn.names_plan:
        plan = memory.plan or "none"
        topics = PHRASES.topics_by_plan.get(plan, PHRASES.topics_by_plan["none"])
        text = PHRASES.noted_plan.get(plan, PHRASES.noted)
    elif _knows_condition(turn, memory, library):
        topics = ("ask_condition_qualifies", "ask_accommodation_examples", "ask_get_started")
        text = PHRASES.noted_condition.format(condition=library.conditions[str(memory.condition)].in_sentence)
    elif turn.values("state"):
        topics = ("ask_timeline", "ask_learn_more", "ask_complaint")
        text = PHRASES.noted_state.format(state=memory.state)
    elif turn.chosen:
        topics = ("ask_difference", "ask_get_started")
        text = PHRASES.plan_not_sure
    else:
        return None
    return Reply(text, "asked", topic_buttons(library, topics))


def human(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say how to reach a person; after danger the lines come first."""
    first: list[Reply] = []
    if memory.after_crisis:
        first, memory = still_here(memory, library)
    reply = compose(library, Question("ask_human"), today)
    return [*first, replace(reply, buttons=[])], memory.with_(question="ask_human", pending=None, failures=0)


def warm_sentence(turn: Turn, library: Library) -> str:
    """Return one warm sentence; another message may get another one."""
    warm: list[str] = library.feelings["warm"]
    return warm[len(turn.text) % len(warm)]


def feelings(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say one warm sentence, then the likely next step."""
    if memory.after_crisis:
        return still_here(memory, library)
    buttons = topic_buttons(library, ("ask_get_started", "ask_not_followed", "ask_meeting_prep"))
    text = f"{warm_sentence(turn, library)} {library.feelings['next_step']}\n\n{library.feelings['parent_center']}"
    return [Reply(text, "asked", buttons)], memory.with_(failures=0, pending=None)


def deny(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a no: to the call if it was offered, to the answer if it was wrong, else to going on."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    if memory.after_crisis:
        return let_go(turn, memory, library, today)
    if is_correction(turn) and turn.names_plan:
        return inform(turn, memory, library, today)
    told = _MEANT.search(turn.text) or _THEIR_NO.search(turn.text)
    if told and (meant := meant_instead(turn, library)):  # "no i mean the difference", "they said no"
        return answer(asking(turn, meant), memory, library, today)
    if memory.question is not None and _WRONG.search(turn.text):
        return not_helpful(turn, memory, library, today)
    if memory.pending == "call":
        return [Reply(PHRASES.call_declined, "asked")], memory.with_(
            call_declined=True, pending=None, failures=0
        )
    return [Reply(PHRASES.all_right, "asked")], memory.with_(pending=None, failures=0)


def affirm(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a yes that answers nothing in particular (a yes to the call starts the form instead)."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    if memory.after_crisis:
        return still_here(memory, library)
    before = library.answers.get(memory.question or "")
    point = library.points.get(memory.last or "")
    follow = point.then if point else before.next if before else ()
    topics = tuple(name for name in follow if name in library.answers or name in library.points) or (
        "ask_get_started",
        "ask_difference",
    )
    return [Reply(PHRASES.go_on, "asked", topic_buttons(library, topics))], memory.with_(
        pending=None, failures=0
    )


def stop(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Drop what was going on; "start over" forgets the talk as well."""
    if starts_over(turn):
        buttons = topic_buttons(library, library.suggestions.first)
        return [Reply(PHRASES.started_over, "asked", buttons)], Memory(limits_told=True)
    if goes_back_to_topic(turn, memory, library):
        return answer(asking(turn, str(memory.question)), memory, library, today)
    if names_a_start(turn):  # "do they start over with the testing"
        return clarify(as_question(turn, library), memory, library, today)
    return [Reply(PHRASES.stopped, "asked")], memory.with_(pending=None, failures=0)


def not_helpful(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take "that is wrong": say it goes to people, offer the nearest other ways; a plan named takes the answer back."""
    if is_correction(turn) and turn.names_plan:
        return inform(turn, memory, library, today)  # "no wait, they offered an iep, my mistake"
    if memory.after_crisis:
        return let_go(turn, memory, library, today)
    if _MEANT.search(turn.text) and (meant := meant_instead(turn, library)) and meant != memory.question:
        return answer(asking(turn, meant), memory, library, today)
    if not_asked(turn) and (others := _next_best(memory, library)):
        return _told_instead(others, turn, memory, library, today)
    buttons = [*_other_ways(memory, library), ask_button(library, "book_consultation")]
    text = PHRASES.no_call_either if memory.call_declined else PHRASES.not_helpful
    reply = Reply(text, "clarify", each_once(buttons))
    return [reply], memory.with_(failures=memory.failures + 1, pending="call")


def _next_best(memory: Memory, library: Library) -> list[str]:
    """Return up to two points that came next when the last question was taken up, and were not told."""
    told = {key.partition("@")[0] for key in memory.told or ()}
    return [point.name for point in live(library, memory.near or ()) if point.name not in told][:2]


def _told_instead(names: list[str], turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Tell the next best points in place of the answer that was none; two of them in short, for neither is sure."""
    lead = Reply(PHRASES.not_what_asked, "clarify")
    near = memory.near
    if len(names) == 1:
        replies, memory = answer(asking(turn, names[0]), memory, library, today)
    else:
        own = replace(asking(turn, names[0]), rival=names[1], unsure=True)
        replies, memory = answer(own, memory, library, today)
    buttons = each_once([*replies[-1].buttons, ask_button(library, "book_consultation")])
    replies[-1] = replace(replies[-1], buttons=buttons)
    return [lead, *replies], memory.with_(near=near)


def _other_ways(memory: Memory, library: Library) -> list[Button]:
    """Return the points that came next when the last question was taken up, else what follows it."""
    told = {key.partition("@")[0] for key in memory.told or ()}
    near = [point_button(point) for point in live(library, memory.near or ()) if point.name not in told]
    before = library.answers.get(memory.question or "")
    return near or ([ask_button(library, intent) for intent in before.next[:2]] if before else [])
