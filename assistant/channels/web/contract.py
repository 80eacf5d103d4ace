"""A reply as the HTTP contract gives it: buttons become signed choices, an invitation and a letter signed addresses."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from assistant.channels.web import letter_files
from assistant.nlu.language import Language, language_of
from assistant.sealed import Secrets, sealed
from assistant.store.tokens import Signer, TalkToken
from assistant.talk.reply import Reply

PARTS = ("heading", "body", "write_to", "script", "more", "more_title", "ask", "expects", "person")
"""What a reply may have beside its text, left out where it is empty."""

Body = dict[str, Any]
"""One line of a talk, as the transcript keeps it and docs/build/http-api.md describes it, with `from`."""


class Contract:
    """Turns replies into the JSON that a browser gets.

    Args:
        signer: Signs choices and the addresses of invitations.
        secrets: Seal the address of a letter.
    """

    def __init__(self, signer: Signer, secrets: Secrets) -> None:
        self._signer = signer
        self._secrets = secrets

    def body(self, token: TalkToken, reply: Reply) -> Body:
        """Return a reply of a talk with an id of its own."""
        whole = reply.to_json()
        made = {
            "from": "assistant",
            "id": str(uuid.uuid4()),
            "text": reply.text,
            "buttons": [
                {"title": one.title, "choice": self._signer.choice(token.talk, one.payload, one.title)}
                for one in reply.buttons
            ],
            "sources": whole["sources"],
            "answer": whole["answer"],
            "outcome": reply.outcome,
            **_language(reply),
            **{part: whole[part] for part in PARTS if whole.get(part)},
        }
        if card := dict(reply.card):
            if booking := card.pop("booking", None):
                card["ics"] = f"/v1/bookings/{self._signer.choice('invitation', booking, '')}/invitation.ics"
            made["card"] = card
        if letter := reply.letter:
            name = sealed(letter_files.LETTER, [token.talk, token.key, made["id"]], self._secrets)
            made["letter"] = {**letter, "files": letter_files.addresses(letter, name)}
        return made


def _language(reply: Reply) -> Body:
    """Return the language of a reply that is not in English: a screen reader has to speak it as such."""
    return {"language": "es"} if language_of(reply.text) is Language.SPANISH else {}


def public(body: Mapping[str, Any]) -> Body:
    """Return what a browser gets of a line: `messages` of the contract has `from`, `replies` have not."""
    return {key: value for key, value in body.items() if key != "from"}
