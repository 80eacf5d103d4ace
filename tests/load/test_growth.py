"""Two workers behind nginx: talks hop between them, one is killed, all are replaced, and no message is lost."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.load.cluster import Cluster, running_cluster

pytestmark = pytest.mark.needs("postgresql", "redis", "nginx")

PARENTS = 5
TEXTS = (
    "my son has an iep and they said no to testing",
    "how long do they have",
    "who do i call about that",
    "what does it cost",
    "thanks",
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster(workers=2) as cluster:
        yield cluster


def _begin(url: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {httpx.post(f'{url}/v1/conversations', json={}).json()['token']}"}


def _say(url: str, token: dict[str, str], text: str) -> list[dict[str, Any]]:
    answer = httpx.post(
        f"{url}/v1/messages", json={"id": uuid.uuid4().hex, "text": text}, headers=token, timeout=60
    )
    assert answer.status_code == 200, answer.text
    replies: list[dict[str, Any]] = answer.json()["replies"]
    return replies


def test_a_talk_that_hops_between_workers_stays_whole(cluster: Cluster) -> None:
    first, second = (worker.url for worker in cluster.workers[:2])
    token = _begin(first)
    _say(second, token, "my daughter has an iep")
    replies = [
        reply
        for url, text in zip(
            itertools.cycle([first, second]), ("how long does testing take", "who do i call")
        )
        for reply in _say(url, token, text)
    ]
    answers = [reply["answer"] for reply in replies if reply["answer"]]
    assert answers
    assert {answer["plan"] for answer in answers} == {"iep"}  # said to one worker, known to the other
    said = httpx.get(f"{second}/v1/messages", headers=token).json()["messages"]
    assert [message["text"] for message in said if message["from"] == "parent"] == [
        "my daughter has an iep",
        "how long does testing take",
        "who do i call",
    ]


def test_the_same_message_at_two_workers_at_once_is_answered_once(cluster: Cluster) -> None:
    token = _begin(cluster.url)
    body = {"id": uuid.uuid4().hex, "text": "what is a 504 plan"}

    async def both() -> list[httpx.Response]:
        async with httpx.AsyncClient(timeout=60, headers=token) as client:
            posts = (client.post(f"{worker.url}/v1/messages", json=body) for worker in cluster.workers[:2])
            return await asyncio.gather(*posts)

    assert {answer.status_code for answer in asyncio.run(both())} == {200}
    said = httpx.get(f"{cluster.url}/v1/messages", headers=token).json()["messages"]
    assert sum(message["from"] == "parent" for message in said) == 1


def test_figures_are_not_shown_through_the_balancer(cluster: Cluster) -> None:
    assert httpx.get(f"{cluster.url}/metrics").status_code == 404
    assert "whichplan_turn_seconds" in httpx.get(f"{cluster.workers[0].url}/metrics").text


class _Parents:
    """Parents who write until told to stop, each from an address of their own, and try a lost message again as the widget does."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.stop = False
        self.answered = 0
        self.again = 0
        self.sent: dict[str, list[str]] = {}

    async def run(self) -> None:
        await asyncio.gather(*(self._parent(number) for number in range(PARENTS)))

    async def _parent(self, number: int) -> None:
        address = httpx.AsyncHTTPTransport(local_address=f"127.0.1.{number + 1}")
        async with httpx.AsyncClient(transport=address, timeout=60) as client:
            while not self.stop:
                token = (await self._post(client, "/v1/conversations", {}, {})).json()["token"]
                headers = {"Authorization": f"Bearer {token}"}
                for text in TEXTS:
                    body = {"id": uuid.uuid4().hex, "text": text}
                    replies = (await self._post(client, "/v1/messages", body, headers)).json()["replies"]
                    assert replies and all(reply["outcome"] != "error" for reply in replies), replies
                    self.sent.setdefault(token, []).append(text)
                    self.answered += 1
                    await asyncio.sleep(0.5)

    async def _post(
        self, client: httpx.AsyncClient, path: str, body: dict[str, str], headers: dict[str, str]
    ) -> httpx.Response:
        for _ in range(8):
            try:
                answer = await client.post(self._url + path, json=body, headers=headers)
                if answer.status_code in (200, 201):
                    return answer
                assert answer.status_code in (502, 503, 504), answer.text
            except httpx.TransportError:
                pass
            self.again += 1
            await asyncio.sleep(0.5)
        raise AssertionError(f"{path} was never answered")


def test_a_killed_worker_and_a_rollout_under_load_lose_nothing(cluster: Cluster) -> None:
    """Also what a new model needs: new workers start beside the old ones, nginx reads its file again, the old ones finish."""

    async def act() -> _Parents:
        parents = _Parents(cluster.url)
        writing = asyncio.create_task(parents.run())
        killed, old = cluster.workers[:2]
        await asyncio.sleep(4)
        await asyncio.to_thread(killed.kill)
        new = cluster.start_worker()
        await asyncio.to_thread(new.wait_until_ready)
        cluster.use([new])
        await asyncio.sleep(1)
        await asyncio.to_thread(old.stop)
        await asyncio.sleep(4)
        parents.stop = True
        await writing
        return parents

    parents = asyncio.run(act())
    assert parents.answered >= PARENTS * len(TEXTS)
    for token, sent in parents.sent.items():
        said = httpx.get(
            f"{cluster.url}/v1/messages", headers={"Authorization": f"Bearer {token}"}, timeout=60
        ).json()["messages"]
        assert [message["text"] for message in said if message["from"] == "parent"] == sent
