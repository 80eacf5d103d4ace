"""A worker's files change under it: what is whole is taken over, what is broken never."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from assistant.booking.desk.shared import consultation
from assistant.knowledge.approve import approve
from assistant.knowledge.library import library
from assistant.knowledge.source import CONTENT
from assistant.knowledge.switch import NotSwitched, switch
from assistant.serve import last_good
from assistant.serve.content import load_content, read_apart, take_over
from assistant.serve.watch import WatchContent, WatchModel
from assistant.talk.phrases import PHRASES

POINT = "ask_placement/who_decides"


@pytest.fixture
def world(tmp_path):
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    data = tmp_path / "data"
    data.mkdir()
    library(), consultation()
    yield content, data
    take_over(load_content())


async def settled(watcher: WatchContent) -> bool:
    """Look until a change would have been taken over: once to see it, once to see that it is steady."""
    return [await watcher.look() for _ in range(2)][-1]


async def begun(content: Path, data: Path) -> WatchContent:
    watcher = WatchContent(data, content)
    assert not await settled(watcher)
    return watcher


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    time.sleep(0.01)
    path.write_text(text.replace(before, after, 1))


def audit(data: Path) -> list[dict]:
    return [json.loads(line) for line in (data / "audit.log").read_text().splitlines()]


async def test_a_switch_a_phrase_a_states_fact_and_the_calls_length_are_taken_over(world) -> None:
    content, data = world
    say = PHRASES.slack
    watcher = await begun(content, data)
    switch(POINT, "off", content / "en/answers")
    edit(content / "en/phrases/slack.yml", 'more: "More"', 'more: "Read on"')
    edit(content / "consultation.yml", "minutes: 30", "minutes: 45")
    held = consultation()
    assert await settled(watcher)
    assert library().points[POINT].status == "off"
    assert say["more"] == "Read on", "who holds the mapping follows too"
    assert held.length.total_seconds() == 45 * 60
    [line] = audit(data)
    assert {one["file"] for one in line["files"]} == {
        "content/en/phrases/slack.yml", "content/consultation.yml", f"content/en/answers/{POINT}.yml",
    }  # fmt: skip
    assert line["version"] == library().digest
    assert all(one["by"] for one in line["files"])


async def test_words_count_once_somebody_approved_them(world) -> None:
    content, data = world
    watcher = await begun(content, data)
    path = content / "en/answers" / f"{POINT}.yml"
    before = library().points[POINT].asks
    edit(
        path,
        f"asks: {before}" if f"asks: {before}" in path.read_text() else before,
        f"asks: {before[:-1]} now?",
    )
    assert not await settled(watcher)
    assert library().points[POINT].asks == before
    assert "make approve" in watcher.problem
    from assistant import clock

    approve(path, "Dana", clock.now().date())
    assert await settled(watcher)
    assert library().points[POINT].asks.endswith("now?")
    assert watcher.problem == ""


async def test_a_topics_words_count_once_somebody_approved_them(world) -> None:
    content, data = world
    watcher = await begun(content, data)
    path = content / "en/answers/ask_cost/topic.yml"
    edit(path, "title: What does it cost", "title: What will it cost")
    assert not await settled(watcher)
    assert "make approve id=ask_cost" in watcher.problem
    from assistant import clock

    approve(path, "Dana", clock.now().date())
    assert await settled(watcher)
    assert library().answers["ask_cost"].title.startswith("What will it cost")


async def test_broken_content_is_refused_once_and_the_last_good_one_is_kept(world) -> None:
    content, data = world
    watcher = await begun(content, data)
    good, digest = last_good.find(data), library().digest
    (content / "en/phrases/slack.yml").write_text("slack: [")
    assert not await settled(watcher)
    assert not await settled(watcher)
    assert library().digest == digest
    assert [line["what"] for line in audit(data)] == ["content refused"]
    assert "slack.yml" in audit(data)[0]["problem"]
    assert last_good.find(data) == good
    assert (good / "en/phrases/slack.yml").read_text() != "slack: ["


async def test_what_breaks_while_it_is_read_is_neither_said_nor_kept(world, monkeypatch) -> None:
    content, data = world
    watcher = await begun(content, data)
    switch(POINT, "off", content / "en/answers")

    def read_and_break(folder: Path):
        read = read_apart(folder)
        (content / "en/phrases/slack.yml").write_text("slack: [")
        return read

    monkeypatch.setattr("assistant.serve.watch.read_apart", read_and_break)
    assert await settled(watcher)
    kept = last_good.find(data)
    assert kept is not None
    assert "status: off" in (kept / "en/answers" / f"{POINT}.yml").read_text()
    assert (kept / "en/phrases/slack.yml").read_text() != "slack: ["
    assert kept.name == f"content-{library().digest}"
    assert not await settled(watcher)
    assert "content/en/phrases/slack.yml" in watcher.problem
    assert last_good.find(data) == kept
    assert not list(data.glob(".candidate*"))


async def test_a_second_worker_follows_and_writes_no_second_line(world) -> None:
    content, data = world
    first, second = await begun(content, data), await begun(content, data)
    switch(POINT, "off", content / "en/answers")
    assert await settled(first)
    assert await settled(second)
    assert len(audit(data)) == 1


async def test_a_new_model_is_swapped_in_once_it_is_whole(tmp_path, monkeypatch) -> None:
    old, new = tmp_path / "whichplan-old.tar.gz", tmp_path / "whichplan-new.tar.gz"
    swapped = []

    async def swap(path: Path) -> None:
        swapped.append(path)

    monkeypatch.setattr("assistant.serve.watch.model_path", lambda: new)
    watcher = WatchModel(tmp_path, old, swap)
    assert not await watcher.look(), "it is not trained yet"
    new.write_bytes(b"half")
    assert not await watcher.look(), "it may be growing"
    new.write_bytes(b"whole one")
    assert not await watcher.look()
    assert await watcher.look()
    assert not await watcher.look()
    assert swapped == [new]
    assert audit(tmp_path)[0]["what"] == "model"


async def test_a_model_that_can_not_be_loaded_or_has_other_code_leaves_the_old_one(
    tmp_path, monkeypatch
) -> None:
    new = tmp_path / "whichplan-new.tar.gz"
    new.write_bytes(b"broken")

    async def swap(path: Path) -> None:
        raise RuntimeError("cut short")

    monkeypatch.setattr("assistant.serve.watch.model_path", lambda: new)
    watcher = WatchModel(tmp_path, tmp_path / "old", swap)
    assert not any([await watcher.look() for _ in range(4)])
    other = WatchModel(tmp_path, tmp_path / "old", swap)
    monkeypatch.setattr("assistant.serve.watch.code_digest", lambda: "other")
    assert not any([await other.look() for _ in range(4)])


def test_switching_says_what_is_wrong(world) -> None:
    answers = world[0] / "en/answers"
    for name, to in ((POINT, "offf"), ("ask_placement/nowhere", "off"), ("../../etc", "off")):
        with pytest.raises(NotSwitched):
            switch(name, to, answers)
    switch("ask_placement", "off", answers)
    assert "status: off" in (answers / "ask_placement/topic.yml").read_text()
    switch("ask_placement", "live", answers)
    assert "status: live" in (answers / "ask_placement/topic.yml").read_text()
