"""Everyday sayings with violent words. They are cut out of a message before danger is looked for."""

from __future__ import annotations

from assistant.nlu.danger.words import MONTH

_THING = (
    r"(?:that|this|the|my|his|her) (?:\w+ )?(?:copier|printer|laptop|phone|app|website|portal|form|wifi"
    r"|computer|email|fax|scanner|chromebook)"
)
_RELATIVE = r"(?:father|mother|dad|mom|brother|sister|uncle|aunt|cousin|friend|husband|wife|grandpa|grandma|grandfather|grandmother|stepdad|parent)"
_PET = r"(?:dog|puppy|cat|kitten|hamster|bunny|rabbit|bird|horse|pet)"
_LONG_AGO = r"\b(?:years?|ago|back in|before (?:he|she|they)|when (?:he|she|they|i) (?:was|were)|in (?:19|20)\d\d|last (?:year|spring|summer|fall|winter)|since (?:he|she|they) (?:was|were))\b"

_STAFF = (
    r"(?:therapist|teacher|slp|aide|para|counselor|nurse|ot|pt|interpreter|tutor|psychologist|specialist)"
)

SAYINGS = (
    # "the therapist left in october and nobody has seen him since": nobody works with him; "the aide left the room and …" is danger
    (
        rf"\b{_STAFF}\b[^.?!]{{0,40}}\b(?:quit|resigned|retired|(?:left|went|has been out|is out) (?:(?:in|since|on|at|over|by) )?(?:{MONTH}"
        r"|leave|maternity leave|labor day|thanksgiving|christmas|the (?:summer|break|start of)))\b[^.?!]{0,60}\b(?:nobody|no one)"
        r" (?:has seen|saw|sees) (?:him|her|my \w+)(?: since)?\b"
    ),
    # to kill, to die
    (
        r"\b(?:is|are|was|were|its|thats|be|been|this|homework|feet|meetings?|paperwork|back|waiting)(?:"
        r" just| literally| really| about| gonna| going to)* kill(?:ing|ed)? (?:me|us|my|our)\b(?!"
        r" (?:son|daughter|kid|child|brother|sister|teacher)|self|selves)"
    ),
    (
        r"\b(?:process|paperwork|iep|meeting|homework|school|stress|wait|year|commute|it) (?:will|is going"
        r" to|is gonna|might|may) kill (?:me|us)\b"
    ),
    (
        r"\b(?:could|would|will|id|ill|gonna|going to|might|want to|i) (?:just |honestly |literally"
        rf" )?(?:kill|strangle|murder|choke|shoot|throttle) {_THING}s?\b"
    ),
    (
        r"\b(?:it|its|this|that|homework|school|math|stress|waiting)(?: is| was)? (?:just )?killing"
        r" (?:him|her|them)\b"
    ),
    r"\bstrangled by\b",
    r"\bstrangle the phone\b",
    r"\b(?:id|hed|shed|would|wed) kill (?:me|for|to)\b",
    r"\bkilled my \w+",
    r"\bkill my (?:whole|mood|vibe|back|feet)\b",
    (
        r"\bkill(?:s|ed|ing)? (?:time|two birds|it\b|the (?:mood|vibe|plan|iep|bill|program|services?|deal"
        r"|budget)|(?:his|her|their|our|my) (?:\w+ )?(?:confidence|spirit|motivation|love|joy|chances|cat"
        r"|grade|gpa|vibe|budget|program|mood|self esteem))\b"
    ),
    r"\bkilling (?:my|him|her)sel(?:f|ves) (?:to|over|trying|with|on|for)\b",
    # families who do the school's work; "should we kill ourselves" has no such place or end
    r"\bkill ourselves (?:at home|every|each|nightly|with homework|over homework|helping|to (?:keep|get|make|help))\b",
    r"\bkiller (?:app|test|schedule|class|teacher|whale)\b",
    (
        r"\bdying (?:to (?:know|hear|ask|see|find|get|go|be)|of (?:boredom|laughter|embarrassment|curiosity)"
        r"|laughing|over here|inside|on the vine)\b"
    ),
    (
        r"\b(?:die|died|dying|dead) (?:tired|laughing|of (?:embarrassment|shame|laughter|boredom|curiosity"
        r"|old age))\b"
    ),
    r"\b(?:about|nearly|almost|just) died (?:laughing|of|when|inside)\b",
    r"\b(?:bored|scared|sick|worried|tired|embarrassed) to death\b",
    r"\bdeath of (?:me|us)\b",
    r"\bto die for\b",
    r"\bdie on (?:this|that) hill\b",
    r"\bhill (?:to|ill|i will|im going to) die on\b",
    r"\bdead ?(?:line|end|set|weight|wrong|serious|last|horse|beat|zone|tired)s?\b",
    r"\bdrop dead\b",
    r"\bover my dead body\b",
    r"\bplay dead\b",
    (
        r"\b(?:battery|phone|laptop|computer|car|tablet|device|aid|plan|bill|wifi)s? (?:is |are |was |just "
        r"|about to |going to |gonna )*(?:die|dies|dying|died|dead)\b"
    ),
    # somebody else's death, in a child's history
    rf"\b{_RELATIVE}s suicide\b",
    rf"\b{_RELATIVE} (?:\w+ )?(?:took (?:his|her) own life|(?:killed|hung|hanged|shot) (?:him|her)self|overdosed|committed suicide|was (?:shot|killed))\b[^.?!]{{0,30}}{_LONG_AGO}",
    # a death that is near or was, a pet that is gone
    rf"\b(?:{_RELATIVE}|{_PET}|fish)(?: is| was|s)? (?:going to|gonna|about to) die\b",
    rf"\b{_PET}\b[^.?!]{{0,40}}\b(?:cant find (?:him|her|it)|is missing|(?:ran|run) (?:off|away))\b(?:[^.?!]{{0,30}}\bcant find (?:him|her|it)\b)?",
    # danger that is denied
    r"\b(?:not|isnt|arent|wasnt|never been|no longer) (?:actively |really |at all )?suicidal\b",
    r"\bnot (?:going to|gonna|trying to) (?:hurt|kill|harm) (?:him|her|my)sel(?:f|ves)\b",
    r"\b(?:no|not|isnt|wasnt|never) (?:been )?(?:abuse|abused|in danger|self[ -]?harm)\b",
    # a grown-up who went years ago; one who went with a child, or yesterday, is danger
    rf"\b(?:{_RELATIVE}|parents?)\b[^.?!]{{0,20}}\b(?:left|took off|walked out|moved (?:away|out)|disappeared|vanished|went missing)\b(?! with)[^.?!]{{0,25}}{_LONG_AGO}[^.?!]{{0,60}}\b(?:dont|doesnt|do not|nobody|no one) knows? where (?:he|she|they)\b",
    r"\bnever (?:made it|makes it|got|gets|came) (?:back )?(?:home|off the bus|to first period) (?:once |on time )?(?:this|last|all|most|any|in an?) (?:\w+ )?(?:week|month|quarter|semester|year|fall|spring|winter)\b",
    (
        r"\b(?:was|were|been|got) (?:badly )?abused (?:and neglected )?(?:before|as an?"
        r"|by (?:his|her) (?:birth|bio)"
        r"|in (?:foster|a foster|his|her|the orphanage))"
    ),
    # to shoot, guns, bombs
    (
        r"\bshoot (?:me|you|them|him|her|us|over|off)? ?(?:an? |the |your )?(?:quick )?(?:email|text|message"
        r"|note|line|form|link)\b"
    ),
    r"\bshoot over\b",
    r"\bshoot for\b",
    r"\bshoot (?:himself|herself|myself|ourselves|yourself) in the foot\b",
    r"\bshot (?:down|in the (?:dark|arm|foot))\b",
    r"\bgun ?shy\b",
    r"\bjump(?:ed|ing|s)? the gun\b",
    r"\bstick\w* to (?:my|our|their|your) guns\b",
    r"\bsmoking guns?\b",
    r"\btop gun\b",
    r"\bunder the gun\b",
    r"\bbig guns\b",
    (
        r"\b(?:finger|toy|nerf|water|squirt|pretend|lego|paper|bb|cap|glue|heat|massage|airsoft|play|fake"
        r"|drawing of a|picture of a|drew a|stick) guns?\b"
    ),
    r"\bgun (?:control|laws?|violence|safety|rights|permits?)\b",
    r"\babout guns\b",
    r"\bbullet(?:ed|s)? (?:points?|journal|list)\b",
    r"\b(?:bite|bit|dodged?|silver|take|magic) (?:the |a |that )?bullets?\b",
    r"\bin bullets\b",
    r"\bshotgun (?:approach|meeting|wedding)s?\b",
    r"\bride shotgun\b",
    r"\bsure as shooting\b",
    r"\bstraight shooter\b",
    r"\b(?:shooter|shooting|lockdown|bomb) (?:drill|training|practice|preparedness)s?\b",
    (
        r"\b(?:suicide|abuse|violence) (?:prevention|awareness|policy|training|assembly|unit|hotline|week"
        r"|posters?)\b"
    ),
    r"\bblow(?:s|ing|n)? up (?:my phone|over|at|in (?:class|my face)|the budget)\b",
    r"\b(?:photo|bath|f) ?bomb\w*",
    r"\btime bomb\b",
    # to hit, beat, stab, choke, cut, burn
    (
        r"\bhit(?:s|ting)? (?:a|an|the|his|her|all his|all her|some) (?:\w+ )?(?:walls?|roof|books|bottom"
        r"|marks?|goals?|limits?|nail|spot|targets?|benchmarks?|ceiling|road|jackpot)\b"
    ),
    r"\bhit (?:rock bottom|me (?:like|up|hard|with)|us with|my limit)\b",
    (
        r"\bbeat(?:s|ing|en)? (?:me to|around the bush|a dead|myself up|yourself up|himself up|herself up"
        r"|him at|her at|the (?:odds|clock|deadline|system|rush)|(?:his|her) (?:own )?best|us to|him to|her"
        r" to)\b"
    ),
    r"\bbeats me(?= *[.,!?]| *$| how| why| what)",
    r"\bbeat up after\b",
    r"\bstabbed? (?:me |us |him |her )?in the back\b",
    r"\b(?:a|another|my) stab at\b",
    r"\bback ?stab\w*",
    r"\bbang\w* my head (?:against|on)\b",
    r"\bpull\w* my hair out\b",
    r"\bchok(?:e|es|ed|ing) (?:up|on (?:tests?|the|an? (?:test|exam)))\b",
    r"\bslap in the face\b",
    r"\bslap on the wrist\b",
    r"\bkick(?:ing|ed)? (?:myself|butt)\b",
    r"\bpunching above\b",
    r"\bthr(?:ew|own?|owing) (?:\w+ )?under the bus\b",
    r"\bthrew the book\b",
    (
        r"\bcut(?:ting|s)? (?:corners|class|classes|school|the|back|off|down|out|up|to|me some|us some"
        r"|(?:his|her|their|our|my) (?:\w+ )?(?:services?|minutes|hours|time|therapy|speech|ot|pt|aide"
        r"|sessions?|hair|food|meat|recess|funding|budget|losses))\b"
    ),
    r"\bburn(?:s|ed|t|ing)? (?:out|bridges|by the|through|the (?:midnight|candle))\b",
    r"\bset the world on fire\b",
    r"\bput out fires\b",
    r"\bheart (?:bled|bleeds|is bleeding)\b",
    (
        r"\babus(?:e|es|ed|ing) (?:the system|their power|his power|her power|of (?:power|process"
        r"|discretion)|accommodations|it|the (?:pass|plan|privilege))\b"
    ),
    r"\bsubstance abuse\b",
    r"\bno (?:bruises?|bruising|marks?|injuries)\b",
    r"\babuse of\b",
    r"\b(?:bruised|bruising) (?:\w+ )?(?:ego|pride|feelings)\b",
    r"\bneglect\w* (?:his|her|their|the) (?:duty|duties|plan|iep|obligations?)\b",
    r"\bviolat\w+\b",
    r"\bkidding\b",
    r"\bway out of (?:a|this|the)\b",
    r"\blive with\b",
    r"\bgo to (?:war|bat)\b",
    r"\bup in arms\b",
    r"\barms? and a leg\b",
    r"\barm and a leg\b",
)
