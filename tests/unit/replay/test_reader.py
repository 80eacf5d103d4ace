from datetime import timedelta
from pathlib import Path

import pytest

from assistant.replay.reader import StoryError, read_stories
from assistant.replay.story import Assertion

STORY = """
fixtures:
  - known_plan:
      - plan: iep
      - limits_told: true
test_cases:
  - test_case: a parent asks twice
    fixtures: [known_plan]
    zone: America/Denver
    clock: 2026-11-16T11:00
    steps:
      - bot: Hello.
      - user: who do i call
        assertions:
          - answer: {intent: ask_who_to_contact, plan: "504"}
          - slot_was_set:
              - name: plan
                value: "504"
      - press: IEP
      - later: 15 minutes
      - user: thanks
      - utter: utter_thank
      - slot_was_set:
          - plan: iep
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "test_it.yml"
    path.write_text(STORY)
    return path


def test_a_story_is_read_with_rasa_pros_steps_and_ours(file: Path) -> None:
    (case,) = read_stories(file)
    assert case.name == "a parent asks twice"
    assert case.opening == (Assertion("bot", "Hello.", 12),)
    assert case.slots == {"plan": "iep", "limits_told": True}
    assert case.clock is not None and case.clock.isoformat() == "2026-11-16T11:00:00-07:00"
    asks, presses, waits, thanks = case.steps
    assert [one.kind for one in asks.assertions] == ["answer", "slot_was_set"]
    assert (presses.does, presses.text, presses.shown) == ("press", "IEP", "[IEP]")
    assert waits.pause == timedelta(minutes=15)
    assert thanks.assertions == (
        Assertion("utter", "utter_thank", 22),
        Assertion("slot_was_set", [{"name": "plan", "value": "iep"}], 23),
    )
    assert case.only_inside == "it begins with slots already set"


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("- answer:", "- answerr:", r":15: 'a parent asks twice', step 2: `answerr` is no assertion: did you mean `answer`"),
        ('plan: "504"}', 'plann: "504"}', r":15: .*step 2: `answer` needs `intent`, `point`, `plan` or some"),
        ("- press: IEP", "- presses: IEP", r":19: .*step 3: `presses` is not known here: did you mean `press`"),
        ("15 minutes", "a while", r":20: .*step 4: `later` needs a span such as `15 minutes`"),
        ("- user: thanks", "- user:", r":21: .*step 5: `user` needs a text"),
        ("America/Denver", "Denver", r":9: 'Denver' is no time zone"),
        ("2026-11-16T11:00", "monday", r":10: .*`clock` needs a date and time"),
        ("[known_plan]", "[know_plan]", r":8: .*no fixture 'know_plan': did you mean `known_plan`"),
        ("- answer:", "- flow_started:", r":15: .*`flow_started` needs flows, which Rasa Open Source does not have"),
        ("test_cases:", "test_case:", r"a list `test_cases` is missing"),
        ("    steps:", "    stepps:", r":11: .*`stepps` is not known here: did you mean `steps`"),
        ("- press: IEP", "- press: IEP\n   - user: x", r"not valid YAML"),
        ("- known_plan:", "- test_case: lost\n    steps: []\n  - known_plan:", r":3: 'lost' stands under `fixtures`"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_step(file: Path, wrong: str, right: str, said: str) -> None:
    file.write_text(STORY.replace(wrong, right, 1))
    with pytest.raises(StoryError, match=said):
        read_stories(file)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("  - known_plan:\n      - plan", "  known_plan:\n      - plan", r":2: `fixtures` is no list\. Write a list of `- name:`"),
        ("      - plan: iep\n      - limits_told: true\n", "      plan: iep\n", r":3: the fixture 'known_plan' is no list of slots\. Write"),
        ("      - plan: iep\n      - limits_told: true\n", "      - plan\n", r":3: the fixture 'known_plan' is no list of slots"),
        ("  - known_plan:\n      - plan: iep\n      - limits_told: true\n", "  - known_plan\n", r":3: 'known_plan' in `fixtures` has no slots"),
        ("fixtures: [known_plan]", "fixtures: {known_plan: x}", r":8: 'a parent asks twice': `fixtures` needs a list of names"),
        ("fixtures: [known_plan]", "fixtures: known_plan", r":8: .*`fixtures` needs a list of names"),
        ("fixtures: [known_plan]", "fixtures: [[known_plan]]", r":8: .*`fixtures` needs a list of names"),
        ("zone: America/Denver", "zone: [America/Denver]", r":9: \['America/Denver'\] is no time zone"),
        ("zone: America/Denver", "expected_failure: [x]", r":9: .*`expected_failure` needs a sentence"),
        ("test_cases:", "stub_custom_actions: {action_book: {}}\ntest_cases:", r":6: the file: `stub_custom_actions` is not taken: actions are real here"),
        ("    zone: America", "    stub_custom_actions: {action_book: {}}\n    zone: America", r":9: 'a parent asks twice': `stub_custom_actions` is not taken: actions are real here"),
    ],
)  # fmt: skip
def test_another_shape_is_a_sentence_with_its_line_and_what_to_write(
    file: Path, wrong: str, right: str, said: str
) -> None:
    """Forms of other programs' files ended in a traceback."""
    assert wrong in STORY
    file.write_text(STORY.replace(wrong, right, 1))
    with pytest.raises(StoryError, match=said) as told:
        read_stories(file)
    assert "\n" not in str(told.value)


def test_a_slot_may_hold_a_list(file: Path) -> None:
    file.write_text(STORY.replace("- plan: iep\n", "- told: [ask_cost, {said: true, at: null}]\n", 1))
    assert read_stories(file)[0].slots["told"] == ["ask_cost", {"said": True, "at": None}]


def test_two_stories_of_one_name_are_refused(file: Path) -> None:
    file.write_text(STORY + STORY.split("test_cases:\n")[1])
    with pytest.raises(StoryError, match=r":25: .* stands already in line 7"):
        read_stories(file)
