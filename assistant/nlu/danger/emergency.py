"""A body in danger right now: breath, consciousness, seizures, poison, allergy, head injury."""

from __future__ import annotations

from assistant.nlu.danger.words import HE_OR_SHE, VICTIM, soon

PATTERNS = (
    r"\bunconscious\b",
    r"\bno pulse\b",
    r"\b(?:isnt|is not|hes not|shes not) (?:waking|coming (?:round|around|to)\b(?! (?:school|the|class)))",
    r"\b(?:woke up|awake|conscious) but (?:he|she) (?:doesnt know|cant (?:see|feel|talk|move)|isnt making)\b",
    r"\b(?:hes|shes|he is|she is) (?:going |turning |all )?(?:gr[ae]y|purple)\b",
    r"\blips? (?:look|looks|are|were|went|turned|turning) (?:\w+ )?(?:gr[ae]y|purple)\b",
    r"\b(?:one|a) pupil\b",
    r"\btrach (?:tube )?(?:came|fell|is|has come) out\b",
    r"\bunder (?:the )?water for (?:a |an |about |almost |over )?(?:minute|minutes|while|second|seconds|two|three|four|five|\d)",
    r"\bboiling (?:\w+ ){0,2}(?:on|over|down) (?:his|her|my)\b",
    r"\bskin is (?:coming|peeling|falling) off\b",
    r"\bsugar (?:is |was |at |of |down to |now |reads |says )*(?:[12]\d|3\d)\b(?! ?(?:g|grams?|carbs|minutes|percent|years|pounds)\b)",
    r"\bheat ?stroke\b",
    r"\b(?:not|isnt|stopped|cant be) breathing\b",
    r"\bgasping\b",
    r"\b(?:hes|shes|he is|she is) blue\b",
    r"\bturn(?:ing|ed|s) blue\b",
    r"\blips? (?:are|is|were|was|turned|turning) (?:blue|swelling|swollen)\b",
    r"\b(?:face|tongue|throat|eyes) (?:\w+ )?(?:swelling|swollen|closing)\b",
    r"\bswelling (?:all over|up)\b",
    rf"{HE_OR_SHE} (?:is |was )?unresponsive\b(?! to)",
    r"\bwheezing so\b",
    r"\bswallowed a (?:magnet|battery|coin)\b",
    (
        r"\b(?:got|gotten|getting) (?:in|into|hold of) (?:\w+ ){0,3}?(?:bleach|antifreeze|drano|lye|gasoline"
        r"|(?:drain|oven|toilet) cleaner|(?:rat|mouse|weed) ?(?:poison|killer|bait)|poison|medicine cabinet|(?:\w+ )?pills)\b"
    ),
    r"\b(?:ate|eaten|licked|drank|swallowed|tasted) (?:\w+ ){0,2}?(?:\w+ (?:bait|killer|cleaner|polish)|cough syrup|drops)\b",
    r"\b(?:lips?|tongue|mouth|throat) (?:is|are|was|were) (?:\w+ )?(?:burned|burnt|blistered|blistering)\b",
    r"\b(?:help|now|she|he) (?:\w+ )?cant breathe(?: right now| at all| and| help)\b",
    r"\b(?:said|says|screamed|crying) (?:he|she) (?:couldnt|cant) breathe\b",
    (
        r"\b(?:wont|will not|not|isnt|hasnt|havent) (?:wake|waking|woken) up\b(?! (?:for|in|on|early"
        r"|at|to|and|until|before|when|easily|tomorrow|by|with))"
    ),
    rf"\bcant (?:get|wake) {VICTIM} (?:up|awake)(?: properly)?(?= *[.!?,]| *$| and| now)",
    r"\bseizures? (?:\w+ ){0,3}(?:wont stop|not stopping|after another|isnt stopping|keeps going)",
    r"\bhaving a seizure (?:right|now|and|for)",
    r"\bconvuls(?:ing|ions)\b",
    r"\bfentanyl\b",
    r"\b(?:been|is|hes|shes|still) seizing\b",
    r"\bseizing (?:for )?(?:more than|over|almost|about|\d+)\b",
    r"\b(?:hes|shes|he is|she is|baby is) choking(?= *[.!?,]| *$| and| on)",
    r"\bchoking on (?:something|food|a|his|her)\b(?! (?:tests?|words|exam|final|quiz))",
    r"\bsent (?:him|her) (?:back )?to class\b.{0,40}\b(?:vomit|throwing up|confused)",
    r"\bone eye looks\b",
    r"\bfluid (?:is )?coming out of\b",
    soon(
        r"\b(?:hit (?:his|her) head|knocked (?:over|down|out)|fell (?:off|from|down)|rolled off|bump on (?:his|her) head|blacked out)",
        (
            r"\b(?:throw(?:s|ing) up|vomit\w*|asleep|falling asleep|confused|wont wake|pupil"
            r"|eyes? (?:look|are|is)|talking (?:strange|funny|weird|nonsense)\w*)"
        ),
        90,
    ),
    (
        r"\b(?:passed out|fainted|collapsed)\b.{0,40}\b(?:lips|pulse|blue|hasnt woken|not breathing|hasnt"
        r" eaten)\b"
    ),
    r"\b(?:went|gone|goes|all) (?:all )?(?:floppy|limp)\b",
    r"\bbreathing is (?:slow|shallow|funny|weird)\b",
    r"\b(?:peeing|coughing|throwing up|spitting) (?:red|blood)\b",
    r"\b(?:hes|shes|he is|she is) in an ambulance\b",
    r"\bhives\b[^?!]{0,60}\b(?:voice is|throat is|squeaky|cant breathe|wheez\w+|breath\w*)",
    r"\b(?:isnt|not|wont|stopped) eat(?:ing)? or drink(?:ing)?\b",
    r"\b(?:stomp\w*|kick\w*) (?:on |in )(?:his|her|my \w+s) (?:head|face|neck)\b",
    r"\bblood (?:coming|dripping|running) (?:from|out|down|under)\b",
)
