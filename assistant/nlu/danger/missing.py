"""A child is gone: missing, run away, taken, lost."""

from __future__ import annotations

from assistant.nlu.danger.words import HE_OR_SHE, MONTH, VICTIM, near

_STOP = (
    r"(?= *[.!?]| *$| (?:since|from (?:home|school|daycare|the (?:playground|yard|park|house|school|bus"
    r"|store|building))|for (?:\d|two|three|hours)|right now|please|and|after|anywhere|yet|now))"
)

_LONG_AGO = (
    rf"(?! (?:since|for|in) (?:the |early |late |mid )?{MONTH}[a-z]*\b"
    r"|(?: since| for| in)(?: over| more than)?(?: a| \w+)? (?:weeks?|months?|years?)\b"
    r"| (?:since|for) (?:the )?(?:start|beginning|summer|fall|spring|winter|break|labor day|thanksgiving|christmas|speech|therapy|ot|pt|testing)\b)"
)
"""Nobody has seen a child "since october": a therapist has not, and nobody is missing. "Since this morning", "for hours" is danger."""

PATTERNS = (
    # "is missing" alone would also be missing assignments, speech, recess
    rf"{HE_OR_SHE} (?:is |has |went |gone |been |has been |has gone |just went )*missing{_STOP}",
    rf"{HE_OR_SHE} (?:has )?disappeared\b(?! (?:into|in (?:to )?(?:the )?(?:crowd|class)))",
    rf"\b(?:cant|cannot|can not|couldnt|could not|havent|cant even) (?:find|found|locate) {VICTIM}{_STOP}",
    (
        r"\b(?:never|didnt|hasnt|havent) (?:\w+ )?(?:come|came|get|got|make it|made it|return\w*|show\w* up)"
        r" (?:back )?(?:home|off the bus|to first period)\b"
    ),
    rf"{HE_OR_SHE} (?:\w+ )?(?:hasnt|has not) come (?:home|back)\b(?! to (?:school|class))",
    rf"\b(?:nobody|no one|noone|no body) (?:\w+ )?(?:has seen|knows where|can find|has) {VICTIM}{_LONG_AGO}{_STOP}",
    rf"\b(?:nobody|no one)(?: at (?:the )?\w+)? (?:has seen|saw) (?:her|him)\b{_LONG_AGO}",
    r"\b(?:nobody|no one)(?: at (?:the )?\w+)? (?:can tell (?:me|us)|will tell (?:me|us)) where (?:he|she) (?:is|went)\b",
    r"\bhasnt been (?:home|seen|back) since (?:last night|this morning|yesterday|noon|lunch|\w+day)\b",
    r"\bstill dont have (?:him|her)\b",
    r"\bnobody knows where (?:he|she|they)\b",
    r"\bdont know where (?:he|she) (?:is|went)(?= *[.!?,]| *$)",
    r"\b(?:shes|hes|he is|she is) not home(?= *[.!?]| *$| yet)",
    r"\bnot at (?:the bus stop|school) and not\b",
    r"\btelling me (?:he|she) never came in\b",
    r"\bsays? someone (?:already )?signed (?:him|her)\b",
    (
        r"\b(?:ran away (?:from home|last|this|tonight|yesterday|again|and|because)|is a runaway|runaway"
        r" child)\b"
    ),
    r"\bleft school (?:\w+ ){0,3}and (?:nobody|no one)\b",
    (
        r"\b(?:out of|left) (?:the )?(?:school|house|home|building|window|playground)\b[^?!]{0,60}\b(?:cant"
        r" find|gone|police|havent found|near a (?:lake|pond|river)|hasnt come back|still out)\b"
    ),
    (
        r"\b(?:wander|elop|slip|snuck|climb|bolt)\w*\b.{0,90}?\b(?:still looking|weve lost|lost (?:him|her)"
        r"|(?:im|were) at the (?:creek|pond|lake|river)|cant find (?:him|her)"
        r"|(?:he|she) is gone|hes gone|shes gone|its dark|hasnt come back)\b"
    ),
    (
        r"\b(?:police|cops|sheriffs?|deputies|dogs|helicopter)\b[^.?!]{0,25}\b(?:looking for (?:him|her)"
        r"|searching|dogs out|not here yet|amber)"
    ),
    r"\bamber alert\b",
    (
        r"\b(?:were|we are|theyre|they are|im|everyone is) (?:still )?(?:looking|searching) for (?:him"
        r"|her)(?= *[.!?,]| *$| now| and)"
    ),
    r"\bwe are still looking\b",
    r"\bweve lost (?:him|her)\b",
    (
        r"\b(?:i|we) (?:just )?lost (?:him|her|(?:my|our) (?:\w+ )?(?:son|daughter|child|kid|boy|girl)) at"
        r" (?:the|a)\b"
    ),
    r"\bcouldnt locate (?:him|her)\b",
    r"\bbus\b[^.?!]{0,40}\b(?:he|she|my \w+) (?:wasnt|was not|isnt) on it\b",
    r"\b(?:gave|given|handed|released) (?:him|her|my \w+) to a (?:man|woman|guy|stranger)\b",
    r"\bleft with (?:someone|somebody|a (?:man|woman|stranger))\b",
    (
        r"\bhavent seen (?:him|her|my \w+) since (?:the bus|this morning|last night|yesterday|he left|she"
        r" left|school)\b"
    ),
    rf"{HE_OR_SHE}\b[^.?!]{{0,30}}\b(?:hours? late|not home|gone)\b[^.?!]{{0,20}}\bnot answering\b",
    r"\bnever came out of (?:the )?(?:school|building|bathroom)\b",
    (
        r"\b(?:note|text|message)\b[^.?!]{0,30}\b(?:he|she|hes|shes) (?:isnt|is not|not|wont be|is never)"
        r" coming (?:back|home)\b"
    ),
    r"\bran off\b[^?!]{0,80}\b(?:wont (?:say|answer)|cant find|havent (?:seen|heard)|texting)\b",
    # taken
    r"\b(?:kidnap|abduct)\w*",
    r"\bnever (?:see|seen) (?:them|him|her|the kids|my \w+) again\b",
    r"\bover the border\b",
    r"\bpulled (?:him|her|my \w+) into a (?:van|car|truck)\b",
    near(
        r"\btook (?:the kids|(?:my|our) (?:kids|son|daughter|children)|him|her|them)",
        r"\b(?:wont (?:say|tell|answer|bring|give)|phone is off|no one knows|disappeared|out of the country)",
        40,
    ),
    (
        r"\b(?:was|were|been) taken by (?:his|her|their|my) (?:noncustodial |biological |ex )?(?:dad|father"
        r"|mom|mother|husband|parents?) (?:from|and|out)\b"
    ),
    r"\bpicked (?:her|him|my \w+) up\b[^.?!]{0,40}\b(?:without permission|court order|phone is off|fake)",
    r"\bnobody knows picked\b",
    r"\bfake note\b",
    (
        r"\bmeet(?:ing)?(?: up)?(?: with)? (?:a|some|somebody|someone|this)\b[^.?!]{0,25}\b(?:discord"
        r"|snapchat|instagram|from (?:the )?(?:online|internet)|roblox|tiktok|motel|hotel)"
    ),
    r"\b(?:packed a bag|left a note)\b[^?!]{0,60}\b(?:picking|with a man|guy|meet)",
)
