"""The pages that are served as they are, but for the owner's own numbers."""

from __future__ import annotations

from types import SimpleNamespace

from assistant.channels.http import WIDGET_PAGE
from assistant.channels.web import pages

NUMBERS = {"minutes": "20", "talks_days": "14", "calls_days": "60"}


async def test_the_privacy_page_says_for_how_many_days_the_owner_keeps_words() -> None:
    file, kind = pages._FILES["/privacy"]
    served = await pages._page(pages.WIDGET / file, kind, WIDGET_PAGE, NUMBERS)(SimpleNamespace(headers={}))
    page = served.body.decode()
    assert "Your talk: 14 days" in page
    assert "until 60 days after the call" in page
    assert "{" not in page
