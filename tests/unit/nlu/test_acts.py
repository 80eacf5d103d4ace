from __future__ import annotations

import pytest

from assistant.nlu.acts import behind_acts


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("THANK YOU. last one, can i cross out the parts", "can i cross out the parts"),
        ("yes and thanks, who pays for that", "who pays for that"),
        ("ok bye, oh wait who do i email", "who do i email"),
        ("thank you so much for everything", None),
        ("yes please", None),
        ("no", None),
        ("my son cant read", None),
    ],
)
def test_what_asks_behind_thanks_and_a_yes(text: str, question: str | None) -> None:
    assert behind_acts(text) == question
