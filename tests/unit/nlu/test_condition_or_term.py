"""A word that is a condition and a term of the glossary: the question decides which is meant."""

from assistant.knowledge.library import library
from assistant.nlu.bare_detail import bare_intent
from assistant.nlu.entity_ruler import shared_ruler
from assistant.talk.turn import Memory, Named, Turn
from assistant.talk.understanding import Question, asked


def question(text: str, intent: str, memory: Memory | None = None) -> Question:
    """Return what `text` asks, with the entities that the real ruler finds in it."""
    entities = tuple(
        Named(found.entity, found.value, found.start, found.end) for found in shared_ruler().find(text)
    )
    questions, _ = asked(Turn(text, intent, entities=entities), memory or Memory(), library())
    return questions[0]


def test_what_it_means_is_explained_from_the_glossary() -> None:
    assert question("what does TBI mean", "ask_term").term == "TBI"


def test_whether_it_qualifies_is_about_the_condition() -> None:
    asked_for = question("does dyslexia qualify", "ask_condition_qualifies")
    assert (asked_for.intent, asked_for.condition) == ("ask_condition_qualifies", "dyslexia")


def test_a_bare_condition_is_no_question_for_its_meaning() -> None:
    memory = Memory(question="ask_accommodation_examples", condition="adhd")
    followed = question("what about dyslexia?", "nlu_fallback", memory)
    assert (followed.intent, followed.condition) == ("ask_accommodation_examples", "dyslexia")


def test_after_a_meaning_the_next_one_is_asked_too() -> None:
    followed = question("and TBI?", "nlu_fallback", Memory(question="ask_term", term="FAPE"))
    assert (followed.intent, followed.term) == ("ask_term", "TBI")


def test_an_ordinary_word_names_no_condition() -> None:
    words = "can I add a goal, I worry and panic about the walker and the nuts and bolts of speech"
    assert not [found for found in shared_ruler().find(words) if found.entity == "condition"]


def test_a_told_condition_asks_for_no_meaning() -> None:
    def alone(text: str) -> str | None:
        return bare_intent(
            text, [{"entity": e.entity, "start": e.start, "end": e.end} for e in shared_ruler().find(text)]
        )

    assert alone("my daughter has dyscalculia") == "inform"
    assert alone("what is dyscalculia") == "ask_term"
    assert alone("and a good iep") == "inform"
    assert alone("she wants a good iep teacher") is None
