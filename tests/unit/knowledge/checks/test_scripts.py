"""Words to copy that assert something about a family are refused; those that ask or leave a blank pass."""

from pathlib import Path

import pytest

from assistant.knowledge.checks import scripts
from assistant.knowledge.source import read


@pytest.mark.parametrize(
    "words",
    [
        "My child has an IEP. I would like to talk with you about it this week. When would be a good time?",
        "I wrote to the school about my child's IEP on these dates, and it is not solved. What will you do?",
        "I told the school on these dates. Please tell me what happens next, and by when.",
        "My son is being bullied. What will you do?",
        "I have the doctor's orders. Can we write down who does what?",
        "[Child's name] has a 504 plan. When can we meet?",
        "Please call me this week.",
    ],
)
def test_words_that_assert_are_refused(tmp_path: Path, words: str) -> None:
    path = tmp_path / "contacts.yml"
    path.write_text(f'- role: principal\n  name: Principal\n  say:\n    iep: "{words}"\n')
    (found,) = scripts.find(read(path))
    assert found.line == 4 and "principal, say: " in found.problem


@pytest.mark.parametrize(
    "words",
    [
        "I have a question about an IEP for [child's name]: [your question]. When could we talk?",
        "What happened, and when: [facts, dates].",
        "Who is in charge of 504 plans here?",
    ],
)
def test_words_that_ask_or_leave_a_blank_pass(words: str) -> None:
    assert scripts.problem(words) == ""
