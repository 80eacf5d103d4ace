"""A grown-up harms a child: blows, restraint with injury, sexual abuse, neglect, being locked in."""

from __future__ import annotations

from assistant.nlu.danger.words import CHILD, DOING, FAMILY, GROWN_UP, HE_OR_SHE, STAFF, VICTIM, soon

_STRIKE = (
    r"(?:hit|hits|hitting|slap|slaps|slapped|slapping|smack|smacks|smacked|punch|punches|punched|kick|kicks"
    r"|kicked|kicking"
    r"|beat|beats|beating|whip|whips|whipped|choke|chokes|choked|choking|strangled?|strangling|shook|pinch"
    r"|pinches|pinched"
    r"|burned|burns|hurts|hurting|twists|twisted|stomped|spanks?|spanked|starv(?:es|ing|ed))"
)
_THROW = r"(?:threw|throws|slams?|slammed|shoved|shoves|dragged|drags|yanked|yanks|kicked|pushed)"
_AGAINST = (
    r"(?:floor|ground|wall|desk|table|bed|lockers?|stairs|steps|window|door|car|couch|hall|hallway|room"
    r"|parking lot|playground|hair|arm|collar|neck)"
)
_NOT_MEANT = (
    r"(?! (?:out|off|from|back|up|around|chances|feelings|confidence|grades?|progress|more|academically"
    r"|with (?:a |an )?(?:zero|detention|suspension|referral|bill)))"
)
_RESTRAINT = (
    rf"(?:restrain\w*|(?:held|hold|pinned|holding|pin) {VICTIM} (?:\w+ )?(?:down|face|on the|against|by the)"
    r"|held down|in a hold|prone position"
    rf"|{HE_OR_SHE} (?:was|is|got|being) (?:pinned|cuffed|handcuffed|held (?:down|against|on|by|in a)))"
)
_INJURY = (
    r"(?:breathe|passed out|went limp|bleed\w*|blood(?! (?:sugar|pressure|work))|bruis\w*|unconscious"
    r"|broke (?:his|her)|broken (?:arm|wrist|collarbone|bone|rib|tooth|teeth|nose|leg)"
    r"|collarbone|got hurt|was hurt|injur(?:ed|ies)"
    r"|dislocat\w*|shoulder came out|fractur\w*|vomit\w*|throwing up|lip was|spitting|stitches|concussion"
    r"|stopped moving|went quiet)"
)
_SHUT_IN = (
    r"(?:(?:\w+ ){0,2}closet|bathroom|shed|basement|dark\w*|cage|crate|dog crate|garage|storage room|trunk"
    r"|cellar|attic|changing room)"
)

BLOWS = (
    # a grown-up strikes, throws, grabs
    rf"{GROWN_UP}{DOING}{_STRIKE}(?: (?:on|at))? (?:{VICTIM}{_NOT_MEANT}|us\b|the (?:kids|children))",
    rf"{GROWN_UP}{DOING}{_STRIKE} (?:his|her|my \w+s) (?:face|head|hands?|legs?|back|arms?|butt|mouth)\b",
    rf"{GROWN_UP}{DOING}{_STRIKE} me\b(?! (?:up|back|with|to|that|like|down))",
    (
        rf"{GROWN_UP}{DOING}{_THROW} {VICTIM} (?:\w+ )?(?:on|onto|against|down|into|across|by|through)"
        rf" (?:\w+ ){{0,2}}{_AGAINST}\b"
    ),
    rf"{GROWN_UP}{DOING}(?:threw|throws|throwing|hurled) (?:\w+ ){{1,3}}at {VICTIM}",
    rf"{GROWN_UP}{DOING}grab(?:bed|s)? {VICTIM} (?:so hard|by the)",
    (
        r"\b(?:hit|beaten|slapped|kicked|punched|pinched|choked|burned|whipped|beat"
        rf"|dragged|grabbed) by (?:(?:a|an|the|his|her|my|our|some) )?(?:\w+ )?(?:{STAFF}|{FAMILY}|somebody"
        r"|someone|old\w+ (?:boy|man|kid)s?)\b"
    ),
    (
        rf"{GROWN_UP}{DOING}(?:broke|twisted|yanked|wrenched|pulled|dislocated) (?:his|her|my) (?:\w+"
        r" )?(?:arm|shoulder|wrist|nose|jaw|finger|leg|rib)"
    ),
    r"\bbeat(?:ing|s|en)? (?:on )?(?:him|her|them) (?:\w+ )?(?:so bad|with|until|up in front)",
    r"\bbeating it out of\b",
    r"\b(?:until|till) (?:the )?blood\b",
    r"\bburns? (?:in the shape of|shaped like)\b",
    # English that is still being learned: "husband he hit"
    (
        rf"\b(?:{FAMILY}|teacher|man) (?:he|she) (?:\w+ ){{0,4}}(?:hits?|beats?|touch(?:es)?|slaps?|kicks?)"
        r" (?:my|me|him|her|the (?:boy|girl|child|kids))\b"
    ),
    r"\bbeats (?:me|us)\b",
    (
        r"\b(?:hits?|hitting|whip\w*|beat\w*|spank\w*|punish\w*) (?:\w+ ){0,3}with (?:a|an|his|her|the)"
        r" (?:belt|belt buckle|extension cord|hanger|switch|spoon|broom|bat|paddle|ruler)\b"
    ),
    r"\b(?:takes?|took) off his belt\b",
    r"\b(?:until|till) (?:he|she|they) (?:bled|passes out|passed out|threw up|stopped moving)\b",
    rf"{GROWN_UP}{DOING}cover(?:s|ed|ing) (?:his|her|my \w+) (?:mouth|nose|face)\b",
    r"\b(?:fired|arrested|charged) (?:for|with) (?:hitting|hurting|abus\w+|assault\w*|molest\w+|child)\b",
    r"\bby the (?:throat|hair)\b(?! of)",
    (
        r"\b(?:pulled|picked|dragged|lifted|yanked) (?:him|her|them) (?:up |in |out |away )?by"
        r" (?:one |an |his |her |the |their )?(?:arms?|legs?|hair|wrists?|ankles?|hood|ears?)\b"
    ),
    rf"{GROWN_UP}{DOING}(?:grab\w*|squeez\w*) (?:his|her|my \w+s) (?:face|neck|throat)\b",
    r"\b(?:nail|teeth|choke) marks\b",
    r"\b(?:tased|tasered|pepper ?sprayed)\b",
    r"\b(?:threw|poured|dumped) (?:\w+ )?(?:boiling|hot|scalding) water\b",
)
MARKS = (
    # what is found on a child
    r"\bbruis(?:e|es|ed|ing)\b(?! (?:my |his |her )?(?:ego|easily|pride))",
    (
        r"\b(?:welts?|hand ?prints?|finger ?marks?|ligature|cigarette (?:burns?|hole)|(?:burn|belt|loop"
        r"|rope) marks?)\b"
    ),
    r"\b(?:fingers|hand|shape of fingers) on (?:his|her) (?:arm|neck|face|back|ribs)\b",
    r"\bsize of a hand\b",
    r"\bblack and blue\b",
    r"\bblack eye\b",
    r"\b(?:new|fresh|red|purple) marks? (?:on|across|around|every|the size)\b",
    r"\bmarks on (?:his|her|my|their) (?:arm|leg|neck|back|body|face|thigh)s?\b",
    r"\b(?:hes|shes|has|got|with) (?:\w+ )?marks (?:on|all|around)\b",
    r"\bmarks? around (?:his|her) (?:neck|wrist)s?\b",
    r"\bbleeding\b(?! (?:us|me|heart|edge|disorder|issue|problem|risk|money))",
    r"\bopen sores\b",
    (
        r"\bblood (?:all over|everywhere|in (?:it when|(?:her|his|the) (?:underwear|pull|diaper|pants"
        r"|panties)))\b"
    ),
    r"\bspitting blood\b",
    r"\bswollen (?:jaw|face|cheek|eye)\b",
    r"\beyes? (?:are|is|was|were) swollen\b",
    r"\bflinch(?:es|ed)? when\b",
)
HELD = (
    # restraint and being locked in
    soon(rf"\b{_RESTRAINT}", rf"\b{_INJURY}", 110),
    (
        rf"\b(?:sit|sits|sat|lie|lies|lay|knelt|kneels|lying) (?:down )?on (?:top of )?(?:{VICTIM}(?!"
        r" (?:phone|hands|lap|chair|desk|butt|computer|laptop|bed))|his back|her back|his chest|her chest)"
    ),
    r"\bknee (?:on|in|into) (?:his|her|my \w+) (?:back|neck|chest)\b",
    r"\bblanket over a (?:boy|girl|kid)s head\b",
    (
        rf"\b(?:locks?|locked|locking|shut|shuts|closed) {VICTIM}(?: up)?(?: \w+){{0,3}} (?:in|inside|into"
        rf"|to)\b[^.?!]{{0,15}}\b{_SHUT_IN}\b"
    ),
    r"\blocks? (?:the )?(?:\w+ )?(?:kids|students|children) in\b",
    r"\blocked in a (?:closet|dark|cage)",
    r"\bin a locked (?:room|closet)\b",
    r"\bshut (?:him|her|them) in(?:to)? (?:the|a) (?:(?:little|small|tiny|empty|dark|padded|bare) )?room\b",
    r"\b(?:crib|bed) with a (?:lid|lock|cage)\b",
    r"\ba locked (?:closet|bathroom|room with)\b",
    r"\blocked (?:me|us) (?:in|out in) (?:the|a|my)\b",
    r"\bchained (?:up|to|in)\b",
    r"\b(?:boy|girl|kid|child|him|her) chained\b",
    r"\bzip ?tied?\b",
    r"\bduct ?tap(?:e|ed)\b",
    r"\btap(?:ed|ing) (?:his|her|their) (?:mouth|hands)\b",
    r"\btape around\b",
    rf"\b(?:tied|strapped|handcuffed|taped) {VICTIM} (?:up|to|in a chair|down)\b",
    r"\btied to (?:a|the|his|her) (?:chair|desk|bed|toilet|pole)\b",
)
SEXUAL = (
    (
        rf"\b(?:molested|touched) by (?:(?:a|an|the|his|her|my|our|some) )?(?:\w+ )?(?:{STAFF}|{FAMILY}|somebody"
        r"|someone|old\w+ (?:boy|man|kid)s?)\b"
    ),
    r"\bmolest(?:s|ed|ing|ers?|ation)?\b",
    r"\brap(?:e|ed|es|ing|ist)\b",
    r"\bsexual(?:ly)? (?:abus|assault|touch|act|thing|harm|exploit)\w*",
    r"\bsex offender\b",
    r"\b(?:child|physical) abuse\b",
    r"\babus(?:ed|ing|es|er|ive)\b",
    (
        rf"\btouch(?:es|ed|ing)? (?:{VICTIM}|me)\b[^.?!]{{0,30}}\b(?:private\w*|inappropriate\w*|down there"
        r"|sexual\w*|underwear|in the bathroom|at night)"
    ),
    r"\b(?:been|is|was|keeps|started) touching (?:him|her|me|my|them)\b",
    r"\btouched (?:my|our) (?:little )?(?:girl|boy|daughter|son|sister|brother)\b",
    (
        r"\b(?:touch|grab|grop|kiss|rub|lick)\w* (?:his|her|their|my \w+s) (?:chest|breasts?|butt|bottom"
        r"|thighs?|privates?|penis|vagina|crotch)\b"
    ),
    r"\bforc(?:ed|es|ing) (?:him|her|them|my \w+) to (?:touch|kiss|undress)\b",
    (
        r"\b(?:boyfriend|uncle|stepdad|stepfather|grandpa|man|cousin|teacher|babysitter) (?:\w+ )?(?:gets?"
        r"|got|climbs?|crawls?) in(?:to)? (?:bed|the (?:shower|tub)) with\b"
    ),
    r"\binappropriate\w* touch\w*",
    r"\bprivate parts\b",
    r"\bhands? (?:in|down|inside|up|under) (?:her|his|my|their) (?:pants|shirt|skirt|underwear|shorts|clothes)\b",
    r"\bput (?:his|her|their) fingers? (?:inside|in) (?:her|him|my)\b",
    r"\b(?:rubs?|rubbed|strok\w+|touch\w*)\b[^.?!]{0,40}\b(?:not to (?:say|tell)|dont tell|a secret)\b",
    r"\btouch(?:es|ed) (?:him|her|them) when (?:he|she) (?:changes|bathes|dresses|toilets|showers)\b",
    r"\bdoes things to (?:her|him)\b(?! \w+s\b)",
    r"\bmak(?:es|ing) (?:him|her|them) (?:take (?:his|her|their) clothes off|sleep in (?:his|her) bed)\b",
    rf"{GROWN_UP}{DOING}(?:plays? doctor|comes? in (?:when|while) (?:he|she) (?:showers|bathes|changes|undresses))\b",
    r"\b(?:afraid|scared|terrified) of (?:his|her) (?:cousin|uncle|stepdad|stepfather|stepmom|grandpa|(?:mom|mother)s boyfriend)\b",
    (
        r"\b(?:mak(?:es|ing)|made) (?:him|her|them|my \w+) (?:\w+ )?(?:pull down|take off|undress|do"
        r" (?:stuff|things|sexual)|touch)\b"
    ),
    r"\bmak(?:es|ing) (?:him|her|them) sit (?:on|in) (?:his|her) lap\b",
    r"\bwatch(?:es|ed|ing) (?:him|her) (?:shower|undress)\b",
    r"\b(?:showers|bathes) with (?:him|her|my (?:son|daughter))\b",
    r"\bnudes?\b",
    r"\bnaked (?:pics?|photos?|pictures?)\b",
    r"\bporn\w*",
    r"\b(?:pictures|photos|pics) of (?:himself|his private)\b",
    r"\b(?:its|is|keep it) (?:our|their) (?:little )?secret\b",
    r"\bkiss(?:es|ed) (?:him|her) on the (?:mouth|lips)\b",
    r"\b(?:dad|father|stepdad|uncle|grandpa|brother|mans?|boyfriend|bf) comes? in(?:to)? my (?:room|bed)\b",
    r"\bgroom(?:ed|ing) (?:him|her|my|online)",
    r"\bbeing sold\b",
    r"\btraffick\w+",
    r"\bblackmail(?:s|ed|ing) (?:her|him|my)\b",
    (
        r"\b(?:grown|older|adult|strange) (?:man|men|guy)\b[^.?!]{0,50}\b(?:pictures|photos|meet|online"
        r"|touch\w*)"
    ),
    r"\binfection down there\b",
    r"\b(?:secret|special) games?\b[^.?!]{0,30}\b(?:bed|blanket|covers|tent|shower|bath|tell)\b",
    r"\b(?:plays?|playing|played) (?:an? |the )?(?:\w+ )?(?:game|doctor) with (?:him|her|me|my \w+)\b[^.?!]{0,20}\b(?:bed|blanket|covers|dark|alone|night)\b",
    r"\b(?:girl|daughter|shes) (?:is )?(?:9|10|11|12|13) and pregnant\b",
    r"\btouch\w* (?:him|her|me) (?:under|inside|between)\b",
    r"\bcame home with(?:out)? (?:no |his |her |any )?underwear\b",
    r"\b(?:pictures?|photos?|pics?|videos?) of (?:\w+ ){1,3}in (?:his|her|their) underwear\b",
    r"\bhurt(?:s|ing)? (?:my |his |her )?(?:butt|bottom|privates?)\b",
    r"\b(?:scared|afraid|hurts) to sit(?: down)?(?= *[.!?,]| *$| and)",
)
NEGLECT = (
    r"\b(?:starving|underfeeding) (?:that|the|their|him|her|my) \w+\b",
    r"\bneglected (?:at home|child|by (?:his|her) (?:mom|mother|dad|father|parents))\b",
    r"\b(?:eats?|eating) (?:from|out of) the (?:trash|garbage)\b",
    (
        r"\bleaves? (?:her|his|the|their) (?:baby|toddler|kids|children) (?:home )?alone"
        r" (?:all|at|for|every|over|with)\b"
    ),
    r"\bfeeds? (?:him|her|them) (?:only )?once a day\b",
    r"\bno food in (?:that|the|their) house\b",
    r"\bhasnt (?:eaten|had (?:a bottle|food)) (?:in|since)\b",
    (
        r"\bleft (?:him|her|my \w+|them) (?:alone )?(?:strapped |locked )?(?:in|on) (?:\w+ )?(?:the |a"
        r" )?(?:bus|van|car|hot car)\b"
    ),
    r"\bleft (?:him|her|them) strapped in\b",
    r"\block(?:s|ed) [^.?!]{0,25} in (?:a|the) (?:shed|crate|cage|basement|dark room)\b",
)
AT_HOME = (
    # violence between adults
    r"\bdomestic violence\b",
    r"\bhands a?round (?:my|her|his) (?:throat|neck)\b",
    r"\bchok(?:ed|es|ing) me\b",
    r"\bbreaking everything\b",
    r"\bby my hair\b",
    (
        r"\b(?:not|dont feel|never|isnt|arent) safe (?:at home|to go home|in (?:this|my|our) (?:house|home)"
        rf"|here|(?:with|around) (?:my|his|her|our) (?:own )?(?:{FAMILY}|son|daughter|child|teen))\b"
    ),
    rf"\b(?:afraid|scared|terrified) of my (?:own )?(?:{FAMILY}|son|daughter)\b",
    r"\b(?:afraid|scared|terrified|fear) for my (?:own )?(?:life|safety)\b",
)
OWN_HAND = (
    # a parent afraid of the own hand
    (
        r"\b(?:i|im|ill) (?:\w+ ){0,4}(?:might|going to|gonna|about to|will) (?:hurt|harm|hit|smother"
        rf"|shake|throw|drown|strangle|suffocate|snap and) (?:{VICTIM}|this kid|{CHILD})(?! (?:chances"
        r"|feelings|grades|future|with|up|off))"
    ),
    (
        r"\b(?:scared|afraid|worried|terrified|feel like)(?: that)? (?:i|ill|i will|i might|im going to|im"
        r" gonna|i could) (?:\w+ )?(?:hurt|harm|hit|hurting|smother|shake) (?:him|her|them|the|my|one)\b"
    ),
    r"\b(?:lose|losing|lost) it and (?:hit|hurt|hurting|hitting|shake|slap|pushed)\b",
    r"\bdont trust myself\b",
    r"\b(?:put|held|kept) (?:my|his|a) hand over (?:his|her|my|their) (?:mouth|nose|face)\b",
    (
        r"\bi (?:just |really |sometimes )?want to (?:hurt|smother|shake|drown|hit) (?:him|her|them|my|the"
        r" baby)\b"
    ),
    (
        r"\bi (?:just |then |got so \w+ i )?(?:slapped|hit|shook|punched|kicked|choked|burned|whipped)"
        r" (?:him|her|the baby|my (?:\w+ )?(?:son|daughter|kid|baby|toddler|child))\b(?! (?:up|with a"
        r" (?:question|lot)|awake))"
    ),
    (
        r"\bi (?:just )?(?:threw|slammed|shoved) (?:him|her|the baby|my (?:\w+ )?(?:son|daughter|kid|baby"
        r"|toddler|child)) (?:on|onto|against|into|down|at|across)\b"
    ),
    r"\bi shook the\b",
    r"\bi pushed (?:him|her) and (?:he|she) (?:hit|fell)\b",
    r"\bkilling (?:this|my|the) (?:child|kid|baby|son|daughter)\b",
    r"\bpillow over (?:his|her|my)\b",
    r"\bsnap and (?:throw|hurt|hit|shake|kill)\b",
)

PATTERNS = (*BLOWS, *MARKS, *HELD, *SEXUAL, *NEGLECT, *AT_HOME, *OWN_HAND)
