"""A script that books from one network, with an address and an e-mail of its own each time, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from tests.http.world import Parent

NewParent = Callable[..., Parent]


def books(parent: Parent, address: str, email: str) -> str:
    """Book the first time that is offered, from an address; return the last words."""
    parent.http.headers["X-Forwarded-For"] = address
    for said in ("book a call", "Wren", email):
        parent.says(said)
    parent.presses("")
    if any(button["title"].startswith("Yes") for reply in parent.replies for button in reply["buttons"]):
        parent.presses("Yes")
    return parent.words()


def test_from_one_network_six_calls_are_booked_and_then_a_code_is_asked_for(new_parent: NewParent) -> None:
    """It booked 133 calls in 70 seconds, four weeks, and every later parent read that there is no free time."""
    told = [
        books(new_parent(), f"2001:db8:77:{number}::{number}", f"wren{number}@flood.example.org")
        for number in range(8)
    ]
    assert ["is booked" in words for words in told] == [True] * 6 + [False] * 2
    assert all("six-digit code" in words for words in told[6:])
    assert "is booked" in books(new_parent(), "2001:db8:78::1", "rowan@example.org")


def test_one_network_is_one_visitor_for_the_limit_of_a_minute(new_parent: NewParent) -> None:
    parent, refused = new_parent(), 0
    for number in range(130):
        parent.http.headers["X-Forwarded-For"] = f"[2001:db8:99::{number:x}]:{40000 + number}"
        refused += parent.http.post("/v1/feedback", json={}).status_code == 429
    assert refused == 10
