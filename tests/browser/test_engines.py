"""The main flow in the browsers that are not Chromium: ask, read, have a letter written, book a call."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.browser.engines import ENGINES, Visitor
from tests.browser.server import Server


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.needs(name)) for name in ENGINES],
)
def visitor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    engine = ENGINES[request.param](tmp_path_factory.mktemp(request.param))
    yield Visitor(engine)
    engine.stop()


def test_a_parent_asks_has_a_letter_written_and_books(visitor: Visitor, server: Server) -> None:
    visitor.goes_to(server.address)
    visitor.presses(".launcher")
    visitor.finds("li.assistant")

    visitor.types("the school does not follow my daughters iep, what do i do tonight")
    assert "case manager" in visitor.reads("li.assistant")
    visitor.presses("li.assistant:last-of-type .sources > summary")
    assert "This answer is as of" in visitor.reads("li.assistant")
    visitor.presses("li.assistant:last-of-type .write > summary")
    assert visitor.counts("li.assistant:last-of-type .write[open]") == 1

    visitor.types("please write the letter that asks for the school records")
    visitor.types("the speech reports")
    visitor.chooses("Skip")
    assert "The speech reports." in visitor.reads(".card.letter blockquote")
    assert visitor.counts(".card.letter mark") >= 4  # what is still to fill in
    link = visitor.sees("return [...inside.querySelectorAll('.card.letter a[download]')].at(-1).href")
    assert "The speech reports." in httpx.get(link).text
    visitor.types("done")

    visitor.types("can i talk to someone")
    visitor.types("Dana")
    visitor.types("dana.engine@example.org")
    before = visitor.counts("li.assistant")
    visitor.presses("li.assistant:last-of-type .choices.times .choice")
    visitor.is_answered(before)
    visitor.types("yes")
    assert visitor.counts(".card.booking") == 1

    lines = visitor.counts(".talk li")
    visitor.goes_to(server.address)  # another page of the same website: the talk goes on
    visitor.finds(".card.booking")
    assert visitor.counts(".talk li") == lines
    wide, screen = visitor.sees("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen
