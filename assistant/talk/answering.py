"""Puts a reviewed answer together: the words for the plan and state, sources, whom to write to, what to ask next."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from string import Formatter
from typing import Any

from assistant.knowledge.answers import Answer, Frame, Text, text_for
from assistant.knowledge.contacts import Contact
from assistant.knowledge.facts import Source
from assistant.knowledge.library import Library
from assistant.knowledge.packs import Pack, StateFact, source_of
from assistant.knowledge.points import Point
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Answered, Button, Reply
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question, answer_to

MOST_SOURCES = 5
MOST_WORDS = 80
"""Words of a point's answer that begins with the state's rule, with its heading: more is not read on a phone."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")
_LABEL = re.compile(r"^\s*(?:(?:[-*]|\d+\.)\s+)?(?:\*\*[^*]+\*\*\s*)?")
FIRST_SUPPORTS = 3
"""Supports said at once; the others follow in `more`."""


def point_button(point: Point) -> Button:
    """Return the button that asks a point."""
    return Button(point.asks, f"/{point.topic}{json.dumps({'point': point.name.partition('/')[2]})}")


def live(library: Library, names: Iterable[str]) -> list[Point]:
    """Return those of some points that may be said, in order."""
    return [
        library.points[name]
        for name in names
        if name in library.points and library.points[name].status == "live" and not is_off(library, name)
    ]


def is_off(library: Library, name: str) -> bool:
    """Whether a topic, or a point or the topic it belongs to, is switched off: a safe sentence is said instead."""
    point, topic = library.points.get(name), library.answers.get(name.partition("/")[0])
    return bool((point and point.status == "off") or (topic and topic.status == "off"))


def ask_button(library: Library, intent: str) -> Button:
    """Return the button that asks a question, by its title: a topic, a point, or to book."""
    if intent in library.points:
        return point_button(library.points[intent])
    if intent == "book_consultation":
        return Button(PHRASES.buttons["book"], "/book_consultation")
    if intent == "change_booking":
        return Button(PHRASES.buttons["change_call"], "/change_booking")
    if intent == "delete_talk":
        return Button(PHRASES.buttons["delete"], "/delete_talk")
    return Button(library.answers[intent].title, f"/{intent}")


def plan_buttons() -> list[Button]:
    """Return the choices of a plan, said once a talk after an answer that serves both."""
    return [
        Button(PHRASES.buttons["plan_504"], '/inform{"plan": "504"}'),
        Button(PHRASES.buttons["plan_iep"], '/inform{"plan": "iep"}'),
        Button(PHRASES.buttons["plan_none"], '/inform{"no_plan": "none"}'),
        Button(PHRASES.buttons["plan_unsure"], "/inform"),
    ]


def state_buttons(library: Library) -> list[Button]:
    """Return the states that most families live in, to tap; any other is typed."""
    return [
        Button(state, f"/inform{json.dumps({'state': state})}")
        for state in library.suggestions.states
        if state in library.packs
    ]


def plan_matters(answer: Answer) -> bool:
    """Whether a known plan would change what is said."""
    return "504" in answer.texts and "iep" in answer.texts


def compose(library: Library, question: Question, today: date) -> Reply:
    """Return the general answer to one question."""
    answer = answer_to(question, library)
    plan = answer.plan_for(question.plan)
    text, sources = _words(library, question, answer, plan)
    text = replace(text, short=_home(text.short, question, library), more=_home(text.more, question, library))
    # the caveat belongs to the general text; a condition's own words hold theirs
    caveat = "" if by_condition(library, question) else _home(answer.caveat, question, library)
    state = _state_note(library, question, answer)
    if answer.state_first and plan != "504":  # a family reads its own state's number, then the federal rule
        if state:
            text, state = replace(text, short=state, more=_joined(text.short, text.more)), ""
        else:
            text = replace(text, short=f"{answer.by_state.get('ask', '')} {text.short}".strip())
    more = _joined(
        text.more,
        state,
        caveat,
        _overdue(answer.reviewed, answer.review_by, today),
    )
    return assembled(
        Reply(
            text="",
            heading=_heading(library, question, answer),
            body=text.short,
            more=more.strip(),
            more_title=PHRASES.more_steps.format(title=answer.title) if more else "",
            sources=sources,
            answer=Answered(question.intent, plan, answer.reviewed.isoformat()),
            buttons=[ask_button(library, intent) for intent in answer.next],
            card=_card(library, question, answer, plan),
        )
    )


def _heading(library: Library, question: Question, answer: Answer) -> str:
    """Return what the general text of a topic with points is headed: a topic without any needs no distinction."""
    if question.aside or not any(point.topic == question.intent for point in library.points.values()):
        return ""
    if by_condition(library, question):
        return ""
    return PHRASES.in_general.format(title=answer.title)


def compose_point(library: Library, question: Question, today: date, with_steps: bool) -> Reply:
    """Return the answer to one point: the state's own rule first where it is known, then the words for the plan.

    Args:
        library: The knowledge.
        question: Names the point, and what is known of plan and state.
        today: Decides whether its review is overdue.
        with_steps: Whether the topic's steps follow, folded; once a talk is enough.
    """
    point = library.points[question.point]
    plan = point.plan_for(question.plan)
    pack = library.packs.get(question.state or "")
    own = pack.first(point.states, question.plan) if pack else None
    role = contact_for(point.contact, question.held or question.plan)
    contact = library.contacts.get(role)
    script = point.script_for(question.plan)
    write_to = PHRASES.write_to.format(name=contact.name) if contact else ""
    room = MOST_WORDS - len(f"{point.asks} {point.urgent} {write_to}".split())
    said = _home(_with_state(point, plan, own, pack, room, question.plan), question, library)
    body = _joined(
        said,
        _helpers(point, pack, own, question.plan),
        point.urgent,
        _overdue(point.approved_on, point.review_by, today),
    )
    topic = library.answers[point.topic]
    steps = _home(text_for(topic, question.plan).more, question, library) if with_steps else ""
    sources = library.facts.sources(point.facts.get(plan) or point.facts["either"], MOST_SOURCES)
    if own and (page := source_of(own)):
        sources = [page, *sources][:MOST_SOURCES]
    return assembled(
        Reply(
            text="",
            heading=point.asks,
            body=body,
            write_to=write_to
            if contact and not _named(contact, said) and not _full(point, own, said, write_to)
            else "",
            script=script,
            more=steps.strip(),
            more_title=PHRASES.more_steps.format(title=topic.title) if steps else "",
            sources=sources,
            answer=Answered(
                point.topic,
                plan,
                point.approved_on.isoformat(),
                point.name,
                pack.state if pack and (own or pack.all(point.helps, question.plan)) else None,
            ),
            buttons=[ask_button(library, name) for name in point.then],
            card={
                "kind": "contact",
                "role": contact.name,
                "how": contact.how,
                "say": script or contact.words(plan),
            }
            if contact and (script or topic.contact_card)
            else {},
        )
    )


def _home(text: str, question: Question, library: Library) -> str:
    """Return a text without the sentences that tell of other states, once a family's own is known."""
    state = question.state
    if state is None or not text:
        return text
    other = _other_states(state, tuple(library.packs))
    if not other.search(text):
        return text
    lines = []
    for line in text.split("\n"):
        label = _LABEL.match(line)
        start = label[0] if label else ""
        kept = [
            sentence
            for sentence in _SENTENCE_END.split(line[len(start) :])
            if state in sentence or not other.search(sentence)
        ]
        if kept or not line.strip():
            lines.append(start + " ".join(kept))
    return "\n".join(lines)


@functools.cache
def _other_states(state: str, all_states: tuple[str, ...]) -> re.Pattern[str]:
    others = "|".join(re.escape(name) for name in all_states if name not in state)
    return re.compile(rf"\b(?:{others})\b")


def _full(point: Point, own: StateFact | None, said: str, write_to: str) -> bool:
    """Whether a state's rule leaves no room to name whom to write to, or names it already: the words after it say what to do."""
    if own is None:
        return False
    return own.helper or len(f"{point.asks} {said} {point.urgent} {write_to}".split()) > MOST_WORDS


def _named(contact: Contact, words: str) -> bool:
    """Whether an answer names already whom to write to: "Email the principal tonight"."""
    own = contact.name.lower().split()
    names = (*contact.aliases, contact.name.lower(), " ".join(own[-2:]), own[-1])
    return any(re.search(rf"\b{re.escape(name)}\b", words.lower()) for name in names)


def _with_state(
    point: Point, plan: str, own: StateFact | None, pack: Pack | None, room: int, asked: str | None
) -> str:
    """Return what follows the state's own rule, or the point's words before the word that none was checked.

    Args:
        point: The point.
        plan: The key of its words.
        own: The state's rule, where there is one.
        pack: The state, where it is known.
        room: Words that may be said; beyond it the last sentences of the federal part give way, never its first.
        asked: The plan that is asked about: a rule for IEPs is none for a 504 plan.
    """
    text = point.says[plan]
    if pack is None or not point.states:
        return text
    if own is None:
        for_iep = asked == "504" and pack.first(point.states) is not None
        if for_iep:
            return f"{text} {PHRASES.state_iep_only.format(state=pack.state)}"
        return f"{text} {PHRASES.state_unknown.format(state=pack.state)}"
    lead = _lead(own, pack, plan)
    if after := point.after_state.get(plan):
        return f"{lead} {after}"
    first, *others = _SENTENCE_END.split(text)
    said = [lead, first]
    for sentence in others:
        if len(" ".join([*said, sentence]).split()) > room:
            break
        said.append(sentence)
    if len(said) < len(others) + 2 and said[-1].endswith("?") and len(said) > 2:
        said.pop()  # the answer to it was left out
    return " ".join(said)


def _lead(own: StateFact, pack: Pack, plan: str) -> str:
    """Return the state's rule, with the state's name and, beside words for both plans, the plan that it is about."""
    named = pack.state in own.says
    if own.of_iep and plan != "iep" and named:
        rule = PHRASES.rule_iep.format(rule=own.says)
    elif own.of_iep and plan != "iep":
        rule = PHRASES.state_rule_iep.format(rule=own.says, state=pack.state)
    elif named:
        rule = own.says
    else:
        rule = PHRASES.state_rule.format(rule=own.says, state=pack.state)
    if own.confidence == "high":
        return rule
    if own.helper:
        return PHRASES.helper_medium.format(rule=rule)
    return PHRASES.state_medium.format(rule=rule)


def _helpers(point: Point, pack: Pack | None, own: StateFact | None, asked: str | None) -> str:
    """Return who helps in the state, for a point that leads to them: several as a list, with the day they were checked."""
    found = [fact for fact in pack.all(point.helps, asked) if fact != own] if pack else []
    days = [fact.read for fact in (*found, own) if fact and fact.helper and fact.read]
    day = _day(min(days)) if days else ""
    if len(found) > 1:
        lead = PHRASES.helpers_list.format(day=day) if day else ""
        return "\n".join((lead, *(f"- {fact.says}" for fact in found))).strip()
    checked = PHRASES.helpers_checked.format(day=day) if day else ""
    return " ".join((*(fact.says for fact in found), checked)).strip()


def contact_for(roles: Mapping[str, str], plan: str | None) -> str:
    """Return the role to write to for a plan; empty where the point names none for it."""
    return roles.get(plan or "either", roles.get("either", ""))


def _overdue(reviewed: date, review_by: date, today: date) -> str:
    return PHRASES.overdue.format(day=_day(reviewed)) if review_by < today else ""


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def assembled(reply: Reply) -> Reply:
    """Return the reply with its `text` made of its parts: all that a channel of bare words has to say."""
    script = f"{PHRASES.script_lead}\n\n> {reply.script}" if reply.script else ""
    heading = f"**{reply.heading}**" if reply.heading else ""
    return replace(reply, text=_joined(heading, reply.body, reply.write_to, script, reply.more, reply.ask))


def simpler(library: Library, question: Question, shorter: bool) -> Reply:
    """Return the general answer in simpler or fewer words."""
    answer = answer_to(question, library)
    plan = answer.plan_for(question.plan)
    text, sources = _words(library, question, answer, plan)
    words = text.simple or text.short
    if shorter and len(text.short.split()) < len(words.split()):
        words = text.short
    return assembled(
        Reply(
            text="",
            body=words,
            sources=sources,
            answer=Answered(question.intent, plan, answer.reviewed.isoformat()),
        )
    )


def by_condition(library: Library, question: Question) -> bool:
    """Whether a condition that was named makes the answer more exact."""
    return library.is_about(question.intent, "condition") and question.condition in library.conditions


def _words(library: Library, question: Question, answer: Answer, plan: str) -> tuple[Text, list[Source]]:
    """Return the text for the plan and its sources: made more exact by a term or condition, where one was named."""
    if question.intent == "ask_term" and question.term and question.term in library.glossary:
        return _term(library, question.term, question.plan, question.about_use)
    if by_condition(library, question):
        return _condition(library, question, answer, plan)
    return text_for(answer, plan), library.facts.sources(answer.facts.get(plan, ()), MOST_SOURCES)


def _term(library: Library, name: str, plan: str | None, about_use: bool) -> tuple[Text, list[Source]]:
    term = library.glossary[name]
    uses = library.terms["uses"]
    use = uses.get(f"{term.plan}_{plan}") or uses[term.plan]
    meaning = f"**{term.title}**: {term.meaning}"
    source = library.facts.source(term.cite) if term.cite else None
    return (
        Text(
            short=f"{use} {meaning}" if about_use else f"{meaning} {use}",
            simple=f"**{term.title}**: {term.meaning.split('. ')[0].rstrip('.')}.",
        ),
        [source] if source else [],
    )


def _condition(library: Library, question: Question, answer: Answer, plan: str) -> tuple[Text, list[Source]]:
    """Return the condition's own words, and around them how to ask and whom."""
    condition = library.conditions[question.condition or ""]
    frames = answer.by_condition
    wanted = ("medical", plan, "either") if condition.medical else (plan, "either")
    frame = next((frames[key] for key in wanted if key in frames), Frame()).about(condition.in_sentence)
    if question.intent == "ask_accommodation_examples":
        own = Text(
            short=_joined(frame.short, _bullets(condition.supports[:FIRST_SUPPORTS])),
            more=_bullets(condition.supports[FIRST_SUPPORTS:]),
            simple=_joined(frame.simple, _bullets(condition.supports[:FIRST_SUPPORTS])),
        )
    else:
        own = condition.texts.get(plan) or condition.texts["either"]
    text = replace(own, more=_joined(own.more, frame.more))
    ids = [*_for_plan(library, condition.facts, plan), *answer.facts.get(plan, ())]
    return text, library.facts.sources(ids, MOST_SOURCES)


def _for_plan(library: Library, facts: Iterable[str], plan: str) -> list[str]:
    """Return the facts without those of the other plan: a condition lists its facts for both."""
    other = {"504": "iep", "iep": "504"}.get(plan)
    return [fact for fact in facts if library.facts[fact].plan != other]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _state_note(library: Library, question: Question, answer: Answer) -> str:
    """Return what holds in the parent's state, only where its rule or center was sourced."""
    pack = library.packs.get(question.state or "")
    if pack is None or not answer.by_state:
        return ""
    clock, request = pack.facts.get("evaluation_clock"), pack.facts.get("request_response")
    center = pack.facts.get("parent_center")
    filled = {
        "state": pack.state,
        "rule": _lead(clock, pack, "either") if clock else "",
        "response": _lead(request, pack, "either") if request else "",
        "center": center.says if center else "",
    }
    known = answer.by_state["known"]
    lacking = any(not filled[field] for _, field, _, _ in Formatter().parse(known) if field)
    sentence = answer.by_state["unknown"] if lacking else known
    if request and "response" in answer.by_state:
        sentence = f"{answer.by_state['response']} {sentence}"
    return sentence.format(**filled)


def _card(library: Library, question: Question, answer: Answer, plan: str) -> dict[str, Any]:
    if question.intent == "ask_difference":
        return compare_card(library)
    return contact_card(library, question, answer, plan)


def compare_card(library: Library) -> dict[str, Any]:
    """Return the two plans side by side: `rows` for a table with row heads, `columns` for a channel that has no table."""
    titles, rows = library.comparison["titles"], library.comparison["rows"]
    plans = ("504", "iep")
    return {
        "kind": "compare",
        "rows": [{"head": row["head"], "cells": [row[plan] for plan in plans]} for row in rows],
        "columns": [
            {"title": titles[plan], "points": [f"**{row['head']}:** {row[plan]}" for row in rows]}
            for plan in plans
        ],
    }


def contact_card(library: Library, question: Question, answer: Answer, plan: str) -> dict[str, Any]:
    """Return whom to turn to and what to say, where that is the question; an empty card where it is not.

    Below any other answer the words would be a second script, about something that the parent did not ask.
    """
    role = answer.contact.get(plan)
    asked = library.answers.get(question.intent)
    if role is None or asked is None or not asked.contact_card:
        return {}
    contact = library.contacts[role]
    return {"kind": "contact", "role": contact.name, "how": contact.how, "say": contact.words(plan)}


def card_before(library: Library, memory: Memory) -> dict[str, Any]:
    """Return the card that the talk's last answer has: below the next one the same would be said twice in a row."""
    if memory.question is None or memory.last != memory.question or memory.question not in library.answers:
        return {}
    question = Question(memory.question, memory.said_plan)
    answer = answer_to(question, library)
    return contact_card(library, question, answer, answer.plan_for(memory.said_plan))


def general_buttons(library: Library, intent: str) -> list[Button]:
    """Return the commonest values for a question that takes an entity none was named for."""
    if library.is_about(intent, "condition"):
        return [
            Button(library.conditions[name].name, f"/{intent}{json.dumps({'condition': name})}")
            for name in library.suggestions.conditions
        ]
    if intent == "ask_term":
        return [Button(name, f"/ask_term{json.dumps({'term': name})}") for name in library.suggestions.terms]
    return []
