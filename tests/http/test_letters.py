"""A letter over HTTP: its files open by their links, on the plain page too, until the talk is deleted; no word in clear anywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import httpx
import mammoth

from tests.http.world import Parent, Server

NewParent = Callable[..., Parent]
MARK = "zyzzyva"


def written(parent: Parent) -> dict[str, Any]:
    parent.says("please write the letter that asks for the school records")
    parent.says(f"the {MARK} reports")
    replies = parent.says("skip")
    return next(reply["letter"] for reply in replies if reply.get("letter"))


def test_the_files_of_a_letter_open_until_the_talk_is_deleted(server: Server, new_parent: NewParent) -> None:
    parent = new_parent()
    letter = written(parent)
    assert f"The {MARK} reports." in letter["body"] and letter["files"]["mailto"].startswith(
        "mailto:?subject="
    )
    files = {kind: httpx.get(server.url + letter["files"][kind]) for kind in ("txt", "docx", "print")}
    assert {answer.status_code for answer in files.values()} == {200}
    assert MARK in files["txt"].text and MARK in files["print"].text
    assert MARK in mammoth.extract_raw_text(io.BytesIO(files["docx"].content)).value
    assert (
        files["print"].headers["cache-control"] == "no-store"
        and "script-src" not in files["print"].headers["content-security-policy"]
    )
    assert "attachment" in files["docx"].headers["content-disposition"]
    assert not any(MARK.encode() in server.raw(pattern) for pattern in ("talks.db*", "tracker.db*"))
    assert parent.http.delete("/v1/conversations").status_code == 204
    assert {
        httpx.get(server.url + letter["files"][kind]).status_code for kind in ("txt", "docx", "print")
    } == {404}
    log = server.log.read_text(errors="replace")
    assert MARK not in log and letter["files"]["txt"].split("/")[2] not in log


def test_no_link_can_be_made_up(server: Server) -> None:
    for name in ("x", "gAAAAABm" + "A" * 200, "..%2f..%2fetc"):
        assert httpx.get(f"{server.url}/letters/{name}/letter.txt").status_code in (400, 404)


def test_the_plain_page_has_the_links(server: Server) -> None:
    page = ""
    fields: dict[str, str] = {}
    for text in ("please write the letter that asks for the school records", f"the {MARK} papers", "skip"):
        page = httpx.post(f"{server.url}/ask", data={**fields, "text": text}).text
        token = re.search(r'name="token" value="([^"]+)"', page)
        assert token
        fields = {"token": unescape(token[1]), "page": text}
    links = re.findall(r'href="(/letters/[^"]+)"', page)
    assert (
        len(set(links)) == 3
        and 'href="mailto:?subject=' in page
        and "<mark>[child&#x27;s name]</mark>" in page
    )
    assert MARK in httpx.get(server.url + links[0].replace("letter.docx", "letter.txt")).text
