"""PostgreSQL keeps no NUL and no half of a surrogate: what holds such a sign is kept without it, or is an unknown place."""

from __future__ import annotations

import json

import pytest

from tests.http.test_deleting_on_postgresql import database, rows, server
from tests.http.world import Parent, Server

__all__ = ["database", "server"]
pytestmark = pytest.mark.needs("postgresql")
STRANGE = ['"quagga\\ud800"', '"quagga\\u0000b"', '"\\udfff\\u0000quagga"']


@pytest.mark.parametrize("said", STRANGE)
def test_a_reason_below_a_thumb_is_kept(server: Server, database: str, said: str) -> None:
    parent = Parent(server)
    reply = parent.says("what is a 504 plan")[0]
    before = len(rows(database)["web_feedback"])
    body = f'{{"reply": "{reply["id"]}", "helpful": false, "reason": {said}}}'
    answered = parent.http.post("/v1/feedback", content=body, headers={"Content-Type": "application/json"})
    assert answered.status_code == 204, answered.text
    assert len(rows(database)["web_feedback"]) == before + 1


@pytest.mark.parametrize("said", STRANGE)
def test_a_message_is_answered_and_read_again(server: Server, said: str) -> None:
    parent = Parent(server)
    body = f'{{"id": "1234abcd5678", "text": {said}}}'
    answered = parent.http.post("/v1/messages", content=body, headers={"Content-Type": "application/json"})
    assert answered.status_code == 200, answered.text
    assert "quagga" in json.dumps(parent.http.get("/v1/messages").json())


@pytest.mark.parametrize("after", ["%00", "%ff", "%ed%a0%80", "a" * 3000])
def test_a_strange_place_to_read_on_from_is_an_unknown_one(server: Server, after: str) -> None:
    parent = Parent(server)
    parent.says("what is a 504 plan")
    answered = parent.http.get(f"/v1/messages?after={after}")
    assert answered.status_code == 200
    assert answered.json()["messages"]


def test_a_booking_with_a_nul_in_it_asks_or_goes_on(server: Server) -> None:
    parent = Parent(server)
    for said in ("book a call", "Wr\x00en", "wren\x00@quokka.example.org", "it is about \x00 the plan"):
        assert all(reply["outcome"] != "error" for reply in parent.says(said)), parent.words()
