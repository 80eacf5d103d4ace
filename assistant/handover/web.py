"""The website's side of a hand-over: asks for consent, keeps the assistant silent, brings a person's lines in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.booking.desk.shared import consultation
from assistant.clock import now
from assistant.handover.hours import at_desk, hours_words
from assistant.handover.store import OPEN, WAITING, HandOver, Line
from assistant.knowledge.library import library
from assistant.nlu.crisis_guard import danger_in
from assistant.privacy.mask import masked
from assistant.talk.phrases import PHRASES

YES, NO, BACK = "handover:yes", "handover:no", "handover:back"
"""Payloads of the buttons; they end here and never reach Rasa."""
WORDS_OF_PARENT = 4
LONGEST_WORDS = 500

SAY = PHRASES.handover
Reply = dict[str, Any]


class People:
    """Lets a parent's talk be taken over by a person."""

    def __init__(self, handover: HandOver) -> None:
        self._handover = handover

    async def present(self, talk: str) -> str | None:
        """Return `waiting` or `here` while the assistant is silent, else None."""
        return {WAITING: "waiting", OPEN: "here"}.get(
            await asyncio.to_thread(self._handover.state, talk) or ""
        )

    async def hear(self, talk: str, said: str, shown: str, transcript: Sequence[Reply]) -> list[Reply] | None:
        """Return what is answered here, or None where the assistant is to answer.

        Args:
            talk: Its id.
            said: The text, or the payload of the button.
            shown: What the parent saw of it.
            transcript: What was said so far, in the public form.
        """
        if said == YES:
            return await self._ask(talk, transcript)
        if said == NO:
            return [_reply(SAY["declined"], "asked")]
        if said == BACK:
            await asyncio.to_thread(self._handover.hand_back, talk, by_parent=True)
            return [_reply(SAY["returned"], "asked")]
        danger = danger_in(shown) is not None
        passed_on = await asyncio.to_thread(self._handover.heard, talk, shown, now(), danger=danger)
        return [] if passed_on and not danger else None  # danger has its fixed words in every state of a talk

    async def _ask(self, talk: str, transcript: Sequence[Reply]) -> list[Reply]:
        if not await self._at_desk():
            return [_reply(SAY["closed"].format(hours=hours_words(consultation())), "asked", _book())]
        plan = next(iter(_plans(transcript)[-1:]), "")
        await asyncio.to_thread(self._handover.ask, talk, list(summary(transcript)), now(), plan)
        return [_reply(SAY["asked"], "asked", [_button(SAY["back"], BACK)])]

    async def _at_desk(self) -> bool:
        away = await asyncio.to_thread(self._handover.heads.away, now())
        return at_desk(consultation(), now(), away)

    async def offer(self, replies: Sequence[Reply]) -> list[Reply]:
        """Return what is said after an answer about talking to a person: the question for consent, or when they are there."""
        if not any((reply.get("answer") or {}).get("intent") == "ask_human" for reply in replies):
            return []
        if not await self._at_desk():
            return [_reply(SAY["closed"].format(hours=hours_words(consultation())), "asked")]
        return [_reply(SAY["offer"], "asked", [_button(SAY["yes"], YES), _button(SAY["no"], NO)])]

    async def lines(self, talk: str) -> list[tuple[Line, Reply]]:
        """Return what people said since the parent's browser asked last."""
        found = await asyncio.to_thread(self._handover.for_parent, talk)
        return [(line, _shown(line)) for line in found]

    async def arrived(self, lines: Sequence[Line]) -> None:
        """Note that lines are in the transcript."""
        await asyncio.to_thread(self._handover.arrived, lines)


def summary(transcript: Sequence[Reply]) -> Iterator[str]:
    """Yield the lines that an advocate reads first; the parent's own words are masked."""
    answers = [body["answer"] for body in transcript if body.get("answer")]
    if plans := _plans(transcript):
        yield SAY["summary_plan"].format(plan=PHRASES.plan_names[plans[-1]])
    states = [answer["state"] for answer in answers if answer.get("state")]
    if states:
        yield SAY["summary_state"].format(state=states[-1])
    titles = [title for answer in answers if (title := _title(answer))]
    if titles:
        yield SAY["summary_asked"].format(titles=" · ".join(dict.fromkeys(titles)))
    lost = sum(body.get("outcome") in ("clarify", "out_of_scope") for body in transcript)
    if lost:
        yield SAY["summary_lost"].format(count=lost)
    before = [None, *transcript]
    typed = [
        body["text"]
        for last, body in zip(before, transcript, strict=False)
        if body["from"] == "parent" and not body.get("chosen") and not _asks_for_letter(last)
    ]
    if typed:
        yield SAY["summary_said"]
    for text in typed[-WORDS_OF_PARENT:]:
        yield f"- {masked(text)[:LONGEST_WORDS]}"


def _plans(transcript: Sequence[Reply]) -> list[str]:
    answers = [body["answer"] for body in transcript if body.get("answer")]
    return [answer["plan"] for answer in answers if answer.get("plan") in PHRASES.plan_names]


def _title(answer: Mapping[str, Any]) -> str:
    """Return the question that an answer took up: the point's, else its topic's."""
    known = library()
    if point := known.points.get(str(answer.get("point"))):
        return point.asks
    topic = known.answers.get(answer["intent"])
    return topic.title if topic and answer["intent"] != "ask_human" else ""


def _asks_for_letter(body: Reply | None) -> bool:
    """Whether what was said right before belongs to a letter: what a parent gives for that stays in the talk."""
    return body is not None and body.get("expects") == "letter"


def _shown(line: Line) -> Reply:
    """Return a line as a reply; one kind after the other as `SAY` words it."""
    body, kind = line.body, line.body["kind"]
    if kind == "person":
        said = _reply(body["text"], "answered") | {"person": body["name"]}
        return said | {"sources": body["sources"]} if body.get("sources") else said
    if kind == "joined":
        return _reply(SAY["joined"].format(name=body["name"]), "answered", [_button(SAY["back"], BACK)])
    if kind in ("missed", "unreachable"):
        return _reply(SAY[kind], "asked", _book())
    return _reply(SAY["returned"], "asked")


def _reply(text: str, outcome: str, buttons: Sequence[dict[str, str]] = ()) -> Reply:
    return {"text": text, "outcome": outcome, "buttons": list(buttons)}


def _button(title: str, payload: str) -> dict[str, str]:
    return {"title": title, "payload": payload}


def _book() -> list[dict[str, str]]:
    return [_button(SAY["book"], "/book_consultation")]
