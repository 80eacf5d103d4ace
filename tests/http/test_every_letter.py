"""Every letter from the wish to its files, over HTTP as the widget speaks it and on the plain page; what a family told is nowhere else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import httpx
import mammoth
import pytest

from tests.conversations.test_letters import LETTERS, WISHES
from tests.http.world import Parent, Server

NewParent = Callable[..., Parent]
MARK, NAME = "zyzzyva", "Quillfeather"
TOLD = f"Tobias {NAME} of 14 {MARK} Lane says it was in the gym, call 212-555-0187 or {MARK}@{NAME}.example"
"""A name, a street, a phone number and an e-mail address, told at every step."""
AGAIN = "One more time"
MOST_STEPS = 12


def shown(parent: Parent, name: str) -> dict[str, Any]:
    """Tell the letter `name` all that it asks; a step that takes none of it is skipped. Return the letter."""
    replies = parent.says(WISHES[name])
    for _ in range(MOST_STEPS):
        for reply in replies:
            if reply.get("letter"):
                return dict(reply["letter"])
        replies = parent.says("skip" if AGAIN in parent.words() else TOLD)
    raise AssertionError(f"{name}: no letter after {MOST_STEPS} steps, but {parent.words()}")


@pytest.fixture(scope="module")
def written(server: Server) -> dict[str, tuple[Parent, dict[str, Any]]]:
    """Return each letter and the parent who has it."""
    parents = {name: Parent(server) for name in LETTERS}
    return {name: (parent, shown(parent, name)) for name, parent in parents.items()}


@pytest.mark.parametrize("name", LETTERS)
def test_each_file_holds_what_was_told(
    name: str, written: dict[str, tuple[Parent, dict[str, Any]]], server: Server
) -> None:
    _, letter = written[name]
    assert f"{NAME} of 14 {MARK} Lane" in letter["body"]
    files = {kind: httpx.get(server.url + letter["files"][kind]) for kind in ("txt", "docx", "print")}
    words = {
        "txt": files["txt"].text,
        "print": files["print"].text,
        "docx": mammoth.extract_raw_text(io.BytesIO(files["docx"].content)).value,
    }
    assert [kind for kind, text in words.items() if f"{NAME} of 14 {MARK} Lane" not in text] == []
    assert letter["files"]["mailto"].startswith("mailto:?subject=")


def test_nothing_of_any_letter_stands_in_a_file_or_a_log(
    written: dict[str, tuple[Parent, dict[str, Any]]], server: Server
) -> None:
    """Each letter is looked through while its talk still lives: databases, caches, the log, the figures."""
    assert len(written) == len(LETTERS)
    kept = server.raw().lower() + server.log.read_bytes().lower()
    kept += httpx.get(f"{server.url}/metrics").content.lower()
    found = [word for word in (MARK, NAME.lower(), "212-555-0187", "2125550187") if word.encode() in kept]
    assert found == []


def test_deleting_the_talk_takes_every_file(
    written: dict[str, tuple[Parent, dict[str, Any]]], server: Server
) -> None:
    for parent, letter in written.values():
        assert parent.http.delete("/v1/conversations").status_code == 204
        kinds = ("txt", "docx", "print")
        assert {httpx.get(server.url + letter["files"][kind]).status_code for kind in kinds} == {404}


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_is_written_on_the_plain_page(name: str, server: Server) -> None:
    page, fields, text = "", {}, WISHES[name]
    with httpx.Client(
        timeout=60, headers={"X-Forwarded-For": f"10.3.7.{LETTERS.index(name) + 1}"}
    ) as browser:
        for step in range(MOST_STEPS):
            page = browser.post(f"{server.url}/ask", data={**fields, "text": text}).text
            links = sorted(set(re.findall(r'href="(/letters/[^"]+)"', page)))
            if links:
                break
            token = re.search(r'name="token" value="([^"]+)"', page)
            assert token, page
            fields, text = {"token": unescape(token[1]), "page": str(step)}, "skip"
        assert [link.rsplit("/", 1)[1] for link in links] == ["letter.docx", "letter.html", "letter.txt"]
        assert 'href="mailto:?subject=' in page
        assert "<mark>[your name]</mark>" in page
        assert browser.get(server.url + links[2]).status_code == 200
