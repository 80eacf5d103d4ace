"""Recognises danger before any model has a say: patterns of harm, and idioms that are none.

The guard is made of patterns alone, so it works with the model unloaded. What it can't see, the
classifier's own class `crisis` may: both lead to the same fixed text.
"""

from __future__ import annotations

import re

_SELF = r"(?:my\s*self|himself|herself|themsel(?:f|ves)|hisself|themself)"
_CHILD = r"(?:he|she|they|my (?:\w+ ){0,2}(?:son|daughter|kid|child|boy|girl|grandson|granddaughter|student|baby|teen|niece|nephew|brother|sister))"
_WANT = r"(?:wants?|wanted|wanna|going|gonna|plans?|planning|trying|tried|tries|threaten(?:s|ed|ing)?|thinking|thinks|talks?|talking|talked)"

DANGER = (
    # ending one's life
    r"\bsuicid\w*", r"\bkill(?:ing|ed|s)? (?:my|him|her|them)\s?sel(?:f|ves)\b", r"\bkms\b", r"\bunaliv\w+",
    r"\b(?:end|ending|take|taking|took|ended) (?:my|his|her|their) (?:own )?(?:life|lives)\b",
    r"\b(?:end|ending) it all\b", r"\b(?:want|wants|wanted|wanna|wish|wishes|wishing|rather|prefer)\b[^.?!]{0,25}\b(?:to die|be dead|(?:was|were) dead|was never born|die(?=\W|$))",
    r"\b(?:doesn'?t|does not|don'?t|dont|didn'?t|doesnt) (?:want|wanna) (?:to )?(?:be (?:here|alive|around)|live|exist|wake up)\b(?! (?:in|at|on|near|with|class|for (?:school|class|the bus)|early|to|so|this early))",
    r"\b(?:no|any|a) reason (?:to|for) (?:live|living|be alive|go on living)\b", r"\bbetter off (?:dead|without me)\b", r"\bno point (?:in )?living\b", r"\bcan'?t (?:go on|do this life)\b(?! (?:like this|with (?:the|this) (?:school|iep|meeting)))",
    r"\bwants? to (?:jump|hang|overdose|shoot himself|shoot herself|step in front)\b", r"\b(?:goodbye|suicide) (?:note|letter)\b",
    r"\b(?:hang|hanging|hung|shoot|cut|cutting|hurt|hurting|harm|harming|stab|stabbing|choke|choking|burning|burn|starving|bang\w* (?:his|her) head (?:until|till)|scratch\w* ) ?" + _SELF + r"\b",
    r"\bself[- ]?(?:harm|injur)\w*", r"\bcutting (?:again|her|his|on) ?(?:arms?|wrists?|legs?|thighs?|skin)?\b(?! (?:minutes|services|hours|class|time|speech|the|therap))", r"\bcuts? on (?:her|his|their) (?:arm|wrist|leg|thigh)s?\b", r"\b(?:slit|cut) (?:my|his|her|their) wrists?\b",
    r"\boverdos\w+", r"\b(?:took|taken|swallowed|swallow|taking) (?:(?:all|a bunch|a lot|too many|a handful|a whole bottle|the whole bottle)\b)[^.?!]{0,25}\b(?:pills?|tylenol|meds?|medicine|tablets?|bottle|advil)\b",
    r"\bif i (?:disappear|died|was gone|were gone|wasn'?t here)\b", r"\bi (?:can'?t|cant|cannot|don'?t think i can|dont think i can|don'?t know if i can|dont know if i can) (?:keep going|go on(?: anymore)?|do this anymore and|live like this)\b(?! (?:like this with|fighting|back and forth|arguing|with))",
    # somebody hurts a child or a parent
    r"\b(?:molest|rap(?:e|ed|ing)\b|sexual(?:ly)? (?:abus|assault|touch)|abus(?:ed|ing|es|er|ive)\b)\w*", r"\b(?:is|being|was|been|gets?|getting) (?:physically |sexually )?(?:abused|beaten|beat up|molested|assaulted|raped)\b",
    r"\btouch(?:ed|es|ing)? (?:him|her|my (?:son|daughter|child|kid)|them|me)\b[^.?!]{0,30}\b(?:private|inappropriate\w*|down there|there|sexual\w*|underwear)\b", r"\b(?:private parts|touched (?:her|him) inappropriately)\b", r"\binappropriately touch\w*",
    r"\b(?:teacher|aide|para|staff|driver|principal|coach|dad|father|mom|mother|stepdad|stepmom|boyfriend|husband|wife|ex|uncle|someone|man|they|he|she|principal|sub)\b[^.?!]{0,30}\b(?:hit|hits|hitting|slapp?(?:ed|s|ing)|punch(?:ed|es|ing)|kick(?:ed|s|ing)|chok(?:ed|es|ing)|strangl\w+|beat|beats|beating|shook|grabbed|dragg?ed|threw|shov(?:ed|es)|pinned|sat on|burned|tied|locked)\b[^.?!]{0,15}\b(?:him|her|me|my (?:son|daughter|child|kid|baby|boy|girl|grandson|granddaughter)|us|them)\b",
    r"\bbruis(?:e|es|ed|ing)\b", r"\b(?:black eye|broken (?:arm|wrist|rib|bone)s? from|finger ?marks|hand ?print|welts?|ligature)\b", r"\bcame home (?:\w+ ){0,3}(?:bruised|bleeding|bloody|with (?:bruises|marks|a black eye))\b",
    r"\b(?:tied|taped|strapped|zip ?tied|duct ?taped) (?:him|her|them|my \w+|to)\b", r"\b(?:can'?t|couldn'?t|could not|cannot) breathe\b", r"\bknelt on\b|\bsat on (?:him|her|his|my)\b", r"\blocked (?:him|her|my (?:son|daughter|kid|child)|in) (?:in|inside|a)\b[^.?!]{0,20}\b(?:closet|closets|room|bathroom|shed|basement|seclusion)\b",
    r"\b(?:domestic violence|hits me|hit me|beats me|choked me|afraid (?:of|for) (?:my|our) (?:husband|life|lives|partner|safety)|going to kill (?:me|us|him|her|them)|threaten\w* to kill)\b", r"\bwill kill (?:me|us)\b", r"\bnot safe (?:at home|here|in (?:this|our|my) (?:house|home))\b", r"\b(?:isn'?t|not) safe with (?:his|her|their|my)\b",
    r"\b(?:neglect(?:ed|ing)?|starv(?:ed|ing))\b[^.?!]{0,20}\b(?:child|kids?|him|her|baby|neighbor|home)\b",
    # weapons, violence, missing
    r"\b(?:brought|bring(?:ing)?|has|have|had|got|with|carrying|pulled|hid|found|took)\b[^.?!]{0,15}\b(?:a|the|his|my|our|dad'?s|some) (?:gun|knife|weapon|pistol|rifle|razor|razor blade|handgun|noose)\b", r"\bshoot(?:ing)? (?:up|everyone|him|her|people|somebody|the school)\b", r"\bkill (?:everyone|everybody|people|his teacher|her teacher|him|her|me|us|them all|kids|someone|somebody|the other)\b", r"\bschool shoot\w*", r"\b(?:stab|stabbed|stabbing) (?:him|her|me|someone|a|another|his|people|kids)\b", r"\bhit ?list\b", r"\bbomb threat\b|\bblow up the school\b", r"\bdeath threats?\b",
    r"\b(?:is|has gone|went|gone|been) missing\b(?! (?:school|class|services|work|assignments?|minutes|sessions?|from|speech|\w+ (?:class|school|days)|days|out|the|a lot|his|her|so|too|homework|recess|therapy|instruction|pages?|signatures?|page))", r"\bran away\b", r"\brun(?:s|ning)? away from (?:home|school)\b", r"\b(?:can'?t|cannot|couldn'?t|can not|cant|couldnt) find (?:him|her|my (?:son|daughter|child|kid|boy|girl|grandson|granddaughter|autistic \w+))\b", r"\b(?:never (?:came home|got off the bus|made it home|got home)|didn'?t (?:come|get|make it) home|hasn'?t come home)\b", r"\b(?:kidnap|abduct|traffick)\w*", r"\bwander(?:ed)? off\b[^.?!]{0,30}\b(?:find|gone|missing|know where)\b", r"\b(?:nobody|no one|noone) knows where (?:he|she|they|my)\b",
    r"\b(?:unconscious|not breathing|turning blue|unresponsive|won'?t wake up|bleeding (?:a lot|bad|badly|and|from))\b", r"\bgroom(?:ed|ing) (?:her|him|my|online)\b", r"\bnudes?\b", r"\bsend(?:ing)? (?:him|her|them)? ?(?:naked|nude) (?:pics|pictures|photos)\b",
)  # fmt: skip

NO_DANGER = (
    # sayings
    r"\b(?:is|are|was|were|'?s|be|been) (?:just |literally |really |absolutely |about |gonna |going to )?kill(?:ing|ed)? (?:me|us|my (?:back|feet|head|brain|budget|wallet|patience|soul|mood|vibe|him|her))\b", r"\b(?:could|would|will|gonna|going to|might|may) (?:just |honestly |literally )?(?:kill|strangle|murder|choke) (?:that|this|the|his|her|my (?:husband|ex|mother-in-law|boss)|him|her|them)\b(?=[^.?!]{0,40}\b(?:lol|haha|jk|not really|joking|printer|laptop|app|website|portal|form|wifi|computer)\b)",
    r"\bdying (?:to (?:know|hear|ask|see|find)|of (?:boredom|laughter|embarrassment|curiosity)|laughing|over here|inside lol|on the vine)\b", r"\b(?:dead|die|died|dying) (?:tired|line|lines|laughing|of (?:embarrassment|shame|laughter|boredom))\b", r"\bdrop dead gorgeous\b", r"\bto die for\b", r"\bdie on (?:this|that) hill\b|\bhill (?:to|i'?ll|i will|i'?m going to) die on\b", r"\bnearly died (?:laughing|of)\b",
    r"\bshoot (?:me|you|them|him|her|us|over|off)? ?(?:an? )?(?:email|text|message|note|line|over|me now)\b", r"\bshot (?:down|in the (?:dark|arm|foot))\b", r"\bgun ?shy\b|\bjump(?:ed|ing)? the gun\b|\bstick(?:ing)? to (?:my|our|their) guns\b|\bsmoking gun\b", r"\bbang\w* my head (?:against|on)\b", r"\bpull\w* my hair out\b", r"\bstabbed? in the back\b|\bstab at\b|\bback ?stab", r"\bblow(?:s|ing|n)? up (?:my phone|over|at|in (?:class|my face)|the budget)\b", r"\bhit(?:s|ting)? (?:a|the|his|her|rock|me (?:like|that|up|hard)) ?(?:wall|roof|books|bottom|mark|goals?|limit|nail|spot|target|benchmarks?)\b", r"\bbeat(?:s|ing)? (?:me to|around the bush|a dead horse|myself up|yourself up|himself up|herself up|him at|her at|the (?:odds|clock|deadline|system))\b", r"\bdead ?(?:line|end|set|weight|wrong|serious|last|horse)s?\b",
    r"\bkill(?:s|ed|ing)? (?:time|two birds|the (?:mood|vibe|plan|iep|bill|program|services?)|his (?:confidence|spirit|motivation|love)|her (?:confidence|spirit|motivation|love)|our (?:budget|program))\b", r"\bkilling it\b|\bkilled it\b", r"\bcut(?:ting|s)? (?:my|his|her|their|our|the|back|off|down|out|corners|class|(?:\w+ )?(?:services|minutes|hours|time|therapy|speech|ot|aide))\b(?! (?:arms?|wrists?|legs?|thighs?|self|skin))", r"\babus(?:e|ing|ed) (?:the system|their power|his power|her power|of (?:power|process|discretion)|accommodations)\b",
    r"\b(?:hearing|vision|visually|hearing[- ]) ?impair\w*", r"\b(?:chok(?:e|ed|es) up|got choked up)\b", r"\btest\w* (?:is|was|are)? ?(?:a )?killer\b|\bkiller (?:app|test|schedule)\b", r"\b(?:anti|against|prevent\w*|policy on|training on|about) (?:suicide|abuse|bullying)[- ]?(?:prevention|policy|training|assembly|program|awareness|week)\b", r"\b(?:suicide|abuse) (?:prevention|awareness|hotline poster)\b", r"\bsubstance abuse\b",
)  # fmt: skip

_DANGER = [re.compile(pattern, re.IGNORECASE) for pattern in DANGER]
_NO_DANGER = [re.compile(pattern, re.IGNORECASE) for pattern in NO_DANGER]
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


def readable(text: str) -> str:
    """Return `text` without invisible signs and with plain quotes, as the patterns expect it."""
    return " ".join(_INVISIBLE.sub("", text).replace("’", "'").replace("‘", "'").replace("ʼ", "'").split())


def danger_in(text: str) -> str | None:
    """Return the words that speak of danger, or None.

    >>> danger_in("she said she wants to die")
    'wants to die'
    >>> danger_in("this homework is killing me") is None
    True
    """
    plain = readable(text)
    for saying in _NO_DANGER:
        plain = saying.sub(" … ", plain)
    for pattern in _DANGER:
        if match := pattern.search(plain):
            return match[0]
    return None
