"""Puts a reviewed answer together: the words for the plan and state, sources, whom to write to, what to ask next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.knowledge.answers import Answer, Frame, Text, text_for
from assistant.knowledge.contacts import Contact
from assistant.knowledge.facts import Source
from assistant.knowledge.library import Library
from assistant.knowledge.packs import source_of
from assistant.knowledge.points import Point
from assistant.talk.by_state import (
    MOST_WORDS,
    at_home,
    day_in_words,
    helpers,
    no_room,
    state_note,
    with_state,
)
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Answered, Button, Reply
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question, answer_to, by_condition

MOST_SOURCES = 5
FIRST_SUPPORTS = 3
"""Supports said at once; the others follow in `more`."""


def point_button(point: Point) -> Button:
    """Return the button that asks a point."""
    return Button(point.asks, f"/{point.topic}{json.dumps({'point': point.name.partition('/')[2]})}")


def point_of(button: Button) -> str:
    """Return the point that a button of `point_button` asks, `topic/point`; empty for any other button."""
    topic, brace, values = button.payload.removeprefix("/").partition("{")
    point = json.loads(brace + values).get("point") if brace else None
    return f"{topic}/{point}" if point else ""


def letter_button(library: Library, name: str) -> list[Button]:
    """Return the button that begins to write a letter; nothing where the letter is off or there is none."""
    letter = library.letters.get(name)
    if letter is None or letter.status != "live":
        return []
    title = letter.name if letter.is_checklist else PHRASES.letter["offer"]
    return [Button(title, f"/write_letter{json.dumps({'letter': name})}")]


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
    text = replace(
        text, short=at_home(text.short, question, library), more=at_home(text.more, question, library)
    )
    # the caveat belongs to the general text; a condition's own words hold theirs
    caveat = "" if by_condition(library, question) else at_home(answer.caveat, question, library)
    state = state_note(library, question, answer)
    if answer.state_first and plan != "504":  # a family reads its own state's number, then the federal rule
        if state:
            text, state = replace(text, short=state, more=joined(text.short, text.more)), ""
        else:
            text = replace(text, short=f"{answer.by_state.get('ask', '')} {text.short}".strip())
    more = joined(
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
    if question.aside or question.intent not in library.with_points:
        return ""
    if by_condition(library, question):
        return ""
    return PHRASES.in_general.format(title=answer.title)


# Long: the parts of an answer, in the order in which they are said.
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
    contact = _contact(point, question, library)
    script = point.script_for(question.plan)
    write_to = PHRASES.write_to.format(name=contact.name) if contact else ""
    room = MOST_WORDS - len(f"{point.asks} {point.urgent} {write_to}".split())
    said = at_home(with_state(point, plan, own, pack, room, question.plan), question, library)
    body = joined(
        point.urgent if point.urgent_first else "",
        said,
        helpers(point, pack, own, question.plan),
        "" if point.urgent_first else point.urgent,
        _overdue(point.approved_on, point.review_by, today),
    )
    line = write_line(point, question, library, f"{said} {point.urgent}")
    topic = library.answers[point.topic]
    steps = at_home(text_for(topic, question.plan).more, question, library) if with_steps else ""
    sources = library.facts.sources(point.facts.get(plan) or point.facts["either"], MOST_SOURCES)
    if own and (page := source_of(own)):
        sources = [page, *sources][:MOST_SOURCES]
    return assembled(
        Reply(
            text="",
            heading=point.asks,
            body=body,
            write_to="" if no_room(point, own, said, line) else line,
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
            buttons=[
                *letter_button(library, point.letter),
                *(ask_button(library, name) for name in point.then),
            ],
            card=_card_of(contact, script or contact.words(plan))
            if contact and (script or topic.contact_card)
            else {},
        )
    )


def _contact(point: Point, question: Question, library: Library) -> Contact | None:
    return library.contacts.get(contact_for(point.contact, question.held or question.plan))


def write_line(point: Point, question: Question, library: Library, words: str) -> str:
    """Return the line that names whom to write to; empty where `words` do, or nobody is to be written to."""
    contact = _contact(point, question, library)
    return PHRASES.write_to.format(name=contact.name) if contact and not _named(contact, words) else ""


def _named(contact: Contact, words: str) -> bool:
    """Whether an answer names already whom to write to: "Email the principal tonight"."""
    own = contact.name.lower().split()
    names = (*contact.aliases, contact.name.lower(), " ".join(own[-2:]), own[-1])
    return any(re.search(rf"\b{re.escape(name)}\b", words.lower()) for name in names)


def contact_for(roles: Mapping[str, str], plan: str | None) -> str:
    """Return the role to write to for a plan; empty where the point names none for it."""
    return roles.get(plan or "either", roles.get("either", ""))


def _overdue(reviewed: date, review_by: date, today: date) -> str:
    return PHRASES.overdue.format(day=day_in_words(reviewed)) if review_by < today else ""


def assembled(reply: Reply) -> Reply:
    """Return the reply with its `text` made of its parts: all that a channel of bare words has to say."""
    heading = f"**{reply.heading}**" if reply.heading else ""
    return replace(
        reply, text=joined(heading, reply.body, reply.write_to, words_to_send(reply), reply.more, reply.ask)
    )


def words_to_send(reply: Reply) -> str:
    """Return the script of a reply behind the words that lead to it; empty where it has none."""
    return f"{PHRASES.script_lead}\n\n> {reply.script}" if reply.script else ""


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
            short=joined(frame.short, _bullets(condition.supports[:FIRST_SUPPORTS])),
            more=_bullets(condition.supports[FIRST_SUPPORTS:]),
            simple=joined(frame.simple, _bullets(condition.supports[:FIRST_SUPPORTS])),
        )
    else:
        own = condition.texts.get(plan) or condition.texts["either"]
    text = replace(own, more=joined(own.more, frame.more))
    ids = [*_for_plan(library, condition.facts, plan), *answer.facts.get(plan, ())]
    return text, library.facts.sources(ids, MOST_SOURCES)


def _for_plan(library: Library, facts: Iterable[str], plan: str) -> list[str]:
    """Return the facts without those of the other plan: a condition lists its facts for both."""
    other = {"504": "iep", "iep": "504"}.get(plan)
    return [fact for fact in facts if library.facts[fact].plan != other]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def joined(*parts: str) -> str:
    """Return the parts as paragraphs, without those that are empty."""
    return "\n\n".join(part for part in parts if part)


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
    return _card_of(contact, contact.words(plan))


def _card_of(contact: Contact, words: str) -> dict[str, Any]:
    return {"kind": "contact", "role": contact.name, "how": contact.how, "say": words}


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
