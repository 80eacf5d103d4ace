from __future__ import annotations

import asyncio

from assistant.handover.by_email import Whereto
from assistant.handover.store import HandOver
from assistant.owner.forget import forget
from assistant.store.talks_database import open_engine
from assistant.unanswered.store import Unanswered


def test_an_address_leaves_no_call_no_letter_no_code_and_no_talk(filled) -> None:
    done = asyncio.run(forget(filled.settings, "pat@example.org"))
    assert (done.canceled, done.calls, done.talks) == (1, 1, 1)
    assert done.unsent == 0
    assert filled.calls(filled.settings) == []
    assert filled.said(filled.settings) == []
    assert Unanswered(filled.settings.talks_url, filled.settings.secrets).rows() == []
    everything = b"".join(
        path.read_bytes().lower()
        for path in filled.settings.data.rglob("*")
        if path.is_file() and path.suffix in (".db", ".eml")
    )
    assert b"pat@example.org" not in everything


def test_a_talk_in_which_the_address_was_given_for_an_advocates_answer_goes_too(filled) -> None:
    handover = HandOver(open_engine(filled.settings.talks_url), filled.settings.secrets)
    handover.by_email.want("talk-of-lee")
    handover.by_email.keep("talk-of-lee", Whereto("lee@example.org", "https://www.example.org/"))
    assert asyncio.run(forget(filled.settings, "Lee@example.org")).talks == 1
    assert handover.by_email.whereto("talk-of-lee") is None


def test_another_address_stays(filled) -> None:
    done = asyncio.run(forget(filled.settings, "lee@example.org"))
    assert (done.calls, done.talks) == (0, 0)
    assert len(filled.calls(filled.settings)) == 1
