"""Turns that ask, or may ask: they are answered, asked back, sent elsewhere, or danger comes first. Each returns replies and the new memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.knowledge.library import Library
from assistant.nlu.crisis_guard import danger_in
from assistant.nlu.question_splitter import asks, parts
from assistant.talk.answering import (
    ask_button,
    assembled,
    card_before,
    general_buttons,
    point_button,
)
from assistant.talk.danger import (
    SAID,
    Said,
    after_the_lines,
    asked_beside_danger,
    first_words,
    still_here,
    with_lines_below,
)
from assistant.talk.form_words import is_question
from assistant.talk.half_ours import half_ours
from assistant.talk.lead_on import lead_on
from assistant.talk.meant import (
    SUGGESTIONS,
    asking,
    each_once,
    likeliest_point,
    nearest,
    topic_buttons,
)
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.telling import NEAREST, Told, steps_key, tell, words_key
from assistant.talk.turn import Memory, Turn
from assistant.talk.two_at_once import details_last, either_of
from assistant.talk.understanding import (
    SURELY_ASKED,
    Question,
    asked,
    is_correction,
    is_follow_up,
)
from assistant.talk.whether import asks_whether
from assistant.talk.whose_right import with_note

ANSWERED_AT_ONCE = 2
"""Questions of one message that are answered; the rest become buttons."""
TERM_WORDS = 12
"""Up to so many words, what isn't understood but holds a term of the field asks what the term means."""
MAYBE_OURS = 0.15
"""From this confidence on, a question of ours is offered even where the topic seems a stranger's."""
_GO_BACK_TO = re.compile(r"\bback to\b", re.IGNORECASE)


def answer(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Answer the turn's questions; without one, ask which question is meant."""
    if memory.after_crisis and not _asks_surely(turn):  # "im not alone, my sister just came"
        return crisis(turn, memory, library, today)
    questions, memory = asked(turn, memory, library)
    if not questions:
        return clarify(turn, memory, library, today)
    now, later = questions[:ANSWERED_AT_ONCE], questions[ANSWERED_AT_ONCE:]
    before, corrects = card_before(library, memory), _corrects_plan(turn, memory)
    said: list[Told] = []
    before_it = memory
    for question in now:
        said.append(tell(question, memory, library, today))
        memory = memory.with_(told=[*(memory.told or ()), *steps_key(said[-1])])
    if now[0].unsure and all(told.point for told in said):
        both, memory = either_of(said, library), _noting_either(said, now[0], before_it)
        both[-1], memory = with_note(said[0], both[-1], now[0], memory, library)
        return both, memory
    replies = _no_card_twice([told.reply for told in said], before)
    if corrects and memory.plan:
        replies[0] = _led_by(replies[0], PHRASES.corrected[memory.plan])
    if now[0].rival and said[0].point == now[0].point:
        other = point_button(library.points[now[0].rival])
        replies[0] = replace(replies[0], buttons=[other, *replies[0].buttons])
    for place, question in enumerate(now[:-1]):  # only the last reply leads on
        replies[place] = replace(replies[place], buttons=general_buttons(library, question.intent))
    memory = _noting_the_answer(now[-1], replies[-1], memory)
    replies[-1], memory = lead_on(said[-1], replies[-1], now[-1], later, memory, library)
    replies[-1], memory = with_note(said[-1], replies[-1], now[-1], memory, library)
    return details_last(replies), memory


def _noting_either(said: list[Told], likelier: Question, memory: Memory) -> Memory:
    """Return the memory after two points were told of which one is meant: the likelier one is what was told last."""
    keys = [key for told in reversed(said) for key in steps_key(told)]
    after = _noting_the_answer(likelier, said[0].reply, memory)
    return after.with_(told=[*(memory.told or ()), *keys], since_offer=after.since_offer + 1)


def _corrects_plan(turn: Turn, memory: Memory) -> bool:
    """Whether the turn takes the plan back that the last answer was for ("sorry, it's an IEP")."""
    return turn.names_plan and is_follow_up(turn, memory) and is_correction(turn)


def _noting_the_answer(question: Question, reply: Reply, memory: Memory) -> Memory:
    """Return the memory after the last question of a turn was answered."""
    return memory.with_(
        question=question.intent,
        near=[name for name, _ in question.others[:NEAREST]],
        said_plan=question.plan,
        pending=None,
        failures=int(reply.outcome == "clarify"),  # an honest end: the next time a person is offered
        after_crisis=False,
        limits_told=True,
        since_offer=0 if memory.after_crisis else memory.since_offer,  # nothing is sold right after danger
    )


def _asks_surely(turn: Turn) -> bool:
    """Whether words after danger are about the school again: they are worded as a question, or surely are one."""
    sure = bool(turn.confidences) and turn.confidences[0] >= SURELY_ASKED
    return turn.chosen or is_question(turn.text) or sure


def _no_card_twice(replies: list[Reply], before: Mapping[str, Any]) -> list[Reply]:
    """Return the replies, a card left out where the reply right before has the same one."""
    kept = []
    for reply in replies:
        kept.append(replace(reply, card={}) if reply.card and reply.card == before else reply)
        before = reply.card
    return kept


def _led_by(reply: Reply, sentence: str) -> Reply:
    return (
        assembled(replace(reply, body=f"{sentence} {reply.body}"))
        if reply.body
        else replace(reply, text=f"{sentence} {reply.text}")
    )


def clarify(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Ask which question is meant; the second time in a row offer a person."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    if goes_back_to_topic(turn, memory, library):
        return answer(asking(turn, str(memory.question)), memory, library, today)
    if memory.after_crisis:  # "he is safe now"
        return still_here(memory, library)
    buttons = nearest(turn, library)
    prompt = PHRASES.not_sure
    if asks_whether(turn) and memory.last:
        prompt = PHRASES.whether
        point = library.points.get(memory.last)
        follow = point.then if point else library.answers[memory.question or ""].next
        buttons = [
            ask_button(library, name) for name in follow if name in library.answers or name in library.points
        ]
    if memory.failures == 0:
        return [Reply(prompt, "clarify", buttons)], memory.with_(failures=1, pending=None)
    return _offer_person(memory, library, buttons[:2], "clarify")


def out_of_scope(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say that the topic is a stranger's, and what the bot is for."""
    follows = memory.question is not None and is_follow_up(turn, memory)
    names_term = bool(turn.values("term")) and len(turn.text.split()) <= TERM_WORDS
    if follows or names_term:  # "entitled to FAPE. what"
        return answer(turn, memory, library, today)
    if memory.after_crisis and not is_question(turn.text):
        return still_here(memory, library)
    if (said := _half_ours(turn, memory, library, today)) is not None:
        return said
    # one in fifty of our own questions ends here: what came nearest is one tap away
    near = [name for name, sure in turn.ranked if sure >= MAYBE_OURS and name in library.answers]
    topics = dict.fromkeys((*near[:1], *library.suggestions.first))
    buttons = [ask_button(library, intent) for intent in topics][:SUGGESTIONS]
    if memory.failures == 0:
        return [Reply(PHRASES.not_ours, "out_of_scope", buttons)], memory.with_(failures=1, pending=None)
    return _offer_person(memory, library, buttons[:2], "out_of_scope")


def _half_ours(turn: Turn, memory: Memory, library: Library, today: date) -> Said | None:
    """Answer what looks like a stranger's question and has a side at school; None where it has none, or its referral was told."""
    half = half_ours(turn)
    if half is None or half.topic not in library.answers:
        return None
    name = likeliest_point(half.topic, turn, library)
    if half.ours:
        return answer(asking(turn, name), memory, library, today)
    buttons = each_once([ask_button(library, each) for each in (name, half.topic, "book_consultation")])
    reply = Reply(half.referral, "out_of_scope", buttons)
    if memory.was_told(key := words_key(reply)):
        return None
    # no answer of ours: not understood next, a person is offered
    return [reply], memory.with_(told=[key, *(memory.told or ())], failures=1, pending=None)


def _offer_person(memory: Memory, library: Library, buttons: list[Button], outcome: str) -> Said:
    texts = [PHRASES.no_call_either] if memory.call_declined else PHRASES.person_offered
    reply = Reply(
        texts[memory.failures % len(texts)],
        "clarify" if outcome == "clarify" else "out_of_scope",
        [*buttons, ask_button(library, "book_consultation")],
    )
    return [reply], memory.with_(failures=memory.failures + 1, pending="call")


def goes_back_to_topic(turn: Turn, memory: Memory, library: Library) -> bool:
    """Whether the talk's topic is wanted again ("back to the sending home thing")."""
    return memory.question in library.answers and bool(_GO_BACK_TO.search(turn.text))


def crisis(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say the fixed words for danger; nothing is sold. What the message asks beside it waits for "it's not that".

    Heard by the classifier alone once the words were said, it gets the short ones, and its question is answered: first, where it is worded as one.
    """
    beside = asked_beside_danger(turn, library)
    if memory.danger_told == SAID and danger_in(turn.text) is None:
        replies, memory = still_here(memory, library)
        if beside is None:
            return replies, memory
        more, memory = answer(asking(turn, beside), memory, library, today)
        if any(asks(part) for part in parts(turn.text)):  # "he is home with me. how do i get the report"
            return with_lines_below(more, library), memory
        return [*replies, *more], memory
    replies = [first_words(turn, library)]
    memory = memory.with_(
        after_crisis=True, danger_told=SAID, beside_danger=beside, pending=None, failures=0, since_offer=0
    )
    if (then := after_the_lines(turn, library)) is not None:
        more, memory = _about_school(then, turn, memory, library, today)
        replies += more
    return replies, memory


def _about_school(name: str, turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say what to do about the school: nothing is asked and nothing offered below it."""
    quiet = memory.with_(plan_asked=True, state_asked=True)
    replies, after = answer(asking(turn, name), quiet, library, today)
    kept = {key: getattr(memory, key) for key in ("plan_asked", "state_asked", "since_offer")}
    return replies, after.with_(after_crisis=True, **kept)


def let_go(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take back that it was danger ("it's not that"), and answer what the message asked beside it."""
    lead = Reply(library.crisis["let_go"].strip(), "asked")
    asked_before = memory.beside_danger
    memory = memory.with_(after_crisis=False, beside_danger=None, pending=None, failures=0)
    if asked_before is None:
        topics = library.suggestions.first
        return [replace(lead, buttons=topic_buttons(library, topics))], memory
    replies, memory = answer(asking(turn, asked_before), memory, library, today)
    return [lead, *replies], memory
