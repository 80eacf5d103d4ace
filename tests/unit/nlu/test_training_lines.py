"""Which wordings are read whole, and which are few words that may lean on the talk."""

from __future__ import annotations

from assistant.nlu.training_lines import SHORT, TALK_BESIDE, Lines

TEXTS = [
    "who pays for the bus",
    "and who signs it",
    "thanks",
    "how long do they have",
    " ".join(["word"] * (SHORT + 1)),
]
INTENTS = ["ask_bus/cost", "ask_bus/signs", "thank", "ask_test/days", "ask_bus/cost"]
FOLLOWS = [None, "ask_bus/cost", None, "ask_bus/cost", None]


def test_what_leads_into_another_topic_is_not_read_whole() -> None:
    read = Lines.of(TEXTS, INTENTS, FOLLOWS).read_whole()
    assert "and who signs it" in read.texts
    assert "how long do they have" not in read.texts[: read.given]


def test_short_questions_are_few_words_wherever_they_lead() -> None:
    few = Lines.of(TEXTS, INTENTS, FOLLOWS).few()
    assert list(few.texts[: few.given]) == [
        "who pays for the bus",
        "and who signs it",
        "how long do they have",
    ]
    assert list(few.follows[: few.given]) == [None, "ask_bus/cost", "ask_bus/cost"]


def test_small_talk_is_also_learnt_behind_a_point_and_still_read_whole() -> None:
    texts, intents = [*TEXTS, *["thank you"] * TALK_BESIDE], [*INTENTS, *["thank"] * TALK_BESIDE]
    lines = Lines.of(texts, intents, [*FOLLOWS, *[None] * TALK_BESIDE])
    beside = [
        (text, before)
        for text, before in zip(lines.texts[lines.given :], lines.follows[lines.given :], strict=True)
    ]
    assert any(text.startswith("thank") and before for text, before in beside)
    assert len(lines.read_whole().texts) == len(lines.texts) - 1
