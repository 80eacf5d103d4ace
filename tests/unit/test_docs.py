"""The pages lead somewhere: each link within the repository has a target, and each decision a number of its own."""

from __future__ import annotations

import re
from collections import Counter

from assistant.settings import TOP

PAGES = [*(TOP / "docs").rglob("*.md"), TOP / "README.md", TOP / "CHANGELOG.md", TOP / "widget" / "README.md"]
LINK = re.compile(r"\]\((?!https?:|mailto:|#|…)([^)#\s]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:assistant|actions|content|data|deploy|docs|setup|tests|widget)/[\w./-]+\.\w+)`")
TO_BE_MADE = ("ask_tutoring", "write_letter", "test_unanswered")
"""The question of the examples, and files that their commands begin."""
HISTORY = TOP / "docs" / "decisions"
"""A decision names the files of its day."""


def test_each_link_has_a_target() -> None:
    dead = [
        f"{page.relative_to(TOP)}: {link}"
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []


def test_each_file_that_a_page_names_is_there() -> None:
    dead = [
        f"{page.relative_to(TOP)}: {name}"
        for page in PAGES
        if page.parent != HISTORY and page.name != "CHANGELOG.md"
        for name in FILE.findall(page.read_text(encoding="utf-8"))
        if not (TOP / name).exists() and not any(made in name for made in TO_BE_MADE)
    ]
    assert dead == []


def test_a_server_is_asked_on_the_port_it_was_started_on() -> None:
    """A page once started one on 8431 and replayed against 8080, which may be the one that parents use."""
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            started, asked = (
                set(re.findall(r"\bPORT=(\d+)", block)),
                set(re.findall(r"127\.0\.0\.1:(\d+)", block)),
            )
            assert not started or asked <= started, f"{page.relative_to(TOP)}: {asked} is not {started}"


def test_each_decision_has_its_own_number() -> None:
    numbers = Counter(path.name[:4] for path in HISTORY.glob("*.md"))
    assert [number for number, count in numbers.items() if count > 1] == []
