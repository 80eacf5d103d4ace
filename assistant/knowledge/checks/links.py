"""Whether links are well formed and lead to an official page or a parent organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.passages import Passage
from assistant.knowledge.source import CONTENT, read

FROM_STATES = "{website}"
"""Filled from content/states/, whose own check looks at the addresses."""

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_BARE = re.compile(r"\b(?:https?://|www\.)[^\s)\]]+")
_PHONE = re.compile(r"tel:\d{3,11}")


def official_hosts(pages: Path = CONTENT / "official_pages.yml") -> frozenset[str]:
    """Return the hosts that content/official_pages.yml vouches for."""
    return frozenset(_host(row["url"]) for row in read(pages).data)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def find(passages: Iterable[Passage], hosts: frozenset[str]) -> Iterator[Finding]:
    """Yield links that are broken, bare, or lead to a page nobody vouches for."""
    for passage in passages:
        for words, address in _LINK.findall(passage.text):
            if problem := _problem(words, address, hosts):
                yield passage.finding(problem, f"[{words}]")
        for address in _BARE.findall(_LINK.sub("", passage.text)):
            yield passage.finding(f"{address} stands bare. Write [words]({address}).", address)


def _problem(words: str, address: str, hosts: frozenset[str]) -> str:
    if _PHONE.fullmatch(address) or address == FROM_STATES:
        return ""
    if not words.strip():
        return f"the link to {address} has no words. Write them between the brackets."
    host = _host(address)
    if not address.startswith("https://") or "." not in host or re.search(r"\s", address):
        return f"the link {address!r} is not well formed. Write https://… or tel: and digits."
    if host.endswith(".gov") or host in hosts:
        return ""
    return f"{host} is neither official nor in content/official_pages.yml. Link there, or add a row that vouches for it."


def find_in_pages(pages: Path = CONTENT / "official_pages.yml") -> Iterator[Finding]:
    """Yield rows of the official pages whose address is not a secure one."""
    file = read(pages)
    for number, row in enumerate(file.data):
        if not row["url"].startswith("https://") or not _host(row["url"]):
            yield Finding(pages, file.line(number), f"{row['url']} is not well formed. Write https://….")
