"""Requests that are none, over the raw socket: each is answered or ended at once, and parents beside it notice nothing.

Direct and through nginx with deploy/nginx.conf. WHICHPLAN_FUZZ sets how many are made up (500 by default, 10,000 in `make fuzz`).
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from assistant.settings import TOP
from tests.http.malformed import CASES, HOST, POST, nonsense, send
from tests.http.world import Parent, Server
from tests.nginx import start, write_conf
from tests.ports import free_port
from tests.waiting import eventually

COUNT = int(os.environ.get("WHICHPLAN_FUZZ", "500"))
AT_ONCE = 4
PATIENCE = 1.0
"""Seconds after which a client of nonsense goes: what it sent may be the half of a request."""
SLOWEST_BESIDE = float(os.environ.get("WHICHPLAN_FUZZ_SECONDS", "6"))


@pytest.fixture(scope="module")
def nginx(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """An nginx in front of the server: its port, and its folder with the logs."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    running = start(write_conf(folder, port, [server.port], visitors_header=True))
    eventually(
        lambda: send(port, b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n").status, lambda status: status == 200
    )
    yield port, folder
    running.terminate()
    running.wait()


@pytest.mark.parametrize("name", CASES)
def test_it_is_answered_at_once(server: Server, name: str) -> None:
    written, right = CASES[name]
    answer = send(server.port, written)
    assert answer.status in right, answer
    assert answer.seconds < 2
    if answer.status >= 400 and not written.startswith(b"GET /call"):  # a page's own words
        assert b"Traceback" not in answer.body and b"sanic" not in answer.body.lower()


def test_none_of_it_is_a_fault_of_ours_in_the_log(server: Server) -> None:
    before = len(server.log.read_bytes())
    for written, _ in CASES.values():
        send(server.port, written)
    assert b"Traceback" not in server.log.read_bytes()[before:]


def test_figures_stay_small_whatever_methods_are_invented(server: Server) -> None:
    before = len(server.figures())
    with ThreadPoolExecutor(AT_ONCE) as threads:
        requests = [
            f"M{number:05}{'X' * 20} / HTTP/1.1\r\n".encode() + HOST + b"\r\n" for number in range(300)
        ]
        assert {answer.status for answer in threads.map(lambda one: send(server.port, one), requests)} == {
            405
        }
    assert len(server.figures()) < before + 20_000


@pytest.mark.parametrize("said", ['"\\ud800"', '"a\\u0000b"', '"\\udfff\\u0000"'])
def test_no_string_is_too_strange_to_keep(parent: Parent, said: str) -> None:
    body = f'{{"reply": "{parent.replies[0]["id"]}", "helpful": false, "reason": {said}}}'
    answered = parent.http.post("/v1/feedback", content=body, headers={"Content-Type": "application/json"})
    assert answered.status_code == 204, answered.text


@pytest.mark.parametrize("after", ["%00", "%ff", "%ed%a0%80", "a" * 3000])
def test_a_strange_place_to_read_on_from_is_an_unknown_one(parent: Parent, after: str) -> None:
    answered = parent.http.get(f"/v1/messages?after={after}")
    assert answered.status_code == 200
    assert answered.json()["messages"]


def test_a_key_that_is_there_twice_is_refused(parent: Parent) -> None:
    body = '{"id": "12345678", "text": "what is an iep", "text": "delete what i wrote"}'
    answered = parent.http.post("/v1/messages", content=body, headers={"Content-Type": "application/json"})
    assert answered.status_code == 400
    assert answered.json()["error"]["code"] == "bad_json"


def fuzz(port: int, new_parent: Callable[..., Parent]) -> Counter[int]:
    """Send nonsense from several clients while a parent asks; return the answers by status."""
    url = f"http://127.0.0.1:{port}"
    chance = random.Random(24)
    made = [nonsense(chance) for _ in range(COUNT)]
    done, waits = threading.Event(), []

    def beside() -> None:
        parent = new_parent()
        headers = dict(parent.http.headers) | {"X-Real-IP": "192.0.2.8"}  # not the visitor who sends nonsense
        parent.http = httpx.Client(base_url=url, headers=headers, timeout=30)
        for _ in range(25):
            if done.is_set():
                return
            began = time.monotonic()
            assert parent.says("what is an iep")[0]["outcome"] != "error"
            waits.append(time.monotonic() - began)
            time.sleep(0.2)

    with ThreadPoolExecutor(AT_ONCE + 1) as threads:
        parent = threads.submit(beside)
        codes = Counter(answer.status for answer in threads.map(lambda one: send(port, one, PATIENCE), made))
        done.set()
        parent.result()
    assert waits and max(waits) < SLOWEST_BESIDE, waits
    assert not [code for code in codes if code >= 500], codes
    return codes


def test_made_up_nonsense_hurts_nobody(server: Server, new_parent: Callable[..., Parent]) -> None:
    before = len(server.log.read_bytes())
    codes = fuzz(server.port, new_parent)
    assert codes[0] < COUNT / 5, codes  # halves of requests, that their client gave up
    assert b"Traceback" not in server.log.read_bytes()[before:]
    (TOP / "results").mkdir(exist_ok=True)
    (TOP / "results/fuzz_raw.txt").write_text(
        f"{COUNT} malformed requests, direct: answers by status {dict(sorted(codes.items()))}\n"
    )


@pytest.mark.needs("nginx")
@pytest.mark.parametrize("name", CASES)
def test_it_is_answered_at_once_through_nginx(nginx: tuple[int, Path], name: str) -> None:
    written, right = CASES[name]
    answer = send(nginx[0], written)
    # nginx reads some of it more kindly than the worker, and what it passes on is well-formed
    assert answer.status in right or 200 <= answer.status < 500 or name == "no version", (
        answer
    )  # HTTP/0.9: without a status
    assert answer.seconds < 2


@pytest.mark.needs("nginx")
def test_no_nonsense_takes_a_worker_out_of_nginx(
    server: Server, nginx: tuple[int, Path], new_parent: Callable[..., Parent]
) -> None:
    port, folder = nginx
    for written, _ in CASES.values():
        send(port, written)
        assert send(port, b"GET /accessibility HTTP/1.1\r\n" + HOST + b"\r\n").status in (200, 429)
    codes = fuzz(port, new_parent)
    errors = (folder / "error.log").read_text(errors="replace")
    assert "no live upstreams" not in errors
    assert "prematurely closed" not in errors
    with (TOP / "results/fuzz_raw.txt").open("a") as told:
        told.write(
            f"{COUNT} malformed requests, through nginx: answers by status {dict(sorted(codes.items()))}\n"
        )


@pytest.mark.needs("nginx")
def test_nginx_bounds_what_one_address_may_ask(nginx: tuple[int, Path]) -> None:
    port, _ = nginx
    with ThreadPoolExecutor(8) as threads:
        asked = [b"GET /accessibility HTTP/1.1\r\n" + HOST + b"\r\n"] * 400
        answers = list(threads.map(lambda one: send(port, one), asked))
    refused = [answer for answer in answers if answer.status == 429]
    assert refused and {answer.status for answer in answers} == {200, 429}
    assert b'"code":"too_fast"' in refused[0].body


@pytest.mark.needs("nginx")
def test_nginx_takes_a_whole_network_of_ipv6_for_one_visitor(nginx: tuple[int, Path]) -> None:
    port, _ = nginx

    def ask(address: str) -> int:
        head = f"GET /accessibility HTTP/1.1\r\nHost: x\r\nX-Real-IP: {address}\r\n\r\n"
        return send(port, head.encode()).status

    with ThreadPoolExecutor(8) as threads:
        one_network = list(threads.map(ask, (f"2001:db8:77:1::{number:x}" for number in range(1, 400))))
        many = list(threads.map(ask, (f"2001:db8:77:{number:x}::1" for number in range(2, 300))))
    assert 429 in one_network
    assert set(many) == {200}


@pytest.mark.needs("nginx")
@pytest.mark.parametrize(
    ("written", "status", "code"),
    [
        (b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", 400, b"bad_request"),
        (b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", 405, b"bad_method"),
        (POST + b"Content-Length: 9999999\r\n\r\n", 413, b"too_large"),
        (POST + b"Content-Length: -1\r\n\r\n", 400, b"bad_request"),
        (b"GET /metrics HTTP/1.1\r\n" + HOST + b"\r\n", 404, b"not_found"),
    ],
)
def test_nginx_refuses_in_the_contracts_form(
    nginx: tuple[int, Path], written: bytes, status: int, code: bytes
) -> None:
    time.sleep(1)  # what other tests asked is forgotten at 20 a second
    answer = send(nginx[0], written)
    assert answer.status == status
    assert b'{"error":{"code":"' + code + b'","message":"' in answer.body
