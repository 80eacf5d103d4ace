"""`/q`: every answer as a page of its own, to link, print and find. No JavaScript is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from string import Template
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.http import ANSWER_PAGE, json_text, page_headers
from assistant.channels.web.answer_html import WIDGET_WORDS, danger_html, open_answer_html
from assistant.channels.web.html_text import plain_text
from assistant.channels.web.pages import WIDGET
from assistant.channels.web.questions import Topic, search, topics
from assistant.channels.web.sending import sent
from assistant.channels.web.sitemap import sitemap_of
from assistant.channels.web.spanish_page import spanish_main
from assistant.clock import now
from assistant.knowledge.library import Library, library
from assistant.knowledge.points import Point
from assistant.knowledge.spanish import spanish
from assistant.nlu.crisis_guard import danger_in
from assistant.talk.answering import compose, compose_point, live
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Reply
from assistant.talk.understanding import Question

PLANS = ("504", "iep", "none")
LONGEST_SEARCH = 200
HEADERS = {**page_headers(ANSWER_PAGE), "Cache-Control": "public, max-age=60"}
"""An answer that is switched off is gone a minute later."""
_PAGE = Template((WIDGET / "page.html").read_text(encoding="utf-8"))
SAY = PHRASES.page


@dataclass(frozen=True)
class Page:
    """What fills the template.

    Attributes:
        path: Its one address: with the plan and state that change its words, without those that do not.
        asked: Question and answer for search engines; None where the page answers nothing.
    """

    title: str
    main: str
    path: str
    about: str = ""
    asked: tuple[str, str] | None = None
    status: int = 200
    language: str = "en"


def add_answer_pages(routes: Blueprint, public_url: str) -> None:
    """Add the pages to the channel's routes; `public_url` begins the canonical addresses."""

    def page(made: Page, request: Request) -> HTTPResponse:
        return sent(request, _filled(made, public_url), "text/html; charset=utf-8", HEADERS, made.status)

    async def questions(request: Request) -> HTTPResponse:
        return page(all_questions(library(), (request.args.get("q") or "")[:LONGEST_SEARCH]), request)

    async def topic(request: Request, topic: str) -> HTTPResponse:
        return page(topic_page(library(), topic), request)

    async def answer(request: Request, topic: str, point: str) -> HTTPResponse:
        plan, state = request.args.get("plan") or "", request.args.get("state") or ""
        return page(point_page(library(), f"{topic}/{point}", plan, state), request)

    async def spanish_answers(request: Request) -> HTTPResponse:
        title, about, main = spanish_main(spanish(), library().facts)
        return page(Page(title, main, "/es", about, language="es"), request)

    async def sitemap(request: Request) -> HTTPResponse:
        return sent(request, sitemap_of(library(), public_url), "application/xml", HEADERS)

    async def robots(request: Request) -> HTTPResponse:
        words = f"User-agent: *\nDisallow: /v1/\nDisallow: /call/\nSitemap: {public_url}/sitemap.xml\n"
        return sent(request, words.encode(), "text/plain; charset=utf-8", HEADERS)

    routes.add_route(questions, "/q", methods=["GET"], name="questions")
    routes.add_route(topic, "/q/<topic>", methods=["GET"], name="topic_page")
    routes.add_route(answer, "/q/<topic>/<point>", methods=["GET"], name="answer_page")
    routes.add_route(spanish_answers, "/es", methods=["GET"], name="spanish_page")
    routes.add_route(sitemap, "/sitemap.xml", methods=["GET"], name="sitemap")
    routes.add_route(robots, "/robots.txt", methods=["GET"], name="robots")


def point_page(known: Library, name: str, plan: str = "", state: str = "") -> Page:
    """Return the page of a point; one that may not be said is not there.

    Args:
        known: The knowledge.
        name: `topic/point`.
        plan: "504", "iep" or "none"; anything else counts as not known.
        state: A state's letters or name; anything else counts as not known.
    """
    found = live(known, [name])
    if not found or known.answers[found[0].topic].status != "live":
        return missing(known)
    point = found[0]
    asked = Question(point.topic, plan if plan in PLANS else None, state=_state(known, state), point=name)
    reply = compose_point(known, asked, now().date(), with_steps=True)
    return _page_of(known, reply, _topic(known, point.topic), point, asked)


def topic_page(known: Library, name: str) -> Page:
    """Return the page of a topic: what holds in general, and its questions."""
    topic = _topic(known, name)
    if topic is None:
        return missing(known)
    reply = compose(known, Question(name), now().date())
    body = open_answer_html(reply.to_json())
    main = (
        f'{_crumbs()}<h1>{escape(topic.title)}</h1><article class="reply">{body}</article>'
        f"<h2>{escape(SAY['its_questions'])}</h2>{_links(topic.points)}{_ask_own(topic.title)}"
    )
    words = plain_text(reply.body)
    return Page(topic.title, main, f"/q/{name}", words, (topic.title, words))


def all_questions(known: Library, words: str) -> Page:
    """Return the page of all topics, or of what a search finds; whom to call first where the words tell of danger."""
    title = SAY["all_questions"]
    form = (
        f'<form action="/q" role="search" class="search"><label for="q">{escape(SAY["search_for"])}</label>'
        f'<input id="q" name="q" type="search" value="{escape(words)}" autocomplete="off" maxlength="{LONGEST_SEARCH}">'
        f'<button class="main">{escape(SAY["search"])}</button></form>'
    )
    found = f'<div id="found" aria-live="polite">{_found(known, words)}</div>'
    script = '<script src="/questions.js" defer></script>'
    return Page(title, f"<h1>{escape(title)}</h1>{form}{found}{script}", "/q", SAY["intro"])


def missing(known: Library) -> Page:
    """Return the page for an address that leads to no answer."""
    main = f"<h1>{escape(SAY['no_answer'])}</h1><p>{escape(SAY['no_answer_text'])}</p>{_topic_list(known)}"
    return Page(SAY["no_answer"], main, "/q", status=404)


def _filled(page: Page, public_url: str) -> bytes:
    head = "" if page.status == 200 else '<meta name="robots" content="noindex">'
    if page.asked:
        head += f'<script type="application/ld+json">{_structured(*page.asked)}</script>'
    return _PAGE.substitute(
        language=page.language,
        title=escape(page.title),
        about=escape(_cut(page.about)),
        canonical=escape(f"{public_url}{page.path}"),
        head=head,
        promise=escape(WIDGET_WORDS["promise"]),
        questions=escape(SAY["all_questions"]),
        ask=escape(SAY["title"]),
        accessibility=escape(WIDGET_WORDS["accessibility"]),
        privacy=escape(WIDGET_WORDS["privacy"]),
        main=page.main,
    ).encode()


def _structured(question: str, words: str) -> str:
    """Return question and answer as schema.org's FAQPage. A data block is no script: the policy lets it be."""
    answer = {"@type": "Answer", "text": words}
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [{"@type": "Question", "name": question, "acceptedAnswer": answer}],
    }
    return json_text(page)


def _page_of(known: Library, reply: Reply, topic: Topic | None, point: Point, asked: Question) -> Page:
    answer = reply.answer
    plan = asked.plan if asked.plan in point.says else ""
    state = asked.state if answer and answer.state else ""
    body = open_answer_html(reply.to_json())
    then = _links(live(known, point.then))
    main = (
        f"{_crumbs(topic)}<h1>{escape(point.asks)}</h1>{_plans(known, point, plan or '', asked.state)}"
        f'<article class="reply">{body}</article>'
        + (f"<h2>{escape(SAY['asked_next'])}</h2>{then}" if then else "")
        + _ask_own(point.asks)
    )
    words = plain_text(reply.body)
    path = _address(point.name, plan or "", _letters(known, state))
    return Page(point.asks, main, path, words, (point.asks, words))


def _plans(known: Library, point: Point, plan: str, state: str | None) -> str:
    """Return the choice of plan and state, as far as they change what is said: a form that needs no JavaScript."""
    offered = [key for key in PLANS if key in point.says]
    fields = ""
    if offered:
        options = [("", SAY["any_plan"]), *((key, PHRASES.plan_names[key]) for key in offered)]
        fields += _select("plan", SAY["plan"], options, plan)
    if point.by_state:
        packs = sorted(known.packs.values(), key=lambda pack: pack.state)
        options = [("", SAY["any_state"]), *((pack.abbreviation, pack.state) for pack in packs)]
        fields += _select("state", SAY["state"], options, _letters(known, state))
    button = f"<button>{escape(SAY['show'])}</button>"
    return f'<form class="which">{fields}{button}</form>' if fields else ""


def _select(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> str:
    inside = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in options
    )
    return f'<label>{escape(label)} <select name="{name}">{inside}</select></label>'


def _found(known: Library, words: str) -> str:
    if not words.strip():
        return _topic_list(known)
    danger = (
        f'<article class="reply crisis">{danger_html(known.crisis["text"])}</article>'
        if danger_in(words)
        else ""
    )
    points = search(known, words)
    if not points:
        return f"{danger}<p>{escape(SAY['nothing_found'])}</p>{_topic_list(known)}"
    count = SAY["found_one"] if len(points) == 1 else SAY["found"].format(count=len(points))
    return f"{danger}<p>{escape(count)}</p>{_links(points)}"


def _topic_list(known: Library) -> str:
    """Return every topic; it opens to its questions."""
    return "".join(
        f'<details class="fold"><summary>{escape(topic.title)}</summary>'
        f'<p><a href="/q/{topic.name}">{escape(PHRASES.in_general.format(title=topic.title))}</a></p>{_links(topic.points)}</details>'
        for topic in topics(known)
    )


def _links(points: tuple[Point, ...] | list[Point]) -> str:
    lines = "".join(f'<li><a href="/q/{point.name}">{escape(point.asks)}</a></li>' for point in points)
    return f'<ul class="questions">{lines}</ul>' if lines else ""


def _crumbs(topic: Topic | None = None) -> str:
    of_topic = f' › <a href="/q/{topic.name}">{escape(topic.title)}</a>' if topic else ""
    return f'<p class="crumbs"><a href="/q">{escape(SAY["all_questions"])}</a>{of_topic}</p>'


def _ask_own(question: str) -> str:
    """Return how to go on in a talk: on the plain page, or in the chat where scripts run."""
    asked = escape(question)
    return (
        f'<form method="post" action="/ask" class="own"><input type="hidden" name="suggested" value="{asked}">'
        f'<button class="main">{escape(SAY["ask_own"])}</button> '
        f'<a href="/ask" data-whichplan-open="{asked}">{escape(SAY["ask_in_chat"])}</a></form>'
        '<script src="/widget.js" data-launcher="none" defer></script>'
    )


def _topic(known: Library, name: str) -> Topic | None:
    return next((topic for topic in topics(known) if topic.name == name), None)


def _state(known: Library, written: str) -> str | None:
    wanted = written.strip().lower()
    return next(
        (p.state for p in known.packs.values() if wanted in (p.state.lower(), p.abbreviation.lower())), None
    )


def _letters(known: Library, state: str | None) -> str:
    pack = known.packs.get(state or "")
    return pack.abbreviation if pack else ""


def _address(point: str, plan: str, state: str) -> str:
    query: Mapping[str, Any] = {key: value for key, value in (("plan", plan), ("state", state)) if value}
    return f"/q/{point}" + (f"?{urlencode(query)}" if query else "")


def _cut(words: str, most: int = 155) -> str:
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"
