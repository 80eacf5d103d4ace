"""What danger sounds like, by kind: one file of patterns each, and the everyday sayings that are none.

Every pattern reads text as `crisis_guard.bare` leaves it: lower case, no accents, no apostrophes
("can't" is "cant"), single spaces. Add a wording to the file of its kind and a line to
tests/nlu/danger.txt; a false alarm goes to sayings.py and tests/nlu/idioms.txt.
"""

from assistant.nlu.danger import abuse, emergency, missing, self_harm, spanish, violence
from assistant.nlu.danger.sayings import SAYINGS

DANGER = (
    *self_harm.PATTERNS,
    *abuse.PATTERNS,
    *violence.PATTERNS,
    *missing.PATTERNS,
    *emergency.PATTERNS,
    *spanish.PATTERNS,
)

__all__ = ["DANGER", "SAYINGS"]
