"""Weapons, threats to kill, attacks, fire."""

from __future__ import annotations

from assistant.nlu.danger.words import near

_BLADE = (
    r"(?:knife|knives|machete|axe|switchblade|screwdriver|box ?cutter|scissors|sword|hatchet"
    r"|tire iron|crowbar|hammer|bat)"
)
_WIELD = (
    r"(?:pulled|pulls|pull|threw|throws|swung|swings|point\w*|wav\w+|held|holds|holding|chas\w+|threaten\w*"
    r"|brandish\w*"
    r"|sleep\w*|came at|grabbed|has|hes got|shes got|bring|bringing|hid|hiding|carr\w+|showed|used)"
)
_ATTACK = r"(?:pulled|threw|throws|swung|swings|swinging|pointed|chas\w+|threaten\w*|brandish\w*|attack\w*)"
_PERSON = (
    r"(?:me|him|her|us|them|you|someone|somebody|people|kids|everyone|everybody|another|his|her|my|the|our|a)"
)

PATTERNS = (
    # guns and explosives: never a figure of speech once sayings.py has taken those out
    (
        r"\b(?:gun|pistol|revolver|rifle|shotgun|handgun|firearm|ar ?-?15|crossbow|machete"
        r"|switchblade)s?\b(?! permit)"
    ),
    r"\b(?:(?:the|live|real|loaded)|(?:photo|picture|box|bag|handful) of) bullets\b",
    r"\bwith an ar\b",
    r"\bpipe bombs?\b",
    r"\bbomb threats?\b",
    r"\b(?:has|made|making|building|bring|bringing|brought|plant|planted) a bomb\b",
    (
        r"\bshoot(?:s|ing)? (?:up|everyone|everybody|people|kids|at|the (?:school|kids|place|teacher)|him\b"
        r"|her\b|us\b|somebody|someone)"
    ),
    (
        r"\b(?:plan\w*|wants?|wanted|going|gonna|threat\w*|hell|hed|shell|will) (?:to |on"
        r" )?shoot(?:ing)?\b(?! (?:an?|over|for|hoops?|baskets|the (?:video|breeze|messenger))\b)"
    ),
    r"\bschool shoot\w*",
    r"\b(?:active |a )?shooter\b",
    r"\b(?:hes|he is|someone is|somebodys|is) shooting\b",
    r"\bfired at\b",
    r"\bshoot us\b",
    # blades and blunt things
    near(
        rf"\b{_WIELD}",
        r"\b(?:knife|knives|machete|axe|switchblade|box ?cutter|hatchet)\b(?! (?:and fork|skills))",
        20,
    ),
    near(rf"\b{_ATTACK}", rf"\b{_BLADE}\b", 20),
    (
        rf"\b{_BLADE} (?:to|at|against|on) (?:me|him|her|(?:his|her|my) (?:neck|throat|wrist|face|chest"
        r"|eye)s?)\b"
    ),
    (
        r"\b(?:after|chas\w+|attack\w+|c[ao]me at|coming at) (?:me|us|him|her|(?:his|her|my) (?:\w+"
        r" ){1,2}?)(?: ?)with (?:a|an|the|his|her)\b"
    ),
    r"\bswinging (?:a|an|the|his) \w+ at (?:me|us|him|her|his|my)\b",
    near(r"\bst(?:anding|ands|ood) over", rf"\b{_BLADE}\b", 40),
    rf"\bstab(?:s|bed|bing)? {_PERSON}\b",
    r"\bill cut you\b",
    r"\bsnitches (?:bleed|get stitches)\b",
    r"\bslit (?:her|his|my|your|their|someones) throat\b",
    r"\b(?:pencil|fork|scissors|pen|stick) in(?:to)? (?:his|her|my \w+s) (?:eye|neck|ear|throat)s?\b",
    # threats
    (
        r"\bkill(?:s|ing)? (?:everyone|everybody|people|kids|them all|us all|us both|somebody|someone|the"
        r" other|all of|his (?:teacher|sister|brother|mom|dad|family)|her (?:teacher|sister|brother|mom|dad"
        r"|family))\b"
    ),
    (
        r"\b(?:will|hell|shell|ill|going to|gonna|threat\w+ to|wants? to|said hed|says hed|tried to|try to)"
        r" kill (?:me|us|him|her|them|you|my (?:son|daughter|kids?|child)|the (?:kids?|teacher|baby))\b"
    ),
    r"\b(?:wants?|wanted) (?:them|him|her|everyone|me|us|people) (?:all )?dead\b",
    r"\b(?:hit|kill|death) ?list\b",
    r"\b(?:death threats?)\b",
    near(r"\blist of (?:kids|names|people|students|teachers)", r"\b(?:hurt|kill|dead|shoot)", 40),
    r"\b(?:theyd|theyll|youll|wed|everyone will) be sorry (?:on|when|tomorrow|monday)\b",
    r"\bput me in the ground\b",
    r"\b(?:hed|hell|he would|he will|going to|gonna) bury (?:me|us)\b(?! (?:in|with|under))",
    r"\bfound (?:a )?box(?:es)? of (?:shells|ammo)\b",
    r"\bleave (?:this|the) house alive\b",
    r"\b(?:theyll|theyd|hell|hed|will|ill) finish (?:it|him|her|me) (?:when|next time|off)\b",
    r"\bblow\w* (?:that|his|her|the|my) \w+ head off\b",
    r"\bblow(?:ing)? up (?:the|his|her|our) school\b",
    r"\bburn(?:ing)? (?:down )?(?:the|our|my|their) (?:house|home|school)\b",
    r"\bset (?:\w+ ){0,4}on fire\b(?<!world on fire)",
    r"\bset fire to\b",
    r"\bpeople are next\b",
    r"\bmassacre\b",
    r"\bhurt(?:ing)? people\b",
    r"\b(?:kids|people) he wants to hurt\b",
    # attacks in the family
    (
        r"\b(?:chok(?:es|ed|ing)|strangl\w+|smother\w*|suffocat\w*) (?:his|her|my|our|the) (?:\w+"
        r" )?(?:sister|brother|baby|son|daughter|mom|mother|cats?|dog)\b"
    ),
    r"\bstrangling (?:cats|animals)\b",
    r"\bgoing after the baby\b",
    r"\bpunched me (?:twice|in|again)\b",
    r"\b(?:jumped?|jumping) (?:him|her) after school\b",
    r"\bjump him (?:after|at|on|behind)\b",
    r"\b(?:got|was|been|were) shot\b(?! (?:down|full))",
    (
        r"\b(?:im|i am|we are|were|weve been|me and the kids are) (?:\w+ )?(?:hiding|locked|barricaded)"
        r" (?:up )?in (?:the|a|my|our)\b"
    ),
    r"\blocked in the (?:bathroom|bedroom) with my\b",
    r"\b(?:beating|banging|pounding) on the door\b",
    r"\b(?:is|hes) at the door with",
    r"\bfollowed my (?:daughter|son|kid) home\b",
    r"\bbeat (?:him|her|my \w+) so bad\b",
    r"\bbeaten (?:up )?(?:so bad|and put|until)\b",
    (
        r"\b(?:protective|restraining|no contact) order\b[^?!]{0,80}\b(?:hes (?:here|outside|parked|on my)"
        r"|at the door)\b"
    ),
    r"\b(?:we|were|im|kids) [^.?!]{0,20}\bhiding from (?:my|him|her|their)\b",
    r"\bget (?:her|him|them|us) out before (?:he|she|they) gets? (?:home|back)\b",
)
