"""The head of a parent's thread as Slack's blocks: who has the chat, since when, what was asked, and how to work in it."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.channels.slack.blocks import Block, Message, actions, button, pieces, section
from assistant.channels.slack.text import escaped, mrkdwn
from assistant.handover.heads import Head
from assistant.handover.store import ENDED, MISSED, OPEN, WAITING
from assistant.talk.phrases import PHRASES

SAY = PHRASES.handover


def slack_time(moment: datetime) -> str:
    """Return an instant that Slack shows in each reader's own zone; `moment` without a zone is UTC."""
    aware = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"<!date^{int(aware.timestamp())}^{{date_short_pretty}} {{time}}|{aware:%b} {aware.day}, {aware:%H:%M} UTC>"


def state_words(state: str, head: Head, since: datetime) -> str:
    """Return who has the chat and since when."""
    who = f"<@{head.user}>" if head.user else escaped(head.who)
    if state == OPEN or (state == WAITING and head.user):
        return SAY["state_open" if who else "state_nobody"].format(who=who, since=slack_time(since))
    key = {WAITING: "state_waiting", MISSED: "state_missed", ENDED: "state_ended"}.get(state, "state_ended")
    return SAY[key].format(since=slack_time(since))


def head_message(talk: str, state: str, head: Head, since: datetime) -> Message:
    """Return the head. In a state in which nobody listens there is nothing to take or to hand back."""
    blocks: list[Block] = [
        section(SAY["thread"]),
        section(state_words(state, head, since)),
        *(section(part) for part in pieces(mrkdwn("\n".join(head.summary)))),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": SAY["how"]}]},
    ]
    if state in (WAITING, OPEN):
        take = [] if head.user else [button(SAY["take"], "take", talk)]
        blocks += actions([*take, button(SAY["hand_back"], "hand_back", talk)])
    return Message(SAY["thread"], blocks)
