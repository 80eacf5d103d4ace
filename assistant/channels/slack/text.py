"""What a person typed in Slack, as they meant it: each correction of Slack's form by its own small function."""

from __future__ import annotations

import html
import re

from assistant.typed_text import cleaned, typed

# what stands in these brackets has no "<": else "<http:<http:…" is gone through from each of its beginnings, for seconds
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|<>]+)(?:\|([^<>]*))?>")
_NAMED = re.compile(r"<[@#!][^|<>]*\|([^<>]*)>")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")
FEWEST_DIGITS = 7
"""A label with so many digits is the phone number itself."""
_UNNAMED = re.compile(r"<[@#!][^<>]*>")


def plain_text(message: str) -> str:
    """Return a message as Rasa may read it, and never as a command of Rasa's.

    >>> plain_text("<@U0BOT> &amp; <mailto:pat@example.org|pat@example.org>")
    '& pat@example.org'
    """
    return typed(unescaped(unmentioned(unlinked(message))))


def shown_text(message: str) -> str:
    """Return a message as it is shown to somebody else: in the writer's own dashes and quotes.

    >>> shown_text("<@U0BOT> I’ll call – <tel:+12065550142|206-555-0142>")
    'I’ll call – 206-555-0142'
    """
    return cleaned(unescaped(unmentioned(_BOLD.sub(r"**\1**", with_addresses(message))))).strip()


def with_addresses(message: str) -> str:
    """Keep the address of a link beside its label: who reads it elsewhere can't press the label.

    >>> with_addresses("<https://spedsa.org/consent.pdf|this form>, <tel:+12065550142|206-555-0142>, <mailto:a@b.org|a@b.org>")
    'this form (https://spedsa.org/consent.pdf), 206-555-0142, a@b.org'
    """

    def said(link: re.Match[str]) -> str:
        address = re.sub(r"^(?:mailto|tel):", "", link[1])
        label = link[2] or address
        number = _digits(label)
        same = (
            label in address
            or address in label
            or (len(number) >= FEWEST_DIGITS and number in _digits(address))
        )
        return label if same else f"{label} ({address})"

    return _LINK.sub(said, message)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def unlinked(message: str) -> str:
    """Take addresses out of the brackets in which Slack wraps them.

    Rasa's connector looks for ``mailto://``, so an address stays wrapped and the invitation to the call would go nowhere.

    >>> unlinked("<mailto:pat@example.org|pat@example.org> or <tel:+12065550142|206-555-0142>")
    'pat@example.org or 206-555-0142'
    """
    return _LINK.sub(lambda link: link[2] or re.sub(r"^(?:mailto|tel):", "", link[1]), message)


def unmentioned(message: str) -> str:
    """Take out whom a message mentions: to the model `<@U0BOT>` is a word like any other.

    A channel's name may be part of the question and stays.

    >>> unmentioned("<@U0BOT> what is an IEP <!here> <#C1|questions>")
    ' what is an IEP  questions'
    """
    return _UNNAMED.sub("", _NAMED.sub(lambda found: "" if found[0][1] in "@!" else found[1], message))


def unescaped(message: str) -> str:
    """Undo Slack's escaping of `&`, `<` and `>`; done last, so that a typed "<@U1>" is no mention.

    >>> unescaped("R&amp;R &lt;3 &amp;lt;")
    'R&R <3 &lt;'
    """
    return html.unescape(message)


def mentions(message: str, user: str) -> bool:
    """Say whether a message, as Slack sent it, mentions this user.

    >>> mentions("hi <@U0BOT>", "U0BOT"), mentions("hi &lt;@U0BOT&gt;", "U0BOT")
    (True, False)
    """
    return re.search(rf"<@{re.escape(user)}(?:\|[^<>]*)?>", message) is not None


def escaped(text: str) -> str:
    """Escape what Slack would read as a link, a mention or a call to everybody.

    >>> escaped("<!channel> R&R")
    '&lt;!channel&gt; R&amp;R'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_MARKDOWN = re.compile(r"\[([^\]]+)\]\(((?:https?|mailto|tel):[^)\s]+)\)|\*\*(.+?)\*\*", re.DOTALL)


def mrkdwn(markdown: str) -> str:
    r"""Return our small Markdown in Slack's own.

    >>> mrkdwn("**Call** [988](tel:988)\n- R&R")
    '*Call* <tel:988|988>\n• R&amp;R'
    """
    return re.sub(r"(?m)^( *)- ", r"\1• ", _inline(markdown))


def _inline(markdown: str) -> str:
    said, at = [], 0
    for found in _MARKDOWN.finditer(markdown):
        said.append(escaped(markdown[at : found.start()]))
        at = found.end()
        said.append(f"*{_inline(found[3])}*" if found[3] else linked(found[1], found[2]))
    return "".join(said) + escaped(markdown[at:])


def linked(label: str, url: str) -> str:
    """Return a link of Slack's; a bar in the label would end it early.

    >>> linked("a|b", "https://example.org")
    '<https://example.org|a¦b>'
    """
    return f"<{escaped(url)}|{escaped(label).replace('|', '¦')}>"
