"""What is said to a turn outside booking: one function a kind of turn, each returns replies and the new memory."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.knowledge.library import Library
from assistant.nlu.crisis_guard import danger_in, school_danger_in
from assistant.nlu.language import Language, language_of
from assistant.talk.answering import (
    ask_button,
    assembled,
    card_before,
    compose,
    general_buttons,
    live,
    plan_buttons,
    plan_matters,
    point_button,
    simpler,
    state_buttons,
)
from assistant.talk.form_words import is_question
from assistant.talk.half_ours import half_ours
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.spanish import danger_in_spanish
from assistant.talk.telling import NEAREST, Told, steps_key, tell, words_key
from assistant.talk.turn import Memory, Turn
from assistant.talk.understanding import (
    SURELY_ASKED,
    Question,
    asked,
    is_correction,
    is_follow_up,
    state_matters,
)
from assistant.talk.whether import asks_whether

ANSWERED_AT_ONCE = 2
"""Questions of one message that are answered; the rest become buttons."""
ANSWERS_BETWEEN_OFFERS = 5
SUGGESTIONS = 3
TERM_WORDS = 12
"""Up to so many words, what isn't understood but holds a term of the field asks what the term means."""
MAYBE_OURS = 0.15
"""From this confidence on, a question of ours is offered even where the topic seems a stranger's."""
CRISIS = "crisis"
"""The intent of danger, and the outcome of what is said to it."""
SAID, NAMED = "said", "named"
"""What a talk was told of danger: the words that are fixed, or the lines below an answer."""
LEAST_BESIDE_DANGER = 0.3
"""From this share of what is left without danger, a message's question stands out."""
SURELY_BESIDE_DANGER = 0.5
"""From this confidence on, a message asks one of the topics whose subject is danger, though a pattern raised the alarm."""
DOUBTED_DANGER = 0.5
"""From this confidence of danger on, that is not acted on, the lines are named below the answer."""
SHORTER = re.compile(
    r"\b(?:short|shorter|brief|quick|tl;?dr|sum|summary|one sentence|fewer)\w*\b", re.IGNORECASE
)

_START_OVER = re.compile(
    r"\b(?:(?:start|begin) (?:over|again|fresh|anew|from scratch)|lets begin over|restart|reset|from (?:the (?:top|beginning|start)|scratch)"
    r"|back to (?:the )?(?:start|beginning|main menu)|new question)\b",
    re.IGNORECASE,
)
_TO_US = frozenset(
    """a again all and begin can chat clear conversation could do everything forget from go have hey hi i id is it just let lets like may maybe
    me need never mind nevermind no nope now of ok okay over please question scratch so sorry start talk that the this thanks to us
    new wait wanna want we with would yes you actually anew beginning fresh restart reset back main menu top""".split()
)
"""Words beside "start over" that name nobody but us: "does she start over with the testing" is about her. A rule, for it forgets the talk."""
_WRONG = re.compile(
    r"\b(?:wrong|incorrect|(?:isn'?t|is not|not|aint|ain'?t) (?:right|true|correct|it|what i asked))\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?<!what )\b(?:i (?:meant?|asked)|i'?m asking|i am asking|my question)\b", re.IGNORECASE
)
_GO_BACK_TO = re.compile(r"\bback to\b", re.IGNORECASE)
_SAID_ABOUT = re.compile(r"\b(?:say|said|saying|tell|told|mention\w*|explain\w*)\b.*\babout\b", re.IGNORECASE)
LEAST_SAID_ABOUT = 0.1
_MEANING = re.compile(r"\b(?:stands? for|short for|means?|meaning|letters)\b", re.IGNORECASE)

Said = tuple[list[Reply], Memory]


def answer(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Answer the turn's questions; without one, ask which question is meant."""
    if memory.after_crisis and not _asks_surely(turn):  # "im not alone, my sister just came"
        return crisis(turn, memory, library, today)
    questions, memory = asked(turn, memory, library)
    if not questions:
        return clarify(turn, memory, library, today)
    now, later = questions[:ANSWERED_AT_ONCE], questions[ANSWERED_AT_ONCE:]
    before = card_before(library, memory)
    names_plan = bool(turn.values("plan") or turn.values("no_plan"))
    corrects = names_plan and is_follow_up(turn, memory) and is_correction(turn)
    said: list[Told] = []
    for question in now:
        said.append(tell(question, memory, library, today))
        memory = memory.with_(told=[*(memory.told or ()), *steps_key(said[-1])])
    replies = _no_card_twice([told.reply for told in said], before)
    if corrects and memory.plan:
        replies[0] = _led_by(replies[0], PHRASES.corrected[memory.plan])
    last = now[-1]
    memory = memory.with_(
        question=last.intent,
        near=[name for name, _ in last.others[:NEAREST]],
        said_plan=last.plan,
        pending=None,
        failures=int(replies[-1].outcome == "clarify"),  # an honest end: the next time a person is offered
        after_crisis=False,
        limits_told=True,
        since_offer=0 if memory.after_crisis else memory.since_offer,  # nothing is sold right after danger
    )
    for place, question in enumerate(now[:-1]):  # only the last reply leads on
        replies[place] = replace(replies[place], buttons=general_buttons(library, question.intent))
    replies[-1], memory = _lead_on(said[-1], replies[-1], last, later, turn, memory, library)
    return replies, memory


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


def _asking(turn: Turn, intent: str) -> Turn:
    """Return the turn as one that surely asks `intent`, a topic or a point."""
    topic = intent.partition("/")[0]
    points = ((intent, 1.0),) if topic != intent else ()
    return replace(turn, intent=topic, ranking=(topic,), confidences=(1.0,), points=points, questions=())


def as_question(turn: Turn, library: Library) -> Turn:
    """Return the turn as the likeliest question it may ask, where it is no act of the talk after all; else as not understood."""
    ranked = zip(turn.ranking, turn.confidences, strict=False)
    named = next(
        (name for name, sure in ranked if name in library.answers and sure >= LEAST_SAID_ABOUT), None
    )
    return replace(turn, intent=named or "nlu_fallback", questions=())


def _led_by(reply: Reply, sentence: str) -> Reply:
    return (
        assembled(replace(reply, body=f"{sentence} {reply.body}"))
        if reply.body
        else replace(reply, text=f"{sentence} {reply.text}")
    )


def _lead_on(
    told: Told,
    reply: Reply,
    question: Question,
    later: list[Question],
    turn: Turn,
    memory: Memory,
    library: Library,
) -> tuple[Reply, Memory]:
    """Add what the parent may do next: other questions of the message, the plan, the state, the next points, the call."""
    full = library.answers[question.intent]
    buttons = [ask_button(library, other.point or other.intent) for other in later]
    ask = reply.ask
    if not told.point and question.condition is None and question.term is None:
        buttons += general_buttons(library, question.intent)
    if _plan_is_open(told, question, memory, library):
        both = _state_is_open(told, memory, library)
        ask = f"{ask} {PHRASES.which_plan_and_state if both else PHRASES.which_plan}".strip()
        buttons += [*(reply.buttons if reply.ask else ()), *plan_buttons()]
        memory = memory.with_(plan_asked=True, state_asked=both or memory.state_asked)
    elif _state_is_open(told, memory, library):
        ask = PHRASES.which_state
        buttons += [*state_buttons(library), *_fresh(reply.buttons, memory, library)]
        memory = memory.with_(state_asked=True)
    else:
        buttons += _fresh(reply.buttons, memory, library)
    memory = memory.with_(since_offer=memory.since_offer + 1)
    if full.next[:1] == ("book_consultation",):  # the answer itself offers the call: a "yes" books it
        memory = memory.with_(since_offer=0, pending="call")
    elif not ask and _may_offer_call(full.offer_call, memory):
        ask = PHRASES.offer_call
        buttons.append(ask_button(library, "book_consultation"))
        memory = memory.with_(since_offer=0, pending="call")
    reply = replace(reply, ask=ask, buttons=_each_once(buttons))
    return (assembled(reply) if reply.body else reply), memory


def _plan_is_open(told: Told, question: Question, memory: Memory, library: Library) -> bool:
    """Whether the plan is not known, was not asked for, and would change what was just said."""
    if question.plan is not None or memory.plan_asked or question.intent == "ask_term":
        return False
    if library.is_about(question.intent, "both_plans"):
        return False
    if told.point:
        return len(library.points[told.point].says) > 1
    return plan_matters(library.answers[question.intent])


def _state_is_open(told: Told, memory: Memory, library: Library) -> bool:
    """Whether the state is not known, was not asked for, and would change what was just said."""
    asks = bool(told.point) and library.points[told.point].by_state
    return asks and memory.state is None and not memory.state_asked


def _fresh(buttons: Sequence[Button], memory: Memory, library: Library) -> list[Button]:
    """Return the buttons without the points that were told."""
    told = {key.partition("@")[0] for key in memory.told or ()}
    done = {point_button(library.points[name]).payload for name in told if name in library.points}
    return [button for button in buttons if button.payload not in done]


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
    if _goes_back_to_topic(turn, memory, library):
        return answer(_asking(turn, str(memory.question)), memory, library, today)
    if memory.after_crisis:  # "he is safe now"
        return still_here(memory, library)
    buttons = _nearest(turn, library)
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


def _nearest(turn: Turn, library: Library) -> list[Button]:
    """Return what comes nearest to words that were not understood: points, else topics."""
    points = live(library, [name for name, _ in turn.points])
    topics = [
        name for name in turn.ranking if name in library.answers and not library.is_about(name, "assistant")
    ]
    return [*map(point_button, points), *(ask_button(library, name) for name in topics)][:SUGGESTIONS]


def out_of_scope(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say that the topic is a stranger's, and what the bot is for."""
    if memory.question is not None and is_follow_up(turn, memory):
        return answer(turn, memory, library, today)
    if turn.values("term") and len(turn.text.split()) <= TERM_WORDS:  # "entitled to FAPE. what"
        return answer(turn, memory, library, today)
    if memory.after_crisis and not is_question(turn.text):
        return still_here(memory, library)
    if (half := half_ours(turn)) is not None and half.topic in library.answers:
        name = _likeliest_point(half.topic, turn, library)
        if half.ours:
            return answer(_asking(turn, name), memory, library, today)
        buttons = _each_once([ask_button(library, each) for each in (name, half.topic, "book_consultation")])
        reply = Reply(half.referral, "out_of_scope", buttons)
        if not memory.was_told(key := words_key(reply)):
            # no answer of ours: not understood next, a person is offered
            return [reply], memory.with_(told=[key, *(memory.told or ())], failures=1, pending=None)
    # one in fifty of our own questions ends here: what came nearest is one tap away
    ranked = zip(turn.ranking, turn.confidences, strict=False)
    near = [name for name, sure in ranked if sure >= MAYBE_OURS and name in library.answers]
    topics = dict.fromkeys((*near[:1], *library.suggestions.first))
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
        return answer(_asking(turn, "ask_capabilities"), memory, library, today)
    if memory.term in library.glossary and _MEANING.search(turn.text):  # "what does that stand for again"
        replies, after = answer(_asking(turn, "ask_term"), memory, library, today)
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


def _meant(turn: Turn, library: Library) -> str | None:
    """Return the likeliest question beside the act that a turn is taken for, as far as it stands out among the questions."""
    rows = [row for row in zip(turn.ranking, turn.confidences, strict=False) if row[0] in library.answers]
    whole = sum(sure for _, sure in rows)
    return next((name for name, sure in rows if sure >= LEAST_BESIDE_DANGER * whole), None) if whole else None


def _ranked_first(turn: Turn, library: Library) -> str | None:
    """Return the question that "what did you say about teasing" names, as far as one was heard."""
    ranked = zip(turn.ranking, turn.confidences, strict=False)
    named = (name for name, sure in ranked if sure >= LEAST_SAID_ABOUT and name in library.answers)
    return next((name for name in named if not library.is_about(name, "assistant")), None)


def inform(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a detail: it changes the last answer, or waits for the next question."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    heard_danger = memory.after_crisis
    memory = memory.with_(failures=0, pending=None, after_crisis=False)
    if turn.values("plan") or turn.values("no_plan"):
        plan = memory.plan or "none"
        if memory.question is not None and not library.is_about(memory.question, "both_plans"):
            return answer(_asking(turn, memory.last or memory.question), memory, library, today)
        topics = PHRASES.topics_by_plan.get(plan, PHRASES.topics_by_plan["none"])
        return [Reply(PHRASES.noted_plan.get(plan, PHRASES.noted), "asked", _topics(library, topics))], memory
    if turn.values("condition") and memory.condition and memory.condition in library.conditions:
        name = library.conditions[memory.condition].in_sentence
        topics = ("ask_condition_qualifies", "ask_accommodation_examples", "ask_get_started")
        return [
            Reply(PHRASES.noted_condition.format(condition=name), "asked", _topics(library, topics))
        ], memory
    if turn.values("state") and memory.state and state_matters(memory, library):
        return answer(_asking(turn, memory.last or str(memory.question)), memory, library, today)
    if turn.values("state"):
        topics = ("ask_timeline", "ask_learn_more", "ask_complaint")
        return [
            Reply(PHRASES.noted_state.format(state=memory.state), "asked", _topics(library, topics))
        ], memory
    if turn.chosen:
        return [
            Reply(PHRASES.plan_not_sure, "asked", _topics(library, ("ask_difference", "ask_get_started")))
        ], memory
    if heard_danger:  # "he is safe now"
        return still_here(memory, library)
    return [Reply(PHRASES.noted, "asked", _topics(library, ("ask_get_started", "ask_difference")))], memory


def _topics(library: Library, intents: tuple[str, ...]) -> list[Button]:
    return [ask_button(library, intent) for intent in intents]


def crisis(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say the fixed words for danger; nothing is sold. What the message asks beside it waits for "it's not that".

    Heard by the classifier alone once the words were said, it gets the short ones, and its question is answered.
    """
    beside = _asked_beside_danger(turn, library)
    if memory.danger_told == SAID and danger_in(turn.text) is None:
        replies, memory = still_here(memory, library)
        if beside is None:
            return replies, memory
        more, memory = answer(_asking(turn, beside), memory, library, today)
        return [*replies, *more], memory
    words = _danger_words("text", library)
    if language_of(turn.text) is not Language.OTHER:
        words = replace(words, text=f"{danger_in_spanish()}\n\n{words.text}")
    replies = [words]
    memory = memory.with_(
        after_crisis=True, danger_told=SAID, beside_danger=beside, pending=None, failures=0, since_offer=0
    )
    if (then := _after_the_lines(turn, library)) is not None:
        more, memory = _about_school(then, turn, memory, library, today)
        replies += more
    return replies, memory


def still_here(memory: Memory, library: Library) -> Said:
    """Answer what follows danger and asks nothing: 988 stays in reach. Said once, then the talk goes on as ever."""
    return [_danger_words("still_here", library)], memory.with_(
        after_crisis=False, pending=None, failures=0, since_offer=0
    )


def _danger_words(key: str, library: Library) -> Reply:
    sources = library.facts.sources(library.crisis["facts"])
    return Reply(library.crisis[key].strip(), "crisis", sources=sources)


def _beside_danger(turn: Turn, library: Library) -> tuple[str, float, float]:
    """Return the topic that the turn asks if it is not about danger, its confidence, and its share of what is left then."""
    rows = [row for row in zip(turn.ranking, turn.confidences, strict=False) if row[0] != CRISIS]
    topic, sure = max(rows, key=lambda row: row[1], default=("", 0.0))
    if topic not in library.answers or library.is_about(topic, "assistant"):
        return "", 0.0, 0.0
    return topic, sure, sure / sum(confidence for _, confidence in rows)


def _likeliest_point(topic: str, turn: Turn, library: Library) -> str:
    """Return the likeliest live point of a topic, the topic itself where it has none."""
    points = live(library, [name for name, _ in turn.points if name.startswith(f"{topic}/")])
    return points[0].name if points else topic


def _asked_beside_danger(turn: Turn, library: Library) -> str | None:
    """Return the topic or point that the turn asks if it is not about danger, as far as one stands out."""
    topic, _, share = _beside_danger(turn, library)
    return _likeliest_point(topic, turn, library) if share >= LEAST_BESIDE_DANGER else None


def _after_the_lines(turn: Turn, library: Library) -> str | None:
    """Return the topic or point that says what to do about the school, where content/en/crisis.yml has one for the danger told."""
    then = library.crisis["then"]
    topic, sure, _ = _beside_danger(turn, library)
    if topic in then["topics"] and sure >= SURELY_BESIDE_DANGER:
        return _likeliest_point(topic, turn, library)
    kind = school_danger_in(turn.text)
    return str(then["school"][kind]) if kind else None


def _about_school(name: str, turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Say what to do about the school: nothing is asked and nothing offered below it."""
    quiet = memory.with_(plan_asked=True, state_asked=True)
    replies, after = answer(_asking(turn, name), quiet, library, today)
    kept = {key: getattr(memory, key) for key in ("plan_asked", "state_asked", "since_offer")}
    return replies, after.with_(after_crisis=True, **kept)


def let_go(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take back that it was danger ("it's not that"), and answer what the message asked beside it."""
    lead = Reply(library.crisis["let_go"].strip(), "asked")
    asked_before = memory.beside_danger
    memory = memory.with_(after_crisis=False, beside_danger=None, pending=None, failures=0)
    if asked_before is None:
        topics = library.suggestions.first
        return [replace(lead, buttons=_topics(library, topics))], memory
    replies, memory = answer(_asking(turn, asked_before), memory, library, today)
    return [lead, *replies], memory


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
    buttons = _topics(library, ("ask_get_started", "ask_not_followed", "ask_meeting_prep"))
    text = f"{warm_sentence(turn, library)} {library.feelings['next_step']}\n\n{library.feelings['parent_center']}"
    return [Reply(text, "asked", buttons)], memory.with_(failures=0, pending=None)


def deny(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take a no: to the call if it was offered, to the answer if it was wrong, else to going on."""
    questions, memory = asked(turn, memory, library)
    if questions:
        return answer(turn, memory, library, today)
    if memory.after_crisis:
        return let_go(turn, memory, library, today)
    if is_correction(turn) and (turn.values("plan") or turn.values("no_plan")):
        return inform(turn, memory, library, today)
    if _MEANT.search(turn.text) and (meant := _meant(turn, library)):  # "no i mean the difference"
        return answer(_asking(turn, meant), memory, library, today)
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
    return [Reply(PHRASES.go_on, "asked", _topics(library, topics))], memory.with_(pending=None, failures=0)


def starts_over(turn: Turn) -> bool:
    """Whether the parent wants to begin the whole talk anew: no word names anything but this talk."""
    if not _START_OVER.search(turn.text):
        return False
    return all(word.replace("'", "") in _TO_US for word in re.findall(r"[a-z']+", turn.text.lower()))


def not_twice(replies: list[Reply], said_last: str) -> list[Reply]:
    """Return the replies, the last one in other words where it would be the same prompt as `said_last`.

    The same answer may be wanted twice, and the words for danger stay as they were reviewed.
    """
    last = replies[-1]
    if last.answer is not None or last.outcome == "crisis" or last.text != said_last:
        return replies
    return [*replies[:-1], replace(last, text=PHRASES.hello_still)]


def _goes_back_to_topic(turn: Turn, memory: Memory, library: Library) -> bool:
    """Whether the talk's topic is wanted again ("back to the sending home thing")."""
    return memory.question in library.answers and bool(_GO_BACK_TO.search(turn.text))


def stop(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Drop what was going on; "start over" forgets the talk as well."""
    if starts_over(turn):
        buttons = _topics(library, library.suggestions.first)
        return [Reply(PHRASES.started_over, "asked", buttons)], Memory(limits_told=True)
    if _goes_back_to_topic(turn, memory, library):
        return answer(_asking(turn, str(memory.question)), memory, library, today)
    if _START_OVER.search(turn.text):  # "do they start over with the testing"
        return clarify(as_question(turn, library), memory, library, today)
    return [Reply(PHRASES.stopped, "asked")], memory.with_(pending=None, failures=0)


def not_helpful(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
    """Take "that is wrong": say it goes to people, offer the nearest other ways; a plan named takes the answer back."""
    if is_correction(turn) and (turn.values("plan") or turn.values("no_plan")):
        return inform(turn, memory, library, today)  # "no wait, they offered an iep, my mistake"
    if memory.after_crisis:
        return let_go(turn, memory, library, today)
    if _MEANT.search(turn.text) and (meant := _meant(turn, library)) and meant != memory.question:
        return answer(_asking(turn, meant), memory, library, today)
    before = library.answers.get(memory.question or "")
    told = {key.partition("@")[0] for key in memory.told or ()}
    near = [point_button(point) for point in live(library, memory.near or ()) if point.name not in told]
    buttons = near or ([ask_button(library, intent) for intent in before.next[:2]] if before else [])
    reply = Reply(
        PHRASES.not_helpful, "clarify", _each_once([*buttons, ask_button(library, "book_consultation")])
    )
    return [reply], memory.with_(failures=memory.failures + 1, pending="call")


Says = Callable[[Turn, Memory, Library, date], Said]


def _with_lines_in_doubt(says: Says) -> Says:
    """Return `says` with the lines named below, once a talk, where danger was heard but not surely.

    The parent of "blood sugar 34 and he's not making sense" must not read only which questions are answered here.
    """

    @functools.wraps(says)
    def with_lines(turn: Turn, memory: Memory, library: Library, today: date) -> Said:
        replies, after = says(turn, memory, library, today)
        heard = dict(zip(turn.ranking, turn.confidences, strict=False)).get(CRISIS, 0.0)
        if turn.chosen or memory.danger_told or heard < DOUBTED_DANGER or replies[-1].outcome == CRISIS:
            return replies, after
        last, lines = replies[-1], library.crisis["in_doubt"].strip()
        replies[-1] = (
            assembled(replace(last, body=f"{last.body}\n\n{lines}"))
            if last.body
            else replace(last, text=f"{last.text}\n\n{lines}")
        )
        return replies, after.with_(danger_told=NAMED)

    return with_lines


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
TURNS |= {
    name: _with_lines_in_doubt(TURNS[name])
    for name in ("answer", "clarify", "out_of_scope", "inform", "feelings")
}
