"""What is said about a letter: which one, the letter itself with what it starts, a checklist in its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.knowledge.letters import Letter, for_plan
from assistant.knowledge.library import Library
from assistant.talk.answering import MOST_SOURCES, assembled, compose_point
from assistant.talk.letters import Draft, Written, can_be_shorter, clock_words, written
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Answered, Button, Reply
from assistant.talk.turn import Memory
from assistant.talk.understanding import Question

SAY = PHRASES.letter
INTENT = "write_letter"
EXPECTS = "letter"
OTHERS = "others"
INSTEAD = {
    "state_complaint": "civil_rights_complaint",
    "private_school_notice": "evaluation",
    "not_followed": "evaluation",
}
"""What is offered where a letter does not fit the plan."""
ANSWERS_BACK = 3
"""Answers of the talk that a wish for words may mean, the last ones."""
FIRST_OFFERED = ("evaluation", "not_followed", "meeting", "records", "refusal", "disagree")
"""The letters that parents need most, for "write me a letter"."""
SHORTER, DONE = "shorter", "done"


def choice(library: Library, near: Sequence[str] = (), lead: str = "", *, others: bool = False) -> Reply:
    """Return the question which letter is meant, nearest first; `others` shows those that were not offered at first."""
    live = [name for name, letter in library.letters.items() if letter.status == "live"]
    names = list(near) or [name for name in live if (name in FIRST_OFFERED) != others]
    if not near and not others:
        names = [name for name in FIRST_OFFERED if name in live]
    buttons = [_named(library.letters[name]) for name in names]
    if not others:
        buttons.append(_button(SAY["others"], letter=OTHERS))
    return Reply(lead or SAY["which_near" if near else "which"], "letter", buttons)


def words_of_the_talk(
    library: Library, memory: Memory, near: Sequence[str], today: date
) -> tuple[Reply, str] | None:
    """Return the words to send of the last answer that has some, and the key to keep for them; None where there are none, or they were given before.

    "What do I write back" behind an answer means that answer: a list of letters would ask what the parent has told.
    """
    for name in memory.names_told[:ANSWERS_BACK]:
        point, key = library.points.get(name), f"{name}#words@{memory.plan or 'either'}"
        if point is None or point.status != "live" or not point.script_for(memory.plan):
            continue
        if memory.was_told(key):
            return None
        question = Question(point.topic, plan=memory.plan, state=memory.state, point=name)
        reply = compose_point(library, question, today, with_steps=False)
        buttons = choice(library, near).buttons
        return assembled(
            replace(reply, body=SAY["from_the_talk"], more="", ask=SAY["another"], buttons=buttons)
        ), key
    return None


def _named(letter: Letter) -> Button:
    return _button(letter.name, letter=letter.id)


def _button(title: str, intent: str = INTENT, **values: str) -> Button:
    return Button(title, f"/{intent}{json.dumps(values)}" if values else f"/{intent}")


def not_fitting(library: Library, letter: Letter, plan: str) -> Reply:
    """Return why a letter does not fit the plan, with a way to another one and to write it all the same."""
    other = INSTEAD.get(letter.id)
    buttons = [_named(library.letters[other])] if other else []
    again = _button(SAY["list" if letter.is_checklist else "write"], letter=letter.id, confirm="yes")
    return Reply(
        letter.not_for[plan], "letter", [*buttons, again], library.facts.sources(for_plan(letter.law, plan))
    )


def letter_reply(library: Library, draft: Draft, state: str | None, today: date, lead: str = "") -> Reply:
    """Return a letter with what it starts; `text` alone is complete."""
    letter, made = library.letters[draft.letter], written(library, draft, today)
    head = [SAY["to"].format(names=made.to)]
    if made.copy:
        head.append(SAY["copy"].format(names=", ".join(made.copy)))
    head.append(SAY["subject"].format(subject=made.subject))
    note = _joined(SAY["blanks"].format(blanks=", ".join(made.blanks)) if made.blanks else "", SAY["send"])
    more = _notes(library, letter, draft, state, today)
    heading = SAY["yours"].format(name=letter.name)
    shorter = (
        [_button(SAY["shorter"], "change_letter", change=SHORTER)] if can_be_shorter(library, draft) else []
    )
    return Reply(
        text=_joined(f"**{heading}**", lead, "\n".join(head), made.body, note, more, SAY["check"]),
        outcome="letter",
        buttons=[*shorter, _button(SAY["done"], "change_letter", change=DONE)],
        sources=library.facts.sources(for_plan(letter.law, draft.plan), MOST_SOURCES),
        answer=_answered(letter, draft.plan),
        heading=heading,
        body=_joined(lead, note),
        more=more,
        more_title=SAY["more_title"],
        ask=SAY["check"],
        expects=EXPECTS,
        letter=_as_json(made),
    )


def checklist_reply(
    library: Library, letter: Letter, plan: str | None, state: str | None, today: date
) -> Reply:
    """Return what to look at before a step that needs a lawyer: nothing is filled in."""
    draft = Draft(letter.id, plan)
    body, more = for_plan(letter.body, plan), _notes(library, letter, draft, state, today)
    heading = letter.name
    return Reply(
        text=_joined(f"**{heading}**", letter.warning, body, more),
        outcome="letter",
        buttons=[Button("Book a free call", "/book_consultation")],
        sources=library.facts.sources(for_plan(letter.law, plan), MOST_SOURCES),
        answer=_answered(letter, plan),
        heading=heading,
        body=_joined(letter.warning, body),
        more=more,
        more_title=SAY["more_title"],
    )


def _as_json(made: Written) -> dict[str, object]:
    return {**vars(made), "copy": list(made.copy), "blanks": list(made.blanks)}


def _answered(letter: Letter, plan: str | None) -> Answered:
    key = plan if plan in letter.body else "either"
    return Answered(INTENT, key or "either", letter.approved_on.isoformat(), f"{INTENT}/{letter.id}")


def _notes(library: Library, letter: Letter, draft: Draft, state: str | None, today: date) -> str:
    clock = clock_words(library, draft, state, today)
    how = "" if letter.is_checklist else library.contacts[for_plan(letter.to, draft.plan)].how
    return _joined(
        SAY["where"].format(how=how) if how else "",
        SAY["starts"].format(clock=clock) if clock else "",
        SAY["expect"].format(expect=for_plan(letter.expect, draft.plan)),
        SAY["avoid"].format(avoid=for_plan(letter.avoid, draft.plan)),
    )


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def parts_question(library: Library, draft: Draft, asked: Iterable[str], text: str) -> Reply:
    """Return the question which part shall change: a button for each thing that was asked for."""
    blanks = library.letters[draft.letter].blanks
    buttons = [
        _button(blanks[name].shown[0].upper() + blanks[name].shown[1:], "change_letter", change=name)
        for name in asked
        if name in blanks and name != "state"
    ]
    return Reply(
        text, "letter", [*buttons, _button(SAY["done"], "change_letter", change=DONE)], expects=EXPECTS
    )
