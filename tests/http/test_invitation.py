"""The calendar file of a call, as a browser fetches it."""

from __future__ import annotations

from tests.http.world import Parent


def test_the_file_of_a_canceled_call_takes_it_out_of_the_calendar(parent: Parent) -> None:
    for said in ("book a call", "Wren", "wren@calls.example.org"):
        parent.says(said)
    parent.presses("")
    parent.presses("Yes")
    path = next(r["card"]["ics"] for r in parent.replies if (r.get("card") or {}).get("ics"))
    booked = parent.http.get(path)
    assert booked.headers["content-type"].endswith("method=PUBLISH")
    assert "METHOD:PUBLISH" in booked.text  # a calendar takes it without asking whether to answer
    assert "ATTENDEE" not in booked.text and "ORGANIZER" in booked.text
    parent.says("cancel my call")
    parent.presses("Yes")
    canceled = parent.http.get(path)
    assert canceled.headers["content-type"].endswith("method=CANCEL")
    assert "METHOD:CANCEL" in canceled.text and "STATUS:CANCELLED" in canceled.text
