"""FakeSlack: a stand-in for Slack over HTTP and Socket Mode that refuses what Slack would refuse.

It signs what it sends, checks token and scopes of what it is sent, and holds messages and views to
Slack's limits (tests/slack_rules.py). What it had to refuse is in `refused`; a test fails on it.
docs/build/slack-stand-in.md says point by point what Slack's documentation asks and what this does.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp
import yaml
from aiohttp import web

from tests.slack_rules import message_problems, view_problems
from tests.waiting import eventually_here

MANIFEST = Path(__file__).parents[1] / "deploy/slack-manifest.yml"
TRIGGER_SECONDS, RESPONSE_SECONDS, RESPONSE_USES = 3.0, 1800.0, 5
"""How long a trigger lets a modal be opened, how long and how often a response address takes a message."""
TEAM, BOT, BOT_ID = "T0TEAM", "U0BOT", "B0BOT"
SCOPES = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "chat.delete": "chat:write",
    "chat.update": "chat:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "users.info": "users:read",
    "views.open": None,
    "views.update": None,
    "views.publish": None,
    "apps.connections.open": None,
}
"""Slack's methods that the assistant may call, and the scope each needs."""
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_home_opened": None,
}


@dataclass
class Posted:
    """Something that the assistant sent: where to, and the payload."""

    where: str
    payload: dict[str, Any]
    ts: str = ""
    user: str = ""
    private: bool = False

    @property
    def text(self) -> str:
        """All that is to be read in it."""
        return "\n".join(_words(self.payload))

    @property
    def buttons(self) -> list[dict[str, Any]]:
        blocks = self.payload.get("blocks") or []
        return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]

    def titled(self, title: str) -> dict[str, Any]:
        """Return the button whose title begins so."""
        return next(one for one in self.buttons if one["text"]["text"].startswith(title))


@dataclass
class FakeSlack:
    """One workspace."""

    app_url: str = ""
    bot_token: str = "xoxb-fake"
    app_token: str = "xapp-fake"
    signing_secret: str = "0123456789abcdef0123456789abcdef"
    posted: list[Posted] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    trouble: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self.manifest = yaml.safe_load(MANIFEST.read_text())
        self.scopes = set(self.manifest["oauth_config"]["scopes"]["bot"])
        self._number = itertools.count(1)
        self._start = int(time.time())
        self._triggers: dict[str, float] = {}
        self._exchanged: set[str] = set()
        self._later = 0.0
        self._wanted: dict[str, int] = {}
        self._hashes: dict[str, str] = {}
        self._responses: dict[str, list[Any]] = {}
        self._socket: web.WebSocketResponse | None = None
        self.connected = asyncio.Event()
        self._acks: dict[str, asyncio.Future[Any]] = {}
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.base_url = f"http://127.0.0.1:{self.port}/api/"
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket is not None:
            await self._socket.close()
        await self._session.close()
        await self._runner.cleanup()

    # -- what the assistant calls --------------------------------------------------------------

    def busy(self, method: str, times: int, retry_after: float = 1, status: int = 429) -> None:
        """Answer the next calls of a method (`respond` for response addresses) with 429, or another status."""
        self.trouble[method] = [(status, retry_after)] * times

    def _in_trouble(self, method: str) -> web.Response | None:
        if not self.trouble.get(method):
            return None
        status, after = self.trouble[method].pop()
        headers = {"Retry-After": str(after)} if status == 429 else {}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=status, headers=headers)

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if trouble := self._in_trouble(method):
            return trouble
        kind = request.content_type
        body: dict[str, Any] = (
            await request.json() if kind == "application/json" else {**request.query, **await request.post()}
        )
        wanted = self.app_token if method == "apps.connections.open" else self.bot_token
        if request.headers.get("Authorization") != f"Bearer {wanted}":
            return self._no(method, "invalid_auth")
        if method not in SCOPES:
            return self._no(method, "unknown_method")
        if SCOPES[method] and SCOPES[method] not in self.scopes:
            return self._no(method, "missing_scope")
        self.called[method] += 1
        for name in ("blocks", "view", "files"):
            if isinstance(body.get(name), str):
                body[name] = json.loads(body[name])
        answer: web.Response = getattr(self, "_" + method.replace(".", "_"))(body)
        answer.headers["x-oauth-scopes"] = ",".join(sorted(self.scopes))
        return answer

    def _no(self, method: str, error: str) -> web.Response:
        self.refused.append(f"{method}: {error}")
        return web.json_response({"ok": False, "error": error.split(":")[0]})

    def _yes(self, **more: Any) -> web.Response:
        return web.json_response({"ok": True, **more})

    def _auth_test(self, body: Any) -> web.Response:
        return self._yes(
            url="https://fake.slack.com/",
            team="Fake",
            user="whichplan",
            team_id=TEAM,
            user_id=BOT,
            bot_id=BOT_ID,
        )

    def _chat_postMessage(self, body: dict[str, Any]) -> web.Response:
        if problems := message_problems(body):
            return self._no("chat.postMessage", problems[0])
        channel = str(body.get("channel", ""))
        if channel.startswith("U"):
            channel = f"D{channel[1:]}"
        if not channel.startswith(("C", "G", "D")):
            return self._no("chat.postMessage", "channel_not_found")
        ts = self.ts()
        self.posted.append(Posted(channel, body, ts))
        return self._yes(channel=channel, ts=ts, message={"text": body.get("text", ""), "ts": ts})

    def _chat_update(self, body: dict[str, Any]) -> web.Response:
        if problems := message_problems(body):
            return self._no("chat.update", problems[0])
        found = next(
            (one for one in self.posted if (one.where, one.ts) == (body["channel"], body["ts"])), None
        )
        if found is None:
            return self._no("chat.update", "message_not_found")
        found.payload = {**found.payload, "text": body.get("text", ""), "blocks": body.get("blocks") or []}
        return self._yes(channel=body["channel"], ts=body["ts"])

    def _chat_delete(self, body: dict[str, Any]) -> web.Response:
        before = len(self.posted)
        self.posted = [one for one in self.posted if (one.where, one.ts) != (body["channel"], body["ts"])]
        return self._yes() if len(self.posted) < before else self._no("chat.delete", "message_not_found")

    def _users_info(self, body: dict[str, Any]) -> web.Response:
        known = {"id": body["user"], "tz": "America/Chicago", "profile": {"first_name": "Dana"}}
        return self._yes(user=self.people.get(body["user"], known))

    def _view(self, method: str, body: dict[str, Any], kind: str) -> web.Response | None:
        problems = view_problems(body["view"])
        if body["view"].get("type") != kind:
            problems.append(f"a view of the type {kind} is wanted")
        return self._no(method, problems[0]) if problems else None

    def _views_open(self, body: dict[str, Any]) -> web.Response:
        trigger = body.get("trigger_id", "")
        if trigger in self._exchanged:
            return self._no("views.open", "exchanged_trigger_id")
        if trigger not in self._triggers:
            return self._no("views.open", "invalid_trigger_id")
        if self._clock() - self._triggers[trigger] > TRIGGER_SECONDS:
            return self._no("views.open", "expired_trigger_id")
        if no := self._view("views.open", body, "modal"):
            return no
        self._exchanged.add(trigger)
        view = f"V{next(self._number)}"
        self._show(view, body["view"])
        return self._yes(view={"id": view, "hash": self._hashes[view], **body["view"]})

    def _views_update(self, body: dict[str, Any]) -> web.Response:
        view = body.get("view_id", "")
        if view not in self.views or view in self.closed:
            return self._no("views.update", "not_found")
        if body.get("hash", self._hashes[view]) != self._hashes[view]:
            return self._no("views.update", "hash_conflict")
        if no := self._view("views.update", body, "modal"):
            return no
        self._show(view, body["view"])
        return self._yes(view={"id": view, "hash": self._hashes[view], **body["view"]})

    def _show(self, view: str, shown: dict[str, Any]) -> None:
        """Keep what a modal shows now; its hash changes by that alone, not by what is typed or sent."""
        self.views[view] = shown
        self._hashes[view] = f"{self._start}.{uuid.uuid4().hex[:8]}"

    def _views_publish(self, body: dict[str, Any]) -> web.Response:
        if no := self._view("views.publish", body, "home"):
            return no
        self.homes[body["user_id"]] = body["view"]
        return self._yes(view={"id": "VHOME"})

    def _files_getUploadURLExternal(self, body: dict[str, Any]) -> web.Response:
        if not body.get("filename") or int(body.get("length") or 0) < 1:
            return self._no("files.getUploadURLExternal", "missing_argument")
        file = f"F{next(self._number)}"
        self._wanted[file] = int(body["length"])
        return self._yes(file_id=file, upload_url=f"http://127.0.0.1:{self.port}/upload/{file}")

    async def _upload(self, request: web.Request) -> web.Response:
        """Take a file's bytes; Slack answers 200 where all of them came."""
        file, content = request.match_info["file"], await request.read()
        if trouble := self._in_trouble("upload"):
            return trouble
        if self._wanted.get(file) != len(content):
            self.refused.append("upload: not the length that was told")
            return web.Response(status=400)
        self.files[file] = content
        return web.Response(text=f"OK - {len(content)}")

    def _files_completeUploadExternal(self, body: dict[str, Any]) -> web.Response:
        """Show uploaded files in a channel; its id alone counts, no user's."""
        if not body.get("files") or any(one["id"] not in self.files for one in body["files"]):
            return self._no("files.completeUploadExternal", "file_not_found")
        channel = str(body.get("channel_id", ""))
        if not channel.startswith(("C", "G", "D")):
            return self._no("files.completeUploadExternal", "channel_not_found")
        self.posted.append(Posted(channel, {"text": "", "files": body["files"]}, self.ts()))
        return self._yes(files=body["files"])

    def _apps_connections_open(self, body: Any) -> web.Response:
        return self._yes(url=f"ws://127.0.0.1:{self.port}/link")

    async def _respond(self, request: web.Request) -> web.Response:
        if trouble := self._in_trouble("respond"):
            return trouble
        known = self._responses.get(request.match_info["id"])
        if known is None or self._clock() - known[4] > RESPONSE_SECONDS:
            self.refused.append("response_url: expired_url")
            return web.Response(status=404, text="expired_url")
        if known[0] >= RESPONSE_USES:
            self.refused.append("response_url: used_url")
            return web.Response(status=404, text="used_url")
        known[0] += 1
        body = await request.json()
        allowed = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}
        problems = message_problems(body) + [f"unknown {name}" for name in set(body) - allowed]
        if problems:
            self.refused.append(f"response_url: {problems[0]}")
            return web.Response(status=400, text=problems[0])
        private = body.get("response_type") != "in_channel"
        self.posted.append(Posted(known[1], body, self.ts(), known[2], private and known[3]))
        return web.Response(text="ok")

    # -- what Slack sends ----------------------------------------------------------------------

    def ts(self) -> str:
        """Return the next timestamp of a message."""
        return f"{self._start}.{next(self._number):06d}"

    def response_url(self, channel: str, user: str, private: bool = True) -> str:
        key = uuid.uuid4().hex
        self._responses[key] = [0, channel, user, private, self._clock()]
        return f"http://127.0.0.1:{self.port}/respond/{key}"

    def trigger(self) -> str:
        key = uuid.uuid4().hex
        self._triggers[key] = self._clock()
        return key

    def let_pass(self, seconds: float) -> None:
        """Let triggers and response addresses be so much older."""
        self._later += seconds

    def _clock(self) -> float:
        return time.monotonic() + self._later

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return a delivery of an event; Slack would not send what the manifest does not ask for."""
        kind = event["type"]
        if kind == "message":
            kind = {"im": "message.im", "group": "message.groups"}.get(
                event["channel_type"], "message.channels"
            )
        assert kind in self.manifest["settings"]["event_subscriptions"]["bot_events"], (
            f"{kind} is not subscribed"
        )
        assert EVENT_SCOPES[kind] is None or EVENT_SCOPES[kind] in self.scopes, f"{kind} lacks its scope"
        return {
            "type": "event_callback",
            "event_id": f"Ev{uuid.uuid4().hex[:10]}",
            "event_time": int(time.time()),
            "team_id": TEAM,
            "api_app_id": "A0APP",
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": event,
        }

    def mention(self, text: str, user: str = "U1", channel: str = "C1", **more: Any) -> dict[str, Any]:
        event = {
            "type": "app_mention",
            "user": user,
            "text": f"<@{BOT}> {text}",
            "ts": self.ts(),
            "channel": channel,
        }
        return self.event(event | more)

    def message(self, text: str, user: str = "U1", channel: str = "C1", **more: Any) -> dict[str, Any]:
        kind = "im" if channel.startswith("D") else "channel"
        event = {"type": "message", "user": user, "text": text, "ts": self.ts(), "channel": channel}
        return self.event(event | {"channel_type": kind} | more)

    def edited(self, before: dict[str, Any], text: str) -> dict[str, Any]:
        """Return the event of a message that its writer changed."""
        old = before["event"]
        new = {key: old[key] for key in ("user", "ts", "thread_ts") if key in old} | {
            "type": "message",
            "text": text,
        }
        event = {
            "type": "message", "subtype": "message_changed", "channel": old["channel"], "channel_type": "channel", "ts": self.ts(),
            "hidden": True, "message": new, "previous_message": {**new, "text": old["text"]},
        }  # fmt: skip
        return self.event(event)

    def deleted(self, before: dict[str, Any]) -> dict[str, Any]:
        """Return the event of a message that its writer deleted."""
        old = {
            key: before["event"][key] for key in ("user", "ts", "thread_ts", "text") if key in before["event"]
        }
        event = {
            "type": "message", "subtype": "message_deleted", "channel": before["event"]["channel"], "channel_type": "channel",
            "ts": self.ts(), "deleted_ts": old["ts"], "hidden": True, "previous_message": old | {"type": "message"},
        }  # fmt: skip
        return self.event(event)

    def direct(self, text: str, user: str = "U1", **more: Any) -> dict[str, Any]:
        return self.message(text, user, f"D{user[1:]}", **more)

    def as_message(self, mention: dict[str, Any]) -> dict[str, Any]:
        """Return the second event that Slack sends for a mention in a channel the assistant is in."""
        return self.event({**mention["event"], "type": "message", "channel_type": "channel"})

    def command(self, text: str, user: str = "U1", channel: str = "C1") -> dict[str, Any]:
        commands = [one["command"] for one in self.manifest["features"]["slash_commands"]]
        assert "/plan" in commands and "commands" in self.scopes
        return {
            "command": "/plan", "text": text, "team_id": TEAM, "channel_id": channel, "user_id": user,
            "trigger_id": self.trigger(), "response_url": self.response_url(channel, user), "api_app_id": "A0APP",
        }  # fmt: skip

    def press(self, posted: Posted, title: str, user: str = "U1") -> dict[str, Any]:
        """Return a click on a button; a private message does not travel with it."""
        found = posted.titled(title)
        private = posted.private
        body = self._interaction(user) | {
            "type": "block_actions",
            "channel": {"id": posted.where},
            "container": {"type": "message", "channel_id": posted.where, "is_ephemeral": private},
            "response_url": self.response_url(posted.where, user),
            "actions": [{**found, "type": "button", "block_id": "b", "action_ts": self.ts()}],
        }
        if not private:
            thread = posted.payload.get("thread_ts")
            body["message"] = {"ts": posted.ts, "text": "…"} | ({"thread_ts": thread} if thread else {})
        return body

    def press_home(self, title: str, user: str = "U1") -> dict[str, Any]:
        found = Posted("home", self.homes[user]).titled(title)
        return self._interaction(user) | {
            "type": "block_actions",
            "container": {"type": "view"},
            "actions": [{**found, "type": "button", "block_id": "b", "action_ts": self.ts()}],
        }

    def submit(self, view: str, values: dict[str, str], user: str = "U1") -> dict[str, Any]:
        """Return what a filled-in modal sends; Slack sends none that lacks what the form requires."""
        shown, state = self.views[view], {}
        assert shown.get("submit") and view not in self.closed, "there is no form to send"
        inputs = {block["block_id"]: block for block in shown["blocks"] if block["type"] == "input"}
        assert not set(values) - set(inputs), "the form has no such field"
        for name, block in inputs.items():
            element, value = block["element"], values.get(name) or None
            assert value or block.get("optional"), f"{name} is required"
            if element["type"] == "static_select":
                chosen = next((one for one in element["options"] if one["value"] == value), None)
                assert chosen, f"{value} is not among the options of {name}"
                filled = {"type": "static_select", "selected_option": chosen}
            else:
                assert len(value or "") <= element.get("max_length", 3000), f"{name} is too long"
                filled = {"type": element["type"], "value": value}
            state[name] = {element["action_id"]: filled}
        sent = {"id": view, "hash": self._hashes[view], **shown, "state": {"values": state}}
        return self._interaction(user) | {"type": "view_submission", "view": sent, "response_urls": []}

    def _answered(self, body: dict[str, Any], status: int, said: Any, seconds: float) -> None:
        """Do with a form what the acknowledgment of it says."""
        view = body["view"]["id"]
        if status != 200 or seconds > 3:
            self.refused.append("view_submission: no acknowledgment in three seconds")
        elif not said:
            self.closed.add(view)
        elif said.get("response_action") == "errors":
            inputs = {one["block_id"] for one in self.views[view]["blocks"] if one["type"] == "input"}
            if not said["errors"] or set(said["errors"]) - inputs:
                self.refused.append("view_submission: an error for a field that the form has not")
        elif said.get("response_action") == "update":
            if problems := view_problems(said["view"]):
                self.refused.append(f"view_submission: {problems[0]}")
            self._show(view, said["view"])
        else:
            self.refused.append(f"view_submission: {said!r} is no acknowledgment")

    def _interaction(self, user: str) -> dict[str, Any]:
        assert self.manifest["settings"]["interactivity"]["is_enabled"]
        return {
            "team": {"id": TEAM},
            "user": {"id": user},
            "trigger_id": self.trigger(),
            "api_app_id": "A0APP",
        }

    def home(self, user: str = "U1") -> dict[str, Any]:
        return self.event({"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": "home"})

    async def send(
        self,
        body: dict[str, Any],
        *,
        retry: int = 0,
        secret: str | None = None,
        age: float = 0,
        url: str = "",
    ) -> tuple[int, float, Any]:
        """Deliver over HTTP; return status, seconds until the acknowledgment, and its JSON."""
        if body.get("type") == "event_callback":
            raw, kind = json.dumps(body), "application/json"
        else:
            fields = body if "command" in body else {"payload": json.dumps(body)}
            raw, kind = urlencode(fields), "application/x-www-form-urlencoded"
        at = str(int(time.time() - age))
        base = f"v0:{at}:{raw}".encode()
        signature = hmac.new((secret or self.signing_secret).encode(), base, hashlib.sha256).hexdigest()
        headers = {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={signature}",
            "Content-Type": kind,
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        began = time.perf_counter()
        async with self._session.post(url or self.app_url, data=raw.encode(), headers=headers) as answer:
            raw_said, seconds = await answer.read(), time.perf_counter() - began
        said = json.loads(raw_said) if raw_said.startswith(b"{") else raw_said
        if body.get("type") == "view_submission" and retry == 0 and secret is None and age == 0:
            self._answered(body, answer.status, said, seconds)
        return answer.status, seconds, said

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0APP"}}
        )
        self._socket = socket
        self.connected.set()
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                said = json.loads(message.data) if message.data.startswith("{") else {}
                if waiting := self._acks.pop(said.get("envelope_id", ""), None):
                    waiting.set_result(said.get("payload"))
        return socket

    async def send_by_socket(self, body: dict[str, Any], *, retry: int = 0, seconds: float = 3) -> Any:
        """Deliver over Socket Mode; return what came with the acknowledgment."""
        kind = "events_api" if body.get("type") == "event_callback" else "interactive"
        envelope = uuid.uuid4().hex
        self._acks[envelope] = asyncio.get_running_loop().create_future()
        assert self._socket is not None
        await self._socket.send_json(
            {
                "type": "slash_commands" if "command" in body else kind, "envelope_id": envelope, "payload": body,
                "accepts_response_payload": True, "retry_attempt": retry, "retry_reason": "timeout" if retry else "",
            }
        )  # fmt: skip
        began = time.perf_counter()
        said = await asyncio.wait_for(self._acks[envelope], seconds)
        if body.get("type") == "view_submission":
            self._answered(body, 200, said, time.perf_counter() - began)
        return said

    async def drop(self) -> None:
        """Close the connection, as Slack does every few hours."""
        self.connected.clear()
        assert self._socket is not None
        await self._socket.close()

    # -- looking -------------------------------------------------------------------------------

    def seen(self, where: str, *, private: bool | None = None, thread: str | None = None) -> list[Posted]:
        """Return what the assistant sent to a channel."""
        return [
            one
            for one in self.posted
            if one.where == where
            and (private is None or one.private is private)
            and (thread is None or one.payload.get("thread_ts") == thread)
        ]

    async def until(self, count: int, where: str = "", seconds: float = 10.0) -> list[Posted]:
        """Wait for so many messages in all, or in one channel."""
        found = await eventually_here(
            lambda: self.seen(where) if where else self.posted,
            lambda posted: len(posted) >= count,
            seconds=seconds,
            why=lambda: f"instead of {count}; refused: {self.refused}",
        )
        return list(found)


def _words(payload: dict[str, Any]) -> list[str]:
    said = []
    for block in payload.get("blocks") or []:
        if block["type"] in ("section", "header"):
            said.append(block["text"]["text"])
        for element in block.get("elements", ()):
            said.append(element["text"] if isinstance(element.get("text"), str) else element["text"]["text"])
    return said or [payload.get("text") or ""]
