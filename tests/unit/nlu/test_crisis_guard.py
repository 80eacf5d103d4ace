"""The guard finds danger without a model, and leaves everyday sayings and school troubles alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.nlu.crisis_guard import bare, danger_in
from bench.messages import training_lines as all_training_lines

TOP = Path(__file__).parents[3]


def lines(name: str) -> list[str]:
    """Return the messages of a file of tests/nlu, one a line."""
    return (TOP / "tests/nlu" / name).read_text(encoding="utf-8").splitlines()


def training_lines_of_file(path: Path) -> list[tuple[str, str]]:
    """Return (text, intent) of one file's lines."""
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    return [(line[2:], block["intent"]) for block in blocks for line in block["examples"].splitlines()]


def training_lines(wanted: Callable[[str], bool]) -> list[str]:
    """Return the training lines whose intent is wanted."""
    return [text for text, intent in all_training_lines() if wanted(intent)]


@pytest.mark.parametrize(
    ("name", "messages", "at_least", "at_most"),
    [
        # measured: 132. The classifier's own class `crisis` finds about half of what is left.
        ("danger.txt", 150, 130, 150),
        ("idioms.txt", 123, 0, 0),
        # illness, hospital, absence, school fear, grief about a grown-up, one who left long ago, other languages
        ("everyday.txt", 106, 0, 0),
    ],
)
def test_how_many_messages_raise_the_alarm(name: str, messages: int, at_least: int, at_most: int) -> None:
    texts = lines(name)
    assert len(texts) == len(set(texts)) == messages
    alarms = [text for text in texts if danger_in(text)]
    assert at_least <= len(alarms) <= at_most, alarms


def test_most_training_lines_of_danger_are_found() -> None:
    """Those in open words. Veiled ones (data/nlu/crisis.yml) are learnt: tests/nlu/test_danger_beside_a_question.py measures that."""
    veiled = {text for text, _ in training_lines_of_file(TOP / "data/nlu/crisis.yml")}
    texts = [text for text in training_lines(lambda intent: intent == "crisis") if text not in veiled]
    assert sum(danger_in(text) is not None for text in texts) >= 0.75 * len(texts)  # measured: .79


TELL_OF_DANGER = {"ask_restraint", "ask_crisis_return", "ask_threats_weapons", "ask_bullying", "ask_police"}
"""Topics whose own subject is harm: "he came home with bruises", "back at school after a suicide attempt". There the fixed words
come first, and the point behind them."""


def test_false_alarms_stay_under_three_in_a_thousand() -> None:
    texts = training_lines(lambda intent: intent != "crisis" and intent not in TELL_OF_DANGER)
    texts = texts[::4]  # a quarter is enough and takes a second
    alarms = [text for text in texts if danger_in(text)]
    assert len(alarms) <= 0.003 * len(texts), alarms


@pytest.mark.parametrize(
    "text",
    [
        "She said she doesn’t want to be alive anymore",
        "HE WANTS TO KILL HIMSELF",
        "she typed that she wants to unalive",
        "he says he will un-alive after school",
        "texted a friend about unliving herself",
        "he took his whole prescription, the empty pill bottle was on the bed",
        "the aide slapped my daughter",
        "they held her face down on the mat until she couldn't breathe",
        "my husband is threatening to kill us",
        "he has a gun in his locker",
        "we can't find him anywhere",
        "her lips are blue",
        "Mi hijo dice que se quiere morir",
        "mi niña no regresó de la escuela",
        "sui\u200bcide",
    ],
)
def test_danger_is_found_however_it_is_typed(text: str) -> None:
    assert danger_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "the teacher said my son hit her",
        "my son hit the aide and they suspended him",
        "he bites and kicks when math starts, do we need an FBA",
        "she hits her own head when it is loud",
        "he is missing two assignments and half of speech",
        "we can't find her a tutor",
        "his dad picks him up on Fridays",
        "the coach kicked him off the team",
        "they threw him into gen ed",
        "the meeting was held after his concussion",
        "she is accident-prone, broken arm twice",
        "he has trouble holding scissors and a pencil",
        "a bridge between 504 and IEP is what we need",
        "my nephew is not home schooled",
        "the case manager is late and not answering my emails",
        "I'm scared for my son next year",
        "we don't want to wake up at 5 for that bus",
        "he needs more time to finish it and turn it in",
        "active shooter drills terrify him, can he skip them",
        "she talks with a switch and a tablet",
        "the district is unresponsive to my letters",
        "he was abused before we adopted him, does trauma qualify",
        "she doesn't want to live with her dad",
        "it feels like blackmail, sign or lose the aide",
        "the therapist left in october and nobody has seen him since",
        "our SLP quit over the summer. nobody has seen her for speech since the start of the year",
        "nobody has seen my son since september for OT",
        "no one has seen her in two months, the PT spot is empty",
    ],
)
def test_school_trouble_is_no_danger(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "nobody has seen him since this morning",
        "no one has seen her since lunch",
        "nobody has seen my son for hours",
        "the aide left the room and nobody has seen him since",
        "he left on his bike and nobody has seen him since",
    ],
)
def test_a_child_whom_nobody_has_seen_is_danger(text: str) -> None:
    assert danger_in(text)


def test_patterns_see_plain_letters() -> None:
    assert bare("  Él  CAN’T ﬁnd\u200b it ") == "el cant find it"


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("she told her teacher she wishes she wasnt here anymore", True),
        ("he said he wishes he weren't here", True),
        ("last night my son said he wishes he could just disappear", True),
        ("i wish i was not here any more", True),
        ("i wish she wasn't here when they talk about it", False),
        ("wish the principal wasnt here in the meeting", False),
        ("i wish this fee could disappear", False),
        ("she wishes homework could just disappear", False),
    ],
)
def test_a_wish_not_to_be_here_is_heard(text: str, alarm: bool) -> None:
    assert bool(danger_in(text)) is alarm
