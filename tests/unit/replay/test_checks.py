from typing import Any

import pytest

from assistant.replay.kinds import KINDS
from assistant.replay.seen import Inside, Seen

REPLY: dict[str, Any] = {
    "text": "The **principal** is the\nperson to ask.",
    "outcome": "answered",
    "answer": {"intent": "ask_who_to_contact", "plan": "504", "reviewed": "2026-11-01"},
    "sources": [{"title": "Section 504", "cite": "34 CFR 104.7", "url": "https://www.ecfr.gov/x"}],
    "buttons": [{"title": "IEP", "payload": '/inform{"plan": "iep"}'}],
}
POINT: dict[str, Any] = {
    "text": "The school may not take away an aide by itself.",
    "answer": {"intent": "ask_aide", "plan": "iep", "reviewed": "2026-11-29", "point": "ask_aide/taken_away"},
}
SEEN = Seen(
    "who do i call",
    [REPLY],
    inside=Inside(
        intent="ask_who_to_contact",
        actions=("action_answer", "action_listen"),
        slots=(("plan", "504"), ("plan_asked", True), ("pending", None)),
        form_step="opening",
        mails=("To: pat@example.org\nSubject: Your call\n\nSee you",),
        kept="call me at pat@example.org\nTasha",
    ),
)


@pytest.mark.parametrize(
    ("kind", "holds", "fails", "said"),
    [
        ("answer", {"intent": ["ask_team", "ask_who_to_contact"], "plan": "504"}, {"intent": "ask_who_to_contact", "plan": "iep"}, "wanted ask_who_to_contact for plan iep, came ask_who_to_contact for plan 504"),
        ("answer", {"plan": "504"}, "none", "an answer was given: ask_who_to_contact for plan 504"),
        ("answer", {"intent": "ask_who_to_contact", "point": "none"}, {"point": ["ask_aide/taken_away", "ask_aide/shared_aide"], "plan": "504"}, "wanted ask_aide/taken_away or ask_aide/shared_aide for plan 504, came ask_who_to_contact for plan 504"),
        ("source_cited", ["104.7", "ecfr.gov"], "34 CFR 300.323", "wanted 34 CFR 300.323, came 34 CFR 104.7"),
        ("outcome", ["booking", "answered"], "crisis", "wanted crisis, came answered"),
        ("text_contains", ["the principal is the person", "teacher | ask"], ["the principle is"], r"wanted 'the principle is' \(nearest: 'The \*\*principal\*\* is'\)"),
        ("text_lacks", "case manager", ["case manager", "principal"], "'principal' must not be said"),
        ("words_at_most", "7", "6", "wanted at most 6 words, came 7"),
        ("bot_uttered", {"text_matches": "principal.*person", "buttons": [{"title": "IEP"}]}, {"text_matches": "principal", "buttons": [{"title": "504"}]}, "(?s)wanted text_matches principal.*buttons: IEP"),
        ("bot_did_not_utter", {"text_matches": "case manager"}, {"buttons": [{"title": "IEP"}]}, "must not come"),
        ("bot", "The **principal** is the\nperson to ask.", "The **principal** is the\nman to ask.", r"(?s)- man to ask.*\+ person to ask"),
        ("slot_was_set", [{"name": "plan", "value": "504"}, {"name": "plan_asked", "value": "true"}, {"name": "pending", "value": "null"}], [{"name": "plan", "value": "iep"}], "came plan='504'"),
        ("slot_was_not_set", [{"name": "condition"}], [{"name": "plan"}], "must not be set"),
        ("action_executed", "action_answer", "action_book", "wanted action_book, came action_answer, action_listen"),
        ("form_step", "opening", "none", "wanted none, came opening"),
        ("mail_sent", {"to": "pat@example.org", "text_matches": "Subject: Your call"}, {"to": "advocate"}, "came 1 mails"),
        ("no_personal_data_kept", ["Renee"], "true", "still holds 'pat@example.org'"),
        ("no_personal_data_kept", ["Renee"], ["Tasha"], "still holds 'Tasha'"),
    ],
)  # fmt: skip
def test_each_kind_holds_or_says_what_came_instead(kind: str, holds: Any, fails: Any, said: str) -> None:
    assert KINDS[kind].mistake(holds) == "" == KINDS[kind].mistake(fails)
    assert KINDS[kind].check(holds, SEEN) == ""
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(KINDS[kind].check(fails, SEEN))


def test_an_answer_is_held_by_its_point() -> None:
    seen = Seen("they took his aide", [POINT])
    check = KINDS["answer"].check
    assert check({"point": "ask_aide/taken_away", "plan": "iep"}, seen) == ""
    assert check({"intent": "ask_aide"}, seen) == ""
    assert "came ask_aide/taken_away for plan iep" in check({"intent": "ask_aide", "point": "none"}, seen)
    assert "wanted ask_aide/shared_aide, came" in check({"point": "ask_aide/shared_aide"}, seen)
    assert KINDS["answer"].mistake({"points": "ask_aide/taken_away"}).startswith("needs `intent`, `point`")
