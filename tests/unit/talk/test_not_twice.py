from assistant.talk.conversation import not_twice
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Answered, Button, Reply


def test_the_same_prompt_is_said_in_other_words_with_the_same_buttons() -> None:
    asks = Reply("All right.", "asked", [Button("Book a free call", "/book_consultation")])
    (said,) = not_twice([asks], "All right.")
    assert (said.text, said.buttons) == (PHRASES.hello_still, asks.buttons)
    assert not_twice([asks], "Good.") == [asks]


def test_an_answer_and_the_words_for_danger_may_come_twice() -> None:
    for reply in (
        Reply("60 days.", answer=Answered("ask_timeline", "iep", "2026-11-01")),
        Reply("988.", "crisis"),
    ):
        assert not_twice([reply], reply.text) == [reply]
