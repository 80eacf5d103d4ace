"""One page an answer: what it says, where it leads, and what is not served."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from assistant.channels.web import answer_pages
from assistant.channels.web.answer_pages import all_questions, point_page, topic_page
from assistant.channels.web.sitemap import sitemap_of
from assistant.knowledge.library import Library, library

POINT = "ask_timeline/days_to_test"
HOME = "https://plan.example.org"


def filled(page: answer_pages.Page) -> str:
    return answer_pages._filled(page, HOME).decode()


def with_status(name: str, status: str) -> Library:
    known = library()
    return replace(known, points={**known.points, name: replace(known.points[name], status=status)})


def test_a_page_says_the_words_for_the_plan_its_law_and_what_is_asked_next() -> None:
    page = filled(point_page(library(), POINT, "504"))
    point = library().points[POINT]
    assert f"<h1>{point.asks}</h1>" in page
    assert "no number of days for a 504 evaluation" in page
    assert "34 CFR" in page
    assert "This answer is as of" in page
    for name in point.then:
        assert f'href="/q/{name}"' in page
    assert "<details" not in page  # it prints whole


def test_the_states_own_rule_comes_first_by_letters_or_name() -> None:
    by_letters, by_name = (point_page(library(), POINT, "iep", state) for state in ("tx", "Texas"))
    assert by_letters == by_name
    assert by_letters.about.startswith("In Texas")
    assert by_letters.path == f"/q/{POINT}?plan=iep&state=TX"


@pytest.mark.parametrize("plan", ["", "either", "whatever", "<script>"])
def test_what_changes_no_word_is_not_in_the_canonical_address(plan: str) -> None:
    page = filled(point_page(library(), POINT, plan, "Atlantis"))
    assert f'<link rel="canonical" href="{HOME}/q/{POINT}">' in page
    assert "<script>" not in page


def test_search_engines_read_question_and_answer() -> None:
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', filled(point_page(library(), POINT))
    )
    assert block
    data = json.loads(block[1])
    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0]["name"] == library().points[POINT].asks
    assert "60 days" in data["mainEntity"][0]["acceptedAnswer"]["text"]


@pytest.mark.parametrize("status", ["off", "draft"])
def test_what_may_not_be_said_has_no_page_and_no_link(status: str) -> None:
    known = with_status(POINT, status)
    page = point_page(known, POINT)
    assert page.status == 404
    assert 'content="noindex"' in filled(page)
    assert f"/q/{POINT}" not in filled(all_questions(known, ""))
    assert f"/q/{POINT}<" not in sitemap_of(known, HOME).decode()


def test_a_topic_that_is_off_takes_its_points_along() -> None:
    known = library()
    topic = replace(known.answers["ask_timeline"], status="off")
    off = replace(known, answers={**known.answers, "ask_timeline": topic})
    assert point_page(off, POINT).status == 404
    assert topic_page(off, "ask_timeline").status == 404


def test_all_questions_lists_every_live_point() -> None:
    page = filled(all_questions(library(), ""))
    assert all(f'href="/q/{name}"' in page for name, p in library().points.items() if p.status == "live")


def test_danger_in_a_search_shows_whom_to_call_first() -> None:
    page = all_questions(library(), "my son wants to kill himself").main
    assert page.index("tel:988") < page.index("/q/ask_")


def test_words_of_a_search_stay_words() -> None:
    page = filled(all_questions(library(), '"><script>boom()</script>'))
    assert "<script>boom" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_every_point_has_a_page_for_every_plan() -> None:
    for name, point in library().points.items():
        for plan in point.says:
            page = point_page(library(), name, plan, "TX")
            assert page.status == 200, name
            assert page.about, name
