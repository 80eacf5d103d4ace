"""Every answer for every plan, drawn by the widget on a phone: the answer is what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import mean
from typing import Any

import pytest
from playwright.sync_api import Page

from assistant.channels.web.contract import PARTS
from assistant.knowledge.library import library
from assistant.talk.answering import compose, compose_point
from assistant.talk.reply import Reply
from assistant.talk.understanding import Question
from tests.browser.conftest import NewContext
from tests.browser.stand_in import shows

pytestmark = pytest.mark.needs("chromium")

PHONE = {"width": 360, "height": 740}
MOST_WORDS, MEAN_WORDS, MOST_SCREEN = 80, 65, 0.9
COMPARED = "ask_difference@"
"""The one answer whose table is what was asked for: its words come on top."""
AT_ONCE = 150
"""Replies drawn in one talk: one page for each would take many minutes."""
TODAY = date(2026, 11, 30)

# For each reply: words that are seen, without those of the buttons that lead on; of them the names of folds; height.
SEEN = """() => {
  const root = document.querySelector('which-plan').shadowRoot;
  const hidden = (node, li) => {
    for (let at = node.parentElement; at !== li; at = at.parentElement) {
      if (at.matches('.away') || (at.matches('.choices') && !at.matches('.ask + .choices'))) return true;
      if (at.matches('details:not([open])') && !at.querySelector('summary').contains(node)) return true;
    }
    return false;
  };
  return [...root.querySelectorAll('.talk > ol > li')].map((li) => {
    const walker = document.createTreeWalker(li, NodeFilter.SHOW_TEXT);
    const count = { words: 0, names: 0 };
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (hidden(node, li)) continue;
      const words = node.data.split(/\\s+/).filter((word) => /\\w/.test(word)).length;
      count[node.parentElement.closest('summary') ? 'names' : 'words'] += words;
    }
    const folds = [...li.querySelectorAll('summary')].map((one) => one.textContent.trim());
    return {
      ...count,
      height: li.getBoundingClientRect().height,
      heading: li.querySelector('h3')?.textContent ?? '',
      folds,
    };
  });
}"""


def _public(reply: Reply, name: str) -> dict[str, Any]:
    """Return a reply in the form of the HTTP contract."""
    body = reply.to_json()
    buttons = [{"title": button.title, "choice": button.title} for button in reply.buttons]
    public = {"id": name, "buttons": buttons, **{part: body[part] for part in PARTS if body.get(part)}}
    public |= {key: body[key] for key in ("text", "sources", "answer", "outcome")}
    return public | ({"card": body["card"]} if body["card"] else {})


def _answers() -> Iterator[tuple[str, Reply]]:
    """Yield every point, and every topic's general text, for each plan that it has words for."""
    known = library()
    for point in known.points.values():
        for plan in point.says:
            asked = Question(point.topic, None if plan == "either" else plan, point=point.name)
            yield f"{point.name}@{plan}", compose_point(known, asked, TODAY, with_steps=True)
    for intent, answer in known.answers.items():
        for plan in answer.texts:
            reply = compose(known, Question(intent, None if plan == "either" else plan), TODAY)
            yield f"{intent}@{plan}", reply


def _draw(page: Page, replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is seen of some replies, which a server greets with."""
    shows(page, replies=replies)
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.reload()
    page.locator("which-plan .launcher").click()
    page.locator("which-plan li.assistant").last.wait_for()
    seen: list[dict[str, Any]] = page.evaluate(SEEN)
    assert len(seen) == len(replies)
    return seen


@pytest.fixture(scope="module")
def drawn(browser: Any) -> dict[str, dict[str, Any]]:
    """Return what is seen of each answer, by `topic/point@plan`."""
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    answers = list(_answers())
    seen: dict[str, dict[str, Any]] = {}
    for start in range(0, len(answers), AT_ONCE):
        some = answers[start : start + AT_ONCE]
        found = _draw(page, [_public(reply, name) for name, reply in some])
        seen |= {name: one for (name, _), one in zip(some, found, strict=True)}
    context.close()
    return seen


def test_an_answer_is_seen_in_few_words(drawn: dict[str, dict[str, Any]]) -> None:
    """Heading, words, what is asked back, whom to write to: at most 80."""
    own = {name: one["words"] for name, one in drawn.items() if not name.startswith(COMPARED)}
    assert {name: words for name, words in own.items() if words > MOST_WORDS} == {}


def test_with_the_names_of_the_folds_it_is_seen_in_few_words(drawn: dict[str, dict[str, Any]]) -> None:
    """Each topic's steps are folded below each of its points here; in a talk they come once."""
    assert mean(one["words"] + one["names"] for one in drawn.values()) <= MEAN_WORDS


def test_an_answer_fits_a_phone_with_what_can_be_done_next(drawn: dict[str, dict[str, Any]]) -> None:
    tall = {
        name: one["height"] for name, one in drawn.items() if one["height"] > MOST_SCREEN * PHONE["height"]
    }
    assert {name: height for name, height in tall.items() if not name.startswith(COMPARED)} == {}


def test_each_point_has_its_question_as_heading_and_each_fold_a_name(
    drawn: dict[str, dict[str, Any]],
) -> None:
    points = library().points
    for name, one in drawn.items():
        key = name.partition("@")[0]
        if key in points:
            assert one["heading"] == points[key].asks, name
        assert all(len(fold) > len("More") for fold in one["folds"]), name
        assert len(set(one["folds"])) == len(one["folds"]), name


def test_two_questions_have_two_headings(new_context: NewContext) -> None:
    page = new_context(viewport=PHONE).new_page()
    known = library()
    asked = [Question(name.partition("/")[0], "iep", point=name) for name in list(known.points)[:2]]
    replies = [_public(compose_point(known, one, TODAY, with_steps=True), one.point) for one in asked]
    assert [one["heading"] for one in _draw(page, replies)] == [known.points[one.point].asks for one in asked]
