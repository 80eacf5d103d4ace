from __future__ import annotations

import pytest

from assistant.nlu.lead_in import without_lead_in


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hey, one quick question: who pays for the test", "who pays for the test"),
        ("ok so another question can he bring a friend", "can he bring a friend"),
        ("sorry, one more thing - does it end in june", "does it end in june"),
        ("Just a quick question", "Just a quick question"),
        ("quick question", "quick question"),
        ("The school asked another question about him", "The school asked another question about him"),
        ("another school said no to my son", "another school said no to my son"),
        ("ok so he has a 504", "ok so he has a 504"),
    ],
)
def test_only_what_announces_a_question_is_taken_away(text: str, rest: str) -> None:
    assert without_lead_in(text) == rest
