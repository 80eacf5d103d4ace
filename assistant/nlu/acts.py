"""Small acts of a talk that stand before a question: "THANK YOU. last one, can i …", "yes and thanks, who pays for that".

A closed class of some thirty words that ask nothing, so a list and no learnt choice: only what is left behind them is read, and only where it asks.
"""

from __future__ import annotations

import re

from assistant.nlu.question_splitter import asks

_ACT = re.compile(
    r"^(?:(?:yes|yeah|yep|yup|no|nope|nah|ok|okay|k|thank you|thankyou|thanks?|thx|ty|tysm|great|perfect|awesome|wonderful|good|cool|got it|i see|alright|all right|sure|wow|sorry|please|pls|hi|hello|hey"
    r"|bye|goodbye|good night|so much|very much|a lot|again|for (?:that|this|everything|your help|the help)|and|but|so|oh|well|wait|then|now"
    r"|(?:one |my )?last (?:one|thing|question)|one more(?: thing| question)?|quick question|another (?:one|thing|question))\b[\s,.:;!?…-]*)+",
    re.IGNORECASE,
)


def behind_acts(text: str) -> str | None:
    """Return the question behind the small acts of a message; None where nothing asks there.

    >>> behind_acts("THANK YOU. last one, can i cross out the parts i dont like")
    'can i cross out the parts i dont like'
    >>> behind_acts("thank you so much")
    >>> behind_acts("no")
    """
    found = _ACT.match(text)
    if found is None:
        return None
    rest = text[found.end() :].strip()
    return rest if asks(rest) else None
