"""The stand-in is as strict as Slack's documentation: docs/build/slack-stand-in.md lists the points."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fake_slack import RESPONSE_SECONDS, TRIGGER_SECONDS, FakeSlack
from tests.slack_rules import message_problems, view_problems

VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": [{"type": "divider"}]}
INPUT = {
    "type": "input",
    "block_id": "name",
    "label": {"type": "plain_text", "text": "Name"},
    "element": {"type": "plain_text_input", "action_id": "name"},
}
SEND = {"submit": {"type": "plain_text", "text": "Send"}}


def section(text: str = "x") -> dict:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(count: int, **more: str) -> dict:
    made = [
        {"type": "button", "action_id": f"b{n}", "text": {"type": "plain_text", "text": "Go"}, **more}
        for n in range(count)
    ]
    return {"type": "actions", "elements": made}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack that is to refuse."""
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, slack.base_url)


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


async def test_a_trigger_opens_one_modal_within_three_seconds(slack, client) -> None:
    used = slack.trigger()
    await client.views_open(trigger_id=used, view=VIEW)
    assert await refused(client.views_open(trigger_id=used, view=VIEW)) == "exchanged_trigger_id"
    late = slack.trigger()
    slack.let_pass(TRIGGER_SECONDS)
    assert await refused(client.views_open(trigger_id=late, view=VIEW)) == "expired_trigger_id"
    assert await refused(client.views_open(trigger_id="made up", view=VIEW)) == "invalid_trigger_id"


async def test_a_views_hash_changes_by_an_update_alone_and_an_old_one_is_refused(slack, client) -> None:
    opened = (await client.views_open(trigger_id=slack.trigger(), view=VIEW | {"blocks": [INPUT], **SEND}))[
        "view"
    ]
    sent = [slack.submit(opened["id"], {"name": name})["view"]["hash"] for name in ("Pat", "Lee")]
    assert sent == [opened["hash"]] * 2, "typing and sending change nothing"
    updated = (await client.views_update(view_id=opened["id"], hash=opened["hash"], view=VIEW))["view"]
    assert updated["hash"] != opened["hash"]
    old = client.views_update(view_id=opened["id"], hash=opened["hash"], view=VIEW)
    assert await refused(old) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0", view=VIEW)) == "not_found"


async def test_a_response_address_takes_five_messages_within_half_an_hour(slack) -> None:
    used, late = slack.response_url("C1", "U1"), slack.response_url("C1", "U1")
    answers = [(await AsyncWebhookClient(used).send(text=f"{n}")).status_code for n in range(6)]
    assert answers == [200] * 5 + [404]
    slack.let_pass(RESPONSE_SECONDS)
    assert (await AsyncWebhookClient(late).send(text="late")).body == "expired_url"


async def test_a_method_without_its_scope_or_that_nobody_asked_for_is_refused(slack, client) -> None:
    slack.scopes.discard("chat:write")
    assert await refused(client.chat_postMessage(channel="C1", text="hello")) == "missing_scope"
    assert await refused(client.pins_list(channel="C1")) == "unknown_method"
    wrong = AsyncWebClient("xoxb-other", slack.base_url)
    assert await refused(wrong.auth_test()) == "invalid_auth"


async def test_a_file_is_shown_only_when_all_of_it_came_and_in_a_channel(slack, client) -> None:
    assert await refused(client.files_getUploadURLExternal(filename="a.txt", length=0)) == "missing_argument"
    where = await client.files_getUploadURLExternal(filename="a.txt", length=5)
    done = {"files": [{"id": where["file_id"], "title": "A"}]}
    assert await refused(client.files_completeUploadExternal(**done, channel_id="D1")) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        for content, status in ((b"1234", 400), (b"12345", 200)):
            async with session.post(where["upload_url"], data=content) as answer:
                assert answer.status == status
    assert await refused(client.files_completeUploadExternal(**done, channel_id="U1")) == "channel_not_found"
    await client.files_completeUploadExternal(**done, channel_id="D1")
    assert slack.files == {where["file_id"]: b"12345"}


@pytest.mark.parametrize(
    "payload",
    [
        {"text": ""},
        {"text": "x" * 40_001},
        {"blocks": [section()] * 51},
        {"blocks": [section("x" * 3001)]},
        {"blocks": [section("")]},
        {"blocks": [section("x" * 2999)] * 5},
        {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]},
        {"blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}]},
        {"blocks": [buttons(26)]},
        {"blocks": [buttons(1, value="x" * 2001)]},
        {"blocks": [buttons(1, url="https://example.org/" + "x" * 3000)]},
        {"blocks": [buttons(1, url="mailto:pat@example.org")]},
        {"blocks": [buttons(1) | {"elements": buttons(1)["elements"] * 2}]},
        {"blocks": [section() | {"block_id": "one"}] * 2},
        {"blocks": [section() | {"block_id": "x" * 256}]},
        {"blocks": [INPUT]},
        {"blocks": [{"type": "no_such_block"}]},
    ],
)  # fmt: skip
def test_a_message_over_a_limit_is_refused(payload) -> None:
    assert message_problems(payload)


def test_a_message_at_the_limits_is_taken() -> None:
    at_most = [section("x" * 3000), *[section()] * 48, buttons(25, value="x" * 2000)]
    assert message_problems({"text": "x" * 40_000, "blocks": at_most}) == []


@pytest.mark.parametrize(
    "more",
    [
        {"blocks": [section()] * 101},
        {"title": {"type": "plain_text", "text": "x" * 25}},
        {"title": None},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"external_id": "x" * 256},
        {"blocks": [INPUT]},
        {"blocks": [INPUT | {"label": {"type": "plain_text", "text": "x" * 2001}}], **SEND},
        {"blocks": [INPUT | {"element": INPUT["element"] | {"max_length": 3001}}], **SEND},
        {"blocks": [section("x" * 3000)] * 90},
    ],
)  # fmt: skip
def test_a_view_over_a_limit_is_refused(more) -> None:
    assert view_problems(VIEW | more)


def test_a_view_at_the_limits_is_taken() -> None:
    most = {
        "private_metadata": "x" * 3000,
        "callback_id": "x" * 255,
        "blocks": [section()] * 99 + [INPUT],
        **SEND,
    }
    assert view_problems(VIEW | most) == []
