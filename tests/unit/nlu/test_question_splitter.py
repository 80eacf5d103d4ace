"""A message is cut where a second question begins, and not within one."""

from __future__ import annotations

import pytest

from assistant.nlu.question_splitter import questions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how many days do i have to object before the new iep starts?", []),
        ("how long do i have to wait and can they say no", ["how long do i have to wait", "can they say no"]),
        ("they want to test him do i have to sign", []),
        ("is speech only an iep, and does she get pulled from class for it", ["is speech only an iep", "does she get pulled from class for it"]),
        ("can i say no to the bip and who wrote it anyway", ["can i say no to the bip", "who wrote it anyway"]),
        ("who has to come? how long does it take?", ["who has to come?", "how long does it take?"]),
        ("i told them what happened and what the doctor said", []),
    ],
)  # fmt: skip
def test_where_a_second_question_begins(text: str, found: list[str]) -> None:
    assert [part.rstrip("?") for part in questions(text)] == [part.rstrip("?") for part in found]
