"""A reply of the assistant as Slack's blocks: within Slack's limits, and with nothing left out.

Slack refuses a whole message when one part of it is too long, so whatever is longer than a limit
goes on in the next section, block or message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.channels.slack.text import escaped, linked, mrkdwn
from assistant.knowledge.facts import Source
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply

MOST_SECTION = 3000
MOST_TITLE = 75
MOST_BUTTONS = 25
MOST_CONTEXT = 10
MOST_BLOCKS = 50
MOST_MESSAGE = 12_000
"""Characters of all blocks of a message; Slack refuses with `msg_blocks_too_long` somewhat above it."""
MOST_VALUE = 2000
FENCE = "```"

Block = dict[str, Any]
SAY = PHRASES.slack


@dataclass(frozen=True)
class Message:
    """One message: its blocks, and the same as plain text for notifications and screen readers."""

    text: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Extras:
    """What a place adds below a reply. Each is the value of its button; empty: no such button.

    Attributes:
        key: Under which the reply is kept for its own buttons.
        share: Whether it may be shared in the channel.
        thumbs: Whether it may be voted on.
        calendar: Address of the invitation of a booked call.
    """

    key: str = ""
    share: bool = False
    thumbs: bool = False
    calendar: str = ""


def pieces(text: str, most: int = MOST_SECTION) -> Iterator[str]:
    """Cut a text of Slack's into parts of at most `most` characters: between paragraphs, lines, sentences, words.

    Never within a link or an escaped sign. Only white space at the cuts is lost.
    """
    while len(text) > most:
        cut = _cut(text, most)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _cut(text: str, most: int) -> int:
    for separator in ("\n\n", "\n", ". ", " "):
        at = text.rfind(separator, most // 2, most)
        if at > 0:
            at += len(separator.rstrip(" "))
            if not _in_link(text, at):
                return at
    opened = text.rfind("<", 0, most)
    if _in_link(text, most) and opened > 0:
        return opened
    entity = re.search(r"&[a-z]{0,3}$", text[:most])
    return entity.start() if entity and entity.start() else most


def _in_link(text: str, at: int) -> bool:
    return text.rfind("<", 0, at) > text.rfind(">", 0, at)


def section(text: str) -> Block:
    """Return a paragraph of Slack's mrkdwn, at most 3,000 characters."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def sections(markdown: str) -> list[Block]:
    """Return our Markdown as sections."""
    return [section(part) for part in pieces(mrkdwn(markdown))]


def context(texts: Sequence[str]) -> list[Block]:
    """Return small print, each text an element."""
    elements = [{"type": "mrkdwn", "text": part} for text in texts for part in pieces(text)]
    return [
        {"type": "context", "elements": elements[at : at + MOST_CONTEXT]}
        for at in range(0, len(elements), MOST_CONTEXT)
    ]


def title_of(title: str) -> str:
    """Return a button's title; one over 75 characters is cut between words.

    >>> title_of("word " * 20)
    'word word word word word word word word word word word word word word…'
    """
    if len(title) <= MOST_TITLE:
        return title
    cut = title.rfind(" ", MOST_TITLE // 2, MOST_TITLE - 1)
    return title[: cut if cut > 0 else MOST_TITLE - 1].rstrip() + "…"


def button(title: str, action: str, value: str = "", url: str = "") -> Block:
    """Return a button. `action` tells what it does; within a block it has to be its own."""
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": title_of(title)},
    }
    return made | ({"value": value} if value else {}) | ({"url": url} if url else {})


def actions(buttons: Sequence[Block]) -> list[Block]:
    """Return the buttons in as many rows as Slack needs."""
    return [
        {"type": "actions", "elements": list(buttons[at : at + MOST_BUTTONS])}
        for at in range(0, len(buttons), MOST_BUTTONS)
    ]


def choices(buttons: Sequence[Button], value: Callable[[Button], str]) -> list[Block]:
    """Return a reply's buttons; those whose title has to be cut stand above in full."""
    cut = [one.title for one in buttons if len(one.title) > MOST_TITLE]
    return [
        *(block for title in cut for block in sections(f"- {title}")),
        *actions([button(one.title, f"choose:{place}", value(one)) for place, one in enumerate(buttons)]),
    ]


def folded(reply: Reply) -> str | None:
    """Return the text without the part that may be folded away, or None where there is nothing to fold."""
    if not reply.more or reply.more not in reply.text:
        return None
    before, after = (part.strip() for part in reply.text.split(reply.more, 1))
    return "\n\n".join(part for part in (before, after) if part) or None


def messages(
    reply: Reply,
    value: Callable[[Button], str],
    extras: Extras | None = None,
    *,
    fold: bool = True,
    lead: str = "",
    cards: Sequence[Block] = (),
) -> list[Message]:
    """Return a reply as Slack's messages; nearly always one.

    Args:
        reply: What is said.
        value: Makes the value of a button that leads on; at most 2,000 characters.
        extras: What stands below it.
        fold: Whether a long answer begins folded, with a button "More".
        lead: What was asked, where it isn't to be seen above.
        cards: The reply's card, as assistant.channels.slack.cards gives it.
    """
    extras = extras or Extras()
    if reply.letter:
        file = [button(SAY["letter_file"], "letter_file", extras.key)] if extras.key else []
        return list(_messages([*_letter(reply), *choices(reply.buttons, value), *actions(file)]))
    short = folded(reply) if fold and extras.key else None
    text = short if short is not None else reply.text
    below = [
        *([button(SAY["more"], "more", extras.key)] if short is not None else []),
        *([button(SAY["share"], "share", extras.key)] if extras.share else []),
        *(
            [button("👍", "thumb:up", extras.key), button("👎", "thumb:down", extras.key)]
            if extras.thumbs
            else []
        ),
        *([button(SAY["calendar"], "calendar", url=extras.calendar)] if extras.calendar else []),
    ]
    cited = [_cited(one) for one in reply.sources]
    blocks = [
        *(context([f"_{escaped(lead)}_"]) if lead else []),
        *sections(text),
        *cards,
        *choices(reply.buttons, value),
        *(context([SAY["sources"], *cited]) if cited else []),
        *actions(below),
    ]
    return list(_messages(blocks))


def _letter(reply: Reply) -> list[Block]:
    """Return a letter: whom to send it to, its body as code to copy, what it starts."""
    letter = reply.letter
    head = [PHRASES.letter["to"].format(names=letter["to"])]
    if letter["copy"]:
        head.append(PHRASES.letter["copy"].format(names=", ".join(letter["copy"])))
    head.append(PHRASES.letter["subject"].format(subject=letter["subject"]))
    body = escaped(letter["body"].replace(FENCE, "'"))  # one of the parent's would end the block
    return [
        *sections(f"**{reply.heading}**"),
        *sections("\n".join(head)),
        *(
            section(f"{FENCE}\n{part}\n{FENCE}")
            for part in pieces(body, MOST_SECTION - len(f"{FENCE}\n\n{FENCE}"))
        ),
        *sections("\n\n".join(part for part in (reply.body, reply.more, reply.ask) if part)),
    ]


def _cited(source: Source) -> str:
    """Return a source with its link; a cite that the title names already is said once, in full."""
    title, cite = source.title, source.cite
    section_of_law = cite.partition("(")[0].strip()
    if section_of_law and section_of_law in title:
        return linked(title.replace(cite if cite in title else section_of_law, cite, 1), source.url)
    return f"{linked(title, source.url)}, {escaped(cite)}"


def _messages(blocks: list[Block]) -> Iterator[Message]:
    now: list[Block] = []
    for block in blocks:
        if now and (len(now) == MOST_BLOCKS or _size([*now, block]) > MOST_MESSAGE):
            yield Message(_fallback(now), now)
            now = []
        now.append(block)
    if now:
        yield Message(_fallback(now), now)


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(text) for block in blocks for text in texts_of(block))


def texts_of(block: Block) -> Iterator[str]:
    """Yield every text that a block shows."""
    if "text" in block:
        found = block["text"]
        yield found if isinstance(found, str) else found["text"]
    for element in block.get("elements", ()):
        yield from texts_of(element)


def _fallback(blocks: Sequence[Block]) -> str:
    """Return the blocks' words, for where blocks don't show: a notification, a screen reader."""
    said = [text for block in blocks if block["type"] == "section" for text in texts_of(block)]
    return "\n\n".join(said or [text for block in blocks for text in texts_of(block)])
