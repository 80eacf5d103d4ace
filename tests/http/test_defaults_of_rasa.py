"""Each default of Rasa 3.6 that was seen to go wrong, tried against this server. The numbers are those of docs/run/security.md."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from assistant.settings import TOP
from assistant.store.tokens import Signer
from assistant.store.tracker.sealed_rows import SealedRows
from tests.http.conftest import SECRET, SITE
from tests.http.world import Parent, Server

NewParent = Callable[..., Parent]


def with_token(parent: Parent, token: str) -> httpx.Response:
    return parent.http.get("/v1/messages", headers={"Authorization": f"Bearer {token}".encode()})


def events(server: Server, talk: str) -> list[dict[str, object]]:
    with sqlite3.connect(server.data / "tracker.db") as rows:
        found = rows.execute("SELECT data FROM events WHERE sender_id = ? ORDER BY id", (talk,)).fetchall()
    return [SealedRows(SECRET.encode()).event(data) for (data,) in found]


# -- 1 to 3: somebody else's talk --------------------------------------------------------------


def test_1_nobody_names_the_talk_they_speak_in(parent: Parent, new_parent: NewParent) -> None:
    thief = new_parent()
    sent = thief.send(
        text="is it for an iep", sender=parent.talk, sender_id=parent.talk, conversation_id=parent.talk
    )
    assert sent.status_code == 200
    assert "is it for an iep" not in parent.http.get("/v1/messages").text
    assert "is it for an iep" in thief.http.get("/v1/messages").text


def test_1_forged_tokens_open_nothing(parent: Parent, new_parent: NewParent) -> None:
    other = new_parent()
    talk, key, signature = parent.token.split(".")
    _, other_key, other_signature = other.token.split(".")
    choice = other.replies[0]["buttons"][0]["choice"]
    elsewhere = Signer(b"another secret, as long as it has to be").new_token()[1]
    forged = [
        "default", talk, f"{talk}.{key}", f"{talk}.{key}.", f"{talk}.{key}.{signature[:-1]}", f"{talk}.{key}.{signature}x",
        f"{talk}.{other_key}.{other_signature}", f"{talk}.{other_key}.{signature}", f"{talk}.{key}.{other_signature}",
        f"{talk.upper()}.{key}.{signature}", choice, elsewhere, f"{talk}..{signature}", "é.é.é", "a" * 5000,
    ]  # fmt: skip
    for token in forged:
        answered = with_token(parent, token)
        assert answered.status_code == 401, token
        assert answered.json()["error"]["code"] == "bad_token"
    assert with_token(parent, parent.token).status_code == 200


def test_1_no_token_is_no_talk(parent: Parent) -> None:
    for headers in (
        {"Authorization": ""},
        {"Authorization": parent.token},
        {"Authorization": f"Basic {parent.token}"},
    ):
        assert (
            parent.http.post(
                "/v1/messages", json={"id": str(uuid.uuid4()), "text": "hi"}, headers=headers
            ).status_code
            == 401
        )


def test_1_a_token_is_worth_nothing_once_the_talk_is_deleted(new_parent: NewParent) -> None:
    gone = new_parent()
    assert gone.http.delete("/v1/conversations").status_code == 204
    assert gone.send(text="hello").status_code == 401
    assert gone.http.get("/v1/messages").status_code == 401
    assert gone.http.delete("/v1/conversations").status_code == 401


def test_1_a_message_played_back_does_nothing_twice(parent: Parent) -> None:
    message = str(uuid.uuid4())
    first, second = parent.send(message, text="what is an iep"), parent.send(message, text="something else")
    assert first.json() == second.json()
    assert parent.http.get("/v1/messages").text.count("something else") == 0


@pytest.mark.parametrize(
    "path",
    [
        "/socket.io/?EIO=4&transport=polling",
        "/webhooks/rest/webhook",
        "/webhooks/web/webhook",
        "/webhooks/socketio",
    ],
)
def test_2_and_3_no_channel_of_rasas_is_open(parent: Parent, path: str) -> None:
    assert parent.http.get(path).status_code == 404
    assert parent.http.post(path, json={"sender": "default", "message": "hi"}).status_code in (404, 405)


# -- 4 and 5: Rasa's API, other origins --------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/conversations/default/tracker"), ("POST", "/conversations/default/tracker/events"), ("DELETE", "/model"), ("PUT", "/model"),
        ("GET", "/status"), ("GET", "/domain"), ("POST", "/model/parse"), ("POST", "/model/train"), ("GET", "/version"),
    ],
)  # fmt: skip
def test_4_rasas_own_api_is_not_there(parent: Parent, method: str, path: str) -> None:
    assert parent.http.request(method, path, json={}).status_code in (404, 405)
    assert parent.says("what is an iep")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", f"{SITE}.evil.example", SITE.replace("https", "http"), "*"]
)
def test_5_other_origins_get_no_leave_to_read(parent: Parent, origin: str) -> None:
    preflight = parent.http.options(
        "/v1/messages", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    asked = parent.http.get("/v1/messages", headers={"Origin": origin})
    for answered in (preflight, asked):
        assert not [name for name in answered.headers if name.startswith("access-control-")]


def test_5_the_site_that_embeds_the_widget_may_read_without_cookies(parent: Parent) -> None:
    preflight = parent.http.options(
        "/v1/messages", headers={"Origin": SITE, "Access-Control-Request-Method": "POST"}
    )
    assert preflight.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in preflight.headers


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", ""],
)
def test_5_what_a_foreign_page_can_send_without_asking_is_refused(parent: Parent, kind: str) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": "hi"})
    for path in ("/v1/messages", "/v1/conversations"):
        answered = parent.http.post(path, content=body, headers={"Content-Type": kind})
        assert answered.status_code == 415, (path, answered.text)


# -- 6: typed commands, choices ----------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    ["/restart", "/session_start", "/back", "//restart", " /restart", "\u200b/restart", "/ /restart", '/inform{"plan": "iep"}', '/delete_talk{"confirm": "yes"}', '/book_consultation{"n": 9}', "EXTERNAL: restart"],
)  # fmt: skip
def test_6_typed_commands_are_text(parent: Parent, server: Server, command: str) -> None:
    parent.says(command)
    kept = events(server, parent.talk)
    assert not [e for e in kept if e["event"] in ("restart", "undo", "rewind")]
    assert sum(e["event"] == "session_started" for e in kept) == 1
    assert not [
        e
        for e in kept
        if e["event"] == "slot"
        and e["name"] == "plan"
        and e["value"] == "iep"
        and "inform" in command
        and "{" not in command
    ]
    last = [e for e in kept if e["event"] == "user"][-1]
    assert not str(last["text"]).startswith("/")
    assert parent.http.get("/v1/messages").status_code == 200


def test_6_what_only_a_channel_may_say_is_not_taken_from_outside(parent: Parent, server: Server) -> None:
    parent.send(text="hello", input_channel="evil", metadata={"evil": 1, "talk": "x"}, stream=True)
    assert "evil" not in json.dumps(events(server, parent.talk))


def test_6_choices_are_the_servers_own(parent: Parent, new_parent: NewParent) -> None:
    choice = parent.replies[0]["buttons"][0]["choice"]
    text, _, signature = choice.rpartition(".")
    forged = [
        "", "/restart", "/inform", text, f"{text}.", f"{text}.{signature[:-2]}", f"x{text}.{signature}", f"{text}.{signature}x",
        new_parent().replies[0]["buttons"][0]["choice"], parent.token, "é",
    ]  # fmt: skip
    for one in forged:
        refused = parent.send(choice=one)
        assert refused.status_code == 400, one
        assert refused.json()["error"]["code"] == "bad_choice"
    assert parent.send(choice=choice).status_code == 200


# -- 7 to 9: size, form, streams ---------------------------------------------------------------


def test_7_long_messages_are_refused_politely_and_hold_nobody_up(
    parent: Parent, new_parent: NewParent
) -> None:
    other = new_parent()
    with ThreadPoolExecutor(4) as threads:
        long = [threads.submit(_long, parent, size) for size in (2_001, 66_000, 1_000_000, 5_000_000)]
        began = time.monotonic()
        assert other.says("what is an iep")
        waited = time.monotonic() - began
        assert [one.result() for one in long] == [413, 413, 413, 413]
    assert waited < 2
    assert parent.says("a" * 2_000)


def _long(parent: Parent, size: int) -> int:
    try:
        return parent.send(text="a" * size).status_code
    except httpx.WriteError:  # the server has hung up after its 413
        return 413


def test_7_danger_in_a_message_that_is_too_long_is_answered(parent: Parent) -> None:
    parent.says("he said he wants to kill himself. " + "and the school does nothing. " * 100)
    assert parent.outcomes() == ["crisis"]


DEEP = "[" * 30_000 + "]" * 30_000
BODIES = [
    b"", b"null", b"1", b'"text"', b"[]", b"[1]", b"{", b"{}", b'{"id": 1}', b'{"id": "short"}', b'{"id": null, "text": "x"}', b"\xff\xfe", DEEP.encode(),
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"id": "12345678"}', b'{"id": "12345678", "text": null}', b'{"id": "12345678", "text": 5}',
    b'{"id": "12345678", "text": ["x"]}', b'{"id": "12345678", "text": {"x": 1}}', b'{"id": "12345678", "text": ""}', b'{"id": "12345678", "text": "   "}',
    b'{"id": "12345678", "text": "x", "choice": "y"}', b'{"id": "12345678", "choice": 5}', b'{"id": "12345678", "choice": {}}', b'{"id": "12345678", "choice": ["x"]}',
    b'{"id": {"$ne": 1}, "text": "x"}', b'{"id": "../../etc/passwd", "text": "x"}', b"NaN", b'{"id": "12345678", "text": "\\u0000"}', b'{"id": "12345678", "text": "\\ud800"}',
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=[repr(b[:40]) for b in BODIES])
def test_8_malformed_requests_are_refused_in_the_contracts_form(parent: Parent, body: bytes) -> None:
    answered = parent.http.post("/v1/messages", content=body, headers={"Content-Type": "application/json"})
    assert 400 <= answered.status_code < 500, answered.text
    assert set(answered.json()["error"]) == {"code", "message"}
    assert "Traceback" not in answered.text


@pytest.mark.parametrize(
    "query",
    [
        "wait=x",
        "wait=-5",
        "wait=nan",
        "wait=inf",
        "wait=1e309",
        "after=x",
        "after=' OR 1=1 --",
        "wait=0&wait=9",
    ],
)
def test_8_strange_queries_get_an_answer_at_once(parent: Parent, query: str) -> None:
    began = time.monotonic()
    assert parent.http.get(f"/v1/messages?{query}").status_code in (200, 400)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("wait", ["nan", "inf", "-inf", "1e309", ""])
def test_8_nobody_waits_for_ever(parent: Parent, wait: str) -> None:
    answered = parent.http.get(f"/v1/messages?after={parent.replies[-1]['id']}&wait={wait}", timeout=5)
    assert answered.status_code == 400
    assert answered.json()["error"]["code"] == "bad_wait"


def test_9_a_client_that_never_finishes_holds_nobody_up(server: Server, parent: Parent) -> None:
    lines = b"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"
    slow = []
    for _ in range(30):
        slow.append(socket.create_connection(("127.0.0.1", server.port)))
        slow[-1].sendall(lines)
    began = time.monotonic()
    assert parent.says("what is an iep")
    assert time.monotonic() - began < 2
    for one in slow:
        one.close()


# -- 10 to 13: many at once, a database that is away -------------------------------------------


def test_10_twenty_messages_at_once_are_all_answered_and_soon(parent: Parent) -> None:
    alone = time.monotonic()
    for _ in range(4):
        parent.says("what is an iep")
    alone = (time.monotonic() - alone) / 4
    began = time.monotonic()
    with ThreadPoolExecutor(20) as threads:
        answered = list(threads.map(lambda n: parent.send(text=f"what is an iep {n}"), range(20)))
    assert {a.status_code for a in answered} == {200}
    assert time.monotonic() - began < 20 * alone + 10  # Rasa's lock polls once a second: 20 s more than alone
    kept = parent.http.get("/v1/messages").json()["messages"]
    assert sum(m["from"] == "parent" for m in kept) == 24


def test_12_a_locked_database_stalls_nobody_and_shows(server: Server, new_parent: NewParent) -> None:
    waiting, reader = new_parent(), new_parent()
    locker = sqlite3.connect(server.data / "tracker.db", isolation_level=None, check_same_thread=False)
    locker.execute("BEGIN IMMEDIATE")
    try:
        with ThreadPoolExecutor(1) as threads:
            sent = threads.submit(waiting.send, text="what is an iep")
            time.sleep(0.3)
            for path in ("/", "/v1/contact", "/v1/messages"):
                began = time.monotonic()
                assert reader.http.get(path).status_code == 200
                assert time.monotonic() - began < 1, path
            began = time.monotonic()
            assert server.figures() and time.monotonic() - began < 1
            assert reader.http.get("/health").status_code == 503
            replies = sent.result().json()["replies"]
    finally:
        locker.rollback()
        locker.close()
    assert [r["outcome"] for r in replies] == ["error"]
    assert "save" in replies[0]["text"]
    assert reader.http.get("/health").status_code == 200
    assert waiting.says("what is an iep")[0]["outcome"] == "answered"


# -- 14 to 18: ports, names, words, telemetry --------------------------------------------------


def listening(process: int) -> set[str]:
    """Return the local addresses (hexadecimal, as the kernel writes them) on which a process and its children listen."""
    family = [process]
    for task in Path(f"/proc/{process}/task").iterdir():
        family += [int(child) for child in (task / "children").read_text().split()]
    sockets = {
        found[1]
        for one in family
        for link in Path(f"/proc/{one}/fd").iterdir()
        if (found := re.match(r"socket:\[(\d+)\]", str(link.readlink() if link.is_symlink() else "")))
    }
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and parts[9] in sockets:
                found.add(parts[1])
    return found


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="reads Linux's /proc")
def test_14_it_listens_on_one_loopback_port_only(server: Server) -> None:
    assert listening(server.process.pid) == {f"0100007F:{server.port:04X}"}


def test_15_a_taken_port_is_said_and_is_a_failure(server: Server, tmp_path: Path) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "assistant.serve.server"],
        cwd=TOP, capture_output=True, text=True, timeout=120,
        env={"WHICHPLAN_PORT": str(server.port), "WHICHPLAN_DATA": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert second.returncode not in (0, None)
    assert f"Port {server.port} on 127.0.0.1 is taken" in second.stderr
    assert "Traceback" not in second.stderr


def test_18_telemetry_is_off_in_every_python_of_the_environment() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"],
        capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert asked.stdout.strip() == "false"


# -- limits, headers, logs ---------------------------------------------------------------------


def test_thirty_messages_a_minute_are_a_talks_limit(new_parent: NewParent) -> None:
    fast = new_parent()
    with ThreadPoolExecutor(8) as threads:
        answered = list(threads.map(lambda n: fast.send(text=f"hello {n}"), range(32)))
    refused = [a for a in answered if a.status_code == 429]
    assert len(refused) == 2
    assert refused[0].json()["error"]["code"] == "too_fast"
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60


def test_a_hundred_and_twenty_requests_a_minute_are_an_addresss_limit(parent: Parent) -> None:
    answered = [parent.http.post("/v1/feedback", json={}).status_code for _ in range(125)]
    assert answered.count(429) == 125 - 119  # the talk's opening was one of them
    assert parent.http.get("/").status_code == 200  # reading goes on


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/widget.js",
        "/health",
        "/metrics",
        "/v1/contact",
        "/v1/messages",
        "/nothing",
        "/v1/nothing",
        "/v1/openapi.json",
    ],
)
def test_every_answer_has_the_security_headers(parent: Parent, path: str) -> None:
    headers = parent.http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers
    assert "set-cookie" not in headers


def test_figures_and_errors_hold_no_word_of_a_parent(server: Server, parent: Parent) -> None:
    parent.says("quokkas are my marker")
    assert "quokka" not in server.figures()
    assert "quokka" not in parent.send(text="quokka" * 400).text


def test_secrets_and_tokens_stand_in_no_log(parent: Parent, server: Server) -> None:
    parent.http.get("/v1/messages", headers={"Authorization": f"Bearer {parent.token}x"})
    log = server.log.read_text(errors="replace")
    assert "a secret that must never" not in log
    assert parent.token.split(".")[1] not in log


def test_one_parent_waits_for_news_while_others_talk(new_parent: NewParent) -> None:
    waiting, other = new_parent(), new_parent()
    heard: list[httpx.Response] = []
    last = waiting.replies[-1]["id"]
    thread = threading.Thread(
        target=lambda: heard.append(waiting.http.get(f"/v1/messages?after={last}&wait=5"))
    )
    thread.start()
    assert other.says("what is an iep")
    waiting.says("what is a 504 plan")
    thread.join(10)
    assert heard[0].json()["replies"]
