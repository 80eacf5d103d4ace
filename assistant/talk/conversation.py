"""What is said to a turn outside booking: one function a kind of turn, each returns replies and the new memory."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.knowledge.library import Library
from assistant.talk.answering import (
    ask_button,
    card_before,
    compose,
    general_buttons,
    plan_buttons,
    plan_matters,
    simpler,
)
from assistant.talk.context import asks_whether, in_topic, topic_itself
from assistant.talk.form_words import is_question
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import (
    BOTH_PLANS,
    Question,
    asked,
    is_correction,
    is_follow_up,
)

ANSWERED_AT_ONCE = 2
"""Questions of one message that are answered; the rest become buttons."""
ANSWERS_BETWEEN_OFFERS = 5
SUGGESTIONS = 3
TERM_WORDS = 12
"""Up to so many words, what isn't understood but holds a term of the field asks what the term means."""
MAYBE_OURS = 0.15
"""From this confidence on, a question of ours is offered even where the topic seems a stranger's."""
ABOUT_THE_BOT = frozenset({"ask_capabilities", "ask_bot_identity", "ask_privacy", "ask_human"})

_SHORTER = re.compile(
    r"\b(?:short|shorter|brief|quick|tl;?dr|sum|summary|one sentence|fewer)\w*\b", re.IGNORECASE
)

_START_OVER = re.compile(
    r"\b(?:(?:start|begin) (?:over|again|fresh|anew|from scratch)|lets begin over|restart|reset|from (?:the (?:top|beginning|start)|scratch)"
    r"|back to (?:the )?(?:start|beginning|main menu)|new question)\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|(?:isn'?t|is not|not|aint|ain'?t) (?:right|true|correct|it|what i asked))\b",
    re.IGNORECASE,
)
_GO_BACK_TO = re.compile(r"\bback to\b", re.IGNORECASE)
_SAID_ABOUT = re.compile(r"\b(?:say|said|saying|tell|told|mention\w*|explain\w*)\b.*\babout\b", re.IGNORECASE)
LEAST_SAID_ABOUT = 0.1
_MEANING = re.compile(r"\b(?:stands? for|short for|means?|meaning|letters)\b", re.IGNORECASE)

Said = tuple[list[Reply], Memory]


def answer(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Answer the turn's questions; without one, ask which question is meant."""
    questions, memory = asked(turn, memory, library)
    if not questions:
        return clarify(turn, memory, library, today)
    now, later = questions[:ANSWERED_AT_ONCE], questions[ANSWERED_AT_ONCE:]
    replies = _no_card_twice(
        [_said(question, library, today) for question in now], card_before(library, memory)
    )
    if is_follow_up(turn, memory) and is_correction(turn) and memory.plan:
        replies[0] = _led_by(replies[0], PHRASES.corrected[memory.plan])
    last = now[-1]
    memory = memory.with_(
        question=last.intent,
        aside=last.aside,
        said_plan=last.plan,
        pending=None,
        failures=int(last.nearest),
        after_crisis=False,
        limits_told=True,
    )
    for place, question in enumerate(now[:-1]):  # only the last reply leads on
        replies[place] = replace(replies[place], buttons=general_buttons(library, question.intent))
    replies[-1], memory = _lead_on(replies[-1], last, later, turn, memory, library)
    return replies, memory


def _said(question: Question, library: Library, today: date) -> Reply:
    """Return the answer; its heart alone, where few words led back to what was said just before."""
    if not (question.again or question.nearest):
        return compose(library, question, today)
    buttons = [ask_button(library, intent) for intent in library.answers[question.intent].next]
    lead = PHRASES.nearest if question.nearest else PHRASES.in_short
    return replace(_led_by(simpler(library, question, False), lead), buttons=buttons)


def _no_card_twice(replies: list[Reply], before: Mapping[str, Any]) -> list[Reply]:
    """Return the replies, a card left out where the reply right before has the same one."""
    kept = []
    for reply in replies:
        kept.append(replace(reply, card={}) if reply.card and reply.card == before else reply)
        before = reply.card
    return kept


def _asking(turn: Turn, intent: str) -> Turn:
    """Return the turn as one that surely asks `intent`."""
    return replace(turn, intent=intent, ranking=(intent,), confidences=(1.0,))


def _led_by(reply: Reply, sentence: str) -> Reply:
    return replace(reply, text=f"{sentence} {reply.text}")


def _lead_on(
    reply: Reply, question: Question, later: list[Question], turn: Turn, memory: Memory, library: Library
) -> tuple[Reply, Memory]:
    """Add what the parent may do next: other questions of the message, the plan, the call."""
    full = library.answers[question.intent]
    buttons = [ask_button(library, other.intent) for other in later]
    if question.condition is None and question.term is None:
        buttons += general_buttons(library, question.intent)
    text = reply.text
    if (
        question.plan is None
        and not memory.plan_asked
        and plan_matters(full)
        and question.intent not in BOTH_PLANS
        and question.intent != "ask_term"
    ):
        text = f"{text}\n\n{PHRASES.which_plan}"
        buttons += plan_buttons()
        memory = memory.with_(plan_asked=True)
    else:
        buttons += reply.buttons
    memory = memory.with_(since_offer=memory.since_offer + 1)
    if full.next[:1] == ("book_consultation",):  # the answer itself offers the call: a "yes" books it
        memory = memory.with_(since_offer=0, pending="call")
    elif _may_offer_call(full.offer_call, memory):
        text = f"{text}\n\n{PHRASES.offer_call}"
        buttons.append(ask_button(library, "book_consultation"))
        memory = memory.with_(since_offer=0, pending="call")
    return replace(reply, text=text, buttons=_each_once(buttons)), memory


def _may_offer_call(natural: bool, memory: Memory) -> bool:
    return (
        natural
        and memory.since_offer >= ANSWERS_BETWEEN_OFFERS
        and not (memory.call_declined or memory.after_crisis)
    )


def _each_once(buttons: list[Button]) -> list[Button]:
    return list({button.title: button for button in buttons}.values())


def clarify(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Ask which question is meant; the second time in a row offer a person."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    if memory.after_crisis:  # "he is safe now": nothing is asked, and 988 stays in reach
        return crisis(turn, memory, library, today)
    near = [intent for intent in turn.ranking if intent in library.answers and intent not in ABOUT_THE_BOT]
    prompt = PHRASES.not_sure
    if asks_whether(turn):
        topic = library.answers.get(memory.question or "")
        near = [intent for intent in topic.next if intent in library.answers] if topic else []
        prompt = PHRASES.whether
    buttons = [ask_button(library, intent) for intent in near[:SUGGESTIONS]]
    if memory.failures == 0:
        return [Reply(prompt, "clarify", buttons)], memory.with_(failures=1, pending=None)
    return _offer_person(memory, library, buttons[:2], "clarify")


def out_of_scope(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say that the topic is a stranger's, and what the bot is for."""
    if memory.question is not None and (
        is_follow_up(turn, memory) or in_topic(turn, memory, library) or topic_itself(turn, memory, library)
    ):
        return answer(turn, memory, library, today)
    if turn.values("term") and len(turn.text.split()) <= TERM_WORDS:  # "entitled to FAPE. what"
        return answer(turn, memory, library, today)
    if memory.after_crisis and not is_question(turn.text):
        return crisis(turn, memory, library, today)
    # one in fifty of our own questions ends here: what came nearest is one tap away
    ranked = zip(turn.ranking, turn.confidences, strict=False)
    near = [name for name, sure in ranked if sure >= MAYBE_OURS and name in library.answers]
    topics = dict.fromkeys((*near[:1], "ask_get_started", "ask_difference", "ask_not_followed"))
    buttons = [ask_button(library, intent) for intent in topics][:SUGGESTIONS]
    if memory.failures == 0:
        return [Reply(PHRASES.not_ours, "out_of_scope", buttons)], memory.with_(failures=1, pending=None)
    return _offer_person(memory, library, buttons[:2], "out_of_scope")


def _offer_person(memory: Memory, library: Library, buttons: list[Button], outcome: str) -> Said:
    texts = PHRASES.person_offered
    reply = Reply(
        texts[memory.failures % len(texts)],
        "clarify" if outcome == "clarify" else "out_of_scope",
        [*buttons, ask_button(library, "book_consultation")],
    )
    return [reply], memory.with_(failures=memory.failures + 1, pending="call")


def repeat(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say the last answer simpler or shorter, or what a term that was named stands for; a new detail asks it anew."""
    if is_follow_up(turn, memory):  # "sorry, i meant dyscalculia"
        return answer(turn, memory, library, today)
    if _SAID_ABOUT.search(turn.text) and (named := _ranked_first(turn, library)):
        return answer(_asking(turn, named), memory, library, today)
    if memory.question is None or memory.question not in library.answers:
        return answer(replace(turn, intent="ask_capabilities"), memory, library, today)
    if memory.term in library.glossary and _MEANING.search(turn.text):  # "what does that stand for again"
        replies, after = answer(_asking(turn, "ask_term"), memory, library, today)
        return replies, after.with_(  # a word explained in passing leaves the topic as it is
            question=memory.question, said_plan=memory.said_plan, aside=memory.aside
        )
    question = Question(
        memory.question,
        memory.said_plan,
        memory.condition,
        memory.state,
        memory.term,
        memory.aside,
    )
    reply = simpler(library, question, bool(_SHORTER.search(turn.text)))
    if memory.failures:
        reply = replace(
            reply,
            text=f"{PHRASES.once_more} {reply.text}",
            buttons=[ask_button(library, "book_consultation"), ask_button(library, "ask_human")],
        )
    return [reply], memory.with_(failures=memory.failures + 1, pending=None)


def _ranked_first(turn: Turn, library: Library) -> str | None:
    """Return the question that "what did you say about teasing" names, as far as one was heard."""
    ranked = zip(turn.ranking, turn.confidences, strict=False)
    named = (name for name, sure in ranked if sure >= LEAST_SAID_ABOUT and name in library.answers)
    return next((name for name in named if name not in ABOUT_THE_BOT), None)


def inform(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a detail: it changes the last answer, or waits for the next question."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    memory = memory.with_(failures=0, pending=None)
    if turn.values("plan") or turn.values("no_plan"):
        plan = memory.plan or "none"
        if memory.question is not None and memory.question not in BOTH_PLANS:
            return answer(_asking(turn, memory.question), memory, library, today)
        topics = PHRASES.topics_by_plan.get(plan, PHRASES.topics_by_plan["none"])
        return [Reply(PHRASES.noted_plan.get(plan, PHRASES.noted), "asked", _topics(library, topics))], memory
    if turn.values("condition") and memory.condition and memory.condition in library.conditions:
        name = library.conditions[memory.condition].in_sentence
        topics = ("ask_condition_qualifies", "ask_accommodation_examples", "ask_get_started")
        return [
            Reply(PHRASES.noted_condition.format(condition=name), "asked", _topics(library, topics))
        ], memory
    if turn.values("state"):
        topics = ("ask_timeline", "ask_learn_more", "ask_complaint")
        return [
            Reply(PHRASES.noted_state.format(state=memory.state), "asked", _topics(library, topics))
        ], memory
    if turn.chosen:
        return [
            Reply(PHRASES.plan_not_sure, "asked", _topics(library, ("ask_difference", "ask_get_started")))
        ], memory
    return [Reply(PHRASES.noted, "asked", _topics(library, ("ask_get_started", "ask_difference")))], memory


def _topics(library: Library, intents: tuple[str, ...]) -> list[Button]:
    return [ask_button(library, intent) for intent in intents]


def crisis(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say the fixed words for danger; nothing is sold and nothing asked."""
    text = library.crisis["still_here" if memory.after_crisis and turn.intent != "crisis" else "text"]
    sources = library.facts.sources(library.crisis["facts"])
    reply = Reply(text.strip(), "crisis", sources=sources)
    return [reply], memory.with_(after_crisis=True, pending=None, failures=0)


def means_a_person(turn: Turn, memory: Memory, library: Library) -> bool:
    """Whether a person of ours is asked for, and not whom to talk to about the talk's topic ("who do i talk to")."""
    return in_topic(turn, memory, library) in (None, "ask_human")


def human(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say how to reach a person; after danger the fixed words come first."""
    if memory.after_crisis:
        return crisis(turn, memory, library, today)
    if not means_a_person(turn, memory, library):
        return answer(turn, memory, library, today)
    reply = compose(library, Question("ask_human"), today)
    return [replace(reply, buttons=[])], memory.with_(question="ask_human", pending=None, failures=0)


def warm_sentence(turn: Turn, library: Library) -> str:
    """Return one warm sentence; another message may get another one."""
    warm: list[str] = library.feelings["warm"]
    return warm[len(turn.text) % len(warm)]


def feelings(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say one warm sentence, then the likely next step."""
    if memory.after_crisis:
        return crisis(turn, memory, library, today)
    buttons = _topics(library, ("ask_get_started", "ask_not_followed", "ask_meeting_prep"))
    text = f"{warm_sentence(turn, library)} {library.feelings['next_step']}\n\n{library.feelings['parent_center']}"
    return [Reply(text, "asked", buttons)], memory.with_(failures=0, pending=None)


def deny(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a no: to the call if it was offered, to the answer if it was wrong, else to going on."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    if is_correction(turn) and (turn.values("plan") or turn.values("no_plan")):
        return inform(turn, memory, library, today)
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
        return crisis(turn, memory, library, today)
    before = library.answers.get(memory.question or "")
    follow = before.next if before else ()
    topics = tuple(intent for intent in follow if intent in library.answers) or (
        "ask_get_started",
        "ask_difference",
    )
    return [Reply(PHRASES.go_on, "asked", _topics(library, topics))], memory.with_(pending=None, failures=0)


def starts_over(turn: Turn) -> bool:
    """Whether the parent wants to begin the whole talk anew."""
    return bool(_START_OVER.search(turn.text))


def not_twice(replies: list[Reply], said_last: str) -> list[Reply]:
    """Return the replies, the last one in other words where it would be the same prompt as `said_last`.

    The same answer may be wanted twice, and the words for danger stay as they were reviewed.
    """
    last = replies[-1]
    if last.answer is not None or last.outcome == "crisis" or last.text != said_last:
        return replies
    return [*replies[:-1], replace(last, text=PHRASES.hello_still)]


def stop(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Drop what was going on; "start over" forgets the talk as well."""
    if starts_over(turn):
        buttons = _topics(library, ("ask_get_started", "ask_difference", "ask_not_followed"))
        return [Reply(PHRASES.started_over, "asked", buttons)], Memory(limits_told=True)
    if memory.question in library.answers and _GO_BACK_TO.search(
        turn.text
    ):  # "back to the sending home thing"
        again = replace(
            turn, intent=str(memory.question), ranking=(str(memory.question),), confidences=(1.0,)
        )
        return answer(again, memory, library, today)
    return [Reply(PHRASES.stopped, "asked")], memory.with_(pending=None, failures=0)


def not_helpful(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take "that is wrong": say it goes to people, offer the nearest other ways; a plan named takes the answer back."""
    if is_correction(turn) and (turn.values("plan") or turn.values("no_plan")):
        return inform(turn, memory, library, today)  # "no wait, they offered an iep, my mistake"
    before = library.answers.get(memory.question or "")
    buttons = [ask_button(library, intent) for intent in before.next[:2]] if before else []
    reply = Reply(
        PHRASES.not_helpful, "clarify", _each_once([*buttons, ask_button(library, "book_consultation")])
    )
    return [reply], memory.with_(failures=memory.failures + 1, pending="call")


Says = Callable[[Turn, Memory, Library, date], Said]


def _unless_it_asks_whether(says: Says) -> Says:
    """Return `says` with "is that true" kept from it: alone, those words look like a yes, a complaint or a stranger's."""

    @functools.wraps(says)
    def first_which(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
        return (clarify if asks_whether(turn) else says)(turn, memory, library, today)

    return first_which


TURNS: dict[str, Says] = {function.__name__: function for function in (answer, clarify, human, crisis)} | {
    function.__name__: _unless_it_asks_whether(function)
    for function in (out_of_scope, repeat, inform, feelings, deny, affirm, stop, not_helpful)
}
