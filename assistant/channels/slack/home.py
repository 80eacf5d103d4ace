"""The home tab: questions to pick from; for advocates also the chats that are open and the calls that are coming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.booking.calls.call import Call
from assistant.booking.consultation import Consultation
from assistant.booking.zones import spoken
from assistant.channels.slack.blocks import Block, actions, button, section
from assistant.channels.slack.text import escaped
from assistant.knowledge.library import Library
from assistant.talk.phrases import PHRASES

MOST_CALLS = 20
SAY = PHRASES.slack


def home_view(
    library: Library,
    consultation: Consultation,
    user: str,
    calls: Sequence[Call],
    chats: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return the tab of a person. Guests can open it as well: only an advocate sees who calls when, and which parents write.

    Of a call it shows time and first name alone: a tab stays open on screens that others pass.
    """
    topics = [
        button(library.answers[one].title, f"topic:{one}", f"/{one}")
        for one in library.suggestions.slack_home
    ]
    blocks: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": SAY["home_title"]}},
        section(SAY["home_intro"]),
        *actions([*topics, button(SAY["book"], "book")]),
    ]
    if any(one.slack == user for one in consultation.advocates):
        blocks += [*_chats(chats), {"type": "divider"}, *_calls(calls, consultation)]
    else:
        small = SAY["home_not_yours"].format(user=user)
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": small}]})
    return {"type": "home", "blocks": blocks}


def _calls(calls: Sequence[Call], consultation: Consultation) -> list[Block]:
    shown = [section(_call(call, consultation)) for call in calls[:MOST_CALLS]]
    head = {"type": "header", "text": {"type": "plain_text", "text": SAY["home_calls"]}}
    return [head, *(shown or [section(SAY["home_no_calls"])])]


def _chats(chats: Sequence[str] | None) -> list[Block]:
    """Return the parents' chats that are open; nothing where there is no advocates' channel."""
    if chats is None:
        return []
    shown = [section(one) for one in chats[:MOST_CALLS]] or [section(SAY["home_no_chats"])]
    return [{"type": "header", "text": {"type": "plain_text", "text": SAY["home_chats"]}}, *shown]


def _call(call: Call, consultation: Consultation) -> str:
    advocate = consultation.advocate(call.advocate)
    when = spoken(call.start, advocate.zone) if advocate else call.when
    return SAY["home_call"].format(when=escaped(when), name=escaped(call.first_name))
