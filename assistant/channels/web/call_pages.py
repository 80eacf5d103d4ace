"""The pages behind the links of an invitation: find another time, cancel. They work without JavaScript.

Looking changes nothing: mail scanners open every link. Only the button of a page, a POST, does. A page
shows the first name and the time, for whoever else may have come by the link.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw
from sanic.response import html as page_response

from assistant.booking import (
    Booked,
    Booking,
    CalendarUnreachable,
    Call,
    Cancelled,
    DatabaseUnreachable,
    Opening,
    Purpose,
    Refused,
    Why,
    zone_words,
)
from assistant.booking.desk.shared import consultation, shared_desk, whom_to_write
from assistant.booking.said import calendar_away
from assistant.booking.times.said_in_spanish import spanish_day, spanish_when, spanish_zone
from assistant.booking.zones import spoken_date, spoken_time
from assistant.channels.http import KEPT_BY_BROWSERS, PLAIN_PAGE, page_headers
from assistant.knowledge.spanish_booking import spanish_call_pages
from assistant.settings import Settings
from assistant.store.limits import SharedLimit
from assistant.talk.phrases import PHRASES

log = logging.getLogger(__name__)

SAY = PHRASES.call_pages
SPANISH = "es"
STYLE = Path(__file__).with_name("call_pages.css")
ADDRESS_PER_MINUTE = 30
MOST_DAYS = 15
_REFUSED = {
    Why.CANCELLED: "was_cancelled",
    Why.USED_LINK: "used_link",
    Why.OLD_LINK: "old_link",
    Why.OVER: "old_link",
    Why.TOO_MANY_TRIES: "too_fast",
}
_STATUS = {"used_link": 409, "was_cancelled": 409, "old_link": 410, "too_fast": 429}

Show = Callable[[Request, str], Awaitable[HTTPResponse]]


def add_call_pages(routes: Blueprint, channel: Any, settings: Settings) -> None:
    """Add the pages to the channel's routes; the channel knows the visitor's address."""
    limit = SharedLimit("call page", ADDRESS_PER_MINUTE, settings)

    def page(path: str, show: Show, change: Show) -> None:
        async def guarded(request: Request, token: str) -> HTTPResponse:
            address = channel.address(request)
            if await limit.wait_seconds(address):
                return _page(SAY["too_fast"], status=429)
            try:
                return await (change if request.method == "POST" else show)(request, token)
            except (CalendarUnreachable, DatabaseUnreachable):
                log.exception("a page about a call could not be shown")
                return _page(calendar_away(PHRASES.errors), status=503)

        routes.add_route(guarded, f"/call/{path}/<token>", methods=["GET", "POST"], name=f"call_{path}")

    page("keep", _show_keep, _keep)
    page("move", _show_move, _move)
    page("cancel", _show_cancel, _cancel)
    routes.add_route(_style, "/call.css", methods=["GET"], name="call_style")


async def _show_move(request: Request, token: str) -> HTTPResponse:
    desk = await shared_desk()
    call = await desk.by_link.call(token, Purpose.MOVE)
    return _refused(call) if isinstance(call, Refused) else await _times(desk, call, "move_title")


async def _move(request: Request, token: str) -> HTTPResponse:
    desk = await shared_desk()
    opening = request.form.get("opening") if request.form else None
    moved = await desk.by_link.move(token, opening) if opening else None
    if isinstance(moved, Refused):
        return _refused(moved)
    if not isinstance(moved, Booked):
        call = await desk.by_link.call(token, Purpose.MOVE)
        if isinstance(call, Refused):
            return _refused(call)
        title, status = ("pick_one", 400) if moved is None else ("taken", 409)
        return await _times(desk, call, title, status=status)
    say = _words(moved.call)
    return _page(say["moved_title"], _paragraph(say["moved"], moved.call), call=moved.call)


async def _show_keep(request: Request, token: str) -> HTTPResponse:
    call = await (await shared_desk()).by_link.call(token, Purpose.KEEP)
    if isinstance(call, Refused):
        return _refused(call)
    say = _words(call)
    button = f'<button class="main">{_safe(say["keep_button"])}</button>'
    form = f'<form method="post">{button}</form>'
    return _page(say["keep_title"], _paragraph(say["keep_question"], call), form, call=call)


async def _keep(request: Request, token: str) -> HTTPResponse:
    kept = await (await shared_desk()).by_link.keep(token)
    if isinstance(kept, Refused):
        return _refused(kept)
    say = _words(kept)
    return _page(say["kept_title"], _paragraph(say["kept"], kept), _home(say), call=kept)


async def _show_cancel(request: Request, token: str) -> HTTPResponse:
    desk = await shared_desk()
    call = await desk.by_link.call(token, Purpose.CANCEL)
    if isinstance(call, Refused):
        return _refused(call)
    say = _words(call)
    instead = f"/call/move/{desk.by_link.token(call, Purpose.MOVE)}"  # the same mail holds both links
    move = f'<p><a href="{_safe(instead)}">{_safe(say["move_instead"])}</a></p>'
    button = f'<button class="main">{_safe(say["cancel_button"])}</button>'
    form = f'<form method="post">{button}</form>'
    question = _paragraph(say["cancel_question"], call)
    return _page(say["cancel_title"], question, form, move, say["keep"], call=call)


async def _cancel(request: Request, token: str) -> HTTPResponse:
    result = await (await shared_desk()).by_link.cancel(token)
    if isinstance(result, Cancelled):
        call = result.call
        say = _words(call)
        return _page(say["cancelled_title"], _paragraph(say["cancelled"], call), _home(say), call=call)
    return _refused(result)


async def _style(request: Request) -> HTTPResponse:
    return raw(STYLE.read_bytes(), content_type="text/css; charset=utf-8", headers=KEPT_BY_BROWSERS)


async def _times(desk: Booking, call: Call, title: str, status: int = 200) -> HTTPResponse:
    """Show every free time of the next weeks, a day a fold, in the zone in which the call was booked; `title` is a phrase's name."""
    say = _words(call)
    spanish = call.language == SPANISH
    zone = ZoneInfo(call.zone or "UTC")
    openings = await desk.openings(zone, limit=10_000, conversation=call.conversation, moving=call)
    now = _paragraph(say["move_question"], call)
    if not openings:
        none = f"<p>{_safe(say['no_times'].format(contact=whom_to_write()))}</p>"
        return _page(say[title], now, none, call=call)
    days = groupby(openings, key=lambda one: one.start.astimezone(zone).date())
    folds = [
        _fold(spanish_day(day) if spanish else spoken_date(day), of_day, zone, is_open=place == 0)
        for place, (day, of_day) in zip(range(MOST_DAYS), days, strict=False)
    ]
    zone_line = f"<p>{_safe(say['zone'].format(zone=(spanish_zone if spanish else zone_words)(zone)))}</p>"
    button = f'<button class="main">{_safe(say["move_button"])}</button>'
    form = f'<form method="post">{zone_line}{"".join(folds)}{button}</form>'
    return _page(say[title], now, form, say["keep"], status=status, call=call)


def _fold(day: str, openings: Iterable[Opening], zone: ZoneInfo, *, is_open: bool) -> str:
    choices = "".join(
        f'<label><input type="radio" name="opening" value="{_safe(one.id)}" required>'
        f" {spoken_time(one.start.astimezone(zone).time())}</label>"
        for one in openings
    )
    return f"<details{' open' if is_open else ''}><summary>{_safe(day)}</summary><fieldset><legend>{_safe(day)}</legend>{choices}</fieldset></details>"


def _refused(refused: Refused) -> HTTPResponse:
    kind = _REFUSED.get(refused.why, "wrong_link")
    text = SAY[kind].format(contact=whom_to_write())
    return _page(SAY["refused_title"], f"<p>{_safe(text)}</p>", _home(SAY), status=_STATUS.get(kind, 404))


def _paragraph(text: str, call: Call) -> str:
    spanish = call.language == SPANISH
    when = spanish_when(call.start, ZoneInfo(call.zone or "UTC")) if spanish else call.when
    return f"<p>{_safe(text.format(first_name=call.first_name, when=when))}</p>"


def _words(call: Call) -> Mapping[str, str]:
    """Return the sentences in the language in which the call was booked."""
    return spanish_call_pages() if call.language == SPANISH else SAY


def _home(say: Mapping[str, str]) -> str:
    return f'<p><a href="/">{_safe(say["home"])}</a></p>'


def _safe(text: str) -> str:
    return html.escape(text)


def _page(title: str, *parts: str, status: int = 200, call: Call | None = None) -> HTTPResponse:
    language = (call.language if call else None) or "en"
    organisation = consultation().organisation
    body = "".join(part if part.startswith("<") else f"<p>{_safe(part)}</p>" for part in parts)
    written = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{_safe(title)}</title><link rel="stylesheet" href="/call.css"></head><body><main>'
        f"<h1>{_safe(title)}</h1>{body}</main><footer><p>{_safe(organisation.name)}<br>"
        f"{_safe(whom_to_write())}</p></footer></body></html>"
    )
    headers = page_headers(PLAIN_PAGE) | {"X-Robots-Tag": "noindex"}
    return page_response(written, status=status, headers=headers)
