"""Answers as HTML: the small Markdown, and nothing that could be markup of somebody else's."""

from __future__ import annotations

import pytest

from assistant.channels.web.html_text import html_text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p><p>Two<br>lines.</p>"),
        ("**Strong** words", "<p><strong>Strong</strong> words</p>"),
        ("- a\n- b\n  more of b", "<ul><li>a</li><li>b more of b</li></ul>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("- a\n\n- b\n\nEnd", "<ul><li>a</li><li>b</li></ul><p>End</p>"),
        (
            "[988](tel:988)",
            '<p><a href="tel:988" rel="noopener noreferrer">988</a></p>',
        ),
        ("2 * 3 * 4 and snake_case", "<p>2 * 3 * 4 and snake_case</p>"),
    ],
)
def test_the_small_markdown(markdown: str, expected: str) -> None:
    assert html_text(markdown) == expected


@pytest.mark.parametrize(
    "wicked",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "[x](data:text/html,hi)",
        '[x](https://example.org/" onmouseover="alert(1))',
        "[<img src=x onerror=alert(1)>](https://example.org)",
        "- <svg onload=alert(1)>",
        "**<b onclick=alert(1)>**",
    ],
)
def test_words_never_become_tags_or_forbidden_links(wicked: str) -> None:
    made = html_text(wicked)
    for tag in (
        "<script",
        "<img",
        "<svg",
        "<b ",
        'javascript:alert(1)"',
        'href="data',
        'href="JAVA',
        '" onmouseover="',
    ):
        assert tag not in made
