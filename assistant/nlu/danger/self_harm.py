"""Suicide and self-harm, a child's or a parent's, in open and in veiled words."""

from __future__ import annotations

from assistant.nlu.danger.words import MONTH, SELF, near

_PILLS = (
    r"(?:pills?|tablets?|meds|medicine|medication|prescription"
    r"|tylenol|advil|benadryl|oxy\w*|concerta|adderall)"
)
_BODY = r"(?:arm|forearm|wrist|leg|thigh|skin|neck|throat|stomach|elbow|body)s?\b"
_NOT_WANT = (
    r"\b(?:doesnt|does not|dont|do not|didnt|did not|not|never|no longer) (?:even )?(?:want|wanna"
    r"|wanting)(?: to)?"
)
_WANT = (
    r"\b(?:wants?|wanted|wanting|wanna|wish|wishes|wished|wishing|rather|prefer|ready|going|gonna|beg|begs"
    r"|prays?)"
)

PATTERNS = (
    # named
    r"\bsuicid\w*",
    r"\bideation\b",
    r"\bkms\b",
    r"\bun[ -]?aliv\w+",
    rf"\bunliv(?:e|es|ing) {SELF}",
    r"\bsewerslid\w+",
    rf"\bkill(?:s|ed|ing)? {SELF}",
    r"\bself[ -]?harm\w*",
    r"\boverdos(?:e|ed|ing)\b",
    r"\b(?:end|ends|ending|ended|take|takes|taking|took|taken) (?:my|his|her|their) (?:own )?li(?:fe|ves)\b",
    r"\b(?:end|ending) it all\b(?! (?:like|this|over|without))",
    (
        r"\b(?:she|he|son|daughter|kid|i|boy|girl) (?:has |just )?attempted (?:again|last|tonight|yesterday"
        rf"|twice|it|in {MONTH})\b"
    ),
    # to be dead
    near(_WANT, r"\b(?:die|be dead|(?:was|were) dead|to not exist)\b"),
    r"\b(?:was|were|been|had) never (?:been )?born\b",
    r"\bnever been born\b",
    (
        r"\bwish\w* (?:\w+ ){0,3}(?:wouldnt|would not|didnt|couldnt|could never|never) (?:have to )?(?:wake"
        r" up|exist)"
    ),
    r"\b(?:never|not) (?:wake|waking|get) up again\b",
    r"\bnever get up again\b",
    r"\bgo to sleep and (?:never|not)\b",
    r"\b(?:let|help) (?:me|him|her|somebody let him|somebody let her) die\b",
    r"\basked? (?:me|us|her|him|mom|dad) to kill (?:him|her|me)\b",
    r"\b(?:hurts?|takes?|feels?|like|quickest|way) to die\b",
    r"\b(?:how|ways) to die\b",
    (
        r"\b(?:talk\w*|writ\w*|think\w*|draw\w*|joking|obsess\w*) (?:\w+ )?about (?:dying|death|being dead"
        r"|killing)\b"
    ),
    near(r"\b(?:go|going|wants?|wanted|happier|be|join|leave)", r"\b(?:in|to) heaven\b", 20),
    r"\bgod (?:takes|would take|to take) (?:him|her|me)\b",
    r"\b(?:should|might as well) (?:just )?die\b",
    r"\b(?:will|ill|shell|hell) be dead\b",
    r"\bsleep forever\b",
    r"\bmy last (?:night|day|post|message)\b(?! (?:of|at|for|in|off|on|with|before))",
    # not to live
    rf"{_NOT_WANT} be (?:here|alive|around)\b(?! (?:in|at|on|near|with|for|because|when|if|alone|today)\b)",
    (
        r"\bwish\w* (?:\w+ ){0,4}(?:wasnt|werent|was not|were not|couldnt be|didnt have to be) (?:even )?"
        r"(?:here|alive|around)\b(?! (?:in|at|on|near|with|for|because|when|while|if|alone|to|today|that)\b)"
    ),
    r"\bwish\w* (?:\w+ ){0,2}(?:i|he|she) could (?:just |all )?(?:disappear|vanish|be gone|not be here|stop existing)\b(?! (?:for (?:a|an|the|one)|into|to)\b)",
    rf"{_NOT_WANT} (?:exist|be on this earth)\b",
    rf"{_NOT_WANT} live\b(?! (?:with|in|at|on|near|there|here|under|through|like|off|by|apart|so)\b)",
    rf"{_NOT_WANT} wake up\b(?! (?:in|at|for|early|so|on|to|and|this)\b)",
    (
        r"\b(?:reason|point|purpose) (?:to|in|for|of) (?:live|living|be alive|being alive|going on|keep"
        r" (?:living|going))\b"
    ),
    r"\bno point living\b",
    r"\bnothing (?:left )?to live for\b",
    r"\b(?:life|living) (?:is|isnt|aint|is not|was) ?(?:not|nt)? worth (?:it|living)\b",
    r"\bif i live or (?:not|die)\b",
    r"\btired of (?:living|being alive)\b",
    r"\bhat(?:e|es|ing) (?:being alive|to be alive|living)\b",
    r"\bdone (?:with )?living\b",
    r"\blast day on (?:this )?earth\b",
    r"\bstop breathing$",
    r"\bi (?:just )?want to end it(?= *[.!?\"”]| *$)",
    r"\bcant do life\b",
    r"\bcant go on (?:any ?more|living)\b",
    r"\bbetter off (?:dead|without me)\b",
    r"\b(?:they|theyd|everyone|everybody|family|kids|he|she|hed|shed)(?: would| will)? (?:all )?be better off if (?:i|he|she)\b",
    near(
        r"\b(?:everyone|everybody|they|kids|world|family|people|mom|you)(?:d| would| will)?",
        r"better off without (?:him|her)\b",
        20,
    ),
    near(
        r"\b(?:notice|miss|care|cared|happier|nicer|better|relieved|favor)",
        (
            r"if (?:i|he|she) (?:(?:was|were)(?: (?:gone|dead|not|no longer|never)\b| *[.!?]| *$)"
            r"|wasnt|died|had (?:died|never)|disappear\w*)"
        ),
        25,
    ),
    (
        r"\bif i (?:disappear|disappeared|was gone|were gone|wasnt here|wasnt in the picture|was dead|were"
        r" dead)\b"
    ),
    (
        r"\b(?:i|he|she) (?:wont|dont think ill|will not) be (?:here|around) (?:much longer|for much longer"
        r"|to see)\b"
    ),
    r"\bdisappear (?:forever|for good)\b",
    r"\bgo away forever\b",
    r"\b(?:make|making) it through (?:the night|tonight)\b",
    r"\bday (?:she|he|i) dies?\b",
    r"\blife (?:is|feels|has) (?:pointless|no (?:point|meaning))",
    r"\bno point (?:to|in|of) (?:life|anything|being here)\b",
    r"\b(?:dont|not to) (?:come )?look(?:ing)? for (?:me|her|him)\b",
    r"\b(?:no|a|only) way out (?:except|but|is) (?:dying|death|to die|suicide)\b",
    # saying goodbye
    r"\b(?:good ?bye|farewell) (?:note|letter|card|message|video)s?\b",
    r"\b(?:texting|messaging|telling) (?:\w+ ){0,3}good ?bye\b",
    r"\bsaying good ?bye to (?:everyone|everybody|all)\b",
    near(
        r"\bgiv(?:es|ing|en)",
        r"\b(?:games|stuff|things|toys|belongings|clothes|everything) away\b|\bgiving away (?:his|her|all)\b",
        25,
    ),
    near(
        r"\b(?:gave|giv(?:es|ing|en))\b",
        r"\b(?:wont|will not|doesnt|does not) (?:be )?need(?:ing)? (?:it|them|his|her|any)\b",
        120,
    ),
    # how
    r"\bdr(?:ive|iving|ove) (?:\w+ ){0,3}(?:into|off) (?:the|a) (?:river|lake|bridge|cliff|tree|wall|ditch)\b",
    rf"\bhurt {SELF}(?! (?:on the|at recess|in pe|in gym|falling|by accident|running))",
    (
        r"\b(?:hang|hangs|hanging|hung|shoot|shot|shooting|drown|drowning|stab|stabbed|stabbing|cut|cuts"
        r"|cutting|hurts|hurting|harm|harming|burns?|burned|burning|poison|choke|choking|strangle"
        rf"|strangling|suffocate|starve|starving) {SELF}"
    ),
    (
        rf"\b(?:scratch|bang|bit|bite|bites|hit|hits|punch|pick)\w* (?:{SELF}|(?:his|her|their|my) (?:own"
        r" )?(?:head|face))[^.?!]{0,30}(?:bleed|bled|blood|swollen|black and blue)"
    ),
    rf"\bdo (?:something|anything) (?:stupid )?to {SELF}",
    rf"\bdoes something to {SELF}",
    (
        r"\b(?:cut|cuts|cutting|burns?|burning|burned|slicing|stabbing) (?:on |up )?(?:my|his|her|their)"
        rf" (?:own )?{_BODY}"
    ),
    rf"\bcuts? (?:on|from|all over|up and down|along) (?:my|his|her|their) {_BODY}",
    (
        r"\b(?:she|he|daughter|son|teen|kid|girl|boy|child|who)(?:s|s been| is| was| has been| been|"
        r" started)? cutting(?= (?:again|herself|himself|to cope|at (?:night|school)|since|because|when|where"
        r"|and|after|deeper)\b|[.!?,]|$)"
    ),
    near(
        r"\b(?:slit|slits|slash|slashed|slashes|carved?)\b",
        r"\b(?:wrist|arm|forearm|throat|leg|thigh)s?\b",
        20,
    ),
    r"\bcut too deep\b",
    r"\b(?:glass|blade|knife|scissors|razor) on (?:his|her|my) (?:wrist|arm|leg|thigh)s?\b",
    r"\brazors?(?: ?blades?)?\b(?! ?(?:scooter|sharp|thin|burn))",
    r"\b(?:the|a|sharpener) blade\b",
    (
        r"\b(?:took|taken|takes?|taking|swallow(?:ed|s|ing)?|ate) (?:\w+ ){0,2}(?:too many|a handful of"
        rf"|handfuls|the rest of|whole|bottle of)[^.?!]{{0,25}}\b(?:{_PILLS}|bottle)\b"
    ),
    rf"\b(?:took|swallowed|ate) (?:a bunch of|a lot of) (?:\w+ )?{_PILLS}\b",
    rf"\b(?:took|swallowed) (?:all|[1-9]\d+|(?:her|his) whole)\b[^.?!]{{0,25}}\b{_PILLS}\b",
    r"\bswallow(?:ed|s) (?:\w+ ){0,3}(?:bottle|batter(?:y|ies)|magnets?|bleach|on purpose)\b",
    (
        r"\b(?:drink|drank|drinking|drunk|chug\w*|swallowed|ate|eaten) (?:\w+ ){0,2}?(?:bleach|antifreeze"
        r"|drano|cleaner|cleaning \w+|detergent|gasoline|(?:rat )?poison|something from under the sink)\b"
    ),
    (
        rf"\b(?:{_PILLS}|gun|pistol|razor|knife|rope)(?: \w+)? (?:in front of me|on the table|in my (?:hand"
        r"|lap)|next to me)\b"
    ),
    rf"\bcounting (?:\w+ )?{_PILLS}",
    rf"\b(?:saving|stashing|hoarding|stashed|hoarded) (?:up )?(?:his|her|my|the) {_PILLS}\b",
    near(r"\bhow many", rf"\b{_PILLS}\b[^.?!]{{0,25}}\b(?:die|not come back|dont wake|kill|enough)", 30),
    rf"\bempty (?:{_PILLS}|pill) bottles?\b",
    near(
        r"\bfound (?:him|her|my \w+)\b",
        r"\b(?:pills|bottle of|rope|razor|blade|knife|noose|hanging(?! (?:out|around|up|with)))\b",
        40,
    ),
    r"\bnoose\b",
    r"\brope in (?:his|her) (?:closet|room|backpack|bag)\b",
    (
        r"\b(?:rope|belt|cord|scarf|string|cable|chain|plastic bag|bag)\b[^.?!]{0,15} (?:around|round|on"
        r"|over) (?:his|her|my) (?:own )?(?:neck|throat|head)\b"
    ),
    near(
        r"\b(?:wants?|going|gonna|tr(?:y|ied|ying)|threat\w*|tells?|about|telling)",
        r"\bjump(?:ing)? (?:in front"
        r"|(?:off|out of|from) (?:\w+ ){0,2}(?:roof|bridge|balcony|building|window|car|cliff))\b",
        20,
    ),
    r"\babout to jump(?= *[.!?]| *$| off| from)",
    (
        r"\bjumped (?:off|out of|from) (?:\w+ ){1,3}?(?:roof|bridge|overpass|balcony|building|window|car"
        r"|cliff)\b"
    ),
    r"\bjumped in front of\b",
    (
        r"\b(?:(?:im|i am|hes|shes|is|sat|standing|sitting)(?: right now)? (?:up )?on|called me from)"
        r" (?:the|a) (?:roof|ledge|bridge|overpass|water tower|tracks|train tracks|railroad tracks)\b"
    ),
    (
        r"\b(?:im|i am|sitting|parked|sat|standing)\b[^.?!]{0,20} (?:by|near|at|on) the (?:bridge|tracks"
        r"|train tracks|cliff|river)(?= *[.,!?]| *$| (?:by|and|right|with|now))"
    ),
    r"\bt(?:ied|ying|ie) [^.?!]{0,20}\b(?:closet rod|rafters?|ceiling fan|beam|(?:his|her|my) neck)\b",
    r"\bclimb\w* (?:over|on|onto|up) the (?:railing|roof|bridge|ledge|water tower)\b",
    r"\bdriv(?:e|ing) (?:\w+ )?(?:off|into) (?:a|the|this) (?:bridge|cliff|lake|river|wall|tree|pole)\b",
    r"\b(?:car|engine) running in the garage\b",
    r"\bdoused (?:himself|herself|myself)\b",
    r"\b(?:lighter|match|flame|iron) to (?:his|her|my) (?:own )?(?:arm|leg|skin|hand)\b",
    (
        r"\b(?:ran|runs?|running|walk\w*|step\w*) (?:out )?(?:in|into|at|in front of) (?:\w+ )?(?:traffic"
        r"|cars|trains?|buse?s?|trucks?)\b[^.?!]{0,25}\b(?:on purpose|to die|because he says|because she"
        r" says)"
    ),
    r"\bpainless ways?\b",
    r"\bways to (?:kill|end (?:it|my|his|her))\b",
    r"\b(?:chew|bit|bite|scratch|pick)\w* (?:his|her|my) (?:own )?\w+ [^.?!]{0,15}\bto the bone\b",
    (
        r"\bpour(?:s|ed|ing)? (?:\w+ )?(?:bleach|antifreeze|drano|poison) (?:in|into) (?:a|the|his|her|my)"
        r" (?:cup|glass|juice)\b"
    ),
    r"\b(?:gas can|gasoline|lighter fluid)\b[^?!]{0,80}\b(?:light it|on fire|burn|match|lighter)\b",
    r"\bi already took (?:some|them|all)\b",
    r"\balready picked (?:out )?(?:the|a|my) (?:spot|bridge|tree)\b",
    r"\bstop(?:ped)? being alive\b",
    r"\bdont (?:try to )?save me\b",
    near(rf"\b{_PILLS}\b", r"\benough (?:\w+ )?for (?:both|the two|all) of us\b", 40),
    r"\bgave (?:\w+ ){1,6}(?:his|her|all) (?:\w+ )?passwords\b",
    r"\bin the garage\b[^.?!]{0,30}\bdoor (?:down|closed|shut)\b",
    r"\b(?:pictures?|photos?|pics?) of the (?:train )?(?:bridge|tracks)\b",
    r"\bhome\b[^.?!]{0,20} from the (?:overpass|bridge)\b",
    r"\b(?:he|she) (?:went|got|is|was) (?:up )?on the (?:\w+ )?roof\b",
    r"\basked (?:me )?where (?:the|my|i keep|we keep) (?:\w+ ){0,3}(?:knife|knives|bullets|pills|razors?)\b",
    r"\bi took all of them\b(?= *[.!?]| *$| (?:an hour|a while|just|tonight|at|and))",
    r"\btook what was left of (?:his|her|my|the)\b",
    r"\b(?:see|sees|have|has) (?:a|any|no) (?:reason|point) (?:to be|in being) here\b",
    r"\babout not (?:existing|being (?:here|alive|around))\b",
    near(r"\b(?:happ\w+|better)", r"\bif (?:he|she|i) (?:was|were) (?:gone|dead)\b"),
    near(
        r"\b(?:died|was killed|passed away|has passed)",
        r"\bwants? to (?:go|be|go be|come) (?:with (?:him|her|them)|too)\b",
        60,
    ),
    r"\btext(?:ed|s|ing) (?:\w+ ){1,4}?goodbye\b",
    r"\b(?:letter|note) (?:he|she) left (?:us|me|behind)\b",
    r"\b(?:cord|rope|belt|sheet)s?\b[^.?!]{0,20}\bto the (?:door|knob|rod|rail|beam|rafter)s?\b",
    r"\b(?:tub|bathroom|closet|bedroom)\b[^.?!]{0,35}\bwith (?:\w+ ){0,3}(?:knife|razor|blade)\b",
    r"\b(?:stands?|standing|stood|sits|sitting) on (?:the|an|a) (?:overpass|bridge|ledge|railing|tracks|roof)\b",
    r"\bcome to (?:his|her|my) (?:own )?funeral\b",
    r"\b(?:made|has|have|theres|said) (?:\w+ ){0,2}a pact\b",
    r"\bdrew (?:\w+ ){0,3}(?:grave|coffin|tombstone|noose)\b",
    r"\bhints all (?:day|week|month)\b",
    # voices, and a parent's own end
    (
        r"\bvoices? (?:that |in (?:his|her|my) head )?(?:are |is |keeps? )?tell(?:s|ing)?"
        r" (?:him|her|me|my \w+)\b"
    ),
    r"\btv (?:tells|told) (?:him|her|me)\b",
    r"\b(?:i|we) (?:wont|might not) be alive\b",
    r"\bi want to be dead\b",
)
