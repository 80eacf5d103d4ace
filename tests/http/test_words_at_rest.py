"""A whole talk lies on the disk, and no byte of it can be read: names that no mask knows, in every shape a talk gives them."""

from __future__ import annotations

import sqlite3

from assistant.store.tracker.sealed_rows import WITHOUT_WORDS
from tests.http.world import Parent, Server, contents

TALK = (
    "Xochitl needs help, wapato elementary ignores her iep",
    "mi hija Itzelxoch va a la escuela Quetzalli",
    "her teacher coach pfefferkorn says she can do it",
    "what is a 504 plan for kids like jaxtyn and saoirse",
    "can they suspend her. my ex leopoldine says yes. 555 0137, we live at wisteria hollow",
)
PLANTED = ("xochitl", "wapato", "quetzalli", "pfefferkorn", "jaxtyn", "saoirse", "leopoldine", "555 0137", "wisteria", "zyzzyva", "gwendrith", "klamathine")  # fmt: skip


def readable(server: Server) -> dict[str, list[str]]:
    """Return which planted piece stands in which file of the data folder, the server's log included.

    The folders below it are copies of the content and compiled modules, which a server may be writing; but for the letters on disk.
    """
    kept = {"server.log": server.log.read_bytes().lower()}
    for path in (*server.data.glob("*"), *server.data.glob("outbox/*")):
        if path.is_file():
            kept[path.name] = contents(path).lower()
    there = {piece: [name for name in kept if piece.encode() in kept[name]] for piece in PLANTED}
    return {piece: names for piece, names in there.items() if names}


def test_no_word_of_a_whole_talk_is_readable_on_the_disk(server: Server) -> None:
    parent = Parent(server)
    for said in TALK:
        parent.says(said)
        assert not readable(server)
    parent.says("please write the letter that asks for the school records")
    parent.says("the zyzzyva reports")
    assert any(reply.get("letter") for reply in parent.says("skip"))
    for said in ("book a call", "Gwendrith Klamathine", "gwendrith@example.org"):
        parent.says(said)
    assert not readable(server), "a form keeps what it was given, sealed"
    parent.presses("")
    parent.says("klamathine bullies saoirse")
    assert not readable(server)
    judged = {"reply": parent.replies[-1]["id"], "helpful": False, "reason": "jaxtyn's zyzzyva is not in it"}
    assert parent.http.post("/v1/feedback", json=judged).status_code in (200, 204)
    assert not readable(server)
    told = parent.http.get("/v1/messages").text.lower()
    assert not [piece for piece in PLANTED if piece not in told], "each piece was said in this talk"


def test_every_row_that_may_hold_words_is_sealed(server: Server) -> None:
    parent = Parent(server)
    parent.says(TALK[0])
    parent.says("book a call")
    with sqlite3.connect(server.data / "tracker.db") as rows:
        found = rows.execute("SELECT type_name, data FROM events").fetchall()
    clear = {kind for kind, data in found if data.startswith("{")}
    assert clear <= WITHOUT_WORDS
    assert {kind for kind, _ in found} >= {"user", "bot", "slot"}
