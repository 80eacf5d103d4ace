"""Pages and files are compressed where the browser takes it, and not sent again where it has them."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.channels.web.sending import SMALLEST, file_bytes, sent

BODY = b"a page " * 400


def asked(**headers: str) -> Any:
    return SimpleNamespace(headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_it_is_compressed_for_a_browser_that_takes_it() -> None:
    answer = sent(asked(accept_encoding="br, gzip"), BODY, "text/html", {})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.body is not None
    assert gzip.decompress(answer.body) == BODY
    assert len(answer.body) < len(BODY) / 4


@pytest.mark.parametrize("takes", ["", "br", "gzip;q=0", "identity"])
def test_it_is_sent_as_it_is_to_others(takes: str) -> None:
    answer = sent(asked(accept_encoding=takes), BODY, "text/html", {})
    assert "content-encoding" not in answer.headers
    assert answer.body == BODY


def test_a_picture_and_a_small_file_are_not_compressed() -> None:
    for body, kind in ((BODY, "image/png"), (b"a" * (SMALLEST - 1), "text/html")):
        assert "content-encoding" not in sent(asked(accept_encoding="gzip"), body, kind, {}).headers


def test_who_has_it_gets_nothing_more() -> None:
    first = sent(asked(accept_encoding="gzip"), BODY, "text/html", {"Cache-Control": "max-age=60"})
    again = sent(asked(if_none_match=f'"x", {first.headers["etag"]}'), BODY, "text/html", {})
    assert again.status == 304
    assert not again.body
    changed = sent(asked(if_none_match=first.headers["etag"]), BODY + b"!", "text/html", {})
    assert changed.status == 200


def test_a_page_that_is_not_there_stays_so() -> None:
    tag = sent(asked(), BODY, "text/html", {}, 404).headers["etag"]
    assert sent(asked(if_none_match=tag), BODY, "text/html", {}, 404).status == 404


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_bytes(b"one")
    assert file_bytes(file) == b"one"
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 1))
    assert file_bytes(file) == b"two"
