from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.slack.blocks import MOST_VALUE, Extras, folded, messages, pieces, title_of
from assistant.channels.slack.text import mrkdwn
from assistant.knowledge.library import library
from assistant.talk.answering import compose
from assistant.talk.phrases import PHRASES
from assistant.talk.reply import Button, Reply
from assistant.talk.understanding import Question
from tests.fake_slack import Posted
from tests.slack_rules import message_problems
from tests.slack_serving import answer, reply


def shown(said: dict, **options) -> list[Posted]:
    made = messages(Reply.from_json(said), lambda one: one.payload, **options)
    payloads = [{"text": one.text, "blocks": one.blocks} for one in made]
    assert [message_problems(one) for one in payloads] == [[]] * len(payloads)
    return [Posted("C1", one) for one in payloads]


@pytest.mark.parametrize(("length", "sections"), [(2999, 1), (3000, 1), (3001, 2), (6001, 3)])
def test_a_section_holds_3000_characters(length: int, sections: int) -> None:
    [one] = shown(reply("x" * length))
    assert [block["type"] for block in one.payload["blocks"]] == ["section"] * sections
    assert one.text.replace("\n", "") == "x" * length


@pytest.mark.parametrize("length", [74, 75, 76, 300])
def test_a_title_holds_75_characters(length: int) -> None:
    title = ("word " * 80)[:length].strip().ljust(length, "x")
    [one] = shown(reply("Pick.", buttons=[{"title": title, "payload": "/a"}]))
    [made] = one.buttons
    assert (made["text"]["text"] == title) is (length <= 75)
    assert len(made["text"]["text"]) <= 75
    assert title in [made["text"]["text"], one.text.splitlines()[1].removeprefix("• ")]


@pytest.mark.parametrize(("count", "rows"), [(24, 1), (25, 1), (26, 2), (51, 3)])
def test_a_row_holds_25_buttons(count: int, rows: int) -> None:
    [one] = shown(reply("Pick.", buttons=[{"title": f"B{n}", "payload": f"/{n}"} for n in range(count)]))
    assert [block["type"] for block in one.payload["blocks"]].count("actions") == rows
    assert [made["value"] for made in one.buttons] == [f"/{n}" for n in range(count)]


@pytest.mark.parametrize(("blocks", "sent"), [(49, 1), (50, 1), (51, 2), (100, 2), (101, 3)])
def test_a_message_holds_50_blocks(blocks: int, sent: int) -> None:
    rows = 1
    while rows * 25 + rows + 1 < blocks:  # a text, a section for each long title, a row for 25 buttons
        rows += 1
    titles = [f"{n} ".ljust(90, "x") for n in range(blocks - rows - 1)]
    made = shown(reply("Pick.", buttons=[{"title": title, "payload": "/a"} for title in titles]))
    assert sum(len(one.payload["blocks"]) for one in made) == blocks
    assert len(made) == sent
    assert [title for title in titles if not any(title in one.text for one in made)] == []


@pytest.mark.parametrize(("length", "sent"), [(11_900, 1), (12_000, 1), (12_001, 2), (30_000, 3)])
def test_a_message_stays_below_what_slack_takes_in_all(length: int, sent: int) -> None:
    made = shown(reply("x" * length))
    assert len(made) == sent
    assert "".join(one.text.replace("\n", "") for one in made) == "x" * length


def test_sources_are_small_print_with_links() -> None:
    source = {"title": "Time limits", "url": "https://www.ecfr.gov/a?b=1&c=2", "cite": "34 CFR 300.301(c)"}
    [one] = shown(reply("Sixty days.", sources=[source] * 12))
    small = [block for block in one.payload["blocks"] if block["type"] == "context"]
    assert [len(block["elements"]) for block in small] == [10, 3]
    assert (
        small[0]["elements"][1]["text"]
        == "<https://www.ecfr.gov/a?b=1&amp;c=2|Time limits>, 34 CFR 300.301(c)"
    )


def test_a_long_answer_is_folded_and_its_button_shows_all() -> None:
    said = answer("Sixty days.", "Steps. " * 200) | {
        "text": "Sixty days.\n\n" + "Steps. " * 200 + "\n\nWhich plan?"
    }
    [short] = shown(said, extras=Extras("k"))
    assert "Steps" not in short.text
    assert short.text.startswith("Sixty days.\n\nWhich plan?")
    assert short.titled("More")["value"] == "k"
    [full] = shown(said, extras=Extras("k"), fold=False)
    assert full.text.count("Steps.") == 200
    assert all(made["text"]["text"] != "More" for made in full.buttons)


def test_nothing_is_folded_where_it_could_not_be_unfolded() -> None:
    assert "Steps" in shown(answer("Short.", "Steps."))[0].text
    assert folded(Reply("All of it.")) is None


def test_a_value_stays_below_2000_characters(channel) -> None:
    value = channel._answering.value("slack:T0TEAM:C0123456789:1795561005.000001")
    longest = max(
        (b for a in library().answers for b in [f'/{a}{{"plan": "iep", "condition": "adhd"}}']), key=len
    )
    assert len(value(Button("x" * 3000, longest))) < MOST_VALUE


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab .\n<>&*-|[]()"), min_size=1, max_size=9000), st.integers(20, 3000)
)
def test_no_sign_is_lost_by_cutting(text: str, most: int) -> None:
    whole = mrkdwn(text)
    parts = list(pieces(whole, most))
    assert all(len(part) <= most for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", whole)
    assert not any(re.search(r"&[a-z]*$", part) for part in parts)


def test_a_link_is_never_cut() -> None:
    text = " ".join(f"<https://example.org/{n}|a link of some words>" for n in range(200))
    for part in pieces(text, 100):
        assert part.count("<") == part.count(">")


def test_every_answer_for_every_plan_is_what_slack_takes() -> None:
    known = library()
    today = date(2026, 11, 24)
    for intent in known.answers:
        for plan in ("504", "iep", "none", None):
            said = compose(known, Question(intent, plan), today).to_json()
            for fold in (True, False):
                made = shown(said, extras=Extras("k" * 32, share=True, thumbs=True), fold=fold)
                assert len(made) == 1, f"{intent} {plan}: {len(made)} messages"


def test_titles_are_cut_between_words() -> None:
    assert title_of("word " * 20).endswith("word…")
    assert PHRASES.slack["more"] == "More"
