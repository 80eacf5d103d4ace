"""`/ask`: the same assistant as a plain page, for a browser without JavaScript.

The talk goes on by its signed token in a hidden field of each form: no cookie, and nothing in an address.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import html as html_response

from assistant.channels.http import PLAIN_PAGE, Refused, page_headers
from assistant.channels.web.answer_html import WIDGET_WORDS, answer_html, lines_html
from assistant.channels.web.pages import WIDGET
from assistant.channels.web.talks import Sent, Talks
from assistant.channels.web.visitors import Visitors
from assistant.knowledge.library import library
from assistant.talk.phrases import PHRASES

if TYPE_CHECKING:
    from assistant.store.tokens import TalkToken

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024
_PAGE = Template((WIDGET / "ask.html").read_text(encoding="utf-8"))


def add_ask_page(routes: Blueprint, talks: Talks, visitors: Visitors) -> None:
    """Add the page to the channel's routes."""
    ask = AskPage(talks, visitors)

    # Sanic marks its handlers, and a method can't be marked
    async def show(request: Request) -> HTTPResponse:
        return await ask.show(request)

    async def answer(request: Request) -> HTTPResponse:
        return await ask.answer(request)

    routes.add_route(show, "/ask", methods=["GET"], name="ask")
    routes.add_route(answer, "/ask", methods=["POST"], name="ask_answer")


class AskPage:
    """Answers a form with a page."""

    def __init__(self, talks: Talks, visitors: Visitors) -> None:
        self._talks, self._visitors = talks, visitors

    async def show(self, request: Request) -> HTTPResponse:
        """Show the empty form."""
        return _page(title=PHRASES.page["title"], top=_intro(), form=_form("", "", suggestions=True))

    async def answer(self, request: Request) -> HTTPResponse:
        """Answer what the form holds; whatever goes wrong, the parent's words stay in the field."""
        fields: dict[str, str] = {}
        try:
            fields = _fields(request)
            await self._visitors.limit_address(request)
            if fields.get("do") == "erase":
                return await self._erase(fields)
            return await self._hear(fields, self._visitors.address(request))
        except Refused as refused:
            return _trouble(fields, refused.message, refused.status, refused.headers)
        except Exception:
            log.exception("the plain page failed")
            return _trouble(fields, PHRASES.errors["action"], 503)

    async def _erase(self, fields: Mapping[str, str]) -> HTTPResponse:
        token = await self._talks.token(fields.get("token", ""))
        await self._talks.forget(token.talk)
        top = f'<p class="notice" role="status">{escape(WIDGET_WORDS["eraseDone"])}</p>{_intro()}'
        return _page(title=PHRASES.page["title"], top=top, form=_form("", "", suggestions=True))

    async def _hear(self, fields: Mapping[str, str], asker: str) -> HTTPResponse:
        choice = fields.get("choice")
        text = None if choice else fields.get("suggested") or fields.get("text", "")
        if not choice and not (text or "").strip():
            raise Refused(400, "empty", PHRASES.page["empty"])
        token, written, notice = await self._talk(fields.get("token", ""))
        if notice and choice:  # an old button means nothing in a new talk
            raise Refused(401, "bad_token", notice)
        message = _message_id(fields.get("page", ""), choice or text or "")
        replies = await self._talks.hear(token, message, Sent(text, choice, asker=asker))
        bodies = await self._talks.transcript(token)
        own = next((body["text"] for body in bodies if body["id"] == message), text or "")
        earlier = _before(bodies, message, replies)
        top = (
            (f'<p class="notice">{escape(notice)}</p>' if notice else "")
            + (_said(own) if own else "")
            + "".join(_reply(reply, written) for reply in replies)
        )
        return _page(
            title=f"{PHRASES.page['answer']}: {own[:60]}",
            top=top,
            form=_form(written, "", suggestions=False),
            below=_earlier(earlier) + _leave(written),
        )

    async def _talk(self, written: str) -> tuple[TalkToken, str, str]:
        """Return the talk of a token, or a new one and a sentence that says why."""
        if written:
            try:
                return await self._talks.token(written), written, ""
            except Refused:
                pass
        fresh, _ = await self._talks.open("")
        return await self._talks.token(fresh), fresh, WIDGET_WORDS["newTalk"] if written else ""


def _fields(request: Request) -> dict[str, str]:
    """Return the fields of the form, the first of each name.

    Raises:
        Refused: It is too large, or not what a form sends.
    """
    body = request.body or b""
    if len(body) > MOST_BYTES:
        raise Refused(413, "too_large", PHRASES.errors["too_long"])
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "not_a_form", PHRASES.page["empty"])
    try:
        sent = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refused(400, "bad_form", PHRASES.page["empty"]) from None
    return {name: values[0] for name, values in sent.items()}


def _message_id(page: str, said: str) -> str:
    """Return the same id for the same words sent twice from one page: a reload books nothing twice."""
    return hashlib.sha256(f"{page}\0{said}".encode()).hexdigest()[:32]


def _before(
    bodies: Iterable[Mapping[str, Any]], message: str, replies: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return what was said before this message, without the greeting: the page says the same."""
    now = {message, *(reply["id"] for reply in replies)}
    said = [body for body in bodies if body["id"] not in now]
    first = next((place for place, body in enumerate(said) if body["from"] == "parent"), len(said))
    return said[first:]


# -- the parts of the page -------------------------------------------------------------------------


def _page(title: str, top: str, form: str, below: str = "", status: int = 200) -> HTTPResponse:
    page = _PAGE.substitute(
        title=escape(title),
        heading=escape(PHRASES.page["title"]),
        promise=escape(WIDGET_WORDS["promise"]),
        questions=escape(PHRASES.page["all_questions"]),
        privacy=escape(WIDGET_WORDS["privacy"]),
        accessibility=escape(WIDGET_WORDS["accessibility"]),
        top=top,
        form=form,
        below=below,
    )
    return html_response(page, status=status, headers=page_headers(PLAIN_PAGE))


def _trouble(
    fields: Mapping[str, str], message: str, status: int, headers: Mapping[str, str] | None = None
) -> HTTPResponse:
    response = _page(
        title=PHRASES.page["title"],
        top=f'<p class="notice" role="alert">{escape(message)}</p>{_lines()}',
        form=_form(fields.get("token", ""), fields.get("text", ""), suggestions=False),
        status=status,
    )
    response.headers.update(headers or {})
    return response


def _lines() -> str:
    """Return whom to call in danger: what was not answered may be that."""
    return f"<p>{escape(WIDGET_WORDS['danger'])}</p>{lines_html()}"


def _intro() -> str:
    return f'<p class="intro">{escape(PHRASES.page["intro"])}</p>'


def _hidden(token: str) -> str:
    page = secrets.token_hex(8)
    return (
        f'<input type="hidden" name="token" value="{escape(token)}">'
        f'<input type="hidden" name="page" value="{page}">'
    )


def _form(token: str, text: str, suggestions: bool) -> str:
    label = PHRASES.page["ask" if suggestions or not token else "ask_more"]
    answers = library().answers
    first = "".join(
        f'<button name="suggested" value="{escape(answers[intent].title)}" formnovalidate>'
        f"{escape(answers[intent].title)}</button>"
        for intent in (library().suggestions.plain_page if suggestions else ())
    )
    return (
        f'<form method="post" action="/ask" class="ask">{_hidden(token)}'
        f'<label for="text">{escape(label)}</label>'
        f'<textarea id="text" name="text" rows="3" maxlength="2000" required>{escape(text)}</textarea>'
        f'<button class="main">{escape(WIDGET_WORDS["send"])}</button>'
        + (f"<p>{escape(PHRASES.page['or_pick'])}</p><p class='choices'>{first}</p>" if first else "")
        + "</form>"
    )


def _said(text: str) -> str:
    """Return the parent's own words; who speaks is written for those who do not see where it stands."""
    return f'<div class="said"><span>{escape(WIDGET_WORDS["youSaid"])}</span> <p>{escape(text)}</p></div>'


def _reply(reply: Mapping[str, Any], token: str) -> str:
    """Return one reply; with a token its buttons can be pressed."""
    buttons = ""
    if reply["buttons"] and token:
        choices = "".join(
            f'<button name="choice" value="{escape(button["choice"])}">{escape(button["title"])}</button>'
            for button in reply["buttons"]
        )
        buttons = f'<form method="post" action="/ask" class="choices">{_hidden(token)}{choices}</form>'
    inside = answer_html(reply, buttons)
    lang = f' lang="{reply["language"]}"' if reply.get("language") else ""
    return f'<article class="reply {escape(reply["outcome"])}"{lang}>{inside}</article>'


def _earlier(bodies: list[Mapping[str, Any]]) -> str:
    if not bodies:
        return ""
    lines = [_said(body["text"]) if body["from"] == "parent" else _reply(body, "") for body in bodies]
    return (
        f'<details class="earlier"><summary>{escape(PHRASES.page["earlier"])}</summary>'
        f"{''.join(lines)}</details>"
    )


def _leave(token: str) -> str:
    return (
        f'<form method="post" action="/ask" class="leave">{_hidden(token)}'
        f'<a href="/ask">{escape(WIDGET_WORDS["startOver"])}</a>'
        f'<button name="do" value="erase">{escape(WIDGET_WORDS["erase"])}</button></form>'
    )
